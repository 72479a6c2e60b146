package org.relaxon.experiments.advice;

import java.util.function.UnaryOperator;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * The part of a run that advice can change; network, data and host stay the same.
 *
 * @param method of the estimate; at strength 0 the free phase alone
 * @param planner makes the plan that belongs to a method
 * @param unthresholded makes the same without the requested threshold; null if none was requested
 * @param changes made to that plan
 * @param budget of the run
 */
public record Setting(
        Method method,
        Planner planner,
        Planner unthresholded,
        UnaryOperator<RunPlan> changes,
        Budget budget) {
    /** Makes the plan of a run, as the command that asks for advice would. */
    @FunctionalInterface
    public interface Planner {
        /**
         * {@return the plan for a method}
         *
         * @param method whose plan is made
         */
        RunPlan plan(Method method);
    }

    /**
     * {@return the setting of a run as requested, without changes}
     *
     * @param method of the estimate; at strength 0 the free phase alone
     * @param planner makes the plan that belongs to a method
     * @param budget of the run
     */
    public static Setting of(Method method, Planner planner, Budget budget) {
        return new Setting(method, planner, null, UnaryOperator.identity(), budget);
    }

    /**
     * {@return the same, of a run whose threshold was requested}
     *
     * @param value makes the plan that belongs to a method without that threshold
     */
    public Setting orUnthresholded(Planner value) {
        return new Setting(method, planner, value, changes, budget);
    }

    /** The same without the requested threshold. */
    Setting withoutThreshold() {
        return new Setting(method, unthresholded, null, changes, budget);
    }

    /** {@return the plan in force} */
    public RunPlan plan() {
        return changes.apply(planner.plan(method));
    }

    Setting with(Method other) {
        return new Setting(other, planner, unthresholded, changes, budget);
    }

    Setting withAlgorithm(Algorithm value) {
        return with(method.withAlgorithm(value));
    }

    Setting withStrength(double value) {
        return with(method.withStrength(value));
    }

    Setting changed(UnaryOperator<RunPlan> change) {
        return new Setting(
                method, planner, unthresholded, p -> change.apply(changes.apply(p)), budget);
    }

    Setting withBudget(Budget value) {
        return new Setting(method, planner, unthresholded, changes, value);
    }
}
