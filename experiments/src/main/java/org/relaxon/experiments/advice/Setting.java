package org.relaxon.experiments.advice;

import java.util.function.UnaryOperator;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * The part of a run that advice can change; network, data and host stay the same.
 *
 * @param algorithm of the run
 * @param estimator of its gradient
 * @param strength beta or gamma; 0 for the free phase only
 * @param planner makes the plan for an algorithm and a strength
 * @param changes made to that plan
 * @param budget of the run
 */
public record Setting(
        Algorithm algorithm,
        Estimator estimator,
        double strength,
        Planner planner,
        UnaryOperator<RunPlan> changes,
        Budget budget) {
    /** Makes the plan of a run, as the command that requests advice would. */
    @FunctionalInterface
    public interface Planner {
        /**
         * {@return the plan for an algorithm at a strength}
         *
         * @param algorithm whose plan is made
         * @param strength beta or gamma; 0 for the free phase only
         */
        RunPlan plan(Algorithm algorithm, double strength);
    }

    /**
     * {@return the setting of a run as requested, without changes}
     *
     * @param algorithm of the run
     * @param estimator of its gradient
     * @param strength beta or gamma; 0 for the free phase only
     * @param planner makes the plan for an algorithm and a strength
     * @param budget of the run
     */
    public static Setting of(
            Algorithm algorithm,
            Estimator estimator,
            double strength,
            Planner planner,
            Budget budget) {
        return new Setting(
                algorithm, estimator, strength, planner, UnaryOperator.identity(), budget);
    }

    /** {@return the plan in force} */
    public RunPlan plan() {
        return changes.apply(planner.plan(algorithm, strength));
    }

    Setting withAlgorithm(Algorithm value) {
        return new Setting(value, estimator, strength, planner, changes, budget);
    }

    Setting withStrength(double value) {
        return new Setting(algorithm, estimator, value, planner, changes, budget);
    }

    Setting changed(UnaryOperator<RunPlan> change) {
        return new Setting(
                algorithm,
                estimator,
                strength,
                planner,
                p -> change.apply(changes.apply(p)),
                budget);
    }

    Setting withBudget(Budget value) {
        return new Setting(algorithm, estimator, strength, planner, changes, value);
    }
}
