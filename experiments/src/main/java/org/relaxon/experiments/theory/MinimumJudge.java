package org.relaxon.experiments.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.relaxon.experiments.claims.References;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.MinimumTest;
import org.relaxon.experiments.reference.StationaryPoint;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;

/**
 * Judges whether settled columns rest at minima of their energy: the audit finds only that the
 * energy is stationary, which is also true at a saddle. Each phase of an estimate is judged, column
 * by column, by {@link StationaryPoint}.
 *
 * @param estimate the judged estimate; not settled because of a saddle if there is one
 * @param minima columns that rest at a minimum
 * @param saddles columns that do not
 * @param unknown columns for which this cannot be determined
 * @param why the reason for the first of these; empty if there are none
 * @param unjudged settled columns outside this judgement: of phases that do not end at a minimum by
 *     their nature, and of rules whose energy is unknown
 * @param whyUnjudged the reason for the first of these; empty if there are none
 */
public record MinimumJudge(
        GradientEstimate estimate,
        int minima,
        int saddles,
        int unknown,
        String why,
        int unjudged,
        String whyUnjudged) {

    private static final String STOPPED = "stopped";

    /**
     * Judges all phases of an estimate. Columns that did not settle are left unchanged, and so are
     * phases that do not end at a minimum by their nature: dataflow, complex nudges, negative
     * feedback gains and dual propagation. Columns for which {@link Effort#CURVATURE} does not
     * suffice are unknown.
     *
     * @param rule of the cells that settled
     * @param problem network and batch
     * @param estimate whose phases settled or not
     * @param tolerance of the audit
     * @param stop polled before each column and during its test
     * @return the findings, over all columns
     */
    public static MinimumJudge of(
            Rule rule,
            Problem problem,
            GradientEstimate estimate,
            double tolerance,
            BooleanSupplier stop) {
        return of(rule, problem, estimate, tolerance, stop, c -> true);
    }

    /**
     * Judges one example of the batch in all its columns.
     *
     * @param rule of the cells that settled
     * @param problem network and batch
     * @param estimate whose phases settled or not
     * @param tolerance of the audit
     * @param example position in the batch, from 0
     * @return the findings, over the columns of that example
     */
    public static MinimumJudge ofExample(
            Rule rule, Problem problem, GradientEstimate estimate, double tolerance, int example) {
        int examples = problem.examples();
        return of(rule, problem, estimate, tolerance, () -> false, c -> c % examples == example);
    }

    private static MinimumJudge of(
            Rule rule,
            Problem problem,
            GradientEstimate estimate,
            double tolerance,
            BooleanSupplier stop,
            IntPredicate drawn) {
        boolean energy = problem.network().noEnergy().isEmpty();
        Optional<Problem> dense = energy ? problem.dense() : Optional.of(problem);
        return Effort.within(
                Effort.CURVATURE,
                () ->
                        judged(
                                rule,
                                dense.orElse(problem),
                                estimate,
                                tolerance,
                                stop,
                                new Tally(drawn)));
    }

    private static MinimumJudge judged(
            Rule rule,
            Problem problem,
            GradientEstimate estimate,
            double tolerance,
            BooleanSupplier stop,
            Tally tally) {
        Settlement free = estimate.free();
        Settled anchor = free instanceof Settled done ? done : null;
        if (anchor != null) {
            free = judge(rule, problem, anchor, null, tolerance, stop, tally);
            if (free instanceof NotSettled) {
                return tally.of(new GradientEstimate(free, free, null, estimate.report()));
            }
        }
        if (estimate.verdict() instanceof Completed wave) {
            wave.columns().stream()
                    .filter(v -> v.settled() && tally.asks(v.column()))
                    .forEach(v -> tally.leaveOut("a wave does not rest at a minimum"));
        }
        if (!(estimate.verdict() instanceof Settled nudged) || nudged == anchor) {
            return tally.of(estimate);
        }
        Settlement verdict = judge(rule, problem, nudged, anchor, tolerance, stop, tally);
        return tally.of(
                verdict == nudged
                        ? estimate
                        : new GradientEstimate(free, verdict, null, estimate.report()));
    }

    private static final class Tally {
        private final IntPredicate drawn;
        private int minima;
        private int saddles;
        private int unknown;
        private String why = "";
        private int unjudged;
        private String whyUnjudged = "";

        Tally(IntPredicate drawn) {
            this.drawn = drawn;
        }

        /** True if a column is to be judged. */
        boolean asks(int column) {
            return drawn.test(column);
        }

        void add(MinimumTest test) {
            switch (test.outcome()) {
                case MINIMUM -> minima++;
                case SADDLE -> saddles++;
                case UNKNOWN -> {
                    unknown++;
                    why = why.isEmpty() ? test.why() : why;
                }
            }
        }

        void leaveOut(String reason) {
            unjudged++;
            whyUnjudged = whyUnjudged.isEmpty() ? reason : whyUnjudged;
        }

        MinimumJudge of(GradientEstimate estimate) {
            return new MinimumJudge(estimate, minima, saddles, unknown, why, unjudged, whyUnjudged);
        }
    }

    private static Settlement judge(
            Rule rule,
            Problem problem,
            Settled state,
            Settled anchor,
            double tolerance,
            BooleanSupplier stop,
            Tally tally) {
        List<ColumnVerdict> columns = new ArrayList<>();
        String first = null;
        for (ColumnVerdict v : state.columns()) {
            int c = v.column();
            Phase phase = state.equilibrium().phase();
            String outside =
                    v.settled() && tally.asks(c) ? outside(rule, problem.network(), phase, c) : "";
            if (!v.settled() || !tally.asks(c) || !outside.isEmpty()) {
                columns.add(v);
                if (!outside.isEmpty()) {
                    tally.leaveOut(outside);
                }
                continue;
            }
            MinimumTest test =
                    within(stop, () -> column(rule, problem, state, anchor, c, tolerance));
            tally.add(test);
            if (test.outcome() != MinimumTest.Outcome.SADDLE) {
                columns.add(v);
                continue;
            }
            String detail = "column %d: %s".formatted(c, test.descent());
            first = first == null ? detail : first;
            columns.add(new ColumnVerdict(c, v.residual(), Reason.SADDLE, detail));
        }
        return first == null
                ? state
                : new NotSettled(
                        Reason.SADDLE,
                        state.residual(),
                        first,
                        List.of(),
                        List.of(),
                        columns,
                        Optional.empty());
    }

    /** A test under the effort that one judgement has for all its columns. */
    private static MinimumTest within(BooleanSupplier stop, Supplier<MinimumTest> test) {
        if (stop.getAsBoolean()) {
            return MinimumTest.unknown(STOPPED);
        }
        try {
            return Effort.until(stop, test);
        } catch (GaveUpException e) {
            return MinimumTest.unknown(e.asked() ? STOPPED : e.getMessage());
        }
    }

    /** {@return the findings in words; empty if there was nothing to judge} */
    public String text() {
        int judged = minima + saddles + unknown;
        String left =
                unjudged == 0
                        ? ""
                        : "%d %s not judged: %s"
                                .formatted(
                                        unjudged,
                                        unjudged == 1 ? "column" : "columns",
                                        whyUnjudged);
        if (judged == 0) {
            return left;
        }
        String counts =
                saddles > 0
                        ? "%d of %d columns judged rest at saddles".formatted(saddles, judged)
                        : "%d of %d columns judged rest at minima".formatted(minima, judged);
        String text =
                unknown == 0
                        ? counts
                        : counts + ", for %d this cannot be determined: %s".formatted(unknown, why);
        return left.isEmpty() ? text : text + "; " + left;
    }

    /**
     * Why a column of such a phase is outside this judgement; empty if it is not. The energy of a
     * rule may be unknown.
     */
    private static String outside(Rule rule, Network network, Phase phase, int column) {
        boolean nudged = phase.beta(column) != 0.0 || phase.imaginary(column) != 0.0;
        StatedEnergy energy = rule.energy();
        if (!network.noEnergy().isEmpty()) {
            return network.noEnergy();
        }
        if (!phase.clamps().isEmpty()) {
            return "held neurons (" + phase.clamps() + ") are not known to this judgement";
        }
        if (energy.kind() == Kind.PAIR_OF_STATES) {
            return "a pair of states is not a minimum of one energy";
        }
        if (energy.kind() == Kind.OWN) {
            return "the second derivatives of the energy of "
                    + rule.optionName()
                    + " are not known";
        }
        if (phase.isComplex() && nudged) {
            return "a complex nudge has no minimum";
        }
        return phase.gamma(column) > 0.0 ? "" : "a feedback gain that is not above 0 has no energy";
    }

    private static MinimumTest column(
            Rule rule,
            Problem problem,
            Settled state,
            Settled anchor,
            int column,
            double tolerance) {
        if (!problem.isDense()) {
            return MinimumTest.unknown("its matrices would be too large");
        }
        Network network = problem.network();
        Parameters theta = network.parameters();
        Phase phase = state.equilibrium().phase();
        double[][] x = activities(problem, state, anchor, column);
        StationaryPoint point = new StationaryPoint(network, theta, x, tolerance);
        double beta = phase.beta(column);
        double[] aim = problem.target().columnValues(column % problem.examples());
        if (rule.energy().kind() == Kind.TERM) {
            return point.ofTerms(p -> rule.energy().term(), beta, aim);
        }
        if (rule.energy().isHopfield()) {
            boolean held = phase.output() == Phase.Output.DISPLACED;
            return point.ofHopfield(phase.gamma(column), beta, held, aim);
        }
        boolean young = rule.energy().kind() == Kind.FENCHEL_YOUNG_DIVERGENCE;
        Divergence divergence = young ? Divergence.FENCHEL_YOUNG : Divergence.SQUARED_DISTANCE;
        double[] precisions = References.precisions(rule, network);
        boolean clamped = phase.output() == Phase.Output.CLAMPED;
        double strength = clamped ? Double.POSITIVE_INFINITY : beta;
        if (point.isStationary(divergence, precisions, strength, aim, 0.0)) {
            return point.ofDivergence(divergence, precisions, strength, aim);
        }
        double residual = state.columns().get(column).residual();
        if (problem.precision() == Kernels.Precision.FLOAT) {
            return MinimumTest.unknown(
                    "products in single precision round more than a test of the minimum allows");
        }
        return MinimumTest.unknown(
                point.isStationary(divergence, precisions, strength, aim, residual)
                        ? "signals are too coarse: cells rest up to %.1e from their minima, as far as the errors to be judged are large"
                                .formatted(residual)
                        : "the state is not stationary for the energy that "
                                + rule.optionName()
                                + " states: energy() does not match what it computes");
    }

    /** Real activities, the free state added if the phase held differences from it. */
    private static double[][] activities(
            Problem problem, Settled state, Settled anchor, int column) {
        Equilibrium at = state.equilibrium();
        double[][] x = new double[at.populations()][];
        for (int p = 0; p < x.length; p++) {
            if (problem.network().population(p).role() == Population.Role.INPUT) {
                double[] input = problem.input().columnValues(column % problem.examples());
                x[p] = problem.network().rowsOf(input, 1, p);
                continue;
            }
            x[p] = at.activity(p).columnValues(column);
            if (at.phase().differences()) {
                Matrix from = anchor.equilibrium().activity(p);
                double[] base = from.columnValues(column % anchor.equilibrium().phase().columns());
                for (int i = 0; i < x[p].length; i++) {
                    x[p][i] += base[i];
                }
            }
        }
        return x;
    }
}
