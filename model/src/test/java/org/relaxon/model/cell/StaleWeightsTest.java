package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PrecisionPredictiveCoding;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Signalling.Drive;

/**
 * Nothing that a cell computed from its weights survives a change of them, whichever way they
 * change: what it says next is, bit by bit, what a new cell with these weights says.
 */
class StaleWeightsTest {
    private static final double[] COLUMNS = {0.5, 0.5};

    private static final int ROUNDS = 6; // enough to be under way, with every cell's words heard
    private static final Granularity BLOCKS = Granularity.parse("block:2");
    private static final Network NETWORK = network(5);
    private static final Phase PHASE = Phase.nudged(normal(3, 1), normal(2, 2), 0.7);

    private static Network network(long seed) {
        return Network.layered(
                new int[] {3, 5, 4, 2},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(seed));
    }

    private static Stream<Rule> rules() {
        return Stream.of(
                new PredictiveCoding(),
                Algorithms.coordinate(),
                Algorithms.safeguarded(Moves.ONE_CELL),
                Algorithms.safeguarded(Moves.ALL_CELLS),
                Algorithms.gradient(0.3),
                new PrecisionPredictiveCoding(2.0, 0.5, 1.5),
                new FenchelYoung(),
                FenchelYoung.coordinate(Moves.ONE_CELL),
                FenchelYoung.coordinate(Moves.ALL_CELLS),
                new DualPropagation(),
                new Hopfield("ep"),
                Hopfield.gradient("ep", 0.3));
    }

    /** Every way in which the weights of a network's cells change; all of them have settled. */
    private static Map<String, Consumer<Lockstep>> changes() {
        Map<String, Consumer<Lockstep>> out = new LinkedHashMap<>();
        Parameters other = network(6).parameters();
        out.put("load", net -> net.cells().forEach(c -> c.learning().load(other)));
        out.put("rate", net -> net.cells().forEach(c -> c.learning().learn(COLUMNS, 0.1)));
        out.put("step", net -> net.cells().forEach(c -> learn(c, Optimiser.adam())));
        out.put("twin", net -> net.cells().forEach(c -> learn(relaxed(c), Optimiser.sgd())));
        out.put("increments", net -> present(net, 0));
        out.put("whole updates", net -> present(net, 1));
        return out;
    }

    private static void learn(Cell cell, Optimiser optimiser) {
        assertTrue(cell.learning().prepare(COLUMNS));
        cell.learning().learn(new LearningStep(optimiser, 0.1, 1.0, 1));
    }

    /** A twin that has relaxed once, so that its update is not zero. */
    private static Cell relaxed(Cell original) {
        Cell twin = new Cell(original);
        twin.open(1, PHASE);
        twin.relaxAndSayAll((link, signal) -> {}); // whether or not the cells below have spoken
        return twin;
    }

    private static void present(Lockstep net, long wholeUpdates) {
        Presentation how = new Presentation(COLUMNS, 0.1, wholeUpdates);
        net.cells().forEach(c -> c.learning().present(how));
        net.open(PHASE).settle(3);
        net.cells().forEach(c -> c.learning().present(null));
    }

    private static Matrix normal(int rows, int stream) {
        return Lockstep.normal(rows, COLUMNS.length, stream);
    }

    private static double[] states(Lockstep net) {
        return net.cells().stream()
                .flatMap(c -> Stream.of(c.activity(), c.error()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void afterAnyChangeOfWeightsCellsComputeWhatNewCellsCompute(Rule rule) {
        for (Drive drive : Drive.values()) {
            changes().forEach((way, change) -> requireFresh(rule, drive, way, change));
        }
    }

    /** A state saved before the weights changed has products of the weights as they were. */
    @ParameterizedTest
    @MethodSource("rules")
    void aSavedStateKeepsNoProductOfOtherWeights(Rule rule) {
        double[][] ends = new double[2][];
        for (Drive drive : Drive.values()) {
            Lockstep net = new Lockstep(NETWORK, BLOCKS, rule, new Signalling(0.0, 0.0, drive));
            net.open(PHASE).settle(ROUNDS).save("before");
            net.cells().forEach(c -> c.learning().learn(COLUMNS, 0.1));
            ends[drive.ordinal()] = states(net.open(PHASE.startingFrom("before")).settle(ROUNDS));
        }
        assertArrayEquals(ends[0], ends[1], 1e-9, rule.getClass().getSimpleName());
    }

    private static void requireFresh(
            Rule rule, Drive drive, String way, Consumer<Lockstep> change) {
        Signalling exact = new Signalling(0.0, 0.0, drive);
        Lockstep net = new Lockstep(NETWORK, BLOCKS, rule, exact);
        net.open(PHASE).settle(ROUNDS);
        double[] before = states(net);
        change.accept(net);
        Parameters now = NETWORK.zeros();
        net.cells().forEach(c -> c.learning().save(now));

        double[] used = states(net.open(PHASE).settle(ROUNDS));
        Lockstep fresh = new Lockstep(NETWORK.with(now), BLOCKS, rule, exact);
        double[] anew = states(fresh.open(PHASE).settle(ROUNDS));

        String context = rule.getClass().getSimpleName() + ", " + drive + ", " + way;
        assertArrayEquals(anew, used, context);
        assertFalse(Arrays.equals(before, used), context + ": nothing has changed");
    }
}
