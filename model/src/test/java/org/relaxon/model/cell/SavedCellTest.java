package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

/** Cells that were written down in the middle of a phase go on elsewhere with the same bits. */
class SavedCellTest {
    private static final int B = 2;
    private static final double[] COLUMNS = {1.0, 0.5};
    private static final int ROUNDS = 4;

    static Stream<Arguments> cases() {
        List<Rule> rules =
                List.of(
                        new PredictiveCoding(),
                        PredictiveCoding.safeguarded(Moves.ALL_CELLS),
                        FenchelYoung.coordinate(Moves.ALL_CELLS),
                        new Hopfield("ep"));
        return rules.stream()
                .flatMap(
                        rule ->
                                Stream.of(StandardActivation.TANH, StandardActivation.RELU)
                                        .flatMap(
                                                f ->
                                                        Stream.of("neuron", "layer")
                                                                .map(
                                                                        g ->
                                                                                Arguments.of(
                                                                                        rule, f,
                                                                                        g))));
    }

    private static Network network(StandardActivation f) {
        return Network.layered(
                new int[] {3, 5, 4, 2},
                f,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 3));
    }

    private static Matrix normal(int rows, int stream) {
        return Lockstep.normal(rows, B, stream);
    }

    private static Phase nudged() {
        return Phase.nudged(normal(3, 1), normal(2, 2), 0.5).startingFrom("before");
    }

    /** A phase, one change of the weights, and a part of the phase that starts from there. */
    private static Lockstep underWay(Network network, Rule rule, String granularity) {
        Lockstep net = new Lockstep(network, Granularity.parse(granularity), rule, 1e-12);
        net.open(Phase.nudged(normal(3, 1), normal(2, 2), 0.2)).settle(40);
        net.save("before");
        LearningStep step = new LearningStep(Optimiser.adam(), 0.01, 0.5, 1);
        net.learn(COLUMNS, step);
        if (granularity.equals("layer")) { // weights that change while the phase is open
            net.cells().forEach(c -> c.learning().present(new Presentation(COLUMNS, 1e-3, 1)));
        }
        net.open(nudged());
        rounds(net);
        return net;
    }

    private static void rounds(Lockstep net) {
        for (int round = 0; round < ROUNDS; round++) {
            net.cells().forEach(net::relax);
            net.deliver();
        }
    }

    private static Memento written(Lockstep net) {
        Memento out = new Memento();
        net.cells().forEach(c -> c.save(out));
        return out;
    }

    private static double[] flat(Lockstep net) {
        Parameters update = net.update(COLUMNS);
        Stream.Builder<double[]> all = Stream.builder();
        net.cells().forEach(c -> all.add(c.activity()));
        for (int p = 0; p < 3; p++) {
            Stream.of(update.weights(p)).forEach(all::add);
        }
        return all.build().flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theyGoOnWithTheSameBits(Rule rule, StandardActivation f, String granularity) {
        Lockstep net = underWay(network(f), rule, granularity);
        Memento memento = written(net);
        Lockstep other = new Lockstep(network(f), Granularity.parse(granularity), rule, 1e-12);
        assertNotEquals(memento.text(), written(other).text());
        other.cells().forEach(c -> c.load(memento, nudged()));
        memento.readEnd();
        assertEquals(memento.text(), written(other).text());
        rounds(net);
        rounds(other);
        assertArrayEquals(flat(net), flat(other), 0.0);
        assertEquals(written(net).text(), written(other).text());
        assertNotEquals(memento.text(), written(net).text(), "nothing went on");
    }

    @Test
    void cellsOfAnotherShapeRefuseIt() {
        Rule rule = new PredictiveCoding();
        Memento memento = written(underWay(network(StandardActivation.TANH), rule, "neuron"));
        Lockstep other =
                new Lockstep(network(StandardActivation.TANH), Granularity.LAYER, rule, 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> other.cells().forEach(c -> c.load(memento, nudged())));
    }
}
