package org.relaxon.tools.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The environment of a figure besides its options: commit, JVM, processor. */
final class Environment {
    private static final long GIT_LIMIT_SECONDS = 5;

    private Environment() {}

    static void describe(ObjectNode into) {
        into.put("commit", commit());
        into.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        into.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        into.put("cpu", processor());
        into.put("processors", Runtime.getRuntime().availableProcessors());
        into.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
    }

    /** The commit of the source tree that the launcher runs from; "unknown" outside of one. */
    private static String commit() {
        String root = System.getProperty("relaxon.root");
        if (root == null) {
            return "unknown";
        }
        try {
            Process git =
                    new ProcessBuilder(
                                    "git",
                                    "-C",
                                    root,
                                    "describe",
                                    "--always",
                                    "--dirty",
                                    "--abbrev=40")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String text =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            boolean ended = git.waitFor(GIT_LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && !text.isEmpty() ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // not Linux
        }
    }
}
