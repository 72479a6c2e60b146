package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Rectifier;

class TrainerTest {
    private static final long SEED = 7;

    @TempDir private Path directory;

    private static ProblemSpec spec(Algorithm algorithm) {
        return Defaults.of(algorithm)
                .applyTo(
                        ProblemSpec.defaults()
                                .withData("two-moons")
                                .withLayers(2, 9, 5, 2)
                                .withSeed(SEED)
                                .withBatch(20));
    }

    private static Split data(Algorithm algorithm) throws IOException {
        return spec(algorithm).split(300, 120);
    }

    private static TrainPlan plan(Algorithm algorithm, Optimiser optimiser, long steps)
            throws IOException {
        Network network = spec(algorithm).build().network();
        RunPlan run =
                Defaults.runPlan(algorithm)
                        .withGranularity(Granularity.LAYER)
                        .withDelay(Delays.exponential(300_000));
        return new TrainPlan(
                network,
                new Method(
                        algorithm,
                        algorithm.estimators().get(0),
                        Defaults.of(algorithm).method().strength()),
                run,
                Budget.DEFAULT,
                optimiser,
                Pace.of(20, steps, 0.02).withDecay(0.9).withEvaluations(10).withAlignments(9),
                Schedule.PHASED,
                Unsettled.FAIL,
                SEED);
    }

    private static Algorithm pcNudge() {
        return Algorithms.pcNudge(new PredictiveCoding());
    }

    private static TrainResult settle(TrainPlan plan, TrainListener listener, Checkpoint from)
            throws IOException {
        try (Host host = new VirtualHost()) {
            return new Trainer(plan, data(plan.method().algorithm()), listener).settle(host, from);
        }
    }

    /** Keeps every checkpoint. */
    private static class Keeper implements TrainListener {
        final List<Checkpoint> kept = new ArrayList<>();
        final List<Alignment> alignments = new ArrayList<>();
        int steps;

        @Override
        public void stepped(long step, int learnedFrom) {
            steps++;
            assertEquals(20, learnedFrom);
        }

        @Override
        public void evaluated(Evaluation evaluation) {
            assertEquals(0, evaluation.unsettled());
        }

        @Override
        public void aligned(Alignment alignment) {
            alignments.add(alignment);
        }

        @Override
        public void reached(Checkpoint checkpoint) throws IOException {
            kept.add(checkpoint);
        }
    }

    private static void assertSame(Network network, TrainResult one, TrainResult two) {
        assertEquals(one.curve(), two.curve());
        assertEquals(one.counts().ledger(), two.counts().ledger());
        for (int p = 0; p < network.projections().size(); p++) {
            for (int i = 0; i < one.parameters().weights(p).length; i++) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(
                        one.parameters().weights(p)[i], two.parameters().weights(p)[i]);
            }
        }
    }

    @Test
    void settlingLearnsWhatBackpropLearns() throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), 90);
        Keeper keeper = new Keeper();
        TrainResult settled = settle(plan, keeper, null);
        TrainResult baseline =
                new Trainer(plan, data(plan.method().algorithm()), TrainListener.SILENT)
                        .backprop(null);
        assertEquals(Ending.DONE, settled.ending());
        assertEquals(90, keeper.steps);
        assertEquals(10, keeper.alignments.size()); // 0, 9, ... 81
        assertTrue(
                keeper.alignments.stream().allMatch(a -> a.cosine() > 0.999999),
                keeper.alignments.toString());
        // gradients of examples cancel in their sum as it shrinks, errors of order beta do not
        assertTrue(
                keeper.alignments.stream().allMatch(a -> a.relativeError() < 2e-3),
                keeper.alignments.toString());
        assertEquals(10, settled.curve().size());
        assertTrue(settled.last().trainAccuracy() > 0.88, settled.toString());
        assertTrue(settled.curve().get(0).trainAccuracy() < 0.55, settled.toString());
        assertEquals(baseline.last().testAccuracy(), settled.last().testAccuracy(), 0.02);
        assertTrue(settled.last().cosine() > 0.999999);
        assertTrue(settled.counts().ledger().messages() > 0);
        assertEquals(0, settled.counts().dropped());
    }

    @Test
    void equilibriumPropagationLearnsTooAndIsNotBackprop() throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        TrainResult settled = settle(plan(ep, Optimiser.adam(), 90), new Keeper(), null);
        assertEquals(0.5, settled.curve().get(0).testAccuracy());
        assertTrue(settled.bestAccuracy() > 0.8, settled.toString());
        assertTrue(settled.last().cosine() < 0.9999, settled.toString());
    }

    private static TrainPlan continual(Algorithm algorithm, double rate, boolean continual)
            throws IOException {
        TrainPlan p = plan(algorithm, Optimiser.sgd(), 1);
        TrainPlan once =
                p.withPace(Pace.of(20, 1, rate).withEvaluations(10))
                        .withSchedule(continual ? Schedule.CONTINUAL : Schedule.PHASED);
        // what a change of weights does to the contrast is divided by beta
        return algorithm.hasFreePhase() ? once.withStrength(0.5) : once;
    }

    /** After one minibatch the two differ in first order of the rate, relative to the change. */
    @ParameterizedTest
    @ValueSource(strings = {"pc-nudge", "ep"})
    void learningWhileSettlingDiffersFromPhasedTrainingByTheRate(String name) throws IOException {
        Algorithm algorithm =
                name.equals("ep") ? Algorithms.equilibriumPropagation(Form.PLAIN) : pcNudge();
        double[] difference = new double[2];
        for (int k = 0; k < 2; k++) {
            double rate = (k == 0 ? 0.05 : 0.005) / (algorithm.hasFreePhase() ? 5 : 1);
            TrainResult one = settle(continual(algorithm, rate, true), TrainListener.SILENT, null);
            TrainResult two = settle(continual(algorithm, rate, false), TrainListener.SILENT, null);
            assertEquals(Ending.DONE, one.ending());
            assertTrue(
                    one.last().trainLoss() < one.curve().get(0).trainLoss(), one + " rate " + rate);
            Network network = spec(algorithm).build().network();
            double moved = distance(network, two.parameters(), network.parameters());
            difference[k] = distance(network, one.parameters(), two.parameters()) / moved;
        }
        assertTrue(difference[0] > 0, "weights never changed while settling");
        assertTrue(difference[0] < 0.1, java.util.Arrays.toString(difference));
        double order = Math.log10(difference[0] / difference[1]);
        assertEquals(1.0, order, 0.1, java.util.Arrays.toString(difference));
    }

    private static double distance(Network network, Parameters one, Parameters two) {
        double sum = 0;
        for (int p = 0; p < network.projections().size(); p++) {
            for (int i = 0; i < one.weights(p).length; i++) {
                for (int j = 0; j < one.weights(p)[i].length; j++) {
                    double d = one.weights(p)[i][j] - two.weights(p)[i][j];
                    sum += d * d;
                }
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void continualLearningRefusesOptimisersThatDoNotAddUp() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                plan(pcNudge(), Optimiser.adam(), 10)
                                        .withSchedule(Schedule.CONTINUAL));
        assertTrue(e.getMessage().startsWith("optimiser: "), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Optimiser.Kind.class)
    void goingOnFromAnyCheckpointIsTheSameAsNeverHavingStopped(Optimiser.Kind kind)
            throws IOException {
        Optimiser optimiser =
                switch (kind) {
                    case SGD -> Optimiser.sgd().withWeightDecay(1e-3);
                    case MOMENTUM -> Optimiser.momentum(0.9);
                    case ADAM -> Optimiser.adam();
                };
        TrainPlan plan = plan(pcNudge(), optimiser, 45);
        Keeper keeper = new Keeper();
        TrainResult whole = settle(plan, keeper, null);
        assertEquals(6, keeper.kept.size()); // 0, 10, 20, 30, 40, 45
        for (Checkpoint checkpoint : keeper.kept) {
            Path file = directory.resolve(kind + ".ckpt");
            CheckpointFile.write(file, checkpoint, plan.network());
            Checkpoint read = CheckpointFile.read(file, plan.network());
            assertSame(plan.network(), whole, settle(plan, TrainListener.SILENT, read));
        }
    }

    @Test
    void forgettingTheMemoriesOfTheOptimiserShows() throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), 30);
        Keeper keeper = new Keeper();
        TrainResult whole = settle(plan, keeper, null);
        Checkpoint c = keeper.kept.get(1);
        Checkpoint forgetful =
                new Checkpoint(
                        c.provenance(),
                        c.step(),
                        c.ledger(),
                        c.dropped(),
                        c.restless(),
                        c.curve(),
                        c.changes(),
                        c.parameters(),
                        List.of());
        assertNotEquals(whole.last(), settle(plan, TrainListener.SILENT, forgetful).last());
    }

    @Test
    void synchronousHostsResumeBitForBitAsWell() throws IOException {
        TrainPlan delayed = plan(pcNudge(), Optimiser.adam(), 20);
        TrainPlan plan =
                delayed.withRun(delayed.run().withDelay(Delays.none()))
                        .withPace(Pace.of(20, 20, 0.02).withEvaluations(10));
        Keeper keeper = new Keeper();
        try (Host host = new SynchronousHost()) {
            TrainResult whole = new Trainer(plan, data(pcNudge()), keeper).settle(host, null);
            TrainResult resumed =
                    new Trainer(plan, data(pcNudge()), TrainListener.SILENT)
                            .settle(host, keeper.kept.get(1));
            assertSame(plan.network(), whole, resumed);
        }
    }

    @Test
    void backpropResumesBitForBit() throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), 30);
        Keeper keeper = new Keeper();
        TrainResult whole = new Trainer(plan, data(pcNudge()), keeper).backprop(null);
        TrainResult resumed =
                new Trainer(plan, data(pcNudge()), TrainListener.SILENT)
                        .backprop(keeper.kept.get(2));
        assertSame(plan.network(), whole, resumed);
        assertThrows(
                IllegalArgumentException.class, () -> settle(plan, keeper, keeper.kept.get(2)));
    }

    private static TrainPlan falling(long steps) throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.sgd(), steps);
        return plan.withPace(plan.pace().withRateSchedule(RateSchedule.LINEAR));
    }

    @Test
    void aFallingRateGoesOnBitForBitAndNotWithAnotherLength() throws IOException {
        Keeper keeper = new Keeper();
        TrainPlan plan = falling(30);
        TrainResult whole = settle(plan, keeper, null);
        Checkpoint middle = keeper.kept.get(1);
        assertEquals(10, middle.step());
        assertSame(plan.network(), whole, settle(plan, TrainListener.SILENT, middle));
        TrainResult constant = settle(plan(pcNudge(), Optimiser.sgd(), 30), new Keeper(), null);
        assertTrue(distance(plan.network(), constant.parameters(), whole.parameters()) > 1e-3);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> settle(falling(40), TrainListener.SILENT, middle));
        assertTrue(e.getMessage().contains("pace.steps"), e.getMessage());
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
        Keeper keeper = new Keeper();
        settle(plan(pcNudge(), Optimiser.adam(), 10), keeper, null);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                settle(
                                        plan(pcNudge(), Optimiser.sgd(), 10),
                                        keeper,
                                        keeper.kept.get(1)));
        assertTrue(e.getMessage().startsWith("checkpoint: "), e.getMessage());
    }

    @Test
    void everyCutAndEveryChangedByteOfACheckpointIsRefused() throws IOException {
        Keeper keeper = new Keeper();
        TrainPlan plan = plan(pcNudge(), Optimiser.momentum(0.5), 10);
        settle(plan, keeper, null);
        Path file = directory.resolve("whole.ckpt");
        CheckpointFile.write(file, keeper.kept.get(1), plan.network());
        assertFalse(Files.exists(directory.resolve("whole.ckpt.new")));
        byte[] whole = Files.readAllBytes(file);
        Path bad = directory.resolve("bad.ckpt");
        for (int length = 0; length < whole.length; length += 1 + length / 9) {
            Files.write(bad, java.util.Arrays.copyOf(whole, length));
            assertThrows(
                    MalformedFileException.class, () -> CheckpointFile.read(bad, plan.network()));
        }
        for (int at = 0; at < whole.length; at += 1 + at / 9) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(bad, changed);
            assertThrows(
                    MalformedFileException.class, () -> CheckpointFile.read(bad, plan.network()));
        }
        Files.write(bad, java.util.Arrays.copyOf(whole, whole.length + 1));
        assertThrows(MalformedFileException.class, () -> CheckpointFile.read(bad, plan.network()));
        Network other = ProblemSpec.defaults().build().network();
        assertThrows(MalformedFileException.class, () -> CheckpointFile.read(file, other));
    }

    @ParameterizedTest
    @EnumSource(Unsettled.class)
    void whatDoesNotSettleIsDroppedAndCountedOrEndsTheTraining(Unsettled how) throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.adam(), 10);
        TrainPlan plan =
                p.withBudget(Budget.DEFAULT.withMessages(1))
                        .withPace(Pace.of(20, 10, 0.02))
                        .withUnsettled(how);
        List<String> warnings = new ArrayList<>();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void warned(long step, String warning) {
                        warnings.add(step + ": " + warning);
                    }
                };
        TrainResult result = settle(plan, listener, null);
        assertEquals(Ending.UNSETTLED, result.ending(), "nothing was learned from anything");
        int steps = how == Unsettled.FAIL ? 0 : how == Unsettled.DROP ? 5 : 10;
        assertEquals(Math.max(1, steps) * 20, result.counts().dropped());
        assertEquals(steps == 0 ? 0 : 1, warnings.size(), warnings.toString());
        assertTrue(warnings.isEmpty() || warnings.get(0).startsWith("1: no example of"));
        assertEquals(1.0, result.counts().droppedShare());
        assertEquals(steps, result.counts().steps());
        String why =
                switch (how) {
                    case FAIL -> "20 examples of step 1 did not settle: message-budget";
                    case DROP -> "no example of the last 5 minibatches settled: message-budget";
                    case CONTINUE -> "no example settled since the last evaluation: message-budget";
                };
        assertTrue(result.detail().contains(why), result.detail());
        assertEquals(420, result.curve().get(0).unsettled());
        assertEquals(Double.NaN, result.last().testAccuracy());
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                p.network().parameters().weights(0)[0], result.parameters().weights(0)[0]);
    }

    /** A unit that finds no rest at a kink nobody knows of voids its own example and no other. */
    @Test
    void examplesBesideOneThatDoesNotSettleAreLearnedFrom() throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.sgd(), 60);
        Network relu =
                Network.layered(
                        new int[] {2, 150, 90, 2},
                        new Rectifier(),
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(SEED));
        TrainPlan plan =
                p.withNetwork(relu)
                        .withStrength(0.1)
                        .withPace(Pace.of(20, 60, 0.02))
                        .withBudget(Budget.DEFAULT.withMessages(500_000))
                        .withUnsettled(Unsettled.DROP);
        List<Integer> learned = new ArrayList<>();
        Keeper keeper =
                new Keeper() {
                    @Override
                    public void stepped(long step, int learnedFrom) {
                        learned.add(learnedFrom);
                    }
                };
        TrainResult result = settle(plan, keeper, null);
        assertEquals(Ending.DONE, result.ending());
        long lost = learned.stream().mapToInt(n -> 20 - n).sum();
        assertEquals(lost, result.counts().dropped());
        assertTrue(learned.stream().anyMatch(n -> n > 0 && n < 20), learned.toString());
        assertEquals(1200, result.counts().learned() + lost);
        assertEquals(lost / 1200.0, result.counts().droppedShare());
    }

    /** With a kink that is known nothing is lost, although units stand on it. */
    @Test
    void unitsHeldAtTheirKinkCostNoExample() throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.sgd(), 30);
        Network relu =
                spec(pcNudge())
                        .withLayers(2, 60, 40, 2)
                        .withActivation(StandardActivation.RELU)
                        .build()
                        .network();
        TrainPlan plan = p.withNetwork(relu).withStrength(0.1).withPace(Pace.of(20, 30, 0.02));
        TrainResult result = settle(plan, TrainListener.SILENT, null);
        assertEquals(Ending.DONE, result.ending());
        assertEquals(0, result.counts().dropped());
        assertTrue(result.counts().heldAtKink() > 0, "nothing was held");
    }

    @Test
    void patienceAndAWishForTheEndAreHeard() throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.sgd(), 200);
        TrainPlan still = p.withPace(Pace.of(20, 200, 1e-12).withEvaluations(10).withPatience(2));
        TrainResult result = settle(still, TrainListener.SILENT, null);
        assertEquals(Ending.PATIENCE, result.ending());
        assertEquals(20, result.last().step());
        Keeper impatient =
                new Keeper() {
                    @Override
                    public boolean stops() {
                        return steps == 3;
                    }
                };
        assertEquals(Ending.STOPPED, settle(p, impatient, null).ending());
        assertEquals(3, impatient.steps);
    }

    /** The result is that of the weights it comes with, and not of an evaluation long before. */
    @Test
    void whatEndsBetweenTwoEvaluationsIsEvaluatedThen() throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.adam(), 200);
        Keeper impatient =
                new Keeper() {
                    @Override
                    public boolean stops() {
                        return steps == 7;
                    }
                };
        TrainResult stopped = settle(p, impatient, null);
        Pace pace = Pace.of(20, 7, 0.02).withDecay(0.9).withEvaluations(10).withAlignments(9);
        TrainPlan seven = p.withPace(pace);
        TrainResult whole = settle(seven, new Keeper(), null);
        assertEquals(7, stopped.last().step());
        assertEquals(7, stopped.counts().steps());
        assertEquals(whole.last().testLoss(), stopped.last().testLoss());
        assertEquals(whole.last().testAccuracy(), stopped.last().testAccuracy());
        assertNotEquals(stopped.curve().get(0).testLoss(), stopped.last().testLoss());
        assertEquals(1, impatient.kept.size(), "it is no checkpoint");
    }

    @Test
    void aTrainingThatEndsUnsettledIsEvaluatedThen() throws IOException {
        TrainPlan p = plan(pcNudge(), Optimiser.sgd(), 200);
        TrainPlan wild =
                p.withPace(Pace.of(20, 200, 1e3).withEvaluations(150))
                        .withBudget(Budget.DEFAULT.withMessages(100_000));
        TrainResult result = settle(wild, TrainListener.SILENT, null);
        assertEquals(Ending.UNSETTLED, result.ending());
        assertTrue(result.counts().steps() > 0, result.toString());
        assertEquals(result.counts().steps(), result.last().step());
    }

    private static TrainPlan inFlight(int parts, long steps) throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), steps);
        return plan.withPace(plan.pace().withInFlight(parts));
    }

    /** Parts that settle by themselves change the weights by the sum of what they say. */
    @Test
    void withSeveralExamplesInFlightTheSameIsLearned() throws IOException {
        TrainResult whole = settle(inFlight(1, 30), new Keeper(), null);
        TrainResult parts = settle(inFlight(3, 30), new Keeper(), null);
        TrainResult singles = settle(inFlight(20, 30), new Keeper(), null);
        Network network = spec(pcNudge()).build().network();
        double moved = distance(network, whole.parameters(), network.parameters());
        for (TrainResult other : List.of(parts, singles)) {
            double apart = distance(network, other.parameters(), whole.parameters());
            assertTrue(apart > 0, "the same signals");
            assertTrue(apart < 1e-6 * moved, apart + " of " + moved);
            assertEquals(whole.last().testAccuracy(), other.last().testAccuracy());
            Ledger own = other.counts().ledger();
            Ledger alone = whole.counts().ledger();
            assertTrue(own.messages() > 2 * alone.messages());
            assertTrue(own.relaxations() > 2 * alone.relaxations());
            assertTrue(own.criticalPath() < 2 * alone.criticalPath(), own + " beside " + alone);
        }
    }

    @Test
    void withSeveralExamplesInFlightItGoesOnBitForBit() throws IOException {
        TrainPlan plan = inFlight(4, 20);
        Keeper keeper = new Keeper();
        TrainResult whole = settle(plan, keeper, null);
        TrainResult second = settle(plan, new Keeper(), keeper.kept.get(1));
        assertSame(plan.network(), whole, second);
        IllegalArgumentException other =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> settle(inFlight(5, 20), new Keeper(), keeper.kept.get(1)));
        assertTrue(other.getMessage().contains("checkpoint"), other.getMessage());
    }

    @Test
    void moreInFlightThanABatchHasOrWhileWeightsChangeIsRefused() throws IOException {
        Pace pace = Pace.of(20, 1, 0.1);
        for (int parts : new int[] {-1, 0, 21}) {
            String why =
                    assertThrows(IllegalArgumentException.class, () -> pace.withInFlight(parts))
                            .getMessage();
            assertTrue(why.startsWith("in-flight: " + parts), why);
        }
        TrainPlan plan = continual(pcNudge(), 0.01, true);
        String why =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plan.withPace(plan.pace().withInFlight(2)))
                        .getMessage();
        assertTrue(why.startsWith("in-flight: in continual"), why);
    }

    private static TrainPlan moving(String motion, Schedule schedule, long steps)
            throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.sgd(), steps);
        return plan.withSchedule(schedule)
                .withPace(Pace.of(20, steps, 0.05).withEvaluations(20))
                .withMotion(Motion.parse(motion));
    }

    /** The state is carried: nobody has to begin at rest, so that fewer signals do. */
    @Test
    void aFrameGoesOnFromTheLast() throws IOException {
        TrainPlan plan = moving("fade:10", Schedule.CONTINUAL, 40);
        TrainResult carried = settle(plan, TrainListener.SILENT, null);
        TrainResult cut =
                settle(
                        plan.withPace(plan.pace().withEvaluations(1)),
                        TrainListener.SILENT,
                        null); // every evaluation begins anew
        assertEquals(Ending.DONE, carried.ending());
        assertEquals(0, carried.counts().restless());
        assertTrue(carried.last().trainLoss() < carried.curve().get(0).trainLoss());
        double moved = distance(plan.network(), carried.parameters(), plan.network().parameters());
        double apart = distance(plan.network(), carried.parameters(), cut.parameters());
        assertTrue(apart > 0, "nothing was carried");
        assertTrue(apart < 1e-2 * moved, apart + " of " + moved); // it came to rest all the same
    }

    @ParameterizedTest
    @ValueSource(strings = {"fade:4", "fade:4@2ms"})
    void movingExamplesGoOnBitForBit(String motion) throws IOException {
        for (Schedule schedule : List.of(Schedule.CONTINUAL, Schedule.incremental(3))) {
            TrainPlan plan = moving(motion, schedule, 60);
            List<Checkpoint> kept = new ArrayList<>();
            TrainListener keeper =
                    new TrainListener() {
                        @Override
                        public void reached(Checkpoint checkpoint) {
                            kept.add(checkpoint);
                        }
                    };
            TrainResult whole = settle(plan, keeper, null);
            TrainResult second = settle(plan, TrainListener.SILENT, kept.get(1));
            assertEquals(20, kept.get(1).step());
            assertSame(plan.network(), whole, second);
            assertEquals(whole.counts().restless(), second.counts().restless());
            assertEquals(motion.contains("@"), whole.counts().restless() > 0, whole.toString());
        }
    }

    /** Frames that end by the clock are learned from as far as the network has come. */
    @Test
    void theLongerAFrameTheCloserToRest() throws IOException {
        TrainResult rest =
                settle(moving("fade:4", Schedule.CONTINUAL, 20), TrainListener.SILENT, null);
        Network network = spec(pcNudge()).build().network();
        double moved = distance(network, rest.parameters(), network.parameters());
        double[] apart = new double[2];
        for (int k = 0; k < 2; k++) {
            String motion = k == 0 ? "fade:4@1ms" : "fade:4@4ms";
            TrainPlan plan = moving(motion, Schedule.CONTINUAL, 20);
            TrainResult cut = settle(plan, TrainListener.SILENT, null);
            assertTrue(cut.counts().restless() > 0, "frames of " + motion + " come to rest");
            apart[k] = distance(network, cut.parameters(), rest.parameters()) / moved;
        }
        assertTrue(apart[0] > 2 * apart[1], java.util.Arrays.toString(apart));
    }

    @Test
    void standingStillIsWhatItWas() throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), 20);
        TrainResult one = settle(plan, TrainListener.SILENT, null);
        TrainResult two =
                settle(plan.withMotion(Motion.parse("still")), TrainListener.SILENT, null);
        assertSame(plan.network(), one, two);
        TrainResult three =
                settle(plan.withMotion(Motion.parse("fade:2")), TrainListener.SILENT, null);
        assertNotEquals(one.curve(), three.curve());
    }

    @Test
    void motionsThatCannotBeAreRefused() throws IOException {
        TrainPlan phased = plan(pcNudge(), Optimiser.sgd(), 1);
        TrainPlan ep = continual(Algorithms.equilibriumPropagation(Form.PLAIN), 0.01, true);
        TrainPlan moving = phased.withMotion(Motion.parse("shift:3")); // two inputs are no picture
        Split moons = data(phased.method().algorithm());
        assertMotionRefused(() -> new Trainer(moving, moons, TrainListener.SILENT));
        assertMotionRefused(() -> phased.withMotion(Motion.parse("fade:3@1ms")));
        assertMotionRefused(() -> ep.withMotion(Motion.parse("fade:3@1ms")));
        ep.withMotion(Motion.parse("fade:3"));
        TrainPlan hurried = moving("fade:3@1ms", Schedule.CONTINUAL, 3);
        TrainPlan timeless = hurried.withRun(hurried.run().withDelay(Delays.none()));
        try (Host host = new SynchronousHost()) {
            Trainer trainer = new Trainer(timeless, data(pcNudge()), TrainListener.SILENT);
            assertMotionRefused(() -> trainer.settle(host, null));
        }
    }

    private static void assertMotionRefused(org.junit.jupiter.api.function.Executable call) {
        String why = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(why.startsWith("motion: "), why);
    }

    /** Examples that did not settle are in neither of the two gradients that are compared. */
    @Test
    void aMinibatchIsComparedAsFarAsItSettled() throws IOException {
        Network relu = spec(pcNudge()).withActivation(StandardActivation.RELU).build().network();
        TrainPlan plan = plan(pcNudge(), Optimiser.adam(), 1).withNetwork(relu).withStrength(1e-7);
        Matrix input = Matrix.zeros(2, 5);
        Matrix target = Matrix.zeros(2, 5);
        data(plan.method().algorithm()).train().fill(c -> c, input, target);
        Matrix broken = Matrix.of(2, 5, input.values().clone());
        broken.values()[1] = 1e308; // the second example overflows
        broken.values()[6] = 1e308;
        try (Host host = new VirtualHost();
                SettlingLearner learner =
                        new SettlingLearner(
                                plan, host, new TrainCounts(), lane -> null, step -> null)) {
            Alignment whole = learner.align(input, target, 3);
            Alignment part = learner.align(broken, target, 3);
            assertEquals(5, whole.examples());
            assertEquals(4, part.examples());
            assertTrue(whole.oneMinusCosine() < 1e-6, whole.toString());
            assertTrue(part.oneMinusCosine() < 1e-6, part.toString());
            assertTrue(part.oneMinusCosine() > 0, part.toString());
            assertEquals(1 - part.cosine(), part.oneMinusCosine(), 1e-15);
        }
    }

    /** 51 examples in batches of 20: two whole ones and one of 11. */
    private TrainResult uneven(
            LastBatch last, int inFlight, long steps, TrainListener listener, Checkpoint from)
            throws IOException {
        TrainPlan plan = plan(pcNudge(), Optimiser.momentum(0.5), steps);
        TrainPlan paced =
                plan.withPace(
                        Pace.of(20, steps, 0.02)
                                .withLastBatch(last)
                                .withEvaluations(2)
                                .withInFlight(inFlight));
        Split data = spec(pcNudge()).split(51, 30);
        try (Host host = new VirtualHost()) {
            return new Trainer(paced, data, listener).settle(host, from);
        }
    }

    @Test
    void theLastSmallerBatchOfAnEpochIsLearnedFrom() throws IOException {
        List<Integer> learned = new ArrayList<>();
        List<Checkpoint> kept = new ArrayList<>();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void stepped(long step, int learnedFrom) {
                        learned.add(learnedFrom);
                    }

                    @Override
                    public void reached(Checkpoint checkpoint) {
                        kept.add(checkpoint);
                    }
                };
        TrainResult whole = uneven(LastBatch.KEEP, 1, 7, listener, null);
        assertEquals(List.of(20, 20, 11, 20, 20, 11, 20), learned);
        assertEquals(6.0 / 3, whole.curve().get(3).epochs());
        // from the checkpoint before the smaller batch on, the same bits
        TrainResult rest = uneven(LastBatch.KEEP, 1, 7, TrainListener.SILENT, kept.get(1));
        assertSame(plan(pcNudge(), Optimiser.sgd(), 1).network(), whole, rest);
        learned.clear();
        TrainResult dropped = uneven(LastBatch.DROP, 1, 4, listener, null);
        assertEquals(List.of(20, 20, 20, 20), learned);
        assertEquals(2.0, dropped.last().epochs());
        assertEquals(whole.curve().get(1), rest.curve().get(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> uneven(LastBatch.DROP, 1, 7, TrainListener.SILENT, kept.get(1)));
    }

    /** The mean over 11 examples, not their sum over 20: as backprop makes it. */
    @Test
    void everyExampleOfTheSmallerBatchWeighsItsShare() throws IOException {
        TrainPlan plan =
                plan(pcNudge(), Optimiser.sgd(), 3)
                        .withStrength(1e-6)
                        .withPace(Pace.of(20, 3, 0.5).withEvaluations(1));
        Split data = spec(pcNudge()).split(51, 30);
        TrainResult baseline = new Trainer(plan, data, TrainListener.SILENT).backprop(null);
        for (int inFlight : new int[] {1, 16}) { // more parts than the last batch has examples
            TrainPlan own = plan.withPace(plan.pace().withInFlight(inFlight));
            try (Host host = new VirtualHost()) {
                TrainResult settled =
                        new Trainer(own, data, TrainListener.SILENT).settle(host, null);
                for (int k = 0; k < 4; k++) {
                    assertEquals(
                            baseline.curve().get(k).trainLoss(),
                            settled.curve().get(k).trainLoss(),
                            1e-5 * baseline.curve().get(k).trainLoss());
                }
                double moved =
                        Math.abs(
                                settled.curve().get(3).trainLoss()
                                        - settled.curve().get(2).trainLoss());
                assertTrue(moved > 1e-3 * settled.last().trainLoss(), settled.curve().toString());
            }
        }
    }

    /** State cannot be carried from 20 examples to 11: the smaller batch begins anew. */
    @Test
    void framesOfASmallerBatchBeginAnew() throws IOException {
        TrainPlan plan =
                plan(pcNudge(), Optimiser.sgd(), 8)
                        .withSchedule(Schedule.CONTINUAL)
                        .withMotion(Motion.parse("fade:2"))
                        .withPace(Pace.of(20, 8, 0.01));
        try (Host host = new VirtualHost()) {
            TrainResult result =
                    new Trainer(plan, spec(pcNudge()).split(51, 30), TrainListener.SILENT)
                            .settle(host, null);
            assertEquals(Ending.DONE, result.ending(), result.detail());
            assertEquals(8.0 / 6, result.last().epochs());
        }
    }
}
