package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.tools.cli.Ran;

/** {@code settle --probe} as a user meets it. */
class ProbesTest {
    @TempDir private Path temp;

    private JsonNode settled(String options) throws IOException {
        Ran ran = relaxon("settle --json - --out " + temp + " " + options);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        return ran.json();
    }

    private static List<String[]> table(JsonNode result, int probe) throws IOException {
        Path file = Path.of(result.get("directory").asText(), "probe-" + probe + ".csv");
        return Files.readAllLines(file).stream().map(l -> l.split(",", -1)).toList();
    }

    private static int column(List<String[]> table, String name) {
        return Arrays.asList(table.get(0)).indexOf(name);
    }

    @Test
    void everyRelaxationIsARowWithWhatCausedIt() throws IOException {
        JsonNode json =
                settled("--delay exponential:1ms --probe 2:7=activity,residual --probe 3=energy");
        List<String[]> rows = table(json, 1);

        assertEquals(
                "cell,phase,kind,relaxation,time,unit,last,signals,from,activity[7],residual[7]",
                String.join(",", rows.get(0)));
        long before = -1;
        for (int k = 1; k < rows.size() - 1; k++) {
            String[] row = rows.get(k);
            assertEquals(Integer.toString(k), row[3], "relaxation");
            assertTrue(Long.parseLong(row[4]) > before, "time grows");
            before = Long.parseLong(row[4]);
            long from =
                    Arrays.stream(row[8].split(" "))
                            .mapToLong(c -> Long.parseLong(c.split("=")[1]))
                            .sum();
            assertEquals(Long.parseLong(row[7]), from, "signals by sender");
            assertTrue(from > 0, "nothing relaxes without a cause");
        }
        String[] last = rows.get(rows.size() - 1);
        assertEquals("true", last[6]);
        assertEquals("1=1", rows.get(1)[8], "a cell waits for the one below");
        assertEquals(rows.size() - 1, json.at("/probes/0/rows").asInt());
        assertEquals(0, json.at("/probes/0/lost").asInt());

        Path run = Path.of(json.get("directory").asText());
        Map<String, NpyArray> arrays = NpzReader.read(run.resolve("probes.npz"));
        NpyArray activity = arrays.get("p1-activity");
        assertEquals(rows.size() - 1, activity.size(0));
        assertEquals(Double.parseDouble(last[9]), activity.value(rows.size() - 2));
        Map<String, NpyArray> settled = NpzReader.read(run.resolve("arrays.npz"));
        assertEquals(settled.get("x2").value(7), activity.value(rows.size() - 2), 0.0);
        assertTrue(arrays.containsKey("p2-energy"));
        assertEquals(0.0, arrays.get("p1-senders").value(0), "cell 1 is the first");
        assertEquals(2.0, arrays.get("p1-senders").value(1));
        assertEquals(1.0, arrays.get("p1-arrived").value(0));
        assertEquals(0.0, arrays.get("p1-arrived").value(1));
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("<h2>Probes</h2>") && page.contains("probe-1-residual.png"), page);
        assertTrue(page.contains("a row per relaxation of a probed cell"), page);
        assertTrue(page.contains("<p>A row of a file is a relaxation of a probed cell"), page);
    }

    @ParameterizedTest
    @CsvSource({"virtual, virtual ns", "akka, wall ns", "synchronous, sweeps", "red-black, sweeps"})
    void everyHostHasItsTime(String host, String unit) throws IOException {
        JsonNode json =
                settled("--host " + host + " --batch 2 --probe 2=activity,error,residual,energy");
        List<String[]> rows = table(json, 1);
        assertEquals(9 + 3 * 12 * 2 + 2, rows.get(0).length);
        assertTrue(column(rows, "error[11;1]") > 0 && column(rows, "energy[1]") > 0);
        for (String[] row : rows.subList(1, rows.size())) {
            assertEquals(unit, row[5]);
            assertEquals(rows.get(0).length, row.length);
        }
        assertTrue(Files.exists(Path.of(json.get("directory").asText(), "probe-1-energy.png")));
    }

    @Test
    void phasesFollowEachOtherAndCellsOfALayerShareATable() throws IOException {
        JsonNode json = settled("--algorithm ep --granularity neuron --probe 3=activity,residual");
        List<String[]> rows = table(json, 1);
        assertEquals(4, json.at("/probes/0/cells").size());
        assertEquals("free", rows.get(1)[2]);
        assertEquals("nudged", rows.get(rows.size() - 1)[2]);
        for (String[] row : rows.subList(1, rows.size())) {
            int neuron = Integer.parseInt(row[0].replaceAll("3\\[|]", ""));
            for (int n = 0; n < 4; n++) {
                assertEquals(n == neuron, !row[column(rows, "activity[" + n + "]")].isEmpty());
            }
        }
    }

    /** Results keep every bit; the twin: another seed does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--delay exponential:1ms --granularity neuron",
                "--discipline turn-taking --activation relu",
                "--host synchronous --algorithm pc --dynamics coordinate --beta .1",
                "--algorithm ep --form difference",
                "--algorithm dual-propagation"
            })
    void aProbeChangesNoBit(String options) throws IOException {
        JsonNode plain = settled(options);
        JsonNode probed = settled(options + " --probe 2=activity,residual,sent");
        JsonNode other = settled(options + " --seed 2");
        assertEquals(bits(plain), bits(probed));
        assertNotEquals(bits(plain), bits(other));
    }

    private static String bits(JsonNode json) throws IOException {
        StringBuilder out = new StringBuilder();
        for (String field :
                List.of(
                        "traceHash",
                        "stateHash",
                        "messages",
                        "relaxations",
                        "synapticOperations")) {
            out.append(json.get(field)).append(' ');
        }
        Path arrays = Path.of(json.get("directory").asText(), "arrays.npz");
        NpzReader.read(arrays)
                .forEach((name, one) -> out.append(name).append(Arrays.hashCode(one.values())));
        return out.toString();
    }

    private static List<Probes.Probed> recorded(int most) {
        Network network =
                Network.layered(
                        new int[] {2, 3, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        RunPlan plan = RunPlan.of(new PredictiveCoding());
        try (Host host = Hosts.virtual();
                Session session = host.open(network, plan)) {
            List<String> texts = List.of("1=activity", "2=energy");
            Probes probes = Probes.of(texts, network, plan.rule(), session.cells(), 1, most, 0);
            session.observe(new Observation(probes.sampling(), probes));
            Matrix input = Matrix.column(0.5, -1.0);
            session.settle(
                    Estimator.ONE_SIDED.phase(input, Matrix.column(0.25), 0.1), Budget.DEFAULT);
            return probes.facts();
        }
    }

    /** Without delay everything is at one moment: the rows are counted instead. */
    @Test
    void picturesSayWhatTheyLeaveOutAndWhatTheirAxisIs() {
        CellId cell = Frames.cell(9);
        ProbeSeries series = new ProbeSeries(1, Probe.parse("1=activity"), List.of(cell));
        for (int k = 1; k <= 3; k++) {
            series.add(Frames.of(cell, 1, k, k, new double[9]), "free", 0, true);
        }
        ProbePictures pictures = new ProbePictures(series);
        assertArrayEquals(new double[] {1, 2, 3}, series.moments());
        assertEquals("row of the table", pictures.axis());
        assertTrue(pictures.title(Quantity.ACTIVITY).endsWith(": the first 8 of 9 neurons"));
        assertTrue(pictures.title(Quantity.ENERGY).endsWith("at each relaxation"));
    }

    @Test
    void endsOfPhasesAndStepsAreMarked() {
        CellId cell = Frames.cell(1);
        ProbeSeries series = new ProbeSeries(1, Probe.parse("1=activity"), List.of(cell));
        ProbePictures pictures = new ProbePictures(series);
        for (int k = 1; k <= 4; k++) {
            series.add(Frames.of(cell, k <= 2 ? 1 : 2, k, k, new double[1]), "free", 0, true);
            int marks = k <= 2 ? 0 : 1;
            assertEquals(marks, series.boundaries().length, "rows " + k);
            String title = pictures.title(Quantity.ACTIVITY);
            assertEquals(marks == 1, title.endsWith("; upright lines: ends of phases"), title);
        }
        assertArrayEquals(new double[] {2.5}, series.boundaries());
        ProbeSeries steps = new ProbeSeries(1, Probe.parse("1=activity"), List.of(cell));
        for (int k = 1; k <= 2; k++) {
            steps.add(Frames.of(cell, k, k, k, new double[1]), "free", k, true);
        }
        String title = new ProbePictures(steps).title(Quantity.ACTIVITY);
        assertTrue(title.endsWith("; upright lines: ends of steps"), title);
    }

    private static ProbeSeries ofTwoPhasesAStep(boolean training, double... residuals) {
        CellId cell = Frames.cell(1);
        ProbeSeries series = new ProbeSeries(1, Probe.parse("1=residual"), List.of(cell));
        for (int k = 0; k < residuals.length; k++) {
            long phase = 1 + k / 2;
            Reading residual =
                    Reading.ofNeurons(
                            Quantity.RESIDUAL, 0, 1, new int[] {0}, new double[] {residuals[k]});
            series.add(
                    new Frame(
                            cell,
                            phase,
                            k,
                            k,
                            0,
                            Frame.Unit.VIRTUAL_NANOS,
                            false,
                            List.of(residual)),
                    phase % 2 == 1 ? "free" : "nudged",
                    training ? 10 * ((phase + 1) / 2) : 0,
                    true);
        }
        return series;
    }

    @Test
    void sectionsAreNamedByTheirPhaseOrStep() {
        double[] six = {1, 1, 1, 1, 1, 1};
        ProbeSeries phases = ofTwoPhasesAStep(false, six);
        ProbeSeries steps = ofTwoPhasesAStep(true, six);
        assertEquals(List.of("free", "nudged", "free"), phases.sections());
        assertEquals(List.of("step 10", "", "20"), steps.sections());
        assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, phases.phases());
        String title = new ProbePictures(steps).title(Quantity.RESIDUAL);
        assertTrue(title.endsWith("of 2 steps of the training; upright lines: ends of phases"));
        assertEquals(List.of(), ofTwoPhasesAStep(false, 1, 1).sections());
        assertEquals(List.of("step 10"), ofTwoPhasesAStep(true, 1, 1).sections());
    }

    @Test
    void zerosThatAreNotDrawnAreCounted() {
        String some = new ProbePictures(ofTwoPhasesAStep(false, 1, 0)).title(Quantity.RESIDUAL);
        String none = new ProbePictures(ofTwoPhasesAStep(false, 1, 1)).title(Quantity.RESIDUAL);
        assertTrue(some.endsWith("; 1 of 2 are 0 and not drawn"), some);
        assertFalse(none.contains("not drawn"), none);
    }

    @Test
    void noLinePassesOverAZero() {
        double[] curve = {1, 0, 2, Double.NaN, 3};
        int[] pieces = {0, 0, 0, 0, 1};
        ProbePictures.breakAtZeros(curve, pieces);
        assertArrayEquals(new double[] {1, Double.NaN, 2, Double.NaN, 3}, curve);
        assertArrayEquals(new int[] {0, 1, 1, 1, 2}, pieces);
    }

    /** The twin: at later moments time is drawn, and few curves are all there. */
    @Test
    void picturesAreOverTimeWhereThereIsAny() {
        CellId cell = Frames.cell(8);
        ProbeSeries series = new ProbeSeries(1, Probe.parse("1=activity"), List.of(cell));
        for (int k = 1; k <= 2; k++) {
            series.add(
                    new Frame(
                            cell,
                            1,
                            k,
                            k,
                            k * 2_000_000L,
                            Frame.Unit.VIRTUAL_NANOS,
                            false,
                            Frames.of(cell, 1, k, k, new double[8]).readings()),
                    "free",
                    0,
                    true);
        }
        ProbePictures pictures = new ProbePictures(series);
        assertArrayEquals(new double[] {2, 4}, series.moments());
        assertEquals("virtual ms", pictures.axis());
        assertTrue(pictures.title(Quantity.ACTIVITY).endsWith("at each relaxation"));
    }

    @ParameterizedTest
    @CsvSource({"4.6e-9, -9", "-4.6e-9, -9", "0, 0", "0.5, 0", "99999, 0", "3e7, 7", "NaN, 0"})
    void anAxisOfSmallOrLargeValuesHasAUnit(double value, int exponent) {
        CellId cell = Frames.cell(1);
        ProbeSeries series = new ProbeSeries(1, Probe.parse("1=activity"), List.of(cell));
        series.add(Frames.of(cell, 1, 1, 1, new double[] {value}), "free", 0, true);
        assertEquals(exponent, new ProbePictures(series).exponent(Quantity.ACTIVITY));
    }

    @Test
    void whatHasNoRoomIsCountedAndLastFramesStay() {
        List<Probes.Probed> all = recorded(Probes.FRAMES_MAX);
        List<Probes.Probed> some = recorded(1);
        assertEquals(2, some.get(0).rows(), "one relaxation and the end");
        assertEquals(1, some.get(1).rows(), "the end");
        for (int k = 0; k < 2; k++) {
            assertEquals(0, all.get(k).lost());
            assertTrue(some.get(k).lost() > 0);
            assertEquals(all.get(k).rows(), some.get(k).rows() + some.get(k).lost());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--probe 2=foo | quantity \"foo\" is not one of activity",
                "--probe 2=arrived | quantity \"arrived\" is not one of activity",
                "--probe 9=activity | no cell or population \"9\"; cells: 1, 2, 3",
                "--probe 2:99=activity | 2 has no neuron 99; neurons: 0..11",
                "--probe 2 | not of the form",
                "--probe 0=activity | 0 is an input, which is clamped and has no cell to record; cells: 1",
                "--probe 1=activity,activity | \"1=activity,activity\" names activity twice",
                "--algorithm ep --probe 2=error | ep has no quantity error; it has activity",
                "--algorithm hep --probe 2=energy | activities are complex",
                "--granularity neuron --probe 7=energy | 1[0], 1[1]",
                "--layers 8,2000,4 --probe 1=activity | has 2000 numbers a row"
            })
    void whatIsNotThereIsRefusedByName(String options, String refusal) {
        Ran ran = relaxon("settle --out " + temp + " " + options);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(refusal), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertFalse(Files.exists(temp.resolve("settle")));
        assertEquals(2, relaxon("settle --dry-run --out " + temp + " " + options).code());
    }

    @Test
    void withoutADirectoryThereIsNoPlaceForThem() {
        Ran ran = relaxon("settle --probe 2=activity");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("give --out"), ran.err());
    }
}
