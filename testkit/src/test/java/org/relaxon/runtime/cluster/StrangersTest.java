package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.runtime.host.Hosts;

/** What processes outside of a cluster send to its ports changes no bit of a result. */
@Tag("slow")
@Tag("cluster")
class StrangersTest {
    private static final int CONNECTIONS = 40; // of each kind

    private static Trail expected;
    private static LocalCluster cluster;
    private static ClusterHost head;

    @BeforeAll
    static void start() {
        expected = Trail.of(Hosts.virtual());
        cluster = new LocalCluster(2);
        head = cluster.host();
    }

    @AfterAll
    static void end() {
        head.close();
        cluster.close();
    }

    private static void awaitRefused(long count) {
        while (cluster.refused() < count) {
            Thread.yield(); // the messages are on their way
        }
    }

    @Test
    void gadgetsAndUnknownKindsAreRefusedAndCounted() {
        int before = Rogue.RUN.get();
        long refused = cluster.refused();
        try (Rogue rogue = new Rogue(cluster.address())) {
            rogue.send(new Rogue.Gadget(), new Rogue.UnknownKind(), new Rogue.UnknownForm());
            awaitRefused(refused + 3);
            rogue.plant();
            awaitRefused(refused + 4);
            assertEquals(expected, Trail.of(head));
        }
        assertEquals(before, Rogue.RUN.get(), "code of a stranger has run");
        assertEquals(refused + 4, cluster.refused());
    }

    /** The twin: where it is read, a gadget does run. */
    @Test
    void aGadgetRunsWhereItIsRead() throws Exception {
        int before = Rogue.RUN.get();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Rogue.Gadget());
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.readObject();
        }
        assertEquals(before + 1, Rogue.RUN.get());
    }

    /** A connection that sends some bytes and stays open. */
    private static Socket connection(byte[] bytes) throws IOException {
        Socket socket = new Socket("127.0.0.1", cluster.address().port());
        OutputStream out = socket.getOutputStream();
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // closed by the other end already
        }
        return socket;
    }

    private static byte[] frame(int stream, int length, byte[] bytes) {
        ByteBuffer out = ByteBuffer.allocate(9 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("AKKA".getBytes(StandardCharsets.US_ASCII)).put((byte) stream).putInt(length);
        return out.put(bytes).array();
    }

    private static byte[] garbage(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /**
     * Frames of wrong lengths can keep threads of Akka busy, see SECURITY.md: hence a slow suite.
     */
    @Test
    void connectionsOfStrangersChangeNothing() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int k = 0; k < CONNECTIONS; k++) {
                open.add(connection(new byte[0])); // half-open
                open.add(connection(garbage(1000, k)));
                open.add(connection("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                open.add(connection(frame(2, Integer.MAX_VALUE, garbage(10_000, k)))); // oversized
                open.add(connection(frame(7, 4, garbage(4, k)))); // no stream of a cluster
                if (k % 8 == 0) {
                    assertEquals(expected, Trail.of(head), k + " connections of each kind");
                }
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        assertEquals(expected, Trail.of(head));
    }

    @Test
    void framesOfGarbageChangeNothing() throws IOException {
        for (int k = 0; k < CONNECTIONS; k++) {
            connection(frame(1 + k % 3, 100, garbage(100, k))).close();
            if (k % 8 == 0) {
                assertEquals(expected, Trail.of(head), k + " frames");
            }
        }
        assertEquals(expected, Trail.of(head));
    }
}
