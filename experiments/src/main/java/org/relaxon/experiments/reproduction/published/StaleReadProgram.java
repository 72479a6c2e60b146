package org.relaxon.experiments.reproduction.published;

import java.util.ArrayDeque;
import java.util.Deque;
import org.relaxon.experiments.reproduction.published.ExplicitState.Reads;
import org.relaxon.model.math.CounterRandom;

/**
 * Layers drawn evenly, each with its own multiplier, where one of the values that they read is as
 * old as one sweep: the published question which of the reads may be stale.
 */
public final class StaleReadProgram {
    private final ExplicitState state;
    private final StaleRead stale;
    private final long seed;
    private final Deque<Version> versions = new ArrayDeque<>(); // oldest first
    private long events;

    private record Version(double[][] states, double[][] duals) {}

    /**
     * Begins at the forward pass.
     *
     * @param problem network and batch
     * @param eta step of states per example
     * @param stale which read is old
     * @param seed of the order of events
     */
    public StaleReadProgram(ResidualProblem problem, double eta, StaleRead stale, long seed) {
        this.state = new ExplicitState(problem, eta);
        this.stale = stale;
        this.seed = seed;
        remember();
    }

    ExplicitState state() {
        return state;
    }

    /**
     * Runs 2 L sweeps.
     *
     * @return where it ended
     */
    public Outcome run() {
        int sweeps = 2 * state.problem().depth();
        for (int k = 0; k < sweeps * state.last(); k++) {
            event();
        }
        return new Outcome(Alignment.of(state), sweeps, Double.NaN);
    }

    void event() {
        int layer = 1 + (int) (CounterRandom.uniform(seed, 1, events++) * state.last());
        Version oldest = versions.getFirst();
        Reads old = ExplicitState.reads(layer, oldest.states(), oldest.duals());
        Reads seen = stale.of(state.fresh(layer), old);
        state.move(layer, state.gradient(layer, seen));
        state.ascend(layer, seen.below());
        remember();
    }

    private void remember() {
        versions.addLast(new Version(state.states(), state.duals()));
        if (versions.size() > state.last() + 1) {
            versions.removeFirst();
        }
    }
}
