package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.actor.ActorConfig;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;
import org.relaxon.runtime.wire.WireException;

/** Any bytes are a message of a cluster, or refused by one exception and little memory. */
class WireFormsTest {
    private static final int HEADER = 20;
    private static final int VERSION_AT = 4;
    private static final int LENGTH_AT = 12;
    private static final int CHECKSUM_AT = 16;

    /** What reading may allocate, in bytes per byte of the message, and beside it. */
    private static final long PER_BYTE = 64;

    private static final long BESIDE = 262_144;

    /** Of the largest populations; their rows fill gigabytes although nothing is in them. */
    private static final int PROJECTIONS = 120;

    private static final int TRIES = 1_500;
    private static final int TRIES_OF_MANY_PARTS = 6_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static ActorSystem<Void> system;
    private static Map<String, Samples.Sample> samples;

    @BeforeAll
    static void start() {
        system = ActorSystem.create(Behaviors.empty(), "relaxon", ActorConfig.of(1));
        samples = Samples.of(system);
    }

    @AfterAll
    static void end() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts length and checksum right, as a process with a defect would. */
    private static byte[] sealed(byte[] message) {
        view(message).putInt(LENGTH_AT, message.length - HEADER);
        CRC32C sum = new CRC32C();
        sum.update(message, 0, CHECKSUM_AT);
        sum.update(message, HEADER, message.length - HEADER);
        view(message).putInt(CHECKSUM_AT, (int) sum.getValue());
        return message;
    }

    /** Whether a message is refused, by the one exception, with little memory. */
    private static boolean isRefused(String name, byte[] bytes) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        boolean refused = false;
        try {
            samples.get(name).reader().apply(bytes);
        } catch (WireException e) {
            refused = true;
        }
        long spent = THREADS.getThreadAllocatedBytes(thread) - before;
        if (!name.equals("task-open")) { // which makes the network that it declares
            assertTrue(
                    spent <= PER_BYTE * bytes.length + BESIDE,
                    name + ": " + spent + " bytes allocated");
        }
        return refused;
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in =
                WireFormsTest.class.getResourceAsStream("/wire/cluster/" + name + "-v1.hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void theFirstVersionKeepsItsBytes() throws IOException {
        for (String name : samples.keySet()) {
            Samples.Sample sample = samples.get(name);
            byte[] golden = golden(name);
            assertEquals(
                    HexFormat.of().formatHex(golden),
                    HexFormat.of().formatHex(sample.bytes()),
                    name);
            byte[] again = sample.reader().apply(golden);
            if (!name.startsWith("session")) { // which names actors of one process
                assertArrayEquals(golden, again, name);
            }
        }
    }

    @Test
    void thereIsASampleOfEveryKind() {
        TreeSet<Kind> kinds = new TreeSet<>();
        samples.values().forEach(s -> kinds.add(Wire.kind(s.bytes())));
        kinds.add(Kind.PARCEL); // elsewhere, in one process alone
        kinds.add(Kind.SETTLING);
        assertEquals(new TreeSet<>(Arrays.asList(Kind.values())), kinds);
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() {
        samples.forEach(
                (name, sample) -> {
                    byte[] other = sample.bytes().clone();
                    int version = view(other).getInt(VERSION_AT);
                    view(other).putInt(VERSION_AT, version + 1);
                    WireException e =
                            assertThrows(
                                    WireException.class,
                                    () -> sample.reader().apply(sealed(other)));
                    assertEquals(
                            "bytes: at offset 4: expected version %d, found %d"
                                    .formatted(version, version + 1),
                            e.getMessage(),
                            name);
                });
    }

    @Test
    void everyTruncationIsRefused() {
        samples.forEach(
                (name, sample) -> {
                    for (int length = HEADER; length < sample.bytes().length; length++) {
                        byte[] cut = Arrays.copyOf(sample.bytes(), length);
                        assertTrue(isRefused(name, cut), name);
                        assertTrue(isRefused(name, sealed(cut)), name + " at " + length);
                    }
                });
    }

    @Test
    void anyBytesUnderARightChecksumEndInOneException() {
        int[] extremes = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, 1 << 28, 0};
        samples.forEach(
                (name, sample) -> {
                    SplittableRandom random = new SplittableRandom(name.hashCode());
                    int body = sample.bytes().length - HEADER;
                    int refused = 0;
                    int tries = name.equals("task-open") ? TRIES_OF_MANY_PARTS : TRIES;
                    for (int k = 0; k < tries && body > 0; k++) {
                        byte[] changed = sample.bytes().clone();
                        for (int more = random.nextInt(3); more >= 0; more--) {
                            int at = HEADER + random.nextInt(body);
                            if (random.nextBoolean() && at + 4 <= changed.length) {
                                view(changed).putInt(at, extremes[random.nextInt(6)]);
                            } else {
                                changed[at] = (byte) random.nextInt();
                            }
                        }
                        refused += isRefused(name, sealed(changed)) ? 1 : 0;
                    }
                    assertTrue(refused > tries / 50, name + ": " + refused + " refused");
                });
    }

    /** The twin: messages that are whole are not refused. */
    @Test
    void wholeMessagesAreRead() {
        samples.forEach((name, s) -> assertTrue(!isRefused(name, s.bytes()), name));
    }

    @Test
    void aNetworkThatDoesNotFitIsRefusedBeforeItIsMade() {
        assumeTrue(Runtime.getRuntime().maxMemory() < 6L << 30, "a heap in which it fits");
        byte[] small =
                Wire.bytes(
                        Kind.TASK,
                        out -> {
                            out.writeText("squared");
                            out.writeInt(2);
                            for (Population.Role role :
                                    new Population.Role[] {
                                        Population.Role.INPUT, Population.Role.OUTPUT
                                    }) {
                                out.writeText(role.name());
                                out.writeInt(1 << 20);
                                out.writeConstant(role);
                                out.writeText("linear");
                            }
                            out.writeInt(PROJECTIONS);
                            for (int k = 0; k < PROJECTIONS; k++) {
                                out.writeText("w" + k);
                                out.writeText("INPUT");
                                out.writeText("OUTPUT");
                                out.writeText("all-to-all");
                                out.writeInt(k);
                                out.writeText("");
                            }
                        });
        WireException e =
                assertThrows(
                        WireException.class, () -> Wire.read(small, Kind.TASK, NetworkForm::load));
        assertTrue(e.getMessage().contains("which fit into the memory"), e.getMessage());
    }
}
