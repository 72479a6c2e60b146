package org.relaxon.experiments.reproduction.published;

/**
 * Rounds in which a layer fires if the root mean square of dE/dz_i, E the mean over the batch, is
 * above a threshold at the begin of the round; the last hidden layer fires in the first round in
 * any case. Layers that fire move one after another from the output to the input, each with its own
 * multiplier. It ends when no layer fires.
 */
public final class TriggeredProgram {
    private static final int ROUNDS_MAX = 32;

    private final ExplicitState state;
    private final double threshold;

    /**
     * Begins at the forward pass.
     *
     * @param problem network and batch
     * @param eta step of states per example
     * @param threshold of the root mean square; negative: all layers always fire
     */
    public TriggeredProgram(ResidualProblem problem, double eta, double threshold) {
        this.state = new ExplicitState(problem, eta);
        this.threshold = threshold;
    }

    ExplicitState state() {
        return state;
    }

    /**
     * Runs at most 32 rounds.
     *
     * @return where it ended
     */
    public Outcome run() {
        long fired = 0;
        long now = 1;
        for (int round = 0; round < ROUNDS_MAX && now > 0; round++) {
            now = round(round == 0);
            fired += now;
        }
        return new Outcome(Alignment.of(state), (double) fired / state.last(), Double.NaN);
    }

    /** The number of layers that fired. */
    long round(boolean first) {
        boolean[] fires = new boolean[state.last() + 1];
        for (int i = 1; i < fires.length; i++) {
            fires[i] = size(state.gradient(i, state.fresh(i))) > threshold;
        }
        fires[state.last()] |= first;
        long count = 0;
        for (int i = state.last(); i > 0; i--) {
            if (fires[i]) {
                state.move(i, state.gradient(i, state.fresh(i)));
                state.ascend(i, state.states()[i - 1]);
                count++;
            }
        }
        return count;
    }

    /** Root mean square of the gradient of the mean over the batch. */
    private double size(double[] gradient) {
        return Alignment.norm(gradient)
                / Math.sqrt((double) gradient.length)
                / state.problem().columns();
    }
}
