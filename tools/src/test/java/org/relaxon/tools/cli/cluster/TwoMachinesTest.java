package org.relaxon.tools.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.runtime.cluster.KeyFiles;
import org.relaxon.tools.cli.Main;

/**
 * A cluster over two network namespaces that a cable joins, as two machines would be. Needs the
 * right to make namespaces.
 */
@Tag("slow")
@Tag("cluster")
class TwoMachinesTest {
    private static final String LEFT = "relaxon-left-" + ProcessHandle.current().pid();
    private static final String RIGHT = "relaxon-right-" + ProcessHandle.current().pid();
    private static final String LEFT_HOST = "10.213.7.1";
    private static final String RIGHT_HOST = "10.213.7.2";
    private static final long SECONDS = 120;

    @TempDir private Path directory;
    private final Deque<Process> started = new ArrayDeque<>();

    /** What a program printed and returned. */
    private record Ended(int code, String out) {}

    private static Ended run(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), out);
    }

    private static void ip(String line) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip"));
        words.addAll(List.of(line.split(" ")));
        Ended ended = run(words);
        assertEquals(0, ended.code(), "ip " + line + ": " + ended.out());
    }

    @BeforeEach
    void connect() throws IOException {
        Ended first;
        try {
            first = run(List.of("ip", "netns", "add", LEFT));
        } catch (IOException e) {
            first = new Ended(-1, e.getMessage());
        }
        assumeTrue(first.code() == 0, "no network namespace can be made here: " + first.out());
        ip("netns add " + RIGHT);
        ip("link add rlx-l netns " + LEFT + " type veth peer name rlx-r netns " + RIGHT);
        ip("-n " + LEFT + " addr add " + LEFT_HOST + "/24 dev rlx-l");
        ip("-n " + RIGHT + " addr add " + RIGHT_HOST + "/24 dev rlx-r");
        for (String device : List.of(LEFT + " link set rlx-l", RIGHT + " link set rlx-r")) {
            ip("-n " + device + " up");
        }
        ip("-n " + LEFT + " link set lo up");
        ip("-n " + RIGHT + " link set lo up");
    }

    @AfterEach
    void disconnect() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
        }
        run(List.of("ip", "netns", "del", LEFT));
        run(List.of("ip", "netns", "del", RIGHT));
    }

    private static List<String> relaxon(String machine, String line) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", machine));
        words.add(ProcessHandle.current().info().command().orElse("java"));
        words.addAll(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(a -> !a.startsWith("-javaagent"))
                        .toList());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of(line.split(" ")));
        return words;
    }

    /** Starts a node, and waits until it listens. */
    private void node(String machine, String line) throws IOException {
        Process process =
                new ProcessBuilder(relaxon(machine, "node --until-eof --threads 1 " + line))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        started.add(process);
        String first =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
        assertTrue(first != null && first.startsWith("node "), first);
    }

    @Test
    void membersOnTwoMachinesSettle() throws IOException {
        Path keys = directory.resolve("keys");
        KeyFiles.make(keys, List.of("left", "right"));
        Path others = directory.resolve("others");
        KeyFiles.make(others, List.of());
        String member = LEFT_HOST + ":25520";
        node(LEFT, "--listen " + member + " --tls " + keys.resolve("left"));
        node(
                RIGHT,
                "--listen %s:0 --join %s --tls %s"
                        .formatted(RIGHT_HOST, member, keys.resolve("right")));
        String check =
                "check --layers 4,3,2 --seeds 1 --algorithm pc-nudge --granularity layer --delay none"
                        + " --quiet --host cluster --nodes 2 --listen %s:0 --join %s --tls "
                                .formatted(RIGHT_HOST, member);

        Ended settled = run(relaxon(RIGHT, check + keys.resolve("right")));
        assertEquals(0, settled.code(), settled.out());

        Ended refused = run(relaxon(RIGHT, check + others));
        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.out()
                        .contains(
                                "tls: the certificate of %s is not signed by the authority in %s"
                                        .formatted(member, others.resolve("ca.pem"))),
                refused.out());
    }
}
