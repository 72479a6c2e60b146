package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.runtime.Conditions.Timing;

class ProblemSpecTest {
    private static final ProblemSpec BASE = ProblemSpec.defaults();

    /** All projections of a chain without a hidden layer lead from the input. */
    @Test
    void feedbackWeightsNeedAProjectionThatFeedsBack() throws IOException {
        FeedbackWeights own = FeedbackWeights.kolenPollack(0.1, 1);
        ProblemSpec none = ProblemSpec.defaults().withLayers(8, 4).withFeedback(own);
        String why = assertThrows(IllegalArgumentException.class, none::build).getMessage();
        assertTrue(why.startsWith("feedback: " + own + "; no projection feeds back"), why);
        ProblemSpec some = ProblemSpec.defaults().withLayers(8, 6, 4).withFeedback(own);
        assertTrue(some.build().network().projection(1).hasOwnFeedback());
        assertTrue(ProblemSpec.defaults().withLayers(8, 4).build().network().noEnergy().isEmpty());
    }

    @Test
    void feedbackWeightsKeepTheTimesOfAPlan() throws IOException {
        Network chain = ProblemSpec.defaults().withLayers(8, 6, 4).build().network();
        Timing timing = Timing.NONE.withRefractoryNanos("1", 500);
        NetworkPlan plan = NetworkPlan.of(chain).withTiming(timing);
        NetworkPlan own = plan.withFeedback(FeedbackWeights.random(1));
        assertEquals(timing, own.timing());
        assertNotEquals(plan.projections(), own.projections());
    }

    @Test
    void theSameOptionsGiveTheSameNumbersAndAnotherSeedGivesOthers() throws IOException {
        for (String data : List.of("random", "strokes", "two-moons")) {
            ProblemSpec spec = BASE.withData(data).withBatch(3);

            assertEquals(spec.build().input(), spec.build().input());
            assertEquals(spec.build().target(), spec.build().target());
            assertNotEquals(spec.build().input(), spec.withSeed(2).build().input());
        }
    }

    @Test
    void everySourceHasItsDefaultLayers() throws IOException {
        assertEquals("8-16-12-4", BASE.build().network().toString());
        assertEquals("784-64-32-10", BASE.withData("strokes").build().network().toString());
        assertEquals("2-16-8-2", BASE.withData("two-moons").build().network().toString());
        assertEquals("5-7-3", BASE.withLayers(5, 7, 3).build().network().toString());
    }

    @Test
    void anExampleIsTheSameInEveryBatchThatContainsIt() throws IOException {
        for (String data : List.of("random", "strokes", "two-moons")) {
            Problem batch = BASE.withData(data).withBatch(5).build();
            Problem single = BASE.withData(data).withFirstSample(3).build();

            assertArrayEquals(column(batch.input(), 3), column(single.input(), 0));
            assertArrayEquals(column(batch.target(), 3), column(single.target(), 0));
        }
    }

    @Test
    void randomTargetsAreNumbersForSquaredLossAndClassesForCrossEntropy() throws IOException {
        Problem squared = BASE.withBatch(200).build();
        Problem classes = BASE.withBatch(200).withLoss(StandardLoss.CROSS_ENTROPY).build();

        for (double t : squared.target().values()) {
            assertTrue(Math.abs(t) <= 0.8);
        }
        double[] counts = new double[4];
        for (int c = 0; c < 200; c++) {
            double[] t = column(classes.target(), c);
            assertEquals(1.0, t[0] + t[1] + t[2] + t[3]);
            for (int i = 0; i < 4; i++) {
                assertTrue(t[i] == 0 || t[i] == 1);
                counts[i] += t[i];
            }
        }
        for (double count : counts) {
            assertEquals(50, count, 25); // four standard deviations of a fair draw
        }
    }

    @Test
    void inputsOfSetsLieBetweenMinusOneAndOneAndTargetsAreOneHot() throws IOException {
        for (String data : List.of("strokes", "two-moons")) {
            Problem problem = BASE.withData(data).withBatch(20).build();
            for (double x : problem.input().values()) {
                assertTrue(Math.abs(x) <= 1);
            }
            for (int c = 0; c < 20; c++) {
                double sum = 0;
                for (double t : column(problem.target(), c)) {
                    assertTrue(t == 0 || t == 1);
                    sum += t;
                }
                assertEquals(1.0, sum);
            }
        }
    }

    @Test
    void problemsOfSeveralSeedsAreThoseOfTheSeedsAlone() throws IOException {
        List<Problem> all = BASE.buildAll(List.of(4L, 9L));

        assertEquals(BASE.withSeed(4).build().input(), all.get(0).input());
        assertEquals(BASE.withSeed(9).build().target(), all.get(1).target());
        assertArrayEquals(
                BASE.withSeed(9).build().network().parameters().weights(0),
                all.get(1).network().parameters().weights(0));
    }

    @Test
    void layersThatDoNotFitTheDataAreRefusedNamingBoth() {
        assertEquals(
                "layers: 3,4,2 has 3 inputs and 2 outputs, data two-moons has 2 inputs and 2"
                        + " classes",
                refusal(s -> s.withData("two-moons").withLayers(3, 4, 2)));
    }

    @Test
    void everyOptionOutsideItsRangeIsRefusedNamingFieldValueAndRange() {
        assertEquals("batch: 0 is not in 1..65536", refusal(s -> s.withBatch(0)));
        assertEquals("layers: need 2 to 1000 sizes, got 1", refusal(s -> s.withLayers(4)));
        assertEquals("layers: size 0 is not in 1..1048576", refusal(s -> s.withLayers(4, 0, 2)));
        assertEquals(
                "samples: first position -1 must be at least 0",
                refusal(s -> s.withFirstSample(-1)));
        assertEquals(
                "gain: need a finite number >= 0, got NaN", refusal(s -> s.withGain(Double.NaN)));
        assertEquals(
                "data: \"mnist\" is not one of random, strokes, two-moons, mnist:DIR,"
                        + " fashion-mnist:DIR, idx:DIR, FILE.npz",
                refusal(s -> s.withData("mnist")));
        assertEquals(
                "samples: 2 from position 59999 on; data strokes has 60000",
                refusal(s -> s.withData("strokes").withBatch(2).withFirstSample(59_999)));
        assertEquals(
                "layers: 1000000,1000,1000 has 1001000000 weights, at most 134217728 are accepted",
                refusal(s -> s.withLayers(1_000_000, 1000, 1000)));
        assertEquals(
                "batch: 65536 columns of 10000 neurons, at most 134217728 numbers are accepted",
                refusal(s -> s.withLayers(10_000, 2).withBatch(65_536)));
        assertEquals(
                "loss: cross-entropy needs a linear output, got activation tanh",
                refusal(
                        s ->
                                s.withLoss(StandardLoss.CROSS_ENTROPY)
                                        .withOutputActivation(StandardActivation.TANH)));
    }

    @Test
    void anNpzFileOfYourOwnIsTakenAsItStands(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("own.npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("x0", new double[] {1, 2, 3, 40, 50, 60}, 2, 3);
            npz.put("target", new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 7, 8, 9}, 3, 3);
        }
        ProblemSpec spec = BASE.withData(file.toString()).withBatch(3);

        Problem problem = spec.build();

        assertEquals("2-64-32-3", problem.network().toString());
        double[] first = column(problem.input(), 0);
        assertEquals(first[1], first[0] == 1 ? 40 : first[0] == 2 ? 50 : 60);
        assertEquals(6 + first[0], column(problem.target(), 0)[2]);
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> spec.withLoss(StandardLoss.CROSS_ENTROPY).build())
                        .getMessage()
                        .endsWith("cross-entropy needs columns that sum to 1"));
    }

    /** Sorted by class, as files often are. */
    @Test
    void anNpzFileIsShuffledBeforeItIsCutIntoTwoParts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("sorted.npz");
        int size = 60;
        double[] input = new double[size];
        double[] target = new double[2 * size];
        for (int k = 0; k < size; k++) {
            input[k] = k;
            target[k < 30 ? k : size + k] = 1.0;
        }
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("x0", input, 1, size);
            npz.put("target", target, 2, size);
        }
        Split split = BASE.withData(file.toString()).split(1000, 1000);
        Split again = BASE.withData(file.toString()).withSeed(9).split(1000, 1000);

        TreeSet<Double> all = new TreeSet<>();
        TreeSet<Integer> testedClasses = new TreeSet<>();
        for (DataSet part : List.of(split.train(), split.test())) {
            for (int k = 0; k < part.size(); k++) {
                double[] one = new double[1];
                part.input(k, one, 0, 1);
                all.add(one[0]);
                assertEquals(one[0] < 30 ? 0 : 1, part.label(k)); // input and target together
            }
        }
        for (int k = 0; k < split.test().size(); k++) {
            testedClasses.add(split.test().label(k));
        }
        assertEquals(50, split.train().size());
        assertEquals(size, all.size()); // every example once
        assertEquals(2, testedClasses.size(), "the last ten of the file are of one class");
        assertTrue(split.description().contains("shuffled"), split.description());
        double[][] tested = new double[2][1];
        split.test().input(3, tested[0], 0, 1);
        again.test().input(3, tested[1], 0, 1);
        assertArrayEquals(tested[0], tested[1]); // every seed is tested on the same
    }

    @Test
    void weightsFromAFileReplaceTheDrawnOnes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("weights.npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("W1", new double[][] {{1, 2, 3}, {4, 5, 6}});
            npz.put("b1", new double[] {7, 8}, 2);
        }
        ProblemSpec spec = BASE.withLayers(3, 2).withWeights(file.toString());

        Problem problem = spec.build();

        assertArrayEquals(
                new double[][] {{1, 2, 3}, {4, 5, 6}}, problem.network().parameters().weights(0));
        assertArrayEquals(new double[] {7, 8}, problem.network().parameters().biases(1));
        assertEquals(spec.withWeights("").build().input(), problem.input());
        assertEquals(
                "weights: W1 has shape (2, 3), the network needs (3, 2); weights have a row for each"
                        + " neuron that they lead to: store W1.T",
                refusal(s -> s.withLayers(2, 3).withWeights(file.toString())));
    }

    @Test
    void aMissingDirectoryIsAnInputOutputErrorThatNamesTheFile(@TempDir Path directory) {
        ProblemSpec spec = BASE.withData("mnist:" + directory.resolve("nowhere"));

        NoSuchFileException thrown = assertThrows(NoSuchFileException.class, spec::build);

        assertTrue(thrown.getMessage().contains("nowhere"));
    }

    @Test
    void mnistHasItsDefaultLayersAndRange() throws IOException {
        Path root = Path.of(System.getProperty("relaxon.data", "../../shared/data"));
        Path directory = root.resolve("mnist");
        assumeTrue(
                Files.isDirectory(directory),
                "no mnist here; set -Drelaxon.data to the directory that holds it");

        Problem problem = BASE.withData("mnist:" + directory).withBatch(64).build();

        assertEquals("784-128-64-10", problem.network().toString());
        double least = 0;
        double largest = 0;
        for (double x : problem.input().values()) {
            least = Math.min(least, x);
            largest = Math.max(largest, x);
        }
        assertEquals(-1.0, least);
        assertEquals(1.0, largest);
    }

    @Test
    void theDescriptionSaysEverythingInOneLine() throws IOException {
        assertEquals(
                "8-16-12-4 relu, linear output, squared loss, he weights with gain 1.0,"
                        + " random data, batch 1, seed 1",
                BASE.withActivation(StandardActivation.RELU)
                        .withScheme(Initialisation.Scheme.HE)
                        .build()
                        .description());
    }

    @Test
    void theDescriptionNamesActivationsAndWeightsThatFilesState(@TempDir Path directory)
            throws IOException {
        NetworkPlan plan =
                new NetworkPlan(
                        List.of(
                                new NetworkPlan.Node("x", 2, Population.Role.INPUT, null),
                                new NetworkPlan.Node(
                                        "h", 3, Population.Role.HIDDEN, StandardActivation.RELU),
                                new NetworkPlan.Node("g", 3, Population.Role.HIDDEN, null),
                                new NetworkPlan.Node("y", 2, Population.Role.OUTPUT, null)),
                        List.of(
                                new NetworkPlan.Edge("1", "x", "h"),
                                new NetworkPlan.Edge("2", "h", "g"),
                                new NetworkPlan.Edge("3", "g", "y")));
        String drawn = BASE.withGraph(plan).build().description();
        assertTrue(drawn.startsWith("2-3-3-2 relu and tanh, linear output"), drawn);
        assertTrue(drawn.contains("uniform weights with gain 1.0"), drawn);
        Path file = directory.resolve("w.npz");
        Network network = BASE.withGraph(plan).build().network();
        save(file, network);
        String loaded = BASE.withGraph(plan).withWeights(file.toString()).build().description();
        assertTrue(loaded.contains("weights of " + file), loaded);
        assertFalse(loaded.contains("gain"), loaded);
    }

    private static void save(Path file, Network network) throws IOException {
        try (NpzWriter out = NpzWriter.create(file)) {
            for (Projection e : network.projections()) {
                out.put("W" + e.name(), network.parameters().weights(e.index()));
            }
            for (Population p : network.populations()) {
                double[] b = network.parameters().biases(p.index());
                out.put("b" + p.name(), b, b.length);
            }
        }
    }

    private static String refusal(UnaryOperator<ProblemSpec> change) {
        return assertThrows(IllegalArgumentException.class, () -> change.apply(BASE).build())
                .getMessage();
    }

    private static double[] column(Matrix m, int c) {
        double[] out = new double[m.rows()];
        for (int r = 0; r < out.length; r++) {
            out[r] = m.get(r, c);
        }
        return out;
    }

    @Test
    void theDepthIsKnownBeforeTheNetworkIsBuilt() throws java.io.IOException {
        for (String data : java.util.List.of("random", "strokes", "two-moons")) {
            ProblemSpec spec = ProblemSpec.defaults().withData(data);
            assertEquals(spec.build().network().depth(), spec.depth(), data);
        }
        ProblemSpec own = ProblemSpec.defaults().withLayers(3, 4, 5, 4, 2);
        assertEquals(own.build().network().depth(), own.depth());
    }
}
