package org.relaxon.experiments.reproduction.published;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.relaxon.experiments.reproduction.published.ExplicitState.Reads;
import org.relaxon.model.math.CounterRandom;

/** The published program: events in the order of a schedule, and the front of the multipliers. */
public final class EventProgram {
    private static final double FRONT = 0.25; // share of the reference
    private static final double COVERED = 0.9; // of the hidden layers
    private static final int CHECKPOINTS = 16; // sweeps between them, as L over this number

    private static final long LAYER_STREAM = 1;
    private static final long STALENESS_STREAM = 2;
    private static final long RATE_STREAM = 3;

    private final ExplicitState state;
    private final PublishedSchedule schedule;
    private final long seed;
    private final int layers;
    private final int staleness;
    private final double[] cumulated; // rates
    private final Deque<double[][]> history = new ArrayDeque<>(); // newest first
    private final int[] permutation;
    private long events;
    private long drawn; // of layers

    /**
     * Begins at the forward pass.
     *
     * @param problem network and batch
     * @param eta step of states per example
     * @param schedule order of events
     * @param seed of the schedule
     */
    public EventProgram(
            ResidualProblem problem, double eta, PublishedSchedule schedule, long seed) {
        this(problem, eta, schedule, seed, schedule.staleness(problem.depth() - 1));
    }

    /** With another bound of the age of what is read, in events. */
    EventProgram(
            ResidualProblem problem,
            double eta,
            PublishedSchedule schedule,
            long seed,
            int staleness) {
        this.state = new ExplicitState(problem, eta);
        this.schedule = schedule;
        this.seed = seed;
        this.layers = state.last();
        this.staleness = staleness;
        this.cumulated = rates(layers, schedule.spread(), seed);
        this.permutation = new int[layers];
        history.add(state.states());
    }

    ExplicitState state() {
        return state;
    }

    private static double[] rates(int layers, double spread, long seed) {
        double[] sums = new double[layers];
        double sum = 0.0;
        for (int i = 0; i < layers; i++) {
            sum += StrictMath.exp(spread * CounterRandom.normal(seed, RATE_STREAM, i));
            sums[i] = sum;
        }
        return sums;
    }

    /**
     * Norms of the multipliers after 4 L synchronous sweeps: the published reference of the front,
     * which has not converged.
     *
     * @param problem network and batch
     * @param eta step of states per example
     */
    static double[] reference(ResidualProblem problem, double eta) {
        EventProgram program = new EventProgram(problem, eta, PublishedSchedule.SYNCHRONOUS, 0);
        for (int sweep = 0; sweep < 4 * problem.depth(); sweep++) {
            program.sweep();
        }
        return program.state.dualNorms();
    }

    /**
     * Runs 2 L sweeps.
     *
     * @return where it ended
     */
    public Outcome run() {
        ResidualProblem problem = state.problem();
        double[] reference = problem.reference(state.eta());
        int sweeps = 2 * problem.depth();
        int between = Math.max(1, problem.depth() / CHECKPOINTS);
        double reached = Double.NaN;
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            sweep();
            boolean measured = sweep % between == 0 || sweep == sweeps;
            if (Double.isNaN(reached)
                    && measured
                    && front(state.dualNorms(), reference) >= Math.ceil(COVERED * layers)) {
                reached = sweep;
            }
        }
        return new Outcome(Alignment.of(state), sweeps, reached);
    }

    /** Hidden layers from the output on whose multipliers have their share of the reference. */
    static int front(double[] norms, double[] reference) {
        int layer = norms.length - 1;
        while (layer > 0 && norms[layer] >= FRONT * reference[layer]) {
            layer--;
        }
        return norms.length - 1 - layer;
    }

    /** As many events as there are hidden layers, then all multipliers unless they are local. */
    void sweep() {
        if (schedule.order() == PublishedSchedule.Order.ALL) {
            all();
        } else {
            for (int k = 0; k < layers; k++) {
                event(next(k));
            }
        }
        if (!schedule.isLocal()) {
            state.ascendAll();
        }
    }

    private void all() {
        double[][] gradients = new double[layers + 1][];
        for (int i = 1; i <= layers; i++) {
            gradients[i] = state.gradient(i, state.fresh(i));
        }
        for (int i = 1; i <= layers; i++) {
            state.move(i, gradients[i]);
        }
    }

    /** The layer of the k-th event of a sweep, from 1. */
    int next(int k) {
        if (schedule.order() == PublishedSchedule.Order.PERMUTATION) {
            if (k == 0) {
                shuffle();
            }
            return permutation[k];
        }
        double u = draw() * cumulated[layers - 1];
        int layer = 0;
        while (layer < layers - 1 && u >= cumulated[layer]) {
            layer++;
        }
        return layer + 1;
    }

    private void shuffle() {
        for (int k = 0; k < layers; k++) {
            permutation[k] = k + 1;
        }
        for (int k = layers - 1; k > 0; k--) {
            int other = (int) (draw() * (k + 1));
            int kept = permutation[k];
            permutation[k] = permutation[other];
            permutation[other] = kept;
        }
    }

    private double draw() {
        return CounterRandom.uniform(seed, LAYER_STREAM, drawn++);
    }

    /** One layer moves, and its multiplier if that is its own. */
    void event(int layer) {
        Reads now = state.fresh(layer);
        Reads seen = now;
        if (staleness > 0) {
            double u = CounterRandom.uniform(seed, STALENESS_STREAM, events);
            int age = (int) (u * (staleness + 1));
            double[][] old = version((int) Math.min(age, events));
            Reads states = ExplicitState.reads(layer, old, state.duals());
            seen = new Reads(states.below(), states.above(), now.own(), now.next());
        }
        state.move(layer, state.gradient(layer, seen));
        if (schedule.isLocal()) {
            state.ascend(layer, seen.below());
        }
        events++;
        history.addFirst(state.states());
        if (history.size() > staleness + 1) {
            history.removeLast();
        }
    }

    /** The states as they were some events ago. */
    private double[][] version(int age) {
        Iterator<double[][]> at = history.iterator();
        double[][] found = at.next();
        for (int k = 0; k < age; k++) {
            found = at.next();
        }
        return found;
    }
}
