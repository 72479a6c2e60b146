package org.relaxon.tools.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in a process of its own: its first line, and what it prints on stderr. */
final class NodeProcess {
    private static final long END_SECONDS = 10;
    private static final String LISTENS = "node ";
    private static final int WORDS_MAX = 400;

    private final Process process;
    private final CompletableFuture<String> firstLine =
            new CompletableFuture<>(); // completes with null at the end
    private volatile boolean listens;
    private final CompletableFuture<Void> errorsRead = new CompletableFuture<>();
    private final StringBuilder words = new StringBuilder(); // the first lines on stderr

    NodeProcess(Process process) {
        this.process = process;
        read("out", process.getInputStream(), this::takeOut, () -> firstLine.complete(null));
        read("err", process.getErrorStream(), this::takeErr, () -> errorsRead.complete(null));
    }

    private interface Lines {
        void take(String line);
    }

    private void read(String name, InputStream from, Lines lines, Runnable end) {
        Thread reader =
                new Thread(
                        () -> {
                            try (BufferedReader in =
                                    new BufferedReader(
                                            new InputStreamReader(from, StandardCharsets.UTF_8))) {
                                for (String l = in.readLine(); l != null; l = in.readLine()) {
                                    lines.take(l);
                                }
                            } catch (IOException e) {
                                // the process has been ended
                            } finally {
                                end.run();
                            }
                        },
                        "relaxon-node-" + name + "-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void takeOut(String line) {
        firstLine.complete(line);
    }

    /** Before the node listens, its lines are part of why it does not; later they are passed on. */
    private synchronized void takeErr(String line) {
        if (listens) {
            System.err.println(line);
        } else if (!line.isBlank() && words.length() < WORDS_MAX) {
            words.append(words.isEmpty() ? ": " : "; ").append(line.replaceFirst("^relaxon: ", ""));
        }
    }

    /**
     * Waits until the node listens.
     *
     * @param number of the node, from 1, for messages
     * @param count number of nodes, likewise
     * @param limit how long to wait
     * @return its address
     * @throws NodeStartException if it ends before, or does not listen within the limit
     */
    String listening(int number, int count, Duration limit) {
        String line;
        try {
            line = firstLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw refused(
                    number,
                    count,
                    "does not listen after " + limit.toSeconds() + " s",
                    ExitCode.OUT_OF_RESOURCES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(number, count, "was not waited for", ExitCode.OUT_OF_RESOURCES);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (line != null && line.startsWith(LISTENS)) {
            listens = true;
            return line.substring(LISTENS.length()).replaceFirst(",.*", "");
        }
        if (line != null) {
            throw refused(number, count, "prints something else: " + line, ExitCode.DEFECT);
        }
        int code = exitCode();
        String how = code < 0 ? "has closed its output" : "ended with exit code " + code;
        throw refused(number, count, how, code > 0 ? code : ExitCode.OUT_OF_RESOURCES);
    }

    private synchronized NodeStartException refused(int number, int count, String how, int code) {
        return new NodeStartException(
                "node %d of %d %s%s".formatted(number, count, how, words), code);
    }

    /** Of a process whose output has ended; -1 if it goes on. */
    private int exitCode() {
        try {
            errorsRead.get(END_SECONDS, TimeUnit.SECONDS);
            return process.waitFor(END_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    /** Ends its input, and so the node. */
    void requestEnd() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Waits for the end, and forces it if it does not come. */
    void end() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
