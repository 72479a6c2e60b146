package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** The command line of the live page. */
class ServeCommandTest {
    private static final String SMALL = "serve --layers 3,4,2 --port 0 --for 1ms ";

    @TempDir private Path temp;

    private static String refused(String line) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        return ran.err();
    }

    @Test
    void printsItsAddressAndEndsAfterItsTime() {
        Ran ran = relaxon(SMALL);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().matches("http://127\\.0\\.0\\.1:\\d+/\\R"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void aStopEndsItAsItEndsOtherCommands() {
        Ran ran = Ran.stopped("INT", "serve --layers 3,4,2 --port 0");
        assertEquals(130, ran.code(), ran.err());
        assertTrue(ran.err().contains("stopped by SIGINT"), ran.err());
    }

    @Test
    void aTakenPortIsOneClearLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String line = refused("serve --for 1ms --port " + taken.getLocalPort());
            assertTrue(line.contains("port: " + taken.getLocalPort()), line);
            assertTrue(line.contains("--port 0"), line);
        }
    }

    @Test
    void wrongOptionsAreRefusedBeforeItServes() {
        assertTrue(refused(SMALL + "--host akka").contains("cannot stop between two events"));
        assertTrue(refused(SMALL + "--algorithm nothing").contains("nothing"));
        assertTrue(refused("serve --for soon").contains("for"));
        String none = temp.resolve("none").toString();
        assertTrue(refused(SMALL + "--frames " + none + "/f").contains("no directory " + none));
        assertTrue(refused("serve --port 99999 --for 1ms").contains("0..65535"));
        assertTrue(
                refused("serve --port 0 --for 1ms --network " + none + "/net")
                        .contains(none + "/net"));
    }
}
