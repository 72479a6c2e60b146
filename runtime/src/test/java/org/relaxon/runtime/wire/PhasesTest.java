package org.relaxon.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;

/** Every phase and budget comes out of its bytes as it went in. */
class PhasesTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Matrix INPUT = Matrix.of(2, 2, new double[] {0.5, -0.0, 1, 2});
    private static final Matrix TARGET = Matrix.of(1, 2, new double[] {0.25, 3});
    private static final Matrix HELD = Matrix.of(3, 2, new double[] {1, 2, 0, 0, 5, 6});

    private static List<Phase> phases() {
        Phase nudged = Phase.nudged(INPUT, TARGET, new double[] {0.1, -0.1});
        return List.of(
                Phase.free(INPUT),
                nudged,
                Phase.clamped(INPUT, TARGET),
                nudged.withImaginary(new double[] {0.5, 0}),
                nudged.withGamma(new double[] {0.5, 2}),
                nudged.startingFrom("free").displaced(),
                nudged.differencesFrom("frei, größer"),
                Phase.free(INPUT).clamping("1", HELD),
                Phase.free(INPUT).clamping("1", HELD, true, false, true),
                Phase.free(INPUT).clamping("1", HELD, false, false, false),
                Phase.free(INPUT).clamping("2", TARGET).clamping("1", HELD).startingFrom("x"));
    }

    private static byte[] bytes(Phase phase) {
        return Wire.bytes(Kind.SETTLING, out -> Phases.save(phase, NETWORK, out));
    }

    private static Phase read(byte[] bytes) {
        return Wire.read(bytes, Kind.SETTLING, in -> Phases.load(NETWORK, in));
    }

    @Test
    void everyPhaseComesBack() {
        for (Phase phase : phases()) {
            Phase read = read(bytes(phase));
            assertArrayEquals(bytes(phase), bytes(read));
            assertEquals(phase.input(), read.input());
            assertEquals(phase.target(), read.target());
            assertEquals(phase.output(), read.output());
            assertEquals(phase.start(), read.start());
            assertEquals(phase.differences(), read.differences());
            assertEquals(phase.isComplex(), read.isComplex());
            assertArrayEquals(phase.betas(), read.betas());
            for (int c = 0; c < 2; c++) {
                assertEquals(phase.imaginary(c), read.imaginary(c));
                assertEquals(phase.gamma(c), read.gamma(c));
                assertEquals(phase.strength(c), read.strength(c));
            }
            for (Population p : NETWORK.populations()) {
                assertArrayEquals(
                        phase.held(p.name(), 0, p.size()), read.held(p.name(), 0, p.size()));
            }
        }
    }

    /** The twin: no two of these phases have the same bytes. */
    @Test
    void differentPhasesHaveDifferentBytes() {
        assertEquals(
                phases().size(), phases().stream().map(p -> List.of(hex(p))).distinct().count());
    }

    private static String hex(Phase phase) {
        return java.util.HexFormat.of().formatHex(bytes(phase));
    }

    @Test
    void everyTruncationIsRefused() {
        for (Phase phase : phases()) {
            byte[] whole = bytes(phase);
            for (int length = 0; length < whole.length - Wire.HEADER; length++) {
                byte[] cut = Arrays.copyOf(whole, Wire.HEADER + length);
                LittleEndian.putInt(cut, 12, length);
                WireTest.seal(cut);
                assertThrows(WireException.class, () -> read(cut));
            }
        }
    }

    @Test
    void aPhaseOfAnotherShapeIsRefused() {
        Network other =
                Network.layered(
                        new int[] {2, 4, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        byte[] held = bytes(Phase.free(INPUT).clamping("1", HELD));
        assertThrows(
                WireException.class,
                () -> Wire.read(held, Kind.SETTLING, in -> Phases.load(other, in)));
    }

    @Test
    void everyBudgetComesBack() {
        Budget budget = new Budget(3, 5, 7, 11);
        assertEquals(
                budget,
                Wire.read(
                        Wire.bytes(Kind.SETTLING, out -> Phases.save(budget, out)),
                        Kind.SETTLING,
                        Phases::loadBudget));
        assertThrows(
                WireException.class,
                () ->
                        Wire.read(
                                Wire.bytes(Kind.SETTLING, out -> out.writeBytes(new byte[20])),
                                Kind.SETTLING,
                                Phases::loadBudget));
    }
}
