package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.NetworkBuilder;

/** Linear states joined by skips: the quadratic form 1 - A of a path, whose spectrum is known. */
class LinearPartTest {
    /** A path of n populations, each with a tanh population beside it, which shows the output. */
    private static Problem path(int n, Activation state, double scale) {
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED).input("in", 2);
        for (int l = 1; l <= n; l++) {
            builder = builder.hidden("z" + l, 3, state);
        }
        builder = builder.output("out", 2, StandardActivation.TANH).project("first", "in", "z1");
        for (int l = 2; l <= n; l++) {
            Connectivity skip = Connectivity.scaled(Connectivity.parse("identity"), scale);
            builder = builder.project("skip" + l, "z" + (l - 1), "z" + l, skip);
        }
        builder = builder.project("last", "z" + n, "out");
        return new Problem(
                builder.build(Initialisation.uniform(1)),
                Matrix.column(0.5, -0.5),
                Matrix.column(0.1, 0.2),
                "random",
                "a path");
    }

    private static String why(Problem problem) {
        return Certificates.whyUnbounded(Algorithms.equilibriumPropagation(Form.PLAIN), problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 9})
    void aPathOfSkipsHasNoMinimumFromThreeStatesOn(int n) {
        double smallest = 1.0 - 2.0 * StrictMath.cos(Math.PI / (n + 1));
        String text = why(path(n, StandardActivation.LINEAR, 1.0));
        assertTrue(text.contains("with the eigenvalue %.3g wherever".formatted(smallest)), text);
        assertTrue(text.contains("linear populations z1, z2, z3"), text);
    }

    @Test
    void whatIsNotProvenIsNotStated() {
        assertEquals("", why(path(1, StandardActivation.LINEAR, 1.0)));
        assertEquals("", why(path(2, StandardActivation.LINEAR, 1.0)), "an eigenvalue of 0");
        assertEquals("", why(path(9, StandardActivation.LINEAR, 0.5)), "2 s cos < 1");
        assertEquals("", why(path(9, StandardActivation.TANH, 1.0)), "bounded states");
        Problem path = path(9, StandardActivation.LINEAR, 1.0);
        assertEquals("", Certificates.whyUnbounded(Algorithms.pcNudge(), path));
        assertEquals(
                "", Certificates.whyUnbounded(Algorithms.contrastiveHebbian(Form.PLAIN), path));
    }
}
