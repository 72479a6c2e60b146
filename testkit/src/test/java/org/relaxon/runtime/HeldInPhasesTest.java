package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Algorithms that hold a hidden population in some of their phases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeldInPhasesTest {
    private static final double BETA = 0.05;
    private static final Matrix INPUT = Matrix.of(2, 3, new double[] {1, -1, .5, .2, .7, -.4});
    private static final Matrix TARGET = Matrix.of(2, 3, new double[] {.6, -.2, .1, -.5, .3, .4});

    private final List<Host> hosts = List.of(new VirtualHost(), new AkkaHost(2));

    @AfterAll
    void close() {
        hosts.forEach(Host::close);
    }

    private static Network chain(boolean whole) {
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED);
        if (whole) {
            builder.input("x", 2).hidden("held", 3, StandardActivation.TANH);
        } else {
            builder.input("held", 3);
        }
        builder.hidden("free", 4, StandardActivation.TANH);
        builder.output("y", 2, StandardActivation.LINEAR);
        if (whole) {
            builder.project("below", "x", "held");
        }
        return builder.project("first", "held", "free")
                .project("second", "free", "y")
                .build(Initialisation.uniform(4));
    }

    /** A chain of two projections, and the chain of three that ends with the same weights. */
    private static Network[] both() {
        Network whole = chain(true);
        Network upper = chain(false);
        Parameters theta = upper.zeros();
        for (int e = 0; e < 2; e++) {
            double[][] from = whole.parameters().weights(e + 1);
            for (int i = 0; i < from.length; i++) {
                System.arraycopy(from[i], 0, theta.weights(e)[i], 0, from[i].length);
            }
        }
        for (int p = 1; p < 3; p++) {
            double[] from = whole.parameters().biases(p + 1);
            System.arraycopy(from, 0, theta.biases(p), 0, from.length);
        }
        return new Network[] {whole, upper.with(theta)};
    }

    private static Matrix values(Matrix input) {
        Matrix out = Matrix.zeros(3, input.columns());
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < input.columns(); c++) {
                out.values()[i * input.columns() + c] = 0.3 * (i - 1) + 0.2 * input.get(0, c);
            }
        }
        return out;
    }

    /** Equilibrium propagation in which a population is held in chosen phases. */
    private static Algorithm holding(boolean inFree, boolean inNudged) {
        Algorithm like = Algorithms.equilibriumPropagation(Form.PLAIN);
        PhaseSpec free = PhaseSpec.free("free");
        PhaseSpec nudged = PhaseSpec.nudged("nudged").startingFrom("free");
        return new Algorithm(
                "holding",
                "",
                like.rule(),
                List.of(
                        inFree ? free.holding("held", (x, t) -> values(x)) : free,
                        inNudged ? nudged.holding("held", (x, t) -> values(x)) : nudged),
                like.strength(),
                like.reference(),
                like.order());
    }

    private static GradientEstimate estimate(
            Host host, Algorithm algorithm, Network network, Matrix input) {
        Member member = new Member(algorithm, Estimator.CENTRED, BETA, 0);
        Problem problem = new Problem(0, network, input, TARGET);
        return Family.estimate(host, Family.plan(member), member, problem);
    }

    @Test
    void aPopulationHeldThroughoutIsAnInputOfTheRest() {
        Network[] both = both();
        for (Host host : hosts) {
            GradientEstimate found = estimate(host, holding(true, true), both[0], INPUT);
            GradientEstimate upper = estimate(host, holding(false, false), both[1], values(INPUT));
            assertInstanceOf(Settled.class, found.verdict(), found.verdict()::toString);
            Parameters own = found.update().gradient();
            Parameters expected = upper.update().gradient();
            for (int e = 0; e < 2; e++) {
                for (int i = 0; i < expected.weights(e).length; i++) {
                    double[] row = expected.weights(e)[i];
                    assertArrayEquals(row, own.weights(e + 1)[i], 1e-11, host.optionName());
                }
            }
            for (double[] row : own.weights(0)) { // both ends of it are the same in both phases
                assertArrayEquals(new double[2], row, 1e-14, host.optionName());
            }
        }
    }

    /** The twin: where it is held in no phase, the update is another one. */
    @Test
    void aFreePopulationIsNot() {
        Network[] both = both();
        GradientEstimate held = estimate(hosts.get(0), holding(true, true), both[0], INPUT);
        GradientEstimate free = estimate(hosts.get(0), holding(false, false), both[0], INPUT);
        double off = Compare.relative(Family.flat(free, "free"), Family.flat(held, "held"));
        assertTrue(off > 0.01, "off by " + off);
    }

    /** Held in one phase and free in the other, the update is the contrast of the two states. */
    @Test
    void aPopulationMayBeHeldInOnePhaseAlone() {
        Network whole = both()[0];
        for (Host host : hosts) {
            GradientEstimate found = estimate(host, holding(false, true), whole, INPUT);
            Settled free = assertInstanceOf(Settled.class, found.free());
            Settled nudged = assertInstanceOf(Settled.class, found.verdict());
            assertEquals(
                    values(INPUT).get(2, 1),
                    nudged.equilibrium().activity(1).get(2, 1),
                    host.optionName());
            Matrix f0 = free.equilibrium().activity(2);
            Matrix h0 = free.equilibrium().activity(1);
            Matrix f = nudged.equilibrium().activity(2);
            Matrix h = nudged.equilibrium().activity(1);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 3; j++) {
                    double sum = 0.0;
                    for (int c = 0; c < 6; c++) { // +beta, then -beta
                        double sign = c < 3 ? 1.0 : -1.0;
                        double contrast =
                                f.get(i, c) * h.get(j, c) - f0.get(i, c % 3) * h0.get(j, c % 3);
                        sum -= sign * contrast / (2.0 * BETA);
                    }
                    double own = found.update().gradient().weights(1)[i][j];
                    assertEquals(sum, own, 1e-10, host.optionName());
                }
            }
        }
    }

    @Test
    void anUnknownPopulationIsRefusedByName() {
        Algorithm like = holding(false, false);
        Algorithm wrong =
                new Algorithm(
                        "holding",
                        "",
                        like.rule(),
                        List.of(
                                PhaseSpec.free("free").holding("absent", (x, t) -> values(x)),
                                PhaseSpec.nudged("nudged").startingFrom("free")),
                        like.strength(),
                        like.reference(),
                        like.order());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> estimate(hosts.get(0), wrong, both()[0], INPUT));
        assertTrue(e.getMessage().contains("absent"), e.getMessage());
    }
}
