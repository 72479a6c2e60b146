package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.format.NpzWriter;

/** Each likely error of a user gives one line that says what to do, and its exit code. */
@EnabledOnOs(OS.LINUX)
class UserErrorsTest {
    private static final double[] ONES = {1, 1, 1, 1, 1, 1};

    @TempDir private Path home;

    /** 2 inputs, 3 neurons, 1 output; one value of each file is not a number. */
    @BeforeEach
    void files() throws IOException {
        double[] broken = ONES.clone();
        broken[4] = Double.NaN;
        weights("nan-weights.npz", broken, 3, 2);
        weights("shape.npz", ONES, 2, 3);
        try (NpzWriter npz = NpzWriter.create(home.resolve("nan-data.npz"))) {
            npz.put("x0", broken, 2, 3);
            npz.put("target", ONES, 2, 3);
        }
        try (NpzWriter npz = NpzWriter.create(home.resolve("data-shape.npz"))) {
            npz.put("x0", ONES, 2, 3);
            npz.put("target", ONES, 3, 2);
        }
        Files.writeString(home.resolve("file"), "kept");
    }

    private void weights(String name, double[] first, int... shape) throws IOException {
        try (NpzWriter npz = NpzWriter.create(home.resolve(name))) {
            npz.put("W1", first, shape);
            npz.put("b1", new double[3], 3);
            npz.put("W2", new double[3], 1, 3);
            npz.put("b2", new double[1], 1);
        }
    }

    /** HOME stands for a directory of the test; the line is all that stderr has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // wrong path
                "settle --network HOME/no.toml | no such file: HOME/no.toml",
                "check --data HOME/no/a.npz | no such file: HOME/no/a.npz: its directory is not there",
                "check --weights HOME/no.npz | no such file: HOME/no.npz",
                "settle --data mnist:HOME/no | no such file: HOME/no/train-images-idx3-ubyte: its directory is not there",
                "report HOME/no | report: HOME/no is not a directory; name a run directory",
                "report HOME | report: HOME is not a run directory: it has no manifest.json of a run; --out DIR of other commands makes one below DIR",
                // wrong shape
                "settle --layers 8,a,4 | layers: \"8,a,4\" is not a list of whole numbers such as 8,16,12,4",
                "settle --layers 8 | layers: need 2 to 1000 sizes, got 1",
                "settle --data strokes --layers 8,16,4 | layers: 8,16,4 has 8 inputs and 4 outputs, data strokes has 784 inputs and 10 classes",
                "settle --layers 2,3,1 --weights HOME/shape.npz | weights: W1 has shape (2, 3), the network needs (3, 2); weights have a row for each neuron that they lead to: store W1.T",
                "settle --data HOME/data-shape.npz | HOME/data-shape.npz: number of examples in target is 2; allowed: 3, as in x0 (2, 3), where every column is an example; target looks transposed (one row per example): store target.T",
                // NaN
                "settle --data HOME/nan-data.npz | HOME/nan-data.npz: x0[1, 1] is NaN; allowed: finite numbers",
                "settle --layers 2,3,1 --weights HOME/nan-weights.npz | weights: nan-weights.npz: W1[2][0] is NaN; weights and biases must be finite",
                // unknown algorithm
                "settle --algorithm pcnudge --layers 2,3,1 | algorithm: \"pcnudge\" is not one of pc-nudge, pc, pc-clamped, fpa-pc, z-il, precision-pc, fy-pc, dual-propagation, dp-top, ep, hep, chl, chl-clamped, coupled, pc-alm; did you mean pc-nudge?",
                // unwritable directory
                "settle --out /proc/runs | out: cannot write to /proc: no file can be created there",
                "settle --json /proc/a.json | json: cannot write to /proc: no file can be created there",
                "settle --json HOME/no/a.json | json: there is no directory HOME/no to write HOME/no/a.json to",
                "settle --out HOME/file | out: HOME/file is a file; name a directory",
                "data --data two-moons --export HOME/no/f.npz | export: there is no directory HOME/no to write HOME/no/f.npz to",
            })
    void oneLineNamesItAndSaysWhatToDo(String line, String message) {
        Ran ran = relaxon(placed(line));
        assertEquals("relaxon: " + placed(message) + "\n", ran.err());
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
    }

    private String placed(String text) {
        return text.replace("HOME", home.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --for 1ms --port PORT | port: PORT at 127.0.0.1 cannot be used (Address already in use); give another with --port, or --port 0 for any",
                "node --listen 127.0.0.1:PORT | listen: port PORT of 127.0.0.1 is not free: another process listens there, or it is not allowed to this user; give another port, or 0 for a free one",
                "settle --host cluster --join 127.0.0.1:7 --listen 127.0.0.1:PORT | listen: port PORT of 127.0.0.1 is not free: another process listens there, or it is not allowed to this user; give another port, or 0 for a free one",
            })
    void aTakenPort(String line, String message) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Ran ran = relaxon(line.replace("PORT", port));
            assertEquals("relaxon: " + message.replace("PORT", port) + "\n", ran.err());
            assertEquals(2, ran.code());
        }
    }

    /** The verdict is a result, on stdout: reason and remedy each have a line. */
    @Test
    void anUnsettledNetwork() {
        Ran ran = relaxon("settle --cut 2->3");
        assertEquals(3, ran.code());
        assertEquals("", ran.err());
        assertEquals(
                "advice       leave out --cut 2->3, which never ends (tried: settles in 19"
                        + " messages, relative error 0.00015 to backprop)",
                lineOf(ran.out(), "advice "));
        assertEquals("run          relaxon settle", lineOf(ran.out(), "run "));
        assertEquals(
                "advice       --budget-messages 100 (tried: settles in 19 messages, relative error 0.00015 to backprop)",
                lineOf(relaxon("settle --budget-messages 10").out(), "advice "));
    }

    private static String lineOf(String text, String start) {
        return text.lines().filter(l -> l.startsWith(start)).findFirst().orElse(text);
    }

    @Test
    void notEnoughMemory() throws Exception {
        List<String> words =
                new ArrayList<>(Killer.command(List.of("settle", "--layers", "5000,5000,10")));
        words.add(1, "-Xmx40m");
        String said = said(4, new ProcessBuilder(words));
        assertEquals(
                "relaxon: out of memory: the heap ends at N MiB; raise it with"
                        + " RELAXON_JAVA_OPTS=-XmxNm, or use smaller layers or batches\n",
                said.replaceAll("\\d+( MiB|m,)", "N$1"));
    }

    @Test
    void noJava17() throws Exception {
        Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertEquals(true, java.toFile().setExecutable(true));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Path launcher = Path.of("").toAbsolutePath().getParent().resolve("bin/relaxon");
        ProcessBuilder builder = new ProcessBuilder("sh", launcher.toString(), "list");
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        assertEquals(
                "relaxon: needs java 17 or newer, and "
                        + java
                        + " is 11.0.2: install a newer JDK, or set JAVA_HOME to one\n",
                said(4, builder));
    }

    /** On a device of 64 kB, where this user may make one. */
    @Test
    void noSpaceLeft() throws Exception {
        Path small = Files.createDirectory(home.resolve("small"));
        String[] mount = {"mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()};
        assumeTrue(new ProcessBuilder(mount).start().waitFor() == 0, "no device can be made");
        try {
            Ran ran =
                    relaxon(
                            "train --data two-moons --layers 2,64,64,2 --iterations 1 --quiet"
                                    + " --checkpoint "
                                    + small.resolve("a.ckpt"));
            assertEquals(
                    "relaxon: cannot write "
                            + small.resolve("a.ckpt")
                            + ": No space left on device; free some, or name a place on another"
                            + " device\n",
                    ran.err());
            assertEquals(4, ran.code());
        } finally {
            assertEquals(0, new ProcessBuilder("umount", small.toString()).start().waitFor());
        }
    }

    private static String said(int code, ProcessBuilder builder) throws Exception {
        Process process =
                builder.redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), err);
        return err;
    }
}
