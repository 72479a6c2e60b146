package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon sweep} and {@code relaxon stress} as a user meets them. */
class SweepCommandTest {
    private static final String SMALL =
            "sweep --quiet --layers 5,7,3 --axis beta=1e-1,1e-2,1e-3 --axis gain=1,16 --seeds 2"
                    + " --delay exponential:1ms --budget-messages 3000 ";

    @TempDir private Path temp;

    private Path directory(String line) throws IOException {
        Ran ran = relaxon(line + " --json -");
        assertEquals(0, ran.code(), ran.err());
        return Path.of(ran.json().get("directory").asText());
    }

    private static List<NamedCsvRecord> rows(Path directory) throws IOException {
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(directory.resolve("results.csv"))) {
            return csv.stream().toList();
        }
    }

    @Test
    void everyRunIsARowAndTheWorstOnesSayHowToRepeatThem() {
        Ran ran = relaxon(SMALL);

        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("12 runs of 12: "), ran.out());
        assertTrue(ran.out().contains("relaxon settle --layers 5,7,3"), ran.out());
        assertTrue(ran.out().contains("Map beta x gain, rho(|M|) = 1: "), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void theCommandOfARowGivesTheSameBits() throws IOException {
        Path run = directory(SMALL + "--out " + temp);
        for (NamedCsvRecord row : rows(run)) {
            String command = row.getField("repeat").replace("relaxon ", "");
            Ran again = relaxon(command + " --json -");

            JsonNode json = again.json();
            assertEquals(row.getField("verdict"), json.get("verdict").asText(), command);
            assertEquals(row.getField("messages"), json.get("messages").asText(), command);
            assertEquals(row.getField("relativeError"), text(json.get("relativeError")), command);
            assertEquals(row.getField("residual"), text(json.get("residual")), command);
            assertEquals(row.getField("traceHash"), json.get("traceHash").asText(), command);
            assertEquals(row.getField("verdict").equals("settled") ? 0 : 3, again.code());
        }
    }

    /** One network for all, unless each is to have its own; the rows state which. */
    @Test
    void algorithmsAreComparedWithTheSameWeights() throws IOException {
        String line =
                "sweep --quiet --layers 5,7,3 --axis algorithm=pc-nudge,ep,chl --seeds 2"
                        + " --axis strength=1e-2,1e-3 --out ";
        for (NamedCsvRecord row : rows(directory(line + temp.resolve("same")))) {
            assertEquals("normal", row.getField("resolvedInit"));
            assertEquals("0.4", row.getField("resolvedGain"));
        }
        Path own = directory(line + temp.resolve("own") + " --own-init");
        for (NamedCsvRecord row : rows(own)) {
            boolean ep = row.getField("algorithm").equals("ep");
            assertEquals(ep ? "normal" : "uniform", row.getField("resolvedInit"));
            assertEquals(ep ? "0.4" : "1.0", row.getField("resolvedGain"));
            assertEquals(
                    Double.parseDouble(row.getField("strength")),
                    Double.parseDouble(row.getField("resolvedStrength")));
        }
        String text = Files.readString(own.resolve("summary.txt"));
        assertTrue(text.contains("weights: uniform 1.0; normal 0.4, as results.csv states"), text);
        assertEquals(2, relaxon("sweep --axis gain=1,2 --own-init").code());
    }

    /** Every row: also of the combinations that are refused, whose command is refused likewise. */
    @Test
    void everyRowNamesTheCommandThatRepeatsIt() throws IOException {
        Path run =
                directory(
                        "sweep --quiet --layers 5,7,3 --axis algorithm=pc-nudge,fpa-pc --seeds 1"
                                + " --axis step=0.1,0.2 --delay exponential:1ms --out "
                                + temp);
        int refused = 0;
        for (NamedCsvRecord row : rows(run)) {
            Ran again = relaxon(row.getField("repeat").replace("relaxon ", "") + " --quiet");

            if (row.getField("verdict").equals("refused")) {
                refused++;
                assertEquals(2, again.code(), again.out());
                assertTrue(again.err().contains(row.getField("detail")), again.err());
            } else {
                assertEquals(row.getField("verdict").equals("settled") ? 0 : 3, again.code());
            }
        }
        assertEquals(2, refused);
    }

    private static final String TRAININGS =
            "sweep --quiet --data two-moons --layers 2,6,2 --examples 192 --test-examples 50"
                    + " --axis rate=1e-3,3e-2 --axis algorithm=pc-nudge,ep,chl --seeds 1"
                    + " --axis strength=1e-3 ";

    /** The accuracy is the figure, and the command of a row gives it again. */
    @Test
    void trainingsAreSweptLikeSettlings() throws IOException {
        Path run = directory(TRAININGS + "--out " + temp);

        List<NamedCsvRecord> rows = rows(run);
        assertEquals(6, rows.size());
        for (NamedCsvRecord row : rows) {
            String command = row.getField("repeat").replace("relaxon ", "");
            JsonNode again = relaxon(command + " --quiet --json -").json();

            assertTrue(command.contains("--rate " + row.getField("rate")), command);
            assertEquals("trained", row.getField("verdict"));
            assertEquals(
                    "normal 0.4",
                    row.getField("resolvedInit") + " " + row.getField("resolvedGain"));
            assertEquals(row.getField("testAccuracy"), text(again.get("testAccuracy")), command);
            assertEquals(row.getField("testLoss"), text(again.get("testLoss")), command);
            assertEquals(row.getField("messages"), again.get("messages").asText(), command);
            assertEquals(3, again.get("steps").asInt());
        }
        assertTrue(Files.readString(run.resolve("summary.csv")).contains("meanTestAccuracy"));
        String svg = Files.readString(run.resolve("map-rate-algorithm-accuracy.svg"));
        assertTrue(svg.contains(">test accuracy</text>"), svg);
        assertTrue(Files.readString(run.resolve("report.html")).contains("Trained"));
    }

    @Test
    void aSweepOfTrainingsGoesOnAfterAKill() throws IOException {
        Path run = directory(TRAININGS + "--out " + temp);
        byte[] results = Files.readAllBytes(run.resolve("results.csv"));
        byte[] journal = Files.readAllBytes(run.resolve("journal.txt"));
        Files.write(run.resolve("journal.txt"), Arrays.copyOf(journal, journal.length / 2));
        Files.delete(run.resolve("results.csv"));

        assertEquals(run, directory(TRAININGS + "--resume " + run));

        assertArrayEquals(results, Files.readAllBytes(run.resolve("results.csv")));
    }

    @Test
    void aTrainingThatIsRefusedIsARowWithItsCommand() throws IOException {
        Path run =
                directory(
                        "sweep --quiet --data two-moons --layers 2,6,2 --examples 128"
                                + " --test-examples 50 --axis in-flight=1,99 --seeds 1 --out "
                                + temp);

        NamedCsvRecord refused = rows(run).get(1);
        assertEquals("refused", refused.getField("verdict"));
        assertTrue(refused.getField("detail").contains("in-flight"), refused.getField("detail"));
        Ran again = relaxon(refused.getField("repeat").replace("relaxon ", ""));
        assertEquals(2, again.code(), again.err());
    }

    /** A chance of 0 is no fault, so that sweeps, which have none, accept it. */
    @Test
    void aHostThatRefusesSomePointsRunsTheOthers() {
        Ran ran =
                relaxon(
                        "sweep --quiet --axis drop=0,0.5 --host synchronous --seeds 1 --layers 3,4,2");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("2 runs of 2: 1 settled, 0 not, 1 refused"), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("drop 0\\.5 +refused")), ran.out());
        assertFalse(ran.out().contains("NaN"), ran.out());
    }

    @Test
    void aGridThatTheHostRefusesAsAWholeIsRefusedBeforeItBegins() {
        Path none = temp.resolve("none");
        Ran ran =
                relaxon(
                        "sweep --axis drop=0.1,0.5 --host synchronous --seeds 1 --layers 3,4,2 --out "
                                + none);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("host: synchronous sweeps have no delays"), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertFalse(Files.exists(none), "nothing ran");
    }

    @Test
    void partsThatAreJoinedHaveTheAdviceOfTheWhole() throws IOException {
        String grid =
                "sweep --quiet --layers 3,4,2 --axis beta=1e-2,1e-3 --seeds 1 --cut 2->1 --json - ";
        String parts = "";
        for (int k = 1; k <= 2; k++) {
            Ran part = relaxon(grid + "--shard " + k + "/2 --out " + temp.resolve("part" + k));
            parts += (k == 1 ? "" : ",") + part.json().get("directory").asText();
        }
        JsonNode whole = relaxon(grid).json().get("advice");
        JsonNode joined = relaxon(grid + "--merge " + parts).json().get("advice");
        assertFalse(whole.isEmpty(), "runs that do not settle, with advice");
        assertEquals(whole, joined);
    }

    private static String text(JsonNode number) {
        return number.isNull() ? "" : Double.toString(number.asDouble());
    }

    @Test
    void theRunDirectoryHoldsTablesAndMapsWithTheLine() throws IOException {
        Path run = directory(SMALL + "--out " + temp);

        JsonNode manifest = Ran.json(run.resolve("manifest.json"));
        assertEquals("1/1", manifest.get("config").get("shard").asText());
        List<NamedCsvRecord> rows = rows(run);
        assertEquals(12, rows.size());
        assertEquals("1e-2", rows.get(4).getField("beta"));
        assertEquals("settled", rows.get(4).getField("verdict"));
        assertEquals("1e-1", rows.get(2).getField("beta"));
        assertEquals("16", rows.get(2).getField("gain"));
        assertEquals("not-settled", rows.get(2).getField("verdict"));
        assertEquals("", rows.get(2).getField("relativeError"));
        assertEquals(1 + 6, Files.readAllLines(run.resolve("summary.csv")).size());
        assertTrue(Files.readString(run.resolve("summary.txt")).startsWith("12 runs"));
        for (String kind : List.of("settled", "error")) {
            String name = "map-beta-gain-" + kind;
            String svg = Files.readString(run.resolve(name + ".svg"));
            assertTrue(svg.contains("theory: rho(|M|) = 1</text>"), svg);
            assertTrue(svg.endsWith("</svg>\n"));
            BufferedImage picture = ImageIO.read(run.resolve(name + ".png").toFile());
            assertTrue(has(picture, 0xE6007E), "the line is drawn in " + name);
            assertFalse(has(picture, 0xE60000), "a line that does not cross is not drawn");
        }
    }

    private static boolean has(BufferedImage picture, int colour) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        return Arrays.stream(picture.getRGB(0, 0, w, h, null, 0, w))
                .anyMatch(pixel -> (pixel & 0xFFFFFF) == colour);
    }

    @Test
    void aKilledRunGoesOnToTheSameBytes() throws IOException {
        Path whole = directory(SMALL + "--out " + temp);
        byte[] results = Files.readAllBytes(whole.resolve("results.csv"));
        byte[] summary = Files.readAllBytes(whole.resolve("summary.csv"));
        byte[] journal = Files.readAllBytes(whole.resolve("journal.txt"));
        for (int lost : new int[] {1, 60, 700, journal.length - 60, journal.length, 0}) {
            Files.write(
                    whole.resolve("journal.txt"), Arrays.copyOf(journal, journal.length - lost));
            try (Stream<Path> files = Files.list(whole)) {
                for (Path file : files.toList()) {
                    if (!file.toString().matches(".*(journal.txt|manifest.json)")) {
                        Files.delete(file);
                    }
                }
            }

            assertEquals(whole, directory(SMALL + "--parallel 3 --resume " + whole));

            assertArrayEquals(results, Files.readAllBytes(whole.resolve("results.csv")));
            assertArrayEquals(summary, Files.readAllBytes(whole.resolve("summary.csv")));
            assertTrue(Files.exists(whole.resolve("map-beta-gain-error.svg")));
        }
    }

    @Test
    void aJournalOfOtherOptionsIsRefused() throws IOException {
        Path run = directory(SMALL + "--out " + temp);
        for (String other : List.of("--tolerance 1e-7 ", "--seed 7 ", "--init normal ")) {
            Ran ran = relaxon(SMALL + other + "--resume " + run);

            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains("is of another run"), ran.err());
        }
        assertEquals(2, relaxon(SMALL + "--resume " + temp).code());
    }

    @Test
    void theDirectoryOfATrainingIsRefusedAsSuch() throws IOException {
        Path run =
                directory(
                        "train --quiet --data two-moons --layers 2,3,2 --examples 20"
                                + " --test-examples 8 --iterations 1 --out "
                                + temp);
        Ran ran = relaxon(SMALL + "--resume " + run);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(
                ran.err().contains(" is no directory of a sweep, but of: relaxon train "),
                ran.err());
        assertFalse(ran.err().contains(" was "), ran.err());
    }

    /** The name of a file is the same, its content is not. */
    @Test
    void aWeightOrDataFileThatHasChangedIsRefused() throws IOException {
        Path weights = temp.resolve("weights.npz");
        Path data = temp.resolve("data.npz");
        Path arrays = temp.resolve("arrays");
        Path first =
                Path.of(
                        relaxon("settle --seed 1 --json - --out " + arrays)
                                .json()
                                .get("directory")
                                .asText());
        Path second =
                Path.of(
                        relaxon("settle --seed 2 --json - --out " + arrays)
                                .json()
                                .get("directory")
                                .asText());
        for (Path file : List.of(weights, data)) {
            Files.copy(first.resolve("arrays.npz"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        String line =
                "sweep --quiet --axis beta=1e-2,1e-3 --layers 8,16,12,4 --seeds 1 --weights "
                        + weights
                        + " --data "
                        + data
                        + " ";
        Path run = directory(line + "--out " + temp);
        assertEquals(0, relaxon(line + "--resume " + run).code(), "the same content");
        for (Path file : List.of(weights, data)) {
            Files.copy(second.resolve("arrays.npz"), file, StandardCopyOption.REPLACE_EXISTING);
            Ran ran = relaxon(line + "--resume " + run);
            assertEquals(2, ran.code(), ran.out());
            String option = file == weights ? "--weights" : "--data";
            assertTrue(ran.err().contains("is of another run: " + option), ran.err());
            assertEquals(1, ran.err().lines().count(), ran.err());
            Files.copy(first.resolve("arrays.npz"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals(0, relaxon(line + "--resume " + run).code(), "as it was");
    }

    @Test
    void shardsMergeIntoTheWhole() throws IOException {
        Path whole = directory(SMALL + "--out " + temp);
        Path one = directory(SMALL + "--shard 1/2 --out " + temp);
        Path two = directory(SMALL + "--shard 2/2 --out " + temp);

        assertEquals(6, rows(one).size());
        Path both = directory(SMALL + "--merge " + one + "," + two + " --out " + temp);

        assertArrayEquals(
                Files.readAllBytes(whole.resolve("results.csv")),
                Files.readAllBytes(both.resolve("results.csv")));
        Ran half = relaxon(SMALL + "--merge " + one);
        assertEquals(2, half.code());
        assertTrue(half.err().contains("6 of 12 runs are missing, the first is number 1"));
    }

    @Test
    void jsonHasTheCommonFieldsOfTheWorstRun() throws IOException {
        JsonNode json = relaxon(SMALL + "--json -").json();

        for (String field : PromisedFields.NAMES) {
            assertTrue(json.has(field), field);
        }
        assertTrue(json.has("repeat"));
        assertEquals("not-settled", json.get("verdict").asText());
        assertEquals(6, json.get("points").size());
        assertEquals(2, json.get("points").get(0).get("runs").asInt());
        assertEquals("16", json.get("points").get(1).get("gain").asText());
    }

    @Test
    void stressHasTwelveDelays() {
        Ran plan = relaxon("stress --dry-run");
        assertEquals(0, plan.code(), plan.err());
        assertTrue(plan.out().matches("(?s)\\d+ points x 5 seeds, .*"), plan.out());
        int points = Integer.parseInt(plan.out().substring(0, plan.out().indexOf(' ')));
        assertEquals(0, points % 12, plan.out());

        Ran own = relaxon("stress --quiet --axis delay=all --axis gain=1,2 --seeds 1");
        assertEquals(0, own.code(), own.err());
        assertTrue(own.out().startsWith("10 runs of 10: 10 settled"), own.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep",
                "sweep --axis beta",
                "sweep --axis temperature=.1,.2",
                "sweep --axis beta=1,x",
                "sweep --axis beta=1e-2 --beta 1e-3",
                "sweep --axis delay-mean=1ms --delay none",
                "sweep --axis gain=1,2 --gain 3",
                "sweep --axis beta=1e-2 --axis beta=1e-3",
                "sweep --axis beta=1e-2 --algorithm fpa-pc",
                "sweep --axis step=.1 --algorithm fy-pc",
                "sweep --axis beta=1e-2 --map beta,gain",
                "sweep --axis beta=1e-2 --seeds 0",
                "sweep --axis beta=1e-2 --shard 1/2",
                "sweep --axis beta=1e-2 --shard 3/2 --out runs",
                "sweep --axis beta=1e-2 --parallel 0",
                "sweep --axis beta=1e-2 --resume nowhere",
                "sweep --axis beta=1e-2 --merge nowhere",
                "sweep --axis beta=1e-2 --host mainframe",
                "sweep --axis beta=1e-2 --data nowhere",
                "sweep --axis beta=1e-2 --gamma 1e-3",
                "sweep --axis algorithm=pc-nudge,ep,chl --axis beta=1e-2",
                "sweep --axis algorithm=pc-nudge,chl --beta 1e-2",
                "sweep --axis strength=1e-2 --beta 1e-3",
                "sweep --axis rate=1e-3 --rate 1e-2 --data two-moons",
                "sweep --axis rate=1e-3 --data two-moons --checkpoint a.ckpt",
                "sweep --axis rate=1e-3 --data two-moons --axis quantum=0.1",
                "sweep --data two-moons --epochs 1 --axis algorithm=pc-nudge,chl --axis beta=1e-3",
                "sweep --data two-moons --epochs 1 --axis algorithm=pc-nudge,chl --beta 1e-3",
                "sweep --data two-moons --epochs 1 --axis algorithm=z-il,chl --axis strength=1",
                "stress --axis rate=1e-3",
                "sweep --axis gain=1,2 --own-init",
                "stress --discipline metronome",
            })
    void badInputIsOneLine(String line) {
        Ran ran = relaxon(line);

        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    /** Axes are told apart in the words of their options, not in those of the program. */
    @Test
    void aSweepOfOtherAxesIsRefusedInTheWordsOfItsOptions(@TempDir Path other) throws IOException {
        String line = "sweep --quiet --layers 3,4,2 --seeds 1 --axis beta=";
        assertEquals(0, relaxon(line + "1e-3,1e-2 --out " + other).code());
        Path run;
        try (Stream<Path> runs = Files.list(other.resolve("sweep"))) {
            run = runs.findFirst().orElseThrow();
        }
        Ran ran = relaxon(line + "1e-3,1e-1 --resume " + run);
        assertEquals(2, ran.code());
        String before = "grid was --axis 'beta=1e-3;1e-2' with seeds 1 and is --axis";
        assertTrue(ran.err().contains(before), ran.err());
        assertFalse(ran.err().contains("Grid["), ran.err());
        Ran same = relaxon(line + "1e-3,1e-2 --resume " + run);
        assertEquals(0, same.code(), same.err());
    }

    /** The twin has one training that is accepted, and a row for the other. */
    @Test
    void aGridOfTrainingsThatIsRefusedAsAWholeIsRefusedBeforeItBegins() throws IOException {
        String grid = "sweep --data two-moons --examples 8 --test-examples 8 --epochs 1 --seeds 2";
        Path none = temp.resolve("none");
        Ran refused = relaxon(grid + " --axis layers=3-4-2,4-4-2 --out " + none);
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("3,4,2 has 3 inputs"), refused.err());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertFalse(Files.exists(none));
        Ran one = relaxon(grid + " --axis layers=3-4-2,2-4-2");
        assertEquals(0, one.code(), one.err());
        assertTrue(one.out().contains("4 trainings of 4: 2 completed, 0 not, 2 refused"));
    }
}
