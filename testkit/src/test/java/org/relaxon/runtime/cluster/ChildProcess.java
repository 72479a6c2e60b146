package org.relaxon.runtime.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that a test starts, and may kill, stop and continue. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final String firstLine;

    private ChildProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    /**
     * Starts one and waits for its first line.
     *
     * @param main class whose main method it runs
     * @param settings of its actor system, beside the usual ones
     * @param args arguments
     */
    static ChildProcess start(Class<?> main, String settings, String... args) {
        List<String> words = new ArrayList<>();
        words.add(ProcessHandle.current().info().command().orElse("java"));
        words.addAll(
                List.of(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Drelaxon.cluster.settings=" + settings,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        words.addAll(List.of(args));
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null) {
                process.destroyForcibly();
                throw new IllegalStateException("a process of " + main + " did not start");
            }
            return new ChildProcess(process, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String firstLine() {
        return firstLine;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Any signal, by its name. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it ends by itself in so many seconds. */
    boolean endsWithin(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
