package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** A free phase that was cut after three sweeps (theory.md A13). */
class UnprovenStartTest {
    private static final double BETA = 1e-3;
    private static final Budget THREE = Budget.DEFAULT.withNanos(3);

    private static double[] reference(Problem problem) {
        var m =
                new Family.Member(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Estimator.CENTRED,
                        1e-4,
                        0);
        return Family.flat(
                Family.estimate(new SynchronousHost(), Family.plan(m), m, problem), problem);
    }

    /** Relative error of the update that is refused, and the verdict that refuses it. */
    private static double error(
            Host host, Form form, Estimator estimator, Budget budget, long seed) {
        Problem problem = Family.hopfield(seed, 2);
        Method ep = new Method(Algorithms.equilibriumPropagation(form), estimator, BETA);
        RunPlan plan = RunPlan.of(ep.algorithm().rule()).withThreshold(1e-13);
        try (Session session = host.open(problem.network(), plan)) {
            var free = session.settle(ep.free(problem.input()), budget);
            session.snapshot(Algorithm.FREE);
            var nudged =
                    session.settle(
                            ep.phases(problem.input(), problem.target()).get(1), Budget.DEFAULT);
            if (budget == THREE) {
                assertEquals(Reason.TIME_BUDGET, Compare.notSettled(free, problem).reason());
                NotSettled not = Compare.notSettled(nudged, problem);
                assertEquals(Reason.UNPROVEN_START, not.reason(), problem.toString());
                assertTrue(not.settledColumns().isEmpty());
                assertTrue(not.columns().stream().noneMatch(c -> c.settled()));
            } else {
                Compare.settled(nudged, problem);
            }
            double[] found = Compare.flat(session.unprovenUpdate(estimator), 3);
            return Compare.relative(found, reference(problem));
        }
    }

    @Test
    void aCutFreePhaseSpoilsThePlainOneSidedUpdateAndItAlone() {
        for (Host host : new Host[] {new SynchronousHost(), new RedBlackHost()}) {
            for (long seed = 1; seed <= 5; seed++) {
                String context = host.optionName() + ", seed " + seed;
                double plain = error(host, Form.PLAIN, Estimator.ONE_SIDED, THREE, seed);
                assertTrue(plain >= 5, context + ": plain one-sided is off by only " + plain);
                double centred = error(host, Form.PLAIN, Estimator.CENTRED, THREE, seed);
                assertTrue(centred < 1e-4, context + ": centred is off by " + centred);
                double difference = error(host, Form.DIFFERENCE, Estimator.ONE_SIDED, THREE, seed);
                assertTrue(
                        difference < plain / 20,
                        context + ": difference is off by " + difference + ", plain " + plain);
            }
        }
    }

    /** The twin: with enough sweeps the same runs are right, and say so. */
    @Test
    void aWholeFreePhaseDoesNot() {
        for (Host host : new Host[] {new SynchronousHost(), new RedBlackHost()}) {
            for (long seed = 1; seed <= 5; seed++) {
                for (Form form : Form.values()) {
                    double off = error(host, form, Estimator.ONE_SIDED, Budget.DEFAULT, seed);
                    assertTrue(off < 1e-2, host.optionName() + ", " + form + ": " + off);
                }
            }
        }
    }

    /** An estimate stops at the free phase and has no update to misuse. */
    @Test
    void anEstimateEndsWithTheVerdictOnItsFreePhase() {
        Problem problem = Family.hopfield(6, 2);
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        try (Session session = new RedBlackHost().open(problem.network(), RunPlan.of(ep.rule()))) {
            assertThrows(
                    IllegalStateException.class, () -> session.unprovenUpdate(Estimator.ONE_SIDED));
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session,
                            new Method(ep, Estimator.ONE_SIDED, BETA),
                            problem.input(),
                            problem.target(),
                            THREE);
            assertEquals(
                    Reason.TIME_BUDGET, Compare.notSettled(estimate.verdict(), problem).reason());
            assertEquals(null, estimate.update());
        }
    }
}
