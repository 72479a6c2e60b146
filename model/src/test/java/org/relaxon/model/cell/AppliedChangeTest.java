package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.model.rule.PredictiveCoding;

/**
 * The change that a cell makes to each weight <em>and each bias</em> is the one that the published
 * formula of its optimiser gives for its share of the local update. The formulas stand here anew.
 */
class AppliedChangeTest {
    private static final double[] COLUMNS = {1.0, 1.0, 1.0};
    private static final double SHARE = 1.0 / 3.0;
    private static final int STEPS = 4;
    private static final double SAME = 1e-13;

    private final Network network =
            Network.layered(
                    new int[] {3, 5, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(5));

    private static Stream<Optimiser> optimisers() {
        UpdateGate gate = UpdateGate.independent(0.5, 11);
        return Stream.of(Optimiser.sgd(), Optimiser.momentum(0.7), Optimiser.adam())
                .flatMap(o -> Stream.of(o, o.withWeightDecay(0.3), o.withGate(gate)));
    }

    private static Matrix normal(int rows, int stream) {
        return Lockstep.normal(rows, COLUMNS.length, stream);
    }

    private static Lockstep settled(Lockstep net, int step) {
        return net.open(Phase.nudged(normal(3, 2 * step), normal(2, 2 * step + 1), 0.5))
                .settle(500);
    }

    private Lockstep net(Granularity granularity) {
        return new Lockstep(network, granularity, PredictiveCoding.coordinate(), 0.0);
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void everyWeightAndEveryBiasMovesAsTheOptimiserStates(Optimiser optimiser) {
        for (Granularity granularity : List.of(Granularity.LAYER, Granularity.NEURON)) {
            Lockstep net = net(granularity);
            Formula formula = new Formula(network, optimiser);
            for (int t = 1; t <= STEPS; t++) {
                settled(net, t);
                Parameters before = net.parameters();
                Parameters gradient = net.update(COLUMNS);
                double rate = 0.1 / t;
                LearningStep step = new LearningStep(optimiser, rate, SHARE, t);
                net.learn(COLUMNS, step);

                Parameters expected = formula.step(before, gradient, rate, SHARE, t);
                String context = optimiser + ", " + granularity + ", step " + t;
                assertSame(before, expected, net.parameters(), context);
            }
        }
    }

    /** The same without an optimiser: at once, as a whole update and as increments from nothing. */
    @ParameterizedTest
    @MethodSource("ways")
    void everyWeightAndEveryBiasMovesByTheRate(ObjIntConsumer<Lockstep> way) {
        for (Granularity granularity : List.of(Granularity.LAYER, Granularity.NEURON)) {
            Lockstep net = net(granularity);
            for (int t = 1; t <= STEPS; t++) {
                settled(net, t);
                Parameters before = net.parameters();
                Parameters gradient = net.update(COLUMNS);
                way.accept(net, t);

                Formula formula = new Formula(network, Optimiser.sgd());
                Parameters expected = formula.step(before, gradient, 0.1 / t, SHARE, t);
                assertSame(before, expected, net.parameters(), granularity + ", step " + t);
            }
        }
    }

    private static Stream<ObjIntConsumer<Lockstep>> ways() {
        return Stream.of(
                (net, t) -> net.cells().forEach(c -> c.learning().learn(COLUMNS, 0.1 / t * SHARE)),
                (net, t) -> present(net, 0.1 / t, 0),
                (net, t) -> present(net, 0.1 / t, 1));
    }

    /** One relaxation of every cell at rest, which is followed by one change. */
    private static void present(Lockstep net, double rate, long wholeUpdates) {
        Presentation how = new Presentation(COLUMNS, rate * SHARE, wholeUpdates);
        net.cells().forEach(c -> c.learning().present(how));
        net.wiring().links().forEach(net::reannounce);
        net.deliver();
        net.cells().forEach(net::relax);
        net.cells().forEach(c -> c.learning().present(null));
    }

    private void assertSame(
            Parameters before, Parameters expected, Parameters actual, String context) {
        double weights = 0.0;
        double biases = 0.0;
        for (int p = 0; p < network.projections().size(); p++) {
            int post = network.projection(p).post();
            String name = context + ", " + network.population(post).name();
            for (int i = 0; i < expected.weights(p).length; i++) {
                for (int j = 0; j < expected.weights(p)[i].length; j++) {
                    double e = expected.weights(p)[i][j];
                    weights += Math.abs(e - before.weights(p)[i][j]);
                    assertEquals(e, actual.weights(p)[i][j], SAME, name + " weight " + i + j);
                }
                double e = expected.biases(post)[i];
                biases += Math.abs(e - before.biases(post)[i]);
                assertEquals(e, actual.biases(post)[i], SAME, name + " bias " + i);
            }
        }
        assertTrue(weights > 1e-3 && biases > 1e-3, context + ": nothing moved");
    }

    /** SGD, Polyak (1964), Kingma and Ba (2015), decay of Loshchilov and Hutter (2019). */
    private static final class Formula {
        private final Network network;
        private final Optimiser optimiser;
        private final Parameters first;
        private final Parameters second;

        Formula(Network network, Optimiser optimiser) {
            this.network = network;
            this.optimiser = optimiser;
            first = network.zeros();
            second = network.zeros();
        }

        Parameters step(Parameters before, Parameters gradient, double rate, double share, int t) {
            Parameters out = before.copy();
            for (int p = 0; p < network.projections().size(); p++) {
                int post = network.projection(p).post();
                for (int i = 0; i < out.weights(p).length; i++) {
                    double[] w = out.weights(p)[i];
                    long row = UpdateGate.weights(p, i);
                    for (int j = 0; j < w.length; j++) {
                        double g = share * gradient.weights(p)[i][j];
                        double move = move(first.weights(p)[i], second.weights(p)[i], j, g, t);
                        double decay = optimiser.weightDecay() * w[j];
                        w[j] -= opens(row, j, t) * rate * (move + decay);
                    }
                    double g = share * gradient.biases(post)[i];
                    double move = move(first.biases(post), second.biases(post), i, g, t);
                    out.biases(post)[i] -= opens(UpdateGate.biases(post), i, t) * rate * move;
                }
            }
            return out;
        }

        private double opens(long row, int k, int t) {
            return optimiser.gate().opens(row, k, t) ? 1.0 : 0.0;
        }

        private double move(double[] m, double[] v, int k, double g, int t) {
            double b1 = optimiser.first();
            double b2 = optimiser.second();
            return switch (optimiser.kind()) {
                case SGD -> g;
                case MOMENTUM -> {
                    m[k] = b1 * m[k] + g;
                    yield m[k];
                }
                default -> {
                    m[k] = b1 * m[k] + (1 - b1) * g;
                    v[k] = b2 * v[k] + (1 - b2) * g * g;
                    double mean = m[k] / (1 - StrictMath.pow(b1, t));
                    double square = v[k] / (1 - StrictMath.pow(b2, t));
                    yield mean / (StrictMath.sqrt(square) + 1e-8);
                }
            };
        }
    }
}
