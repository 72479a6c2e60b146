package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.testkit.Problem;

class BackpropTest {
    /** Central differences at h = 1e-5: truncation about h^2, round-off about eps / h. */
    private static final double STEP = 1e-5;

    private static final double TOLERANCE = 1e-7;

    private static final int BATCH = 3;

    @Test
    void aLinearNetworkGivesTheNumbersWorkedByHand() {
        Network network =
                layered(
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        2,
                        3,
                        2);
        Parameters theta = network.zeros();
        set(theta.weights(0), new double[][] {{1, 2}, {0, 1}, {-1, 1}});
        set(theta.weights(1), new double[][] {{1, 0, 2}, {0, 1, -1}});
        theta.biases(1)[1] = 1;
        theta.biases(2)[0] = 1;

        ReferenceGradient found =
                Backprop.of(network).gradient(theta, Matrix.column(1, 2), Matrix.column(7, 4));

        assertArrayEquals(new double[] {8, 2}, found.output().values());
        assertEquals(2.5, found.loss());
        assertArrayEquals(new double[][] {{5, 3, 1}, {-10, -6, -2}}, found.gradient().weights(1));
        assertArrayEquals(new double[] {1, -2}, found.gradient().biases(2));
        assertArrayEquals(new double[][] {{1, 2}, {-2, -4}, {4, 8}}, found.gradient().weights(0));
        assertArrayEquals(new double[] {1, -2, 4}, found.gradient().biases(1));
    }

    @Test
    void crossEntropyAtEqualOutputsGivesTheNumbersWorkedByHand() {
        Network network =
                layered(
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.CROSS_ENTROPY,
                        3,
                        2);
        Parameters theta = network.zeros();

        ReferenceGradient found =
                Backprop.of(network).gradient(theta, Matrix.column(2, 4, -6), Matrix.column(1, 0));

        assertEquals(StrictMath.log(2), found.loss(), 1e-16);
        assertArrayEquals(new double[] {-0.5, 0.5}, found.gradient().biases(1));
        assertArrayEquals(new double[][] {{-1, -2, 3}, {1, 2, -3}}, found.gradient().weights(0));
    }

    static List<Network> networks() {
        List<Network> all = new ArrayList<>();
        for (Activation hidden : StandardActivation.values()) {
            all.add(
                    layered(
                            hidden,
                            StandardActivation.LINEAR,
                            StandardLoss.CROSS_ENTROPY,
                            3,
                            5,
                            4,
                            2));
            for (Activation output : StandardActivation.values()) {
                all.add(layered(hidden, output, StandardLoss.SQUARED, 3, 5, 4, 2));
            }
            all.add(withSkips(hidden));
        }
        all.add(layered(SINE, SINE, StandardLoss.SQUARED, 3, 5, 2));
        return all;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyNetworkAgreesWithCentralDifferences(Network network) {
        Parameters found = reference(network);

        assertTrue(agree(network, found, differences(network, STEP)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void thatCheckSeesAPlantedSignErrorInOneProjection(Network network) {
        Parameters planted = reference(network);
        for (double[] row : planted.weights(0)) {
            for (int j = 0; j < row.length; j++) {
                row[j] = -row[j];
            }
        }

        assertFalse(agree(network, planted, differences(network, STEP)));
    }

    @Test
    void thatCheckSeesATransposedProjection() {
        Network network =
                layered(
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        3,
                        4,
                        4,
                        2);
        Parameters planted = reference(network);
        double[][] w = planted.copy().weights(1);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                planted.weights(1)[i][j] = w[j][i];
            }
        }

        assertFalse(agree(network, planted, differences(network, STEP)));
    }

    /**
     * The difference falls by 4 when h halves: what differs is the truncation of the differences.
     */
    @Test
    void theDistanceToCentralDifferencesIsOfSecondOrder() {
        for (StandardActivation f :
                List.of(
                        StandardActivation.TANH,
                        StandardActivation.SIGMOID,
                        StandardActivation.SOFTPLUS)) {
            Network network = layered(f, f, StandardLoss.SQUARED, 3, 5, 4, 2);
            Parameters found = reference(network);
            double coarse = distance(network, differences(network, 0x1p-6), found);
            double fine = distance(network, differences(network, 0x1p-7), found);

            assertEquals(4.0, coarse / fine, 0.02, f.optionName());
        }
    }

    @Test
    void theGradientOfABatchIsTheSumOverItsColumns() {
        Network network = withSkips(StandardActivation.TANH);
        Matrix input = random(network.input().size(), BATCH, 1);
        Matrix target = random(network.output().size(), BATCH, 2);
        ReferenceGradient whole =
                Backprop.of(network).gradient(network.parameters(), input, target);
        Parameters sum = network.zeros();
        for (int c = 0; c < BATCH; c++) {
            ReferenceGradient one =
                    Backprop.of(network)
                            .gradient(network.parameters(), column(input, c), column(target, c));
            assertEquals(one.loss(), whole.lossPerColumn()[c]);
            add(network, one.gradient(), sum);
        }

        assertEquals(0.0, distance(network, whole.gradient(), sum), 1e-15);
    }

    @Test
    void notANumberComesOutIfItGoesIn() {
        Network network =
                layered(
                        StandardActivation.RELU,
                        StandardActivation.RELU,
                        StandardLoss.SQUARED,
                        2,
                        3);
        Parameters theta = network.parameters().copy();
        theta.weights(0)[1][0] = Double.NaN;

        ReferenceGradient found =
                Backprop.of(network).gradient(theta, Matrix.column(1, 2), Matrix.zeros(3, 1));

        assertTrue(Double.isNaN(found.loss()));
        assertTrue(Double.isNaN(found.gradient().weights(0)[1][0]));
    }

    @Test
    void aMatrixOfTheWrongShapeIsRefusedByName() {
        Network network =
                layered(
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        2,
                        3);
        Backprop backprop = Backprop.of(network);
        Parameters theta = network.parameters();

        String input = refusal(backprop, theta, Matrix.zeros(3, 1), Matrix.zeros(3, 1));
        String target = refusal(backprop, theta, Matrix.zeros(2, 1), Matrix.zeros(2, 1));
        String columns = refusal(backprop, theta, Matrix.zeros(2, 1), Matrix.zeros(3, 2));

        assertEquals("input has 3 rows, the network needs 2", input);
        assertEquals("target has 2 rows, the network needs 3", target);
        assertEquals("target has 2 columns, the input has 1", columns);
    }

    private static String refusal(Backprop b, Parameters theta, Matrix input, Matrix target) {
        return assertThrows(IllegalArgumentException.class, () -> b.gradient(theta, input, target))
                .getMessage();
    }

    /** A user's own activation: not one of the enum. */
    private static final Activation SINE =
            new Activation() {
                @Override
                public String optionName() {
                    return "sine";
                }

                @Override
                public double value(double a, Elementary math) {
                    return StrictMath.sin(a);
                }

                @Override
                public double slope(double a, double value, Elementary math) {
                    return StrictMath.cos(a);
                }

                @Override
                public double increment(double a, double value, double h, Elementary math) {
                    return StrictMath.sin(a + h) - value;
                }

                @Override
                public double steepest() {
                    return 1.0;
                }
            };

    private static Network layered(Activation hidden, Activation output, Loss loss, int... sizes) {
        return Network.layered(sizes, hidden, output, loss, Initialisation.uniform(7));
    }

    /** in(3) -> a(4) -> b(5) -> out(2), with in -> b, in -> out and a -> out besides. */
    private static Network withSkips(Activation hidden) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("a", 4, hidden)
                .hidden("b", 5, hidden)
                .output("out", 2, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-out", "a", "out")
                .project("in-b", "in", "b")
                .project("a-b", "a", "b")
                .project("b-out", "b", "out")
                .project("in-out", "in", "out")
                .build(Initialisation.uniform(5));
    }

    private static Parameters reference(Network network) {
        return Backprop.of(network)
                .gradient(network.parameters(), input(network), target(network))
                .gradient();
    }

    private static Matrix input(Network network) {
        return random(network.input().size(), BATCH, 3);
    }

    private static Matrix target(Network network) {
        return random(network.output().size(), BATCH, 4);
    }

    private static Parameters differences(Network network, double h) {
        return new CentralDifferences(network, input(network), target(network)).gradient(h);
    }

    private static boolean agree(Network network, Parameters found, Parameters differences) {
        return distance(network, found, differences) <= TOLERANCE;
    }

    private static double distance(Network network, Parameters found, Parameters from) {
        return GradientComparison.relativeDifference(network, found, from);
    }

    private static void add(Network network, Parameters from, Parameters into) {
        for (Projection e : network.projections()) {
            for (int i = 0; i < into.weights(e.index()).length; i++) {
                add(from.weights(e.index())[i], into.weights(e.index())[i]);
            }
        }
        network.populations().forEach(p -> add(from.biases(p.index()), into.biases(p.index())));
    }

    private static void add(double[] from, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] += from[k];
        }
    }

    private static Matrix column(Matrix m, int c) {
        return Matrix.column(m.columnValues(c));
    }

    private static Matrix random(int rows, int columns, long stream) {
        return Problem.normal(11, stream, rows, columns);
    }

    private static void set(double[][] into, double[][] from) {
        for (int i = 0; i < into.length; i++) {
            System.arraycopy(from[i], 0, into[i], 0, into[i].length);
        }
    }
}
