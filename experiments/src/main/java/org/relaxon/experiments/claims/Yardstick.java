package org.relaxon.experiments.claims;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.GeneralisedGradient;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.GradientEstimate;

/**
 * The standard for one claim on one problem: the reference gradient, and the relative error due to
 * a finite strength. Where both depend on the free equilibrium that was reached, they are computed
 * for it, and again if a later run reaches another one.
 */
public final class Yardstick {
    private final Claim claim;
    private final Problem problem;
    private final Parameters backprop;
    private final double strength;
    private final double farthest;
    private final Map<Double, Parameters> references = new HashMap<>(); // by strength
    private Matrix[] at; // the free equilibrium that they belong to; null if it is not used
    private ErrorWindows windows;
    private double predicted = Double.NaN;
    private String objection = "";
    private String unjudged = "";
    private int kinks = -1; // of the free state; negative: not counted yet
    private RoundingFloor rounding;

    /**
     * Makes a yardstick.
     *
     * @param claim what is claimed of the estimate
     * @param problem network and batch
     * @param backprop gradient of the feedforward network; null where projections close a cycle
     * @param strength at which the error has to lie in a window
     * @param farthest distance in one neuron that an equilibrium may be away from what was reached:
     *     more than the default where runs end coarsely
     */
    public Yardstick(
            Claim claim, Problem problem, Parameters backprop, double strength, double farthest) {
        this.claim = claim;
        this.problem = problem;
        this.backprop = backprop;
        this.strength = strength;
        this.farthest = farthest;
    }

    /** {@return what is claimed of the estimate} */
    public Claim claim() {
        return claim;
    }

    /**
     * {@return the gradient to compare with; NaN everywhere, with an {@link #objection}, if the
     * state reached is not the stated equilibrium or the reference cannot be computed}
     *
     * @param estimate that has an update
     * @param value beta or gamma of the estimate
     * @throws IllegalArgumentException if this reference is not defined for this algorithm
     */
    public Parameters reference(GradientEstimate estimate, double value) {
        Matrix[] free = freeState(estimate);
        if (!States.isSame(free, at)) {
            references.clear();
            windows = null;
            kinks = -1;
            at = free;
            objection = "";
            unjudged = "";
        }
        if (References.readsStates(claim, problem.network())) {
            objection = "";
            unjudged = "";
            Parameters own = compute(estimate, free, value);
            references.put(value, own);
            return own;
        }
        boolean anyStrength =
                claim.reference() != Reference.FINITE_DIFFERENCE
                        && claim.reference() != Reference.LINEAR;
        Parameters found =
                references.computeIfAbsent(
                        anyStrength ? 0.0 : value, key -> compute(estimate, free, value));
        return atKink(free) == 0 ? found : generalised(estimate);
    }

    /** Units of the free state that stand on a kink, where the loss has no gradient. */
    private int atKink(Matrix[] free) {
        if (kinks < 0) {
            Network network = problem.dense().map(Problem::network).orElse(null);
            kinks =
                    network == null // too large to be looked for
                            ? 0
                            : free == null || isForwardPass(network)
                                    ? GeneralisedGradient.count(
                                            network, network.parameters(), problem.input())
                                    : GeneralisedGradient.count(
                                            network, network.parameters(), problem.input(), free);
        }
        return kinks;
    }

    /** Whether the kinks of the free state are looked for in the forward pass. */
    private boolean isForwardPass(Network network) {
        return energy().kind() != Kind.HOPFIELD && network.closing().isEmpty();
    }

    /** {@return units of the free state that stand on a kink; after {@link #reference}} */
    public int atKink() {
        return atKink(at);
    }

    /** The nearest element of the generalised gradient, if a reference computes that set. */
    private Parameters generalised(GradientEstimate estimate) {
        Network network = problem.network();
        if (claim.reference() != Reference.BACKPROP) {
            return nothing(
                    ("%d units of the free state stand on a kink, where the loss has"
                                    + " only a generalised gradient, which this reference does not"
                                    + " compute")
                            .formatted(kinks));
        }
        if (!problem.isDense()) {
            return nothing(
                    ("%d units of the free state stand on a kink; the element of the generalised"
                                    + " gradient is computed for all-to-all projections alone")
                            .formatted(kinks));
        }
        return guarded(
                () ->
                        GeneralisedGradient.nearest(
                                network,
                                network.parameters(),
                                problem.input(),
                                problem.target(),
                                estimate.update().gradient()));
    }

    private Parameters compute(GradientEstimate estimate, Matrix[] free, double value) {
        for (PhaseSpec phase : claim.algorithm().phases()) {
            for (PhaseSpec.Held held : phase.held()) {
                return nothing(
                        "phase %s holds population %s; no reference knows the gradient of such a network"
                                .formatted(phase.name(), held.population()));
            }
        }
        return guarded(
                () -> References.of(claim, problem, backprop, estimate, free, value, farthest));
    }

    /** A reference within its effort; if there is none, NaN everywhere with an objection. */
    private Parameters guarded(Supplier<Parameters> reference) {
        try {
            return Effort.within(Effort.REFERENCE, reference);
        } catch (UncertainReferenceException e) {
            return undecided(e.getMessage());
        } catch (NotAnEquilibriumException e) {
            return farthest > NotAnEquilibriumException.FARTHEST // of a coarse settling
                    ? undecided(e.getMessage() + "; leave out --threshold")
                    : nothing(e.getMessage());
        } catch (IllegalStateException e) {
            return undecided("there is no reference: " + e.getMessage());
        } catch (GaveUpException e) {
            if (e.asked()) {
                throw e;
            }
            return undecided("the reference " + e.getMessage());
        }
    }

    private Parameters undecided(String why) {
        Parameters nothing = nothing("");
        unjudged = why;
        return nothing;
    }

    private Parameters nothing(String why) {
        objection = why;
        Parameters nothing = problem.network().zeros();
        Sums.add(problem.network(), nothing, Double.NaN, nothing);
        return nothing;
    }

    /** {@return what rounding makes of the gradient, whatever the run} */
    public RoundingFloor rounding() {
        if (rounding == null) {
            rounding = findRounding();
        }
        return rounding;
    }

    private RoundingFloor findRounding() {
        try {
            return Effort.within(
                    Effort.REFERENCE, () -> RoundingFloor.of(claim.algorithm(), problem));
        } catch (GaveUpException e) {
            if (e.asked()) {
                throw e;
            }
            return RoundingFloor.UNKNOWN;
        }
    }

    /**
     * {@return the largest difference of estimate and reference that rounding explains, in the
     * Frobenius norm; amplified where a contrast subtracts} NaN if it is not known.
     *
     * @param value beta or gamma of the estimate
     * @param threshold of the signals, if it was chosen to show no more than rounding; else 0
     */
    public double floor(double value, double threshold) {
        int times = cancellations();
        double amplification = times == 0 ? 0.0 : 1.0 / StrictMath.pow(Math.min(1.0, value), times);
        return rounding().bound(threshold, amplification);
    }

    private StatedEnergy energy() {
        return claim.algorithm().rule().energy();
    }

    /** {@return how often rounding is divided by the strength} */
    public int cancellations() {
        int times = claim.cancellations(problem.network().depth());
        Rule rule = claim.algorithm().rule();
        boolean absolute = // moves activities, not errors, or subtracts two states
                rule.dynamics().judge(rule) != rule
                        || energy().kind() == Kind.PAIR_OF_STATES
                        || energy().kind() == Kind.TERM;
        return absolute && rounding().isIllConditioned() ? Math.max(1, times) : times;
    }

    /** {@return why the reference is too uncertain to judge by; empty if it is not} */
    public String unjudged() {
        return unjudged;
    }

    /** {@return why the references do not accept the state that was reached; empty if they do} */
    public String objection() {
        return objection;
    }

    /**
     * {@return where the relative errors have to lie at the asked strength; after {@link
     * #reference}}
     *
     * @param threshold of the signals, which adds to round-off
     * @param floor difference of estimate and reference that rounding explains
     */
    public ErrorWindows windows(double threshold, double floor) {
        if (windows == null) {
            predicted = Double.NaN;
            ErrorWindows plain =
                    claim.isExact()
                            ? ErrorWindows.exact(claim, problem.network(), judging())
                            : open(threshold);
            boolean ill = rounding().isIllConditioned();
            boolean floats = problem.precision() == Kernels.Precision.FLOAT && claim.isExact();
            double allowed = ill ? floor : floats ? floor(strength, 0.0) : 0.0;
            windows = ill || floats ? plain.widened(problem.network(), judging(), allowed) : plain;
        }
        return windows;
    }

    private Parameters judging() {
        return references.values().iterator().next();
    }

    private ErrorWindows open(double threshold) {
        Network network = problem.network();
        try {
            Optional<Predicted> ideal = Predicted.of(claim, strength, this::predict);
            if (ideal.isEmpty()) {
                return ErrorWindows.bounded(ErrorWindow.of(claim, strength, problem), network);
            }
            predicted = ideal.get().error();
            return ErrorWindows.around(
                    network,
                    ideal.get(),
                    own(),
                    noise(threshold, strength),
                    claim.algorithm().hasFreePhase());
        } catch (GaveUpException e) {
            if (e.asked()) {
                throw e;
            }
            objection = "the prediction " + e.getMessage();
            return ErrorWindows.NONE;
        } catch (IllegalStateException | NotAnEquilibriumException e) {
            objection = e.getMessage(); // no branch to predict on: no window either
            return ErrorWindows.NONE;
        }
    }

    /** The ideal estimate at a strength beside its limit; nothing where it is not predicted. */
    private Optional<GradientComparison> predict(double there) {
        return Effort.within(
                        Effort.REFERENCE, () -> Predictions.of(claim, problem, at, there, farthest))
                .map(ideal -> GradientComparison.of(problem.network(), ideal, own()));
    }

    /** The gradient that the algorithm converges to by theory, whatever it is compared with. */
    private Parameters own() {
        Claim natural = Claim.of(claim.algorithm(), claim.estimator(), null);
        return claim.reference() == natural.reference()
                ? references.get(0.0)
                : References.of(natural, problem, backprop, null, at, strength, farthest);
    }

    /**
     * {@return the relative error that the strength alone has to leave; 0 if that is rounding at
     * every strength, NaN if it is not known}
     */
    public double predicted() {
        return predicted;
    }

    /**
     * {@return why nothing can be judged by the requested threshold: what it leaves unsent may make
     * up as much of the gradient as the error to be judged} Empty if it can; after {@link
     * #windows}.
     *
     * @param threshold requested for the signals
     * @param there strength at which an error is to be judged
     */
    public String tooCoarse(double threshold, double there) {
        double bar = claim.isExact() ? windows.total().upper() : windows.total().lower();
        double judged = Double.isNaN(predicted) ? bar : predicted;
        double scale = there == strength ? 1.0 : StrictMath.pow(there / strength, claim.order());
        return new Unsent(threshold, noise(threshold, there))
                .hides(judged * scale, claim.isExact());
    }

    /**
     * {@return the windows with room for what the requested threshold leaves unsent, which those
     * around a predicted error have already; after {@link #windows}}
     *
     * @param threshold requested for the signals
     */
    public ErrorWindows withRoom(double threshold) {
        Network network = problem.network();
        double room = noise(threshold, strength) * GradientComparison.norm(network, judging());
        return Double.isNaN(predicted) ? windows.widened(network, judging(), room) : windows;
    }

    /** Round-off and unsent changes, amplified where a contrast subtracts. */
    private double noise(double threshold, double there) {
        int times = claim.cancellations(problem.network().depth());
        return ErrorWindow.NOISE
                * (ErrorWindow.roundOff(problem.precision()) + threshold)
                / StrictMath.pow(Math.min(1.0, there), times);
    }

    /**
     * {@return activities of the free equilibrium by population; null without a free phase}
     *
     * @param estimate that was settled
     */
    public static Matrix[] freeState(GradientEstimate estimate) {
        if (!(estimate.free() instanceof Conclusive free)) {
            return null;
        }
        int count = free.equilibrium().populations();
        Matrix[] out = new Matrix[count];
        for (int p = 0; p < count; p++) {
            out[p] = free.equilibrium().activity(p);
        }
        return out;
    }
}
