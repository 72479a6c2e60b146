package org.relaxon.experiments.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.check.Family;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

class MinimumJudgeTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.PLAIN);

    /** The second units hear nothing, and hold each other at 0 with a gain. */
    private static Problem tied(double gain) {
        Network n =
                Network.layered(
                        new int[] {1, 2, 2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = n.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 0.3;
        p.weights(1)[1][1] = gain;
        p.weights(2)[0][0] = 0.5;
        return new Problem(n.with(p), Matrix.column(0.7), Matrix.column(0.4), "random", "tied");
    }

    private static GradientEstimate settle(Algorithm algorithm, Problem p, double strength) {
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(p.network(), RunPlan.of(algorithm.rule()))) {
            return GradientEstimate.withinOneBasin(
                    session,
                    new Method(algorithm, Defaults.of(algorithm).method().estimator(), strength),
                    p.input(),
                    p.target(),
                    Budget.DEFAULT);
        }
    }

    private static MinimumJudge judge(Algorithm algorithm, Problem p, GradientEstimate estimate) {
        return MinimumJudge.of(algorithm.rule(), p, estimate, 1e-8, () -> false);
    }

    /** Held neurons are not known to the second derivatives: the column is left out by name. */
    @Test
    void aStateWithHeldNeuronsIsNotJudged() {
        Problem p = tied(0.3);
        Phase free = Phase.free(p.input());
        Phase held = free.clamping("1", Matrix.column(0.5, -0.5));
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(p.network(), RunPlan.of(EP.rule()))) {
            for (Phase phase : List.of(free, held)) {
                Settlement verdict = session.settle(phase, Budget.DEFAULT);
                GradientEstimate estimate =
                        new GradientEstimate(null, verdict, null, session.report());
                MinimumJudge judged = judge(EP, p, estimate);
                boolean known = phase == free;
                assertEquals(known ? 0 : 1, judged.unjudged(), judged.text());
                assertEquals(!known, judged.text().contains("1, 2 of 2 neurons held"));
            }
        }
    }

    /** The forward pass of fixed predictions is a minimum; the wave that follows rests at none. */
    @Test
    void aWaveIsNotCountedAmongMinima() {
        Algorithm wave = Algorithms.fixedPrediction();
        MinimumJudge judged = judge(wave, tied(0.3), settle(wave, tied(0.3), 1.0));
        assertEquals(1, judged.unjudged());
        assertTrue(judged.text().contains("a wave does not rest at a minimum"));
        MinimumJudge nudged =
                judge(
                        Algorithms.pcNudge(),
                        tied(0.3),
                        settle(Algorithms.pcNudge(), tied(0.3), 1e-3));
        assertEquals(0, nudged.unjudged());
    }

    /**
     * A rule that states another energy than it descends rests where that one is not stationary.
     */
    @Test
    void anEnergyThatDoesNotBelongToTheRuleIsNamed() {
        Algorithm steep = Algorithms.precisionPc(1.0, 3.0, 1.0);
        GradientEstimate estimate = settle(steep, tied(0.3), 1.0);
        MinimumJudge right = judge(steep, tied(0.3), estimate);
        assertEquals(1, right.minima(), right.text());
        MinimumJudge wrong = judge(Algorithms.pcNudge(), tied(0.3), estimate);
        assertEquals(0, wrong.minima(), wrong.text());
        assertTrue(wrong.text().contains("energy() does not match what it computes"), wrong.text());
    }

    @Test
    void aTieThatIsNoMinimumIsASaddleWithEigenvalueAndDirection() {
        for (Form form : Form.values()) {
            Algorithm ep = Algorithms.equilibriumPropagation(form);
            GradientEstimate reached = settle(ep, tied(2), 1e-3);
            assertInstanceOf(Settled.class, reached.verdict());

            MinimumJudge judged = judge(ep, tied(2), reached);

            NotSettled not = assertInstanceOf(NotSettled.class, judged.estimate().verdict());
            assertEquals(Reason.SADDLE, not.reason());
            assertNull(judged.estimate().update());
            assertTrue(not.detail().contains("eigenvalue -1.000e+00"), not.detail());
            assertTrue(not.detail().contains("1[1]") && not.detail().contains("2[1]"));
            assertEquals(1, judged.saddles());
        }
    }

    @Test
    void theSameTieWithASmallerGainIsAMinimum() {
        GradientEstimate reached = settle(EP, tied(0.9), 1e-3);

        MinimumJudge judged = judge(EP, tied(0.9), reached);

        assertSame(reached, judged.estimate());
        assertEquals(2, judged.minima()); // the free phase and the nudged one
        assertEquals(0, judged.saddles() + judged.unknown());
    }

    @Test
    void aFlatDirectionIsSaidToBeFlat() {
        MinimumJudge judged = judge(EP, tied(1), settle(EP, tied(1), 1e-3));

        assertEquals(2, judged.unknown());
        assertTrue(judged.why().contains("has no certain sign"), judged.why());
    }

    @Test
    void afterAStopNothingIsTold() {
        GradientEstimate reached = settle(EP, tied(2), 1e-3);

        MinimumJudge judged = MinimumJudge.of(EP.rule(), tied(2), reached, 1e-8, () -> true);

        assertSame(reached, judged.estimate());
        assertEquals("stopped", judged.why());
    }

    /** The energy of a rule from elsewhere is not known, whatever it extends, and this is said. */
    @Test
    void aRuleOfOnesOwnIsNotJudgedAndNamed() {
        Hopfield own = new Hopfield("own-energy") {};
        Algorithm algorithm =
                new Algorithm(
                        "own-energy",
                        "",
                        own,
                        EP.start(),
                        EP.output(),
                        EP.strength(),
                        EP.reference(),
                        EP.order());

        MinimumJudge judged = judge(algorithm, tied(2), settle(EP, tied(2), 1e-3));

        assertEquals(0, judged.minima() + judged.saddles() + judged.unknown());
        assertEquals(2, judged.unjudged());
        assertEquals(
                "2 columns not judged: the second derivatives of the energy of own-energy are not"
                        + " known",
                judged.text());
    }

    static java.util.List<Family.Member> members() {
        return Family.members(ProblemSpec.defaults());
    }

    /** Of every algorithm with an energy all states of an ordinary run are told to be minima. */
    @ParameterizedTest
    @MethodSource("members")
    void ordinaryRunsRestAtMinima(Family.Member m) throws IOException {
        Problem p = m.problem().build();
        try (VirtualHost host = new VirtualHost();
                Session session =
                        host.open(p.network(), Defaults.runPlan(m.method().algorithm()))) {
            Estimator estimator = m.method().estimator();
            GradientEstimate reached =
                    GradientEstimate.withinOneBasin(
                            session, m.method(), p.input(), p.target(), Budget.DEFAULT);

            MinimumJudge judged = judge(m.method().algorithm(), p, reached);

            assertSame(reached, judged.estimate());
            assertEquals(0, judged.saddles() + judged.unknown(), judged.why());
        }
    }
}
