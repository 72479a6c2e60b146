package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;
import org.xml.sax.SAXException;

/** Network files in every verb that builds a network. */
class NetworkCommandTest {
    private static final String SKIP =
            """
            populations = [
              { name = image, size = 8, role = input }
              { name = low, size = 6, activation = sigmoid }
              { name = label, size = 4, role = output }
            ]
            projections = [
              { from = image, to = low }
              { name = short, from = image, to = label }
              { from = low, to = label }
            ]
            """;

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("skip.conf"), SKIP);
    }

    @Test
    void aFileIsShownDrawnAndWritten()
            throws IOException, ParserConfigurationException, SAXException {
        Path svg = directory.resolve("skip.svg");
        Path again = directory.resolve("again.conf");
        Ran ran = relaxon("network " + file + " --svg " + svg + " --write " + again);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("low-label"), ran.out());
        assertTrue(ran.out().startsWith("network          " + file + "\n\npopulation"), ran.out());
        assertTrue(relaxon("network --layers 2,3,1").out().startsWith("population"));
        assertTrue(ran.out().contains("written to   " + svg), ran.out());
        var drawn = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
        assertEquals("svg", drawn.getDocumentElement().getTagName());
        String said = drawn.getElementsByTagName("desc").item(0).getTextContent();
        assertEquals(drawn.getElementsByTagName("path").getLength(), said.split(", ").length + 1);
        assertEquals(
                1 + 3 + 3, drawn.getElementsByTagName("rect").getLength(), "paper, boxes, words");
        JsonNode json = relaxon("network " + again + " --json -").json();
        assertEquals(8 * 6 + 8 * 4 + 6 * 4, json.get("synapses").asInt());
        assertEquals(2, json.get("depth").asInt());
        assertEquals(
                "tanh",
                relaxon("network --layers 2,3,1 --json -")
                        .json()
                        .at("/populations/1/activation")
                        .asText());
    }

    /** One step on, and two steps on, where arcs go round. */
    @Test
    void parallelProjectionsAreDrawnApart() throws IOException {
        String lines =
                "{ name = second, from = low, to = label }\n{ name = far, from = image, to = label }\n";
        Files.writeString(
                file, SKIP.replaceFirst("projections = \\[", "projections = [\n" + lines));
        Path svg = directory.resolve("double.svg");
        Ran ran = relaxon("network " + file + " --svg " + svg);
        assertEquals(0, ran.code(), ran.err());
        List<String> paths =
                Files.readString(svg).lines().filter(l -> l.contains("marker-end")).toList();
        assertEquals(5, paths.size());
        assertEquals(
                5,
                paths.stream()
                        .map(l -> l.replaceFirst(" d=\"([^\"]*).*", "$1"))
                        .distinct()
                        .count());
    }

    /** Scales, delays and pauses are drawn, and every file that is written is named. */
    @Test
    void whatAFileStatesBesideWeightsIsDrawn() throws IOException {
        String stated =
                SKIP.replace(
                                "{ from = low, to = label }",
                                "{ from = low, to = label, scale = 0.125,"
                                        + " delay = \"lognormal:2ms,0.5\", feedback-delay = \"constant:5ms\" }")
                        .replace("sigmoid }", "sigmoid, refractory = 0.5ms }");
        Files.writeString(file, stated);
        Path svg = directory.resolve("stated.svg");
        Path json = directory.resolve("stated.json");
        Ran ran = relaxon("network " + file + " --svg " + svg + " --json " + json);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("written to   " + svg), ran.out());
        assertTrue(ran.out().contains("written to   " + json), ran.out());
        String drawn = Files.readString(svg);
        for (String words :
                List.of(
                        "scale 0.125",
                        "delay lognormal:2ms,0.5",
                        "feedback delay constant:5ms",
                        "pause 500us")) {
            assertTrue(drawn.contains(">" + words + "</text>"), words);
        }
        Files.writeString(file, SKIP);
        Path plain = directory.resolve("plain.svg");
        assertEquals(0, relaxon("network " + file + " --svg " + plain).code());
        assertFalse(Files.readString(plain).matches("(?s).*>(scale|delay|feedback|pause) .*"));
    }

    /** An arrow of its own for each projection with feedback weights, and a legend for both. */
    @Test
    void ownFeedbackWeightsAreDrawn() throws IOException {
        String own = "from = low, to = label, feedback = \"random:seed=3\"";
        Files.writeString(file, SKIP.replace("from = low, to = label", own));
        Path svg = directory.resolve("own.svg");
        assertEquals(0, relaxon("network " + file + " --svg " + svg).code());
        String drawn = Files.readString(svg);
        assertTrue(drawn.contains(">feedback random:seed=3</text>"), drawn);
        assertTrue(drawn.contains(">feedback weights of a projection's own</text>"), drawn);
        assertTrue(drawn.contains("feedback weights random:seed=3)"), "in the description");
        assertEquals(2, drawn.lines().filter(l -> l.contains("url(#open)")).count(), "and legend");
        assertEquals(3 + 1, drawn.lines().filter(l -> l.contains("url(#end)")).count());

        Files.writeString(file, SKIP);
        Path plain = directory.resolve("none.svg");
        assertEquals(0, relaxon("network " + file + " --svg " + plain).code());
        assertFalse(Files.readString(plain).matches("(?s).*(open|feedback|errors return).*"));
    }

    /** The advice works as typed. */
    @Test
    void feedbackBesideAFileIsRefusedWithWhatToWrite() throws IOException {
        String refusal = relaxon("network " + file + " --feedback random:seed=3").refusal();
        String advice = "feedback = \"random:seed=3\"";
        assertTrue(refusal.contains("write " + advice + " at each projection"), refusal);
        Files.writeString(
                file, SKIP.replace("from = low, to = label", "from = low, to = label, " + advice));
        assertTrue(relaxon("network " + file).out().contains("feedback weights random:seed=3"));
    }

    @Test
    void anImageThatDoesNotFitNamesBothPopulationsWithTheirSizes() throws IOException {
        String image = "connectivity = \"convolution:3x32x32,filters=8,kernel=3\"";
        Files.writeString(file, SKIP.replace("to = low }", "to = low, " + image + " }"));
        String refusal = relaxon("network " + file).refusal();
        String named = "image -> low, of 8 and 6 neurons: the presynaptic image, 3x32x32, has 3072";
        assertTrue(refusal.contains(named), refusal);
    }

    /** Every third neuron of the image reaches low, and of its three not all reach label. */
    @Test
    void neuronsWithoutSynapsesAreCounted() throws IOException {
        String mean = "convolution:1x1x8,filters=1,kernel=1,stride=3";
        String sparse =
                SKIP.replace("size = 6", "size = 3")
                        .replace("to = low }", "to = low, connectivity = \"" + mean + "\" }")
                        .replace("from = image, to = label", "from = low, to = label")
                        .replace(
                                "low, to = label }",
                                "low, to = label, connectivity = \"random:1,seed=4\" }");
        Files.writeString(file, sparse);
        JsonNode json = relaxon("network " + file + " --json -").json();
        assertEquals(5, json.at("/populations/0/silent").asInt());
        assertEquals(0, json.at("/populations/0/unreached").asInt());
        int silent = json.at("/populations/1/silent").asInt();
        assertTrue(silent > 0 && silent < 3, silent + " of low");
        String shown = relaxon("network " + file).out();
        assertTrue(
                shown.contains(
                        "no synapse   of image, 0 neurons have none onto them and 5 have none"),
                shown);
        Files.writeString(file, SKIP);
        String whole = relaxon("network " + file).out();
        assertEquals(-1, whole.indexOf("no synapse"), whole);
    }

    @Test
    void whatRunsOnItIsWhatTheVerbsAccept() throws IOException {
        JsonNode json = relaxon("network " + file + " --json -").json();
        int refused = 0;
        for (JsonNode a : json.get("algorithms")) {
            String name = a.get("name").asText();
            if (name.equals("ipc")) {
                continue; // a schedule of train
            }
            Ran ran = relaxon("settle --quiet --network " + file + " --algorithm " + name);
            boolean runs = a.get("refusal").isNull();
            assertEquals(runs ? 0 : 2, ran.code(), name + ": " + ran.err());
            if (!runs) {
                refused++;
                String why =
                        name + ": defined for layered networks; projection short skips a layer";
                assertTrue(ran.err().startsWith("relaxon: " + why), ran.err());
                assertEquals(why, a.get("refusal").asText());
                for (String verb : List.of("check --seeds 1", "sweep --seeds 1 --axis gain=1")) {
                    String line = " --host virtual --network " + file + " --algorithm " + name;
                    Ran other = relaxon(verb + line);
                    assertTrue(
                            (other.err() + other.out()).contains(why), other.err() + other.out());
                }
                assertTrue(ran.err().contains("short"), ran.err());
            }
        }
        assertEquals(2, refused);
        JsonNode chain = relaxon("network --layers 3,4,2 --json -").json();
        chain.get("algorithms").forEach(a -> assertTrue(a.get("refusal").isNull(), a.toString()));
    }

    @Test
    void everyVerbTakesAFileAndItsWeights() throws IOException {
        Path runs = directory.resolve("runs");
        Ran settled = relaxon("settle --quiet --network " + file + " --out " + runs);
        assertEquals(0, settled.code(), settled.err());
        Path arrays;
        try (var files = Files.walk(runs)) {
            arrays = files.filter(f -> f.endsWith("arrays.npz")).findFirst().orElseThrow();
        }
        Ran again = relaxon("settle --quiet --seed 1 --network " + file + " --weights " + arrays);
        assertEquals(line(settled, "trace"), line(again, "trace"));
        for (String verb :
                new String[] {
                    "check --seeds 1 --granularity layer",
                    "sweep --axis gain=.5,1",
                    "stress --dry-run",
                    "data",
                    "settle --dry-run"
                }) {
            Ran ran = relaxon(verb + " --network " + file);
            assertEquals(0, ran.code(), verb + ": " + ran.err());
        }
        String moons = SKIP.replace("size = 8", "size = 2").replace("size = 4", "size = 2");
        Path small = Files.writeString(directory.resolve("moons.conf"), moons);
        Ran trained =
                relaxon(
                        "train --quiet --data two-moons --epochs 1 --examples 200 --network "
                                + small);
        assertEquals(0, trained.code(), trained.err());
    }

    private static String line(Ran ran, String name) {
        return ran.out().lines().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    }

    /** The content decides, not the name. */
    @Test
    void aTrainingDoesNotGoOnWithAnotherNetwork() throws IOException {
        String moons = SKIP.replace("size = 8", "size = 2").replace("size = 4", "size = 2");
        Files.writeString(file, moons);
        Path checkpoint = directory.resolve("checkpoint");
        String train =
                "train --quiet --data two-moons --epochs 1 --examples 200 --network %s --checkpoint %s"
                        .formatted(file, checkpoint);
        assertEquals(0, relaxon(train).code());
        assertEquals(0, relaxon(train.replace("--epochs 1", "--epochs 2")).code());
        Files.writeString(file, moons.replace("sigmoid", "tanh"));
        Ran other = relaxon(train.replace("--epochs 1", "--epochs 3"));
        assertEquals(2, other.code(), other.err());
        assertTrue(other.err().contains("--network was"), other.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "settle --layers 3,2 --network FILE; layers: a network file states its own sizes",
                "sweep --axis layers=8-4 --network FILE; layers: a network file states its own",
                "settle --network FILE --data two-moons; network has 8 inputs and 4 outputs",
                "settle --network absent.conf; no such file: absent.conf",
                "network FILE --network FILE; network: named twice",
                "network FILE --svg FILE; svg: ",
                "network FILE --json new.json --write new.json; name the same file; name another",
                "network FILE --weights w.npz; weights: has no effect, as a network is described",
                "network --data random; data: has no effect, as a network of any size fits",
                "network FILE --data two-moons; network has 8 inputs and 4 outputs",
                "settle --network FILE --host red-black; red-black: defined for layered networks",
            })
    void whatDoesNotFitIsRefused(String line, String message) {
        Ran ran = relaxon(line.replace("FILE", file.toString()));
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(message), ran.err());
        assertFalse(ran.err().contains("Exception"), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    /** The twin of a refusal: these data have sizes of their own. */
    @Test
    void dataDecideTheLayers() {
        Ran moons = relaxon("network --data two-moons");
        assertEquals(0, moons.code(), moons.err());
        assertNotEquals(relaxon("network").out(), moons.out());
    }

    private Path writeCycles() throws IOException {
        String text =
                SKIP.replace(
                        "projections = [",
                        """
                        projections = [
                          { name = among, from = low, to = low }
                          { name = back, from = label, to = low }
                        """);
        return Files.writeString(directory.resolve("cycles.conf"), text);
    }

    @Test
    void lateralAndRecurrentFilesRunInEveryVerb() throws IOException {
        Path cycles = writeCycles();
        Path svg = directory.resolve("cycles.svg");
        Path again = directory.resolve("again.conf");
        Ran shown = relaxon("network " + cycles + " --svg " + svg + " --write " + again);
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("others:all-to-all"), shown.out());
        assertEquals(2, Files.readString(svg).split("stroke-dasharray", -1).length - 1);
        String settle = "settle --quiet --algorithm ep --discipline turn-taking --network ";
        Ran settled = relaxon(settle + cycles);
        assertEquals(0, settled.code(), settled.err());
        assertEquals(line(settled, "trace"), line(relaxon(settle + again), "trace"));
        Ran checked =
                relaxon(
                        "check --quiet --host virtual --seeds 2 --algorithm ep --network "
                                + cycles);
        assertEquals(0, checked.code(), checked.out() + checked.err());
        String train =
                "train --quiet --data strokes --examples 40 --test-examples 10 --iterations 2"
                        + " --algorithm ep --network ";
        Path strokes = directory.resolve("strokes.conf");
        Files.writeString(
                strokes,
                Files.readString(cycles)
                        .replace("image, size = 8", "image, size = 784")
                        .replace("label, size = 4", "label, size = 10"));
        Ran trained = relaxon(train + strokes);
        assertEquals(0, trained.code(), trained.out() + trained.err());
        Ran beside = relaxon(train + strokes + " --beside backprop");
        assertEquals(2, beside.code(), beside.out());
        assertTrue(beside.err().contains("backprop: not defined where"), beside.err());
    }

    @Test
    void whatCannotRunOnCyclesNamesItselfAndThem() throws IOException {
        Path cycles = writeCycles();
        Set<String> runs = Set.of("ep", "hep", "chl-clamped", "coupled");
        JsonNode json = relaxon("network " + cycles + " --json -").json();
        for (JsonNode a : json.get("algorithms")) {
            String name = a.get("name").asText();
            assertEquals(runs.contains(name), a.get("refusal").isNull(), a.toString());
            if (runs.contains(name) || name.equals("ipc")) {
                continue; // a schedule of train
            }
            for (String verb : List.of("settle --quiet", "check --seeds 1 --host virtual")) {
                Ran ran = relaxon(verb + " --network " + cycles + " --algorithm " + name);
                assertEquals(2, ran.code(), ran.out());
                String why = name + ": not defined where projections close a cycle, as among (low";
                assertTrue(ran.err().contains(why), ran.err());
                assertTrue(ran.err().contains("back (label -> low); ep, hep"), ran.err());
            }
        }
    }

    /** A graph that cannot be built is refused at its line, whichever verb reads it. */
    @Test
    void graphsThatCannotBeBuiltNameFileAndLine() throws IOException {
        String low = "  { name = low, size = 6, activation = sigmoid }\n";
        String order = SKIP.replace(low, "").replace("]\nprojections", low + "]\nprojections");
        String absent = SKIP.replaceFirst("from = low,", "from = absent,");
        String activation = SKIP.replaceFirst("activation = \\S+", "activation = softest");
        for (String text : List.of(order, absent, activation)) {
            Path bad = Files.writeString(directory.resolve("bad.conf"), text);
            for (String verb : List.of("network ", "settle --network ", "check --network ")) {
                Ran ran = relaxon(verb + bad);
                assertEquals(2, ran.code(), ran.out());
                assertTrue(ran.err().matches("(?s).*bad.conf, line \\d+: .*"), ran.err());
            }
        }
        String known = relaxon("network " + directory.resolve("bad.conf")).err();
        assertTrue(known.contains("linear, tanh, sigmoid, hard-sigmoid, relu"), known);
        Ran good = relaxon("settle --quiet --network " + file);
        assertTrue(good.out().contains("network      " + file), good.out());
        assertFalse(relaxon("settle --quiet").out().contains("network      "));
    }
}
