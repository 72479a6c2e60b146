package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.delay.Delays;

class NetworkFileTest {
    private static final String SKIP =
            """
            # two ways from the image to the label
            populations = [
              { name = image, size = 5, role = input }
              { name = low, size = 3, activation = sigmoid }
              { name = label, size = 2, role = output }
            ]
            projections = [
              { from = image, to = low }
              { name = short, from = image, to = label }
              { from = low, to = label }
            ]
            """;

    @TempDir private Path directory;

    private NetworkPlan read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("net.conf"), text);
        return NetworkFile.read(file, NetworkFileTest::activation);
    }

    private static Activation activation(String name) {
        for (StandardActivation f : StandardActivation.values()) {
            if (f.optionName().equals(name)) {
                return f;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static Network build(NetworkPlan plan) {
        return plan.build(
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(3));
    }

    @Test
    void aFileStatesAGraph() throws IOException {
        NetworkPlan plan = read(SKIP);
        assertEquals(
                List.of("low", "short", "low-label"),
                plan.projections().stream().map(NetworkPlan.Edge::name).toList());
        assertEquals(2, plan.depth());
        assertEquals(5 * 3 + 5 * 2 + 3 * 2, plan.synapses());
        Network network = build(plan);
        assertEquals(StandardActivation.SIGMOID, network.population(1).activation());
        assertEquals(StandardActivation.LINEAR, network.population(2).activation());
        assertEquals(2, network.depth());
    }

    @Test
    void whatIsWrittenReadsBackToTheSameBits() throws IOException {
        Network network = build(read(SKIP));
        NetworkPlan plan = NetworkPlan.of(network);
        NetworkPlan again = read(NetworkFile.text(plan));
        assertEquals(plan, again);
        for (int k = 0; k < 3; k++) {
            double[][] before = network.parameters().weights(k);
            double[][] after = build(again).parameters().weights(k);
            for (int i = 0; i < before.length; i++) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(before[i], after[i]);
            }
        }
    }

    @Test
    void connectivitiesAreReadAndWrittenBack() throws IOException {
        String images =
                SKIP.replace(
                        "from = image, to = low ",
                        "from = image, to = low, connectivity = \"random:2,seed=3\" ");
        NetworkPlan plan = read(images);
        assertEquals("random:2,seed=3", plan.projections().get(0).connectivity().spec());
        assertEquals(plan, read(NetworkFile.text(plan)));
        assertEquals(3 * 2 + 5 * 2 + 3 * 2, plan.synapses());
        assertEquals(2, build(plan).parameters().weights(0)[0].length);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> read(images.replace("random:2", "random:6")));
        assertTrue(e.getMessage().contains("there are 5"), e.getMessage());
        IllegalArgumentException unknown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> read(images.replace("random:2", "randon:2")));
        String message = unknown.getMessage();
        assertTrue(message.contains("net.conf, line 8: connectivity"), message);
        assertTrue(message.contains("\"randon\" is not one of all-to-all, random"), message);
    }

    private static final String TIMED =
            """
            populations = [
              { name = image, size = 5, role = input }
              { name = low, size = 3, refractory = 0.5ms }
              { name = label, size = 2, role = output, refractory = 0 }
            ]
            projections = [
              { from = image, to = low }
              { name = up, from = low, to = label, delay = "lognormal:2ms,0.5", feedback-delay = "constant:5ms" }
              { name = more, from = low, to = label, feedback-delay = none }
            ]
            """;

    @Test
    void delaysAndRefractoryPeriodsAreReadAndWrittenBack() throws IOException {
        NetworkPlan plan = read(TIMED);
        Timing expected =
                Timing.NONE
                        .withRefractoryNanos("low", 500_000)
                        .withRefractoryNanos("label", 0)
                        .withDelay(
                                "up", Delays.lognormal(2_000_000, 0.5), Delays.constant(5_000_000))
                        .withDelay("more", null, Delays.none());
        assertEquals(expected.toString(), plan.timing().toString());
        assertEquals(plan.toString(), read(NetworkFile.text(plan)).toString());
        assertEquals(Timing.NONE, read(SKIP).timing());
        assertEquals(plan.timing(), ProblemSpec.defaults().withGraph(plan).timing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refractory = 0.5ms|refractory = 0.5h|3|refractory of population low|0.5h",
                "refractory = 0.5ms|refractory = -1ms|3|refractory of population low|-1ms",
                "refractory = 0.5ms|refractory = NaN|3|refractory of population low|NaN",
                "refractory = 0.5ms|refractory = 99999999s|3|population low|99999999",
                "refractory = 0.5ms|refractori = 0.5ms|3|a field of population|refractori",
                "role = input|role = input, refractory = 1ms|2|population image|clamped",
                "2ms,0.5|2,0.5|8|delay of projection up|span of time",
                "2ms,0.5|2ms,NaN|8|delay of projection up|sigma",
                "2ms,0.5|-2ms,0.5|8|delay of projection up|-2ms",
                "2ms,0.5|2ms|8|delay of projection up|one of none, constant:D",
                "constant:5ms|constant:5m|8|feedback-delay of projection up|constant:5m",
                "feedback-delay = none|delay-feedback = none|9|a field of projection|delay-feedback",
                "feedback-delay = none|delay = [none]|9|delay of projection more|a list",
                "to = low }|to = low, delay = none }|7|delay of projection low|an input",
                "lognormal:2ms,0.5|measured:a.hlog|8|delay of projection up|no other file",
            })
    void wrongTimesAreRefusedWithLineAndName(
            String from, String to, int line, String field, String why) {
        String text = TIMED.replace(from, to);
        Exception e = assertThrows(Exception.class, () -> read(text));
        for (String part : List.of("net.conf, line " + line + ":", field, why)) {
            assertTrue(e.getMessage().contains(part), e.getMessage() + " should name " + part);
        }
    }

    @Test
    void lateralAndRecurrentProjectionsAreReadAndWrittenBack() throws IOException {
        String cycles =
                SKIP.replace(
                        "projections = [",
                        """
                        projections = [
                          { name = among, from = low, to = low }
                          { name = self, from = low, to = low, connectivity = all-to-all }
                          { name = few, from = low, to = low, connectivity = "others:random:1,seed=2" }
                          { name = back, from = label, to = low }
                          { name = top, from = label, to = label }
                        """);
        NetworkPlan plan = read(cycles);
        Network network = build(plan);
        assertEquals(5, network.closing().size());
        assertEquals(2, network.depth());
        assertEquals(2, network.parameters().weights(0)[0].length, "without itself");
        assertEquals(3, network.parameters().weights(1)[0].length, "with itself");
        NetworkPlan again = read(NetworkFile.text(NetworkPlan.of(network)));
        assertEquals(NetworkPlan.of(network), again);
        assertEquals(plan.projections(), again.projections());
        for (int k = 0; k < 8; k++) {
            double[][] before = network.parameters().weights(k);
            double[][] after = build(again).parameters().weights(k);
            for (int i = 0; i < before.length; i++) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(before[i], after[i]);
            }
        }
    }

    @Test
    void aProjectionAgainstTheOrderMustCloseACycle() {
        String text =
                """
                populations = [
                  { name = image, size = 5, role = input }
                  { name = label, size = 2, role = output }
                  { name = low, size = 3 }
                ]
                projections = [
                  { from = image, to = low }
                  { from = image, to = label }
                  { name = up, from = low, to = label }
                ]
                """;
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read(text));
        assertTrue(e.getMessage().contains("net.conf, line 9: projection up"), e.getMessage());
        assertTrue(e.getMessage().contains("list low before label"), e.getMessage());
    }

    @Test
    void namesThatHoconWouldReadOtherwiseAreQuoted() throws IOException {
        String odd =
                SKIP.replace("image", "\"1.0\"")
                        .replace("low", "true-er")
                        .replace("true-er", "\"null\"");
        NetworkPlan plan = read(odd);
        assertEquals("1.0", plan.populations().get(0).name());
        assertEquals("null", plan.populations().get(1).name());
        assertEquals(plan, read(NetworkFile.text(plan)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "size = 3; sise = 3; line 4: a field of population number 2 is sise",
                "size = 3; size = 0; line 4: size of population low is 0",
                "size = 3; size = 1e9; line 4: size of population low is",
                "size = 3; size = [3]; line 4: size of population low is a list",
                ", size = 3;; size of population low is missing",
                "role = input; role = start; line 3: role of population image is start",
                "role = input; role = input, activation = tanh; activation of population image is tanh",
                "activation = sigmoid; activation = softest; line 4: activation of population low",
                "name = low,; name = \"a/b\",; line 4: name of population number 2 is a/b",
                "projections; projection; a field of the file is projection",
                "projections = [; projections = [ 3; projection number 1 is 3",
                "populations = [; populations = ${HOME} [; a value is ${HOME}",
                "sigmoid; ${?HOME}; a value is ${?HOME}; allowed: the value itself",
                "size = 3; size = 3, refractory = ${?NOPE}; a value is ${?NOPE}",
                "populations = [; include \"other.conf\" \\n populations = [; include of other.conf",
                "]; }; HOCON",
                "size = 3,; size = 3, size = 4,; line 4: field size is stated twice",
                "to = low; to = low, connectivity = [3]; connectivity of projection number 1 is a list",
            })
    void whatCannotBeIsRefusedWithItsLine(String good, String bad, String message) {
        String text =
                SKIP.replaceFirst(
                        java.util.regex.Pattern.quote(good),
                        java.util.regex.Matcher.quoteReplacement(
                                bad == null ? "" : bad.replace("\\n", "\n")));
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(text));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().contains("net.conf"), e.getMessage());
    }

    /** HOCON would merge them, and a projection would be gone. */
    @Test
    void whatIsStatedTwiceOrOnOneLineIsRefused() {
        String joined = SKIP.replace("low }\n  {", "low } {");
        String doubled = SKIP + "projections = []\n";
        for (String text : List.of(joined, doubled)) {
            MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(text));
            boolean first = text.equals(joined);
            String expected =
                    first ? "line 8: text is } {" : "line 12: field projections is stated twice";
            assertTrue(e.getMessage().contains(expected), e.getMessage());
        }
    }

    @Test
    void whatOnlyLooksStatedTwiceIsRead() throws IOException {
        NetworkPlan plan = read(SKIP);
        assertEquals(plan, read(SKIP.replace(" }\n", " },\n")));
        assertEquals(
                plan,
                read(
                        SKIP.replace(
                                "from = image, to = low }",
                                "from = image, to : \"low\" # } {\n}")));
        assertEquals(plan, read(SKIP.replace("size = 5", "// size = 4, { {\n size : 5")));
        assertEquals(
                plan,
                read(
                        SKIP.replace(" = [", " [")
                                .replace("populations [", "\"populations\" : [")
                                .replace("projections [", "projections = [")));
    }

    @ParameterizedTest
    @CsvSource({
        "from = low, from = absent, line 10: projection absent-label: there is no population absent",
        "to = low, to = image, line 8: projection image: image -> image",
        "name = short, name = low-label, line 10: projection low-label is defined twice",
        "role = output, role = hidden, net.conf: a network needs at least one output",
        "name = label, name = image, line 5: population image is defined twice",
        "from = low, from = image, line 4: population low feeds nothing",
        "to = low, to = label, line 4: population low has no input",
    })
    void graphsThatCannotBeBuiltAreRefusedAtTheirLineAndByName(
            String good, String bad, String message) {
        String text = SKIP.replaceFirst(good, bad);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> read(text), text);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    /** Without quotes it is no HOCON; the message says what to do, not only what the parser met. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "random:2,seed=3; line 8: text is ':', where '}', a comma or a new line is expected; in quotes",
                "convolution:1x1x5,filters=1,kernel=3; line 8: text is ':', where; \"random:100,seed=1\"",
            })
    void aConnectivityWithoutQuotesIsRefusedWithWhatToDo(String bare, String at, String advice) {
        String text = SKIP.replace("to = low }", "to = low, connectivity = " + bare + " }");
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(text));
        assertTrue(e.getMessage().contains("net.conf, " + at), e.getMessage());
        assertTrue(e.getMessage().contains(advice), e.getMessage());
        assertEquals(-1, e.getMessage().indexOf("if you intended"), e.getMessage());
    }

    /** Cut, doubled and overwritten anywhere, a file is read or refused, and nothing else. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        byte[] whole = SKIP.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        int refused = 0;
        for (int k = 0; k < 2_000; k++) {
            byte[] bytes = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int n = random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(directory.resolve("damaged.conf"), bytes);
            try {
                NetworkFile.read(file, NetworkFileTest::activation);
            } catch (MalformedFileException | IllegalArgumentException e) {
                refused++;
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            }
        }
        assertTrue(refused > 1_000, refused + " refused");
        assertThrows(MalformedFileException.class, () -> read("a=" + "[".repeat(200_000)));
        assertThrows(MalformedFileException.class, () -> read(" ".repeat(2 << 20)));
    }
}
