package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;
import org.relaxon.runtime.virtual.VirtualHost;

/** A rule is judged by the energy that it states, and by nothing else that it is. */
class StatedEnergyTest {
    private static final StatedEnergy THREE =
            new StatedEnergy(StatedEnergy.Kind.SQUARED_DIVERGENCE, List.of(3.0));
    private static final StatedEnergy ONE = StatedEnergy.of(StatedEnergy.Kind.SQUARED_DIVERGENCE);

    @Test
    void aRuleOfOnesOwnHoldsWithItsEnergyStatedOrNot() throws IOException {
        assertTrue(run(new Threefold(THREE), null).holds());
        assertTrue(run(new Threefold(StatedEnergy.OWN), null).holds());
    }

    @Test
    void aFalseStatementIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> run(new Threefold(ONE), null));
        assertTrue(e.getMessage().contains("energy() does not match correct"), e.getMessage());
    }

    @Test
    void whatNeedsTheEnergyIsRefusedByName() throws IOException {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> run(new Threefold(StatedEnergy.OWN), Reference.FINITE_DIFFERENCE));
        assertEquals(
                "against: finite-difference needs the energy of threefold, which Rule.energy does"
                        + " not state",
                e.getMessage());
        assertTrue(run(new Threefold(THREE), Reference.FINITE_DIFFERENCE).holds());
    }

    @Test
    void aClassThatExtendsOneOfOursInheritsNoStatement() {
        assertEquals(ONE, new PredictiveCoding().energy());
        assertEquals(StatedEnergy.OWN, new PredictiveCoding() {}.energy());
        assertEquals(StatedEnergy.Kind.HOPFIELD, new Hopfield("ep").energy().kind());
        assertEquals(StatedEnergy.OWN, new Hopfield("ep") {}.energy());
        assertEquals(2.0, Algorithms.precisionPc(2.0, 0.5).rule().energy().precision(1));
        assertEquals(0.5, Algorithms.precisionPc(2.0, 0.5).rule().energy().precision(2));
        assertEquals(2.0, Algorithms.precisionPc(2.0, 0.5).rule().energy().precision(3));
    }

    private static CheckCase run(ErrorForm rule, Reference against) throws IOException {
        Algorithm algorithm =
                new Algorithm(
                        "threefold",
                        "",
                        rule,
                        Algorithm.Start.REST,
                        Phase.Output.NUDGED,
                        Algorithm.Strength.BETA,
                        Reference.BACKPROP,
                        Algorithm.ESTIMATOR);
        CheckPlan plan =
                CheckPlan.of(ProblemSpec.defaults(), List.of(new VirtualHost()))
                        .withAlgorithms(algorithm)
                        .withEstimator(Estimator.ONE_SIDED)
                        .withStrength(1e-4)
                        .withSeeds(List.of(1L, 2L));
        return new LocalUpdatesMatchReference(against == null ? plan : plan.withAgainst(against))
                .run()
                .cases()
                .get(0);
    }

    /** Predictive coding for 3/2 e^2, which the library has as {@code precision-pc 3}. */
    private static final class Threefold extends ErrorForm {
        private final StatedEnergy stated;

        Threefold(StatedEnergy stated) {
            this.stated = stated;
        }

        @Override
        public String optionName() {
            return "threefold";
        }

        @Override
        public StatedEnergy energy() {
            return stated;
        }

        @Override
        public Traits traits() {
            return super.traits().with(Trait.READS_SLOPE);
        }

        @Override
        public void announce(CellState s) {
            for (int k = 0; k < s.backward().length; k++) {
                s.backward()[k] = s.slope()[k] * 3.0 * s.error()[k];
            }
        }

        @Override
        protected void hiddenError(CellState s) {
            for (int k = 0; k < s.error().length; k++) {
                s.error()[k] = s.feedback()[k] / 3.0;
            }
        }

        @Override
        protected void outputError(CellState s) {
            nudgeByLoss(s, 1.0 / 3.0);
        }
    }
}
