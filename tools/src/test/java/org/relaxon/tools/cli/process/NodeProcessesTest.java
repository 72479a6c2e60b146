package org.relaxon.tools.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A command that starts nodes ends with the words of one that does not come up. */
class NodeProcessesTest {
    /** A node that refuses something. */
    static final class Refuses {
        public static void main(String[] args) {
            System.err.println("relaxon: listen: port 1 is not free");
            System.exit(ExitCode.BAD_INPUT);
        }
    }

    /** A node that neither listens nor ends before its input does. */
    static final class Hangs {
        public static void main(String[] args) throws IOException {
            System.err.println("relaxon: waiting");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Something else than a node. */
    static final class Chats {
        public static void main(String[] args) {
            System.out.println("good morning");
        }
    }

    /** A node, as far as its first line goes. */
    static final class Listens {
        public static void main(String[] args) throws IOException {
            System.out.println("node 127.0.0.1:1, joins nothing");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static NodeStartException refusal(Class<?> main, Duration limit) {
        return assertThrows(
                NodeStartException.class, () -> NodeProcesses.start(main.getName(), 2, limit));
    }

    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void aNodeThatEndsGivesItsWordsAndExitCode() {
        NodeStartException why = refusal(Refuses.class, LONG);
        assertEquals(
                "node 1 of 2 ended with exit code 2: listen: port 1 is not free", why.getMessage());
        assertEquals(ExitCode.BAD_INPUT, why.exitCode());
    }

    @Test
    void aNodeThatHangsIsNotWaitedForWithoutLimit() {
        NodeStartException why = refusal(Hangs.class, Duration.ZERO);
        assertTrue(
                why.getMessage().startsWith("node 1 of 2 does not listen after 0 s"),
                why.getMessage());
        assertEquals(ExitCode.OUT_OF_RESOURCES, why.exitCode());
    }

    @Test
    void anotherProgramIsNoNode() {
        assertEquals(
                "node 1 of 2 prints something else: good morning",
                refusal(Chats.class, LONG).getMessage());
    }

    @Test
    void nodesThatListenAreFound() throws IOException {
        try (NodeProcesses nodes = NodeProcesses.start(Listens.class.getName(), 2, LONG)) {
            assertEquals("127.0.0.1:1", nodes.address());
        }
    }
}
