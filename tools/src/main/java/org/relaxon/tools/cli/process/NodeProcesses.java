package org.relaxon.tools.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nodes in processes of their own on this machine, which end with this one. */
public final class NodeProcesses implements AutoCloseable {
    private static final long END_SECONDS = 10;
    private static final String LISTENS = "node ";

    private final String mainClass;
    private final List<Process> processes = new ArrayList<>();
    private String address;

    private NodeProcesses(String mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * Starts nodes of one thread each, and waits until they listen.
     *
     * @param mainClass name of the class that java starts
     * @param count number of nodes, at least 1
     * @return the nodes, to be closed
     * @throws IOException if one does not start
     */
    public static NodeProcesses start(String mainClass, int count) throws IOException {
        NodeProcesses all = new NodeProcesses(mainClass);
        try {
            all.launch(null);
            all.address = all.listening(0);
            for (int k = 1; k < count; k++) {
                all.launch(all.address);
            }
            for (int k = 1; k < count; k++) {
                all.listening(k);
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** {@return where the first node listens} */
    public String address() {
        return address;
    }

    private void launch(String join) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(ProcessHandle.current().info().command().orElse("java"));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // A manifest opens these for -jar alone.
        words.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        words.addAll(List.of("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(mainClass, "node", "--until-eof", "--threads", "1"));
        if (join != null) {
            words.addAll(List.of("--join", join));
        }
        processes.add(
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Waits until one listens. */
    private String listening(int index) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(
                                processes.get(index).getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith(LISTENS)) {
            throw new IOException("a node did not start: " + line);
        }
        return line.substring(LISTENS.length()).replaceFirst(",.*", "");
    }

    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.getOutputStream().close(); // its end of input
            } catch (IOException e) {
                process.destroy();
            }
        }
        for (Process process : processes) {
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
}
