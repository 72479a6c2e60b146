package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * The longest chain of dependent relaxations. In a chain of L hidden layers in error form it is
 * known: L + 1 cells up to the output, and L down again.
 */
class CriticalPathTest {
    private static final RunPlan ERROR_FORM =
            RunPlan.of(new PredictiveCoding()).withTolerance(1e-4);

    private enum On {
        VIRTUAL(Hosts::virtual),
        AKKA(() -> Hosts.akka(2)),
        SYNCHRONOUS(Hosts::synchronous),
        RED_BLACK(Hosts::redBlack);

        private final Supplier<Host> host;

        On(Supplier<Host> host) {
            this.host = host;
        }
    }

    private static RunReport settled(On on, RunPlan plan, double beta, int hidden) {
        int[] layers = new int[hidden + 2];
        Arrays.fill(layers, 4);
        Problem p = Problem.tanh(1, 1, layers);
        try (Host host = on.host.get();
                Session session = host.open(p.network(), plan)) {
            Compare.settled(
                    session.settle(
                            Estimator.ONE_SIDED.phase(p.input(), p.target(), beta), Budget.DEFAULT),
                    on);
            return session.report();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChainIsPassedOnceInEitherDirection(On on) {
        for (int hidden : new int[] {1, 4, 9}) {
            RunReport report = settled(on, ERROR_FORM, 1e-8, hidden);
            assertEquals(2L * hidden + 1, report.criticalPath(), on + " " + hidden);
            assertEquals(2L * hidden, report.messages(), on + " " + hidden);
        }
    }

    /** Delays change when parcels arrive, and not what depends on what. */
    @Test
    void delaysDoNotLengthenIt() {
        RunPlan delayed = ERROR_FORM.withDelay(Delays.parse("pareto:50us,1.5"));
        assertEquals(19, settled(On.VIRTUAL, delayed, 1e-8, 9).criticalPath());
    }

    /** The twin: a form in which every cell answers its neighbours again and again takes longer. */
    @Test
    void cellsThatAnswerEachOtherHaveALongerOne() {
        RunPlan steps = RunPlan.of(Algorithms.gradient(0.2)).withTolerance(1e-4);
        RunReport swept = settled(On.SYNCHRONOUS, steps, 1.0, 4);
        assertTrue(swept.criticalPath() > 10 * 9, swept.toString());
        assertTrue(swept.criticalPath() <= swept.hostNanos(), "one relaxation a sweep");
    }

    /** A handshake makes every cell take the same steps, each dependent on those before. */
    @Test
    void inStepEveryRoundIsOneLink() {
        RunReport report =
                settled(On.VIRTUAL, ERROR_FORM.withDiscipline(Discipline.HANDSHAKE), 1e-8, 4);
        assertTrue(report.criticalPath() >= 9 && report.criticalPath() <= report.relaxations());
        assertEquals(report.relaxations(), 5 * report.criticalPath() + 5, 5);
    }
}
