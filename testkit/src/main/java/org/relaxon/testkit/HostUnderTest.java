package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;

/** The host that contracts are tested on, and what it can do. */
public interface HostUnderTest {
    /**
     * The largest distance from a reference, relative, at the threshold of {@link #plan()}: delays
     * and granularities differ by 8e-13.
     */
    double SAME = 1e-11;

    /** No limit on messages or time. */
    Budget ENDLESS = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 1 << 30);

    /** Bounded by its work alone, so that a slow machine has the time that it takes. */
    Budget AMPLE = Budget.DEFAULT.withNanos(Long.MAX_VALUE);

    /** {@return the host that all tests of a class share} */
    Host host();

    /** {@return another host of the same kind; the caller closes it} */
    Host newHost();

    /** {@return the delay models that this host can run, as text} */
    default List<String> delays() {
        return keepsTime()
                ? List.of(
                        "none",
                        "constant:100us",
                        "uniform:0us,200us",
                        "exponential:100us",
                        "pareto:50us,1.5")
                : List.of("none");
    }

    /** {@return false if the host has no notion of time} */
    default boolean keepsTime() {
        return true;
    }

    /**
     * {@return false if the host compares its budgets with its counts only now and then, so that a
     * settling ends beyond them}
     */
    default boolean keepsBudgetsExactly() {
        return true;
    }

    /** {@return every granularity with every delay, as text} */
    default Stream<Arguments> ways() {
        return Stream.of("layer", "block:3", "neuron")
                .flatMap(g -> delays().stream().map(d -> Arguments.of(g, d)));
    }

    /**
     * {@return what a failure of this host names}
     *
     * @param problem network and examples
     * @param more further circumstances
     */
    default String context(Problem problem, Object... more) {
        return "host %s, %s, %s".formatted(host().optionName(), problem, Arrays.toString(more));
    }

    /**
     * Compares a state of predictive coding with an independent solution of the same equations.
     *
     * @param problem network and examples
     * @param phase phase that settled
     * @param settled its verdict
     */
    default void requireReference(Problem problem, Phase phase, Settled settled) {
        double distance =
                LayerSweeps.solve(problem.network(), false, phase).distance(settled.equilibrium());
        assertTrue(distance <= SAME, context(problem) + ": off by " + distance);
    }

    /**
     * {@return the plan of the contracts, with a threshold of 1e-13}
     *
     * @param rule rule of the cells
     */
    static RunPlan plan(Rule rule) {
        return RunPlan.of(rule).withThreshold(1e-13);
    }

    /** {@return the same with predictive coding} */
    static RunPlan plan() {
        return plan(new PredictiveCoding());
    }

    /**
     * Waits for a latch.
     *
     * @param latch what another thread opens
     */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
