package org.relaxon.experiments.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.problem.NetworkFile;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.FiniteDifferences;
import org.relaxon.testkit.Problem;

/** Projections with a scale: the gradient by the stored numbers, and how a file states them. */
class ScaledProjectionsTest {
    private static final int EXAMPLES = 2;
    private static final double FIRST = 0.7;
    private static final double SECOND = 1.9;
    private static final double LAST = 0.3;
    private static final double SKIP = 0.4;

    private static final String FILE =
            """
            populations = [
              { name = x, size = 3, role = input }
              { name = a, size = 5, activation = tanh }
              { name = b, size = 5, activation = tanh }
              { name = y, size = 2, role = output, activation = linear }
            ]
            projections = [
              { name = first, from = x, to = a, scale = %s }
              { name = second, from = a, to = b, scale = %s }
              { name = skip, from = a, to = b, connectivity = identity, scale = %s }
              { name = last, from = b, to = y, scale = %s }
            ]
            """;

    @TempDir private Path directory;

    private static Activation activation(String name) {
        return StandardActivation.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private NetworkPlan plan(double first, double second, double skip, double last)
            throws Exception {
        String text = FILE.formatted(first, second, skip, last);
        Path file = Files.writeString(directory.resolve("net.conf"), text);
        return NetworkFile.read(file, ScaledProjectionsTest::activation);
    }

    private Network network() throws Exception {
        return build(plan(FIRST, SECOND, SKIP, LAST));
    }

    private static Network build(NetworkPlan plan) {
        return plan.build(
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                new Initialisation(Scheme.NORMAL, 1.0, 4));
    }

    private static Matrix drawn(int rows, int stream) {
        return Problem.normal(6, stream, rows, EXAMPLES);
    }

    private static double[] layer(double[] drive, double scale, double[][] w, double[] x) {
        double[] out = drive.clone();
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < x.length; j++) {
                out[i] += scale * w[i][j] * x[j];
            }
        }
        return out;
    }

    private static double[] tanh(double[] h) {
        return Arrays.stream(h).map(Math::tanh).toArray();
    }

    /** Half the squared distance, summed over examples, written out for this one network. */
    private static double loss(Parameters p, Matrix input, Matrix target) {
        double sum = 0.0;
        for (int c = 0; c < EXAMPLES; c++) {
            double[] x = new double[input.rows()];
            for (int i = 0; i < x.length; i++) {
                x[i] = input.values()[i * EXAMPLES + c];
            }
            double[] a = tanh(layer(p.biases(1), FIRST, p.weights(0), x));
            double[] h = layer(p.biases(2), SECOND, p.weights(1), a);
            for (int i = 0; i < h.length; i++) {
                h[i] += SKIP * a[i];
            }
            double[] y = layer(p.biases(3), LAST, p.weights(3), tanh(h));
            for (int i = 0; i < y.length; i++) {
                double off = y[i] - target.values()[i * EXAMPLES + c];
                sum += 0.5 * off * off;
            }
        }
        return sum;
    }

    private static Parameters differences(Network network, Matrix input, Matrix target) {
        return FiniteDifferences.gradient(
                network, network.parameters(), p -> loss(p, input, target), 1e-3);
    }

    private static Parameters settled(Network network, RunPlan plan, Matrix input, Matrix target) {
        Method method = new Method(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-9);
        try (Host host = Hosts.virtual();
                Session session = host.open(network, plan)) {
            return GradientEstimate.of(session, method, input, target, Budget.DEFAULT)
                    .update()
                    .gradient();
        }
    }

    private static RunPlan plan() {
        return RunPlan.of(Algorithms.pcNudge().rule()).withTolerance(1e-8);
    }

    @Test
    void backpropIsTheDerivativeByTheStoredNumbers() throws Exception {
        Network network = network();
        Matrix input = drawn(3, 1);
        Matrix target = drawn(2, 2);
        Parameters found =
                Backprop.of(network).gradient(network.parameters(), input, target).gradient();
        assertTrue(Compare.relative(network, found, differences(network, input, target)) < 1e-9);
    }

    /** The twin: the network with one other scale is another function. */
    @Test
    void anotherScaleHasAnotherGradient() throws Exception {
        Matrix input = drawn(3, 1);
        Matrix target = drawn(2, 2);
        double[][] scales = {
            {0.75, SECOND, SKIP, LAST},
            {FIRST, 2.0, SKIP, LAST},
            {FIRST, SECOND, 0.5, LAST},
            {FIRST, SECOND, SKIP, 0.4}
        };
        for (double[] s : scales) {
            Network other = build(plan(s[0], s[1], s[2], s[3]));
            Parameters found =
                    Backprop.of(other).gradient(other.parameters(), input, target).gradient();
            double off = Compare.relative(other, found, differences(other, input, target));
            assertTrue(off > 1e-3, Arrays.toString(s) + ": " + off);
        }
    }

    @ParameterizedTest
    @CsvSource({"LAYER, DENSE", "NEURON, DENSE", "LAYER, EVENT_DRIVEN", "NEURON, EVENT_DRIVEN"})
    void cellsSettleToIt(String cells, Signalling.Drive drive) throws Exception {
        Network network = network();
        Matrix input = drawn(3, 1);
        Matrix target = drawn(2, 2);
        Granularity granularity = cells.equals("LAYER") ? Granularity.LAYER : Granularity.NEURON;
        Parameters found =
                settled(
                        network,
                        plan().withGranularity(granularity).withDrive(drive),
                        input,
                        target);
        double off = Compare.relative(network, found, differences(network, input, target));
        assertTrue(off < 1e-6, cells + " " + drive + ": " + off);
    }

    @Test
    void aFileIsReadBackWithItsScales() throws Exception {
        NetworkPlan plan = plan(FIRST, SECOND, SKIP, LAST);
        String text = NetworkFile.text(plan);
        assertTrue(text.contains("scale = 0.7"), text);
        Path again = Files.writeString(directory.resolve("again.conf"), text);
        assertEquals(plan, NetworkFile.read(again, ScaledProjectionsTest::activation));
        assertEquals(plan, NetworkPlan.of(network()));
        String plain = NetworkFile.text(plan(1.0, 1.0, 1.0, 1.0));
        assertFalse(plain.contains("scale"), plain);
    }

    @ParameterizedTest
    @CsvSource({
        "scale = -1, not a finite number above 0",
        "scale = NaN, not a finite number above 0",
        "scale = much, scale of projection number 3 is much; allowed: a number",
        "scale = 2 weights-of = first, none beside weights-of"
    })
    void aScaleThatIsNoneIsRefusedAtItsPlace(String field, String why) throws Exception {
        String text = FILE.formatted(FIRST, SECOND, SKIP, LAST);
        String wrong =
                text.replace("connectivity = identity, scale = 0.4", field.replace(" w", ", w"));
        Path file = Files.writeString(directory.resolve("wrong.conf"), wrong);
        Exception refused =
                assertThrows(
                        Exception.class,
                        () -> NetworkFile.read(file, ScaledProjectionsTest::activation));
        String message = refused.getMessage();
        assertTrue(message.contains(why) && message.contains("line 10"), message);
    }

    /** x 3 -> h 4 with a lateral projection -> y 2; weights small enough for one basin. */
    private static Network lateral(double scale) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("x", 3)
                .hidden("h", 4, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("in", "x", "h")
                .project(
                        "side",
                        "h",
                        "h",
                        Connectivity.scaled(Connectivity.others(Connectivity.allToAll()), scale))
                .project("out", "h", "y")
                .build(new Initialisation(Scheme.NORMAL, 0.4, 2));
    }

    /** A scale is a factor of the weights, also where a cell's neurons are linked. */
    @Test
    void aLateralScaleIsAFactorOfTheWeightsAndOfTheirGradient() {
        Network scaled = lateral(0.5);
        Network plain = lateral(1.0);
        Parameters half = plain.parameters().copy();
        for (double[] row : half.weights(1)) {
            Arrays.setAll(row, j -> 0.5 * row[j]);
        }
        Parameters found = equilibrium(scaled);
        Parameters expected = equilibrium(plain.with(half));
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                double of = 0.5 * expected.weights(1)[i][j];
                assertEquals(of, found.weights(1)[i][j], 1e-8);
                assertEquals(expected.weights(0)[i][j], found.weights(0)[i][j], 1e-8);
            }
        }
        double off = Compare.relative(plain, equilibrium(plain), expected);
        assertTrue(off > 1e-2, "the twin, without the factor: " + off);
    }

    private static Parameters equilibrium(Network network) {
        Method method =
                new Method(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Estimator.CENTRED,
                        1e-3);
        RunPlan plan =
                RunPlan.of(method.algorithm().rule())
                        .withGranularity(Granularity.LAYER)
                        .withTolerance(1e-8);
        try (Host host = Hosts.virtual();
                Session session = host.open(network, plan)) {
            return GradientEstimate.of(session, method, drawn(3, 1), drawn(2, 2), Budget.DEFAULT)
                    .update()
                    .gradient();
        }
    }
}
