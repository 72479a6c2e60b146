package org.relaxon.tools.cli.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes in processes of their own on this machine, which end with this one. */
public final class NodeProcesses implements AutoCloseable {
    /** Far longer than java starts, on a busy machine as well. */
    private static final Duration LISTEN_LIMIT = Duration.ofMinutes(2);

    /** What a manifest opens for -jar alone; a test holds all places equal that state it. */
    static final List<String> OPENED =
            List.of(
                    "--add-opens",
                    "java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--add-exports",
                    "java.base/jdk.internal.module=ALL-UNNAMED");

    private final String mainClass;
    private final List<NodeProcess> nodes = new ArrayList<>();
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
     * @throws NodeStartException if one ends or does not listen within two minutes, with what it
     *     printed
     * @throws IOException if a process cannot be started
     */
    public static NodeProcesses start(String mainClass, int count) throws IOException {
        return start(mainClass, count, LISTEN_LIMIT);
    }

    /** The same with another limit. */
    static NodeProcesses start(String mainClass, int count, Duration limit) throws IOException {
        NodeProcesses all = new NodeProcesses(mainClass);
        try {
            all.launch(null);
            all.address = all.nodes.get(0).listening(1, count, limit);
            for (int k = 1; k < count; k++) {
                all.launch(all.address);
            }
            for (int k = 1; k < count; k++) {
                all.nodes.get(k).listening(k + 1, count, limit);
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
        words.addAll(OPENED);
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(mainClass, "node", "--until-eof", "--threads", "1"));
        if (join != null) {
            words.addAll(List.of("--join", join));
        }
        nodes.add(new NodeProcess(new ProcessBuilder(words).start()));
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::requestEnd);
        nodes.forEach(NodeProcess::end);
    }
}
