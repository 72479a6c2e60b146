package org.relaxon.model.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Settled;

/**
 * Local updates approach the gradient by backpropagation with the order in beta that their
 * estimator states: dividing beta by ten divides the error by ten, or by a hundred. A wrong factor,
 * sign or column leaves a constant error, which this test sees and a loose tolerance does not.
 */
class GradientOrderTest {
    private static final int EXAMPLES = 3;

    private static Stream<Arguments> combinations() {
        List<Arguments> out = new ArrayList<>();
        for (Loss loss : StandardLoss.values()) {
            for (StandardActivation f :
                    List.of(
                            StandardActivation.TANH,
                            StandardActivation.SIGMOID,
                            StandardActivation.SOFTPLUS)) {
                for (Rule rule : List.of(new PredictiveCoding(), new FenchelYoung())) {
                    for (Estimator estimator : Estimator.values()) {
                        out.add(Arguments.of(loss, f, rule, estimator));
                    }
                }
            }
        }
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theErrorFallsWithTheStatedPowerOfBeta(
            Loss loss, StandardActivation f, Rule rule, Estimator estimator) {
        for (Network network :
                List.of(Worlds.layered(f, loss, 6, 4, 6, 5, 3), Worlds.graph(f, loss, 6))) {
            double beta = estimator == Estimator.CENTRED ? 1e-2 : 1e-3;
            double coarse = relativeError(network, rule, estimator, beta, Granularity.LAYER);
            double fine = relativeError(network, rule, estimator, beta / 10, Granularity.LAYER);
            assertEquals(estimator.order(), Math.log10(coarse / fine), 0.05, "order");
            assertTrue(coarse < 0.05 && coarse > 1e-6, "error " + coarse);
        }
    }

    /**
     * What the forms without cancellation are for: at beta 1e-9 nothing of the gradient is lost.
     */
    @ParameterizedTest
    @CsvSource({"layer", "neuron", "block:2"})
    void atTheSmallestBetaTheGradientIsStillAccurate(String granularity) {
        Granularity g = Granularity.parse(granularity);
        for (Loss loss : StandardLoss.values()) {
            Network network = Worlds.layered(StandardActivation.TANH, loss, 6, 4, 6, 5, 3);
            for (Rule rule : List.of(new PredictiveCoding(), new FenchelYoung())) {
                assertTrue(relativeError(network, rule, Estimator.ONE_SIDED, 1e-9, g) < 2e-8);
                assertTrue(relativeError(network, rule, Estimator.CENTRED, 1e-6, g) < 1e-10);
            }
        }
    }

    /**
     * For one layer of weights the update is exactly R/(1 + beta), R/(1 - beta), R/(1 - beta^2).
     */
    @Test
    void forOneLayerOfWeightsTheShrinkageIsExact() {
        Network network = Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 6, 4, 3);
        double b = 0.25;
        Parameters r = backprop(network);
        for (Estimator estimator : Estimator.values()) {
            double factor =
                    estimator == Estimator.ONE_SIDED
                            ? 1 / (1 + b)
                            : estimator == Estimator.NEGATIVE ? 1 / (1 - b) : 1 / (1 - b * b);
            LocalUpdate g =
                    update(network, new PredictiveCoding(), estimator, b, Granularity.LAYER);
            assertEquals(EXAMPLES, g.examples());
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    double expected = factor * r.weights(0)[i][j];
                    assertEquals(expected, g.gradient().weights(0)[i][j], 1e-14);
                }
                assertEquals(factor * r.biases(1)[i], g.gradient().biases(1)[i], 1e-14);
            }
        }
    }

    private static double relativeError(
            Network network, Rule rule, Estimator estimator, double beta, Granularity g) {
        Parameters actual = update(network, rule, estimator, beta, g).gradient();
        Parameters expected = backprop(network);
        double difference = 0.0;
        double size = 0.0;
        for (Projection e : network.projections()) {
            for (int i = 0; i < expected.weights(e.index()).length; i++) {
                for (int j = 0; j < expected.weights(e.index())[i].length; j++) {
                    double r = expected.weights(e.index())[i][j];
                    difference += square(actual.weights(e.index())[i][j] - r);
                    size += square(r);
                }
            }
        }
        for (Population q : network.populations()) {
            for (int i = 0; i < expected.biases(q.index()).length; i++) {
                difference += square(actual.biases(q.index())[i] - expected.biases(q.index())[i]);
                size += square(expected.biases(q.index())[i]);
            }
        }
        return Math.sqrt(difference / size);
    }

    private static LocalUpdate update(
            Network network, Rule rule, Estimator estimator, double beta, Granularity g) {
        Lockstep net = new Lockstep(network, g, rule, 0.0);
        net.open(estimator.phase(input(network), target(network), beta)).settle(300);
        AuditResult result = net.audit();
        List<ColumnVerdict> verdicts = new ArrayList<>();
        for (int c = 0; c < result.state().phase().columns(); c++) {
            assertTrue(result.residual(c) < 1e-12);
            verdicts.add(new ColumnVerdict(c, result.residual(c), null, ""));
        }
        double[] shares = estimator.columnWeights(new Settled(result.state(), verdicts));
        Parameters gradient = network.zeros();
        net.cells().forEach(c -> c.learning().update(shares, gradient));
        return new LocalUpdate(gradient, estimator, EXAMPLES);
    }

    /** The gradient of the feedforward network's loss, summed over examples, in plain loops. */
    private static Parameters backprop(Network network) {
        Parameters p = network.parameters();
        Parameters gradient = network.zeros();
        for (int c = 0; c < EXAMPLES; c++) {
            double[] x0 = Worlds.column(input(network).values(), EXAMPLES, c);
            double[] t = Worlds.column(target(network).values(), EXAMPLES, c);
            double[][] x = Energy.forward(network, p, x0);
            double[][] dx = new double[x.length][];
            for (int q = 0; q < x.length; q++) {
                dx[q] = new double[x[q].length];
            }
            int out = network.output().index();
            for (int i = 0; i < t.length; i++) {
                dx[out][i] = lossSlope(network.loss(), x[out], t, i);
            }
            for (int q = x.length - 1; q >= 1; q--) { // populations are in topological order
                for (int i = 0; i < x[q].length; i++) {
                    double a = Energy.drive(network, p, x, q, i);
                    double delta = dx[q][i] * slope(network.population(q), a);
                    gradient.biases(q)[i] += delta;
                    for (Projection e : network.into(q)) {
                        for (int j = 0; j < x[e.pre()].length; j++) {
                            gradient.weights(e.index())[i][j] += delta * x[e.pre()][j];
                            dx[e.pre()][j] += delta * p.weights(e.index())[i][j];
                        }
                    }
                }
            }
        }
        return gradient;
    }

    private static double lossSlope(Loss loss, double[] x, double[] t, int i) {
        if (loss == StandardLoss.SQUARED) {
            return x[i] - t[i];
        }
        double sum = 0.0;
        for (double v : x) {
            sum += Math.exp(v);
        }
        return Math.exp(x[i]) / sum - t[i];
    }

    private static double slope(Population q, double a) {
        double s = 1 / (1 + Math.exp(-a));
        return switch ((StandardActivation) q.activation()) {
            case LINEAR -> 1;
            case TANH -> 1 / Math.cosh(a) / Math.cosh(a);
            case SIGMOID -> s * (1 - s);
            case SOFTPLUS -> s;
            case RELU -> a > 0 ? 1 : 0;
            case HARD_SIGMOID -> Math.abs(a) < 1 ? 0.5 : 0;
        };
    }

    private static Matrix input(Network network) {
        return Worlds.normal(network.input().size(), EXAMPLES, 11);
    }

    private static Matrix target(Network network) {
        return Worlds.target(network, EXAMPLES, 12);
    }

    private static double square(double v) {
        return v * v;
    }
}
