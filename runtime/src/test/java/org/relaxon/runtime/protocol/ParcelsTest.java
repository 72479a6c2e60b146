package org.relaxon.runtime.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.wire.Wire;

/** Parcels come out of their bytes as they went in, bit for bit. */
class ParcelsTest {
    private static final int CASES = 500;

    private static Signal signal(SplittableRandom random) {
        double[] shared = new double[random.nextInt(12)];
        for (int k = 0; k < shared.length; k++) {
            shared[k] = Double.longBitsToDouble(random.nextLong());
        }
        int offset = random.nextInt(shared.length + 1);
        int length = random.nextInt(shared.length - offset + 1);
        return new Signal(random.nextLong(), random.nextLong(), shared, offset, length);
    }

    private static Bundle bundle(SplittableRandom random) {
        List<Bundle.Said> said = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            said.add(new Bundle.Said(random.nextInt(Integer.MAX_VALUE), signal(random)));
        }
        return new Bundle(
                random.nextLong(),
                random.nextLong(),
                random.nextInt(Integer.MAX_VALUE),
                random.nextBoolean(),
                random.nextBoolean()
                        ? Bundle.Moves.NONE
                        : new Bundle.Moves(random.nextInt(2), random.nextInt(2)),
                List.copyOf(said));
    }

    /** All that a parcel holds, as raw bits. */
    private static List<Long> bits(Parcel parcel) {
        List<Long> out = new ArrayList<>();
        out.addAll(List.of(parcel.phase(), parcel.version(), (long) parcel.length()));
        if (parcel instanceof Signal s) {
            for (int k = 0; k < s.length(); k++) {
                out.add(Double.doubleToRawLongBits(s.value(k)));
            }
        } else {
            Bundle b = (Bundle) parcel;
            out.addAll(List.of((long) b.age(), b.last() ? 1L : 0L));
            out.addAll(List.of(b.moves().own(), b.moves().sources()));
            for (Bundle.Said said : b.signals()) {
                out.add((long) said.slot());
                out.addAll(bits(said.signal()));
            }
        }
        return out;
    }

    @Test
    void everyParcelComesBackInEveryBit() {
        SplittableRandom random = new SplittableRandom(7);
        for (int k = 0; k < CASES; k++) {
            Parcel sent = k % 2 == 0 ? signal(random) : bundle(random);
            byte[] bytes = Wire.bytes(sent);
            Parcel read = Wire.parcel(bytes);

            assertEquals(sent.getClass(), read.getClass());
            assertEquals(bits(sent), bits(read), "case " + k);
            assertArrayEquals(bytes, Wire.bytes(read), "case " + k);
        }
    }

    /** The twin: bits tell apart what differs in one bit. */
    @Test
    void bitsSeeEveryPart() {
        Signal one = new Signal(1, 2, new double[] {0.0}, 0, 1);
        Signal other = new Signal(1, 2, new double[] {-0.0}, 0, 1);
        assertNotEquals(bits(one), bits(other));
        assertNotEquals(
                bits(new Bundle(1, 2, 3, false, Bundle.Moves.NONE, List.of())),
                bits(new Bundle(1, 2, 3, false, new Bundle.Moves(0, 0), List.of())),
                "counts are part of the length");
    }

    @Test
    void aSignalTakesItsOwnPartOfASharedArray() {
        double[] shared = new double[1_000];
        Arrays.setAll(shared, k -> k);
        Signal view = new Signal(1, 1, shared, 500, 2);
        byte[] bytes = Wire.bytes(view);
        Signal read = (Signal) Wire.parcel(bytes);

        assertTrue(bytes.length < 100, bytes.length + " bytes");
        assertArrayEquals(new double[] {500, 501}, read.values());
        assertEquals(0, read.offset());
    }

    /** A parcel of another class has no form. */
    @Test
    void anUnknownParcelIsRefused() {
        record Other(long phase, long version, int length) implements Parcel {}
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Wire.bytes(new Other(1, 1, 0)));
        assertTrue(refusal.getMessage().contains("no form"), refusal.getMessage());
    }
}
