package org.relaxon.tools.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.relaxon.tools.cli.process.ExitCode;

/**
 * Starts commands in processes of their own and kills them with SIGKILL at random moments: after a
 * number of lines on stderr and then a time between 10 us and 100 ms, its logarithm uniform; one in
 * eight while the JVM starts.
 */
public final class Killer {
    private static final int KILLED = 128 + 9; // SIGKILL
    private static final int LINES_MAX = 3;
    private static final int IN_THE_START = 8;
    private static final long STOP_SECONDS = 10;

    private final SplittableRandom random;
    private int kills;

    public Killer(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Processes that were running when they were killed. */
    public int kills() {
        return kills;
    }

    /** Runs a command to its end; returns the exit code. */
    public int letRun(List<String> words) throws IOException, InterruptedException {
        return exitCode(start(words, ProcessBuilder.Redirect.DISCARD));
    }

    /**
     * Runs a command and kills it.
     *
     * @return whether it was killed; false if it came to its end before, in good order
     */
    public boolean kill(List<String> words) throws IOException, InterruptedException {
        boolean early = random.nextInt(IN_THE_START) == 0;
        int lines = early ? 0 : 1 + random.nextInt(LINES_MAX);
        long nanos =
                (long) Math.pow(10, early ? 9 * random.nextDouble() : 4 + 4 * random.nextDouble());
        Process child = start(words, ProcessBuilder.Redirect.PIPE);
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
            boolean running = true;
            for (int k = 0; k < lines && running; k++) {
                running = err.readLine() != null;
            }
            child.waitFor(nanos, TimeUnit.NANOSECONDS);
            child.destroyForcibly();
            int code = exitCode(child); // of one that had ended: its own
            if (code != KILLED && code != ExitCode.DONE) {
                throw new AssertionError("exit " + code + ": " + words);
            }
            kills += code == KILLED ? 1 : 0;
            return code == KILLED;
        }
    }

    private static int exitCode(Process child) throws InterruptedException {
        try {
            return child.waitFor();
        } finally {
            child.destroyForcibly(); // where the test was interrupted: it took too long
        }
    }

    /** What starts the program in a process of its own. */
    public static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Djava.awt.headless=true",
                        "-Drelaxon.stop.seconds=" + STOP_SECONDS * slowness(),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(words);
        return command;
    }

    /** How many times slower this machine may be than an idle one. */
    private static long slowness() {
        String set = System.getenv("RELAXON_TEST_SLOWNESS");
        return set == null ? 1 : Long.parseLong(set);
    }

    private static Process start(List<String> words, ProcessBuilder.Redirect err)
            throws IOException {
        return new ProcessBuilder(command(words))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err)
                .start();
    }
}
