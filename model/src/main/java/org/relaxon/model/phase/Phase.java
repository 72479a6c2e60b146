package org.relaxon.model.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;

/**
 * The conditions imposed on the network during one settling: the clamped input, the target, how it
 * acts on the output, and the nudging strength and feedback gain of every column. Immutable; the
 * arrays must not be written to once handed over.
 *
 * <p>A column is one example under one beta (and one gamma): +beta, -beta and the roots of
 * holomorphic equilibrium propagation settle side by side.
 */
public final class Phase {
    /** How the target acts on the output. */
    public enum Output {
        /** Beta times the loss is added to the energy. */
        NUDGED,
        /** The output is held at its free value moved by -beta dLoss/dx; needs a start. */
        DISPLACED,
        /** The output is held at the target; every beta is 1. */
        CLAMPED
    }

    private final Matrix input;
    private final Matrix target;
    private final Output output;
    private final double[] beta;
    private final double[] imaginary; // null: every beta is real
    private final double[] gamma; // null: 1 everywhere
    private final String start;
    private final boolean differences;
    private final List<Clamp> clamps; // beside the input

    private Phase(
            Matrix input,
            Matrix target,
            Output output,
            double[] beta,
            double[] imaginary,
            double[] gamma,
            String start,
            boolean differences,
            List<Clamp> clamps) {
        this.input = input;
        this.target = target;
        this.output = output;
        this.beta = beta;
        this.imaginary = imaginary;
        this.gamma = gamma;
        this.start = start;
        this.differences = differences;
        this.clamps = clamps;
    }

    /**
     * {@return the free phase, with beta = 0 in every column of {@code input}}
     *
     * @param input clamped input, shape (n_0, columns)
     */
    public static Phase free(Matrix input) {
        return nudged(input, null, 0.0);
    }

    /**
     * {@return a nudged phase with one beta for all columns}
     *
     * @param input clamped input, shape (n_0, columns)
     * @param target target, shape (n_L, columns); null only if beta is 0
     * @param beta nudging strength, dimensionless
     */
    public static Phase nudged(Matrix input, Matrix target, double beta) {
        double[] all = new double[input.columns()];
        Arrays.fill(all, beta);
        return nudged(input, target, all);
    }

    /**
     * {@return a nudged phase with one beta per column}
     *
     * @param input clamped input, shape (n_0, columns)
     * @param target target, shape (n_L, columns); null only if every beta is 0
     * @param beta nudging strength per column, dimensionless; copied
     */
    public static Phase nudged(Matrix input, Matrix target, double[] beta) {
        return new Phase(
                input, target, Output.NUDGED, beta.clone(), null, null, null, false, List.of());
    }

    /**
     * {@return a phase in which the output is held at the target (beta 1 in every column)}
     *
     * @param input clamped input, shape (n_0, columns)
     * @param target values of the output, shape (n_L, columns)
     */
    public static Phase clamped(Matrix input, Matrix target) {
        double[] ones = new double[input.columns()];
        Arrays.fill(ones, 1.0);
        return new Phase(input, target, Output.CLAMPED, ones, null, null, null, false, List.of());
    }

    /**
     * {@return the columns of several phases as those of one} The target acts in the same way in
     * all of them, with real strengths; the start is that of the first.
     *
     * @param phases at least one
     * @throws IllegalArgumentException if the target acts in different ways
     */
    public static Phase sideBySide(List<Phase> phases) {
        Phase first = phases.get(0);
        for (Phase one : phases) {
            if (!one.clamps.isEmpty()) {
                throw new IllegalArgumentException(
                        "clamp: phases with held neurons do not stand side by side: " + one.clamps);
            }
            if (one.output != first.output
                    || one.differences != first.differences
                    || one.isComplex()
                    || (one.target == null) != (first.target == null)) {
                throw new IllegalArgumentException(
                        "output: columns of a phase whose target acts as %s cannot stand beside %s"
                                .formatted(first.output, one.output));
            }
        }
        Matrix target =
                first.target == null
                        ? null
                        : Matrix.sideBySide(phases.stream().map(Phase::target).toList(), 1);
        double[] gains =
                phases.stream()
                        .flatMapToDouble(p -> IntStream.range(0, p.columns()).mapToDouble(p::gamma))
                        .toArray();
        return new Phase(
                Matrix.sideBySide(phases.stream().map(Phase::input).toList(), 1),
                target,
                first.output,
                phases.stream().flatMapToDouble(p -> Arrays.stream(p.beta)).toArray(),
                null,
                gains,
                first.start,
                first.differences,
                List.of());
    }

    /**
     * {@return the same phase with complex nudging strengths: {@code parts} are added as imaginary
     * parts}
     *
     * @param parts imaginary part of the nudging strength per column; copied
     */
    public Phase withImaginary(double[] parts) {
        requireColumns("beta", parts);
        return with(output, parts.clone(), gamma, start, differences, clamps);
    }

    /**
     * {@return the same phase with one feedback gain per column}
     *
     * @param gains feedback gain per column, dimensionless; copied
     */
    public Phase withGamma(double[] gains) {
        requireColumns("gamma", gains);
        return with(output, imaginary, gains.clone(), start, differences, clamps);
    }

    /** {@return the same phase with the output held near its free value instead of nudged} */
    public Phase displaced() {
        return with(Output.DISPLACED, imaginary, gamma, start, differences, clamps);
    }

    /**
     * {@return the same phase, started from a saved state} If this phase has k times the columns of
     * that state, column c starts from column c mod columns / k.
     *
     * @param snapshot name under which the session saved the state
     */
    public Phase startingFrom(String snapshot) {
        return with(output, imaginary, gamma, snapshot, false, clamps);
    }

    /**
     * {@return the same phase, in which cells hold and send their <em>difference</em> from a saved
     * state, so that nothing of the size of beta is lost in a subtraction}
     *
     * @param snapshot name under which the session saved the state
     */
    public Phase differencesFrom(String snapshot) {
        return with(output, imaginary, gamma, snapshot, true, clamps);
    }

    /**
     * {@return the same phase, in which neurons of hidden or output populations are held at values
     * beside the input} Without a nudge the update of such a phase has strength 1: it is the
     * derivative of the least energy with these neurons held. With a nudge the update of a
     * divergence contains that derivative divided by beta.
     *
     * @param population name of the population, which the phase does not hold yet
     * @param values activities, shape (n, columns); rows that are not held are not read
     * @param held whether each neuron is held, length n; empty for all
     */
    public Phase clamping(String population, Matrix values, boolean... held) {
        List<Clamp> all = new ArrayList<>(clamps);
        all.add(new Clamp(population, values, held));
        return with(output, imaginary, gamma, start, differences, List.copyOf(all));
    }

    /** A phase with the same input, target and strengths. */
    private Phase with(
            Output acts,
            double[] parts,
            double[] gains,
            String from,
            boolean asDifferences,
            List<Clamp> held) {
        return new Phase(input, target, acts, beta, parts, gains, from, asDifferences, held);
    }

    /**
     * Refuses a phase that does not fit {@code network}: wrong shapes, values that are not finite,
     * a nudging strength outside the range of the loss.
     *
     * @param network network to impose this phase on
     * @throws IllegalArgumentException naming field, value and allowed range
     */
    public void validate(Network network) {
        requireShape("input", input, network.inputSize(), beta.length);
        if (target != null) {
            requireShape("target", target, network.outputSize(), beta.length);
        }
        if (beta.length == 0) {
            throw new IllegalArgumentException("input: need at least one column, got 0");
        }
        for (double b : beta) {
            if (!network.loss().accepts(b)) {
                throw new IllegalArgumentException(
                        "beta: %s must be %s".formatted(b, network.loss().betaRange()));
            }
            if (b != 0.0 && target == null) {
                throw new IllegalArgumentException("target: a nudged phase needs one");
            }
        }
        requireFinite("beta", imaginary);
        requireFinite("gamma", gamma);
        if (!hasUnitGain()) {
            network.requireLayered("gamma"); // gamma^(l-L) needs one height per layer
        }
        if (output == Output.DISPLACED && start == null) {
            throw new IllegalArgumentException("start: a displaced output needs its free state");
        }
        Clamp.validate(clamps, network, columns(), Arrays.stream(beta).anyMatch(b -> b != 0.0));
    }

    private static void requireFinite(String name, double[] values) {
        for (int c = 0; values != null && c < values.length; c++) {
            if (!Double.isFinite(values[c])) {
                throw new IllegalArgumentException(
                        "%s: %s of column %d must be finite".formatted(name, values[c], c));
            }
        }
    }

    private void requireColumns(String name, double[] values) {
        if (values.length != beta.length) {
            throw new IllegalArgumentException(
                    "%s: got %d values for %d columns".formatted(name, values.length, beta.length));
        }
    }

    /** {@return the clamped input, shape (n_0, columns)} */
    public Matrix input() {
        return input;
    }

    /** {@return the target, shape (n_L, columns); null in a free phase} */
    public Matrix target() {
        return target;
    }

    /** {@return for display, how many neurons of which populations are held beside the input} */
    public List<String> clamps() {
        return clamps.stream().map(Clamp::toString).toList();
    }

    /**
     * {@return values of held neurons, flat (to - from, columns), NaN for those that settle; null
     * if all of the population settle}
     *
     * @param population name of the population
     * @param from first neuron
     * @param to neuron after the last
     */
    public double[] held(String population, int from, int to) {
        return Clamp.values(clamps, population, from, to);
    }

    /**
     * {@return the number by which the update of a column is divided: beta, or 1 where neurons are
     * held and nothing is nudged}
     *
     * @param column index of the column, from 0
     */
    public double strength(int column) {
        boolean none = beta[column] == 0.0 && imaginary(column) == 0.0;
        return none && !clamps.isEmpty() ? 1.0 : beta[column];
    }

    /** {@return the number of columns} */
    public int columns() {
        return beta.length;
    }

    /** {@return how the target acts on the output} */
    public Output output() {
        return output;
    }

    /**
     * {@return the nudging strength of one column, dimensionless; its real part}
     *
     * @param column index of the column, from 0
     */
    public double beta(int column) {
        return beta[column];
    }

    /**
     * {@return the imaginary part of the nudging strength of one column; 0 if it is real}
     *
     * @param column index of the column, from 0
     */
    public double imaginary(int column) {
        return imaginary == null ? 0.0 : imaginary[column];
    }

    /** {@return true if the feedback gain is 1 in every column} */
    public boolean hasUnitGain() {
        return IntStream.range(0, columns()).allMatch(c -> gamma(c) == 1.0);
    }

    /** {@return whether the nudging strength of some column is not real} */
    public boolean isComplex() {
        return imaginary != null;
    }

    /**
     * {@return |beta| of one column, at most 1, and 1 in a free one: the unit in which its errors
     * are measured} A strong nudge moves activities by their distance from the target, not by beta.
     *
     * @param column index of the column, from 0
     */
    public double magnitude(int column) {
        double size =
                imaginary == null
                        ? Math.abs(beta[column])
                        : Math.hypot(beta[column], imaginary[column]);
        return size == 0.0 ? 1.0 : Math.min(1.0, size);
    }

    /**
     * {@return the gain of all feedback in one column, dimensionless}
     *
     * @param column index of the column, from 0
     */
    public double gamma(int column) {
        return gamma == null ? 1.0 : gamma[column];
    }

    /** {@return whether cells hold differences from the saved state instead of absolute values} */
    public boolean differences() {
        return differences;
    }

    /** {@return a copy of the nudging strengths of all columns} */
    public double[] betas() {
        return beta.clone();
    }

    /** {@return the name of the saved state to start from, or null for a start at rest (zeros)} */
    public String start() {
        return start;
    }

    private static void requireShape(String name, Matrix m, int rows, int columns) {
        if (m.rows() != rows || m.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s has shape (%d, %d), the network needs (%d, %d)"
                            .formatted(name, m.rows(), m.columns(), rows, columns));
        }
        int[] bad = m.firstNonFinite();
        if (bad != null) {
            throw new IllegalArgumentException(
                    "%s[%d, %d] is %s; it must be finite"
                            .formatted(name, bad[0], bad[1], m.get(bad[0], bad[1])));
        }
    }
}
