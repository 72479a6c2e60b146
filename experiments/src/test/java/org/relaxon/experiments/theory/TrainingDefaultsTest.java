package org.relaxon.experiments.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Discipline;

class TrainingDefaultsTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.PLAIN);

    private static RunPlan run(
            Algorithm algorithm, double strength, boolean phased, boolean turns) {
        return new TrainingDefaults(algorithm, phased, turns).run(strength, 3);
    }

    @Test
    void thresholdsFollowTheStrengthWhereActivitiesAreSubtracted() {
        assertEquals(1e-6, run(EP, 1e-3, true, true).threshold(), 1e-18);
        assertEquals(1e-4, run(EP, 0.1, true, true).threshold(), 1e-16);
        assertEquals(1e-2, run(EP, 0.1, true, true).tolerance(), 1e-14);
        RunPlan nudge = run(Algorithms.pcNudge(new PredictiveCoding()), 1e-4, true, true);
        assertEquals(RunPlan.DEFAULT_THRESHOLD, nudge.threshold(), 0.0);
        assertEquals(Discipline.EAGER, nudge.discipline());
    }

    @Test
    void cellsTakeTurnsWhereHostAndScheduleLetThem() {
        assertEquals(Discipline.TURN_TAKING, run(EP, 1e-3, true, true).discipline());
        assertEquals(Discipline.EAGER, run(EP, 1e-3, true, false).discipline());
        assertEquals(Discipline.EAGER, run(EP, 1e-3, false, true).discipline());
    }

    @Test
    void ruleAndScheduleChooseOptimiserRateAndEstimator() {
        TrainingDefaults phased = new TrainingDefaults(EP, true, true);
        TrainingDefaults moving = new TrainingDefaults(EP, false, true);
        assertEquals(Optimiser.adam(), phased.optimiser());
        assertEquals(Optimiser.sgd(), moving.optimiser());
        assertEquals(0.001, phased.rate(false), 0.0);
        assertEquals(0.02, moving.rate(false), 0.0);
        assertEquals(0.001, moving.rate(true), 0.0);
        assertEquals(Estimator.ONE_SIDED, phased.estimator());
        Algorithm hep = Algorithms.holomorphic();
        assertEquals("roots:4", new TrainingDefaults(hep, true, true).estimator().optionName());
    }

    /** Where a contrast can be lowered by softening the network, and nowhere else. */
    @Test
    void aHeldOutputIsLearnedFromByDescentThatFalls() {
        Algorithm held = Algorithms.clampedHebbian(Form.PLAIN);
        TrainingDefaults own = new TrainingDefaults(held, true, true);
        assertEquals(Optimiser.sgd().withWeightDecay(0.01), own.optimiser());
        assertEquals(0.15, own.rate(false), 0.0);
        assertEquals(0.001, own.rate(true), 0.0);
        assertEquals(RateSchedule.LINEAR, own.rateSchedule(false));
        assertEquals(RateSchedule.CONSTANT, own.rateSchedule(true));
        for (Algorithm other :
                List.of(
                        EP,
                        Algorithms.holomorphic(),
                        Algorithms.coupled(Form.PLAIN),
                        Algorithms.contrastiveHebbian(Form.PLAIN))) {
            TrainingDefaults usual = new TrainingDefaults(other, true, true);
            assertEquals(Optimiser.adam(), usual.optimiser(), other.optionName());
            assertEquals(RateSchedule.CONSTANT, usual.rateSchedule(false), other.optionName());
        }
        assertEquals(Optimiser.sgd(), new TrainingDefaults(held, false, true).optimiser());
    }
}
