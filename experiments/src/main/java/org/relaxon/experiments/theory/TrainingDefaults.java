package org.relaxon.experiments.theory;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Discipline;

/**
 * The settings of an algorithm in a training unless others are requested. A training settles the
 * gradient of a minibatch, which differs from that of all examples by far more than a thousandth;
 * thresholds and estimators are only as fine as that requires.
 *
 * @param algorithm to be trained with
 * @param phased whether weights change between settlings, not during them
 * @param turns whether the host lets cells take turns
 */
public record TrainingDefaults(Algorithm algorithm, boolean phased, boolean turns) {
    /** Examples that settle together. */
    public static final int BATCH = 64;

    /** Passes over the examples. */
    public static final int EPOCHS = 1;

    /** Roots of unity of holomorphic equilibrium propagation: at beta 0.1 an error of 1e-4. */
    public static final int POINTS = 4;

    /** Largest error of a minibatch's gradient, relative. */
    private static final double OF_A_GRADIENT = 1e-3;

    /** The same where activities are measured in units of the strength. */
    private static final double OF_AN_ACTIVITY = 1e-4;

    /** A nudge at which errors are fed back a tenth as strongly as they are caused. */
    private static final double OF_FEEDBACK = 0.1;

    private static final double TOLERANCE_PER_THRESHOLD = 100.0;

    /** Rate of plain descent on a contrast that softens a network, with its weight decay. */
    private static final double SOFTENING_RATE = 0.15;

    private static final double SOFTENING_DECAY = 0.01;

    /** {@return the estimator, which states the multiples of the strength that settle} */
    public Estimator estimator() {
        return algorithm.strength() == Strength.COMPLEX
                ? Estimator.roots(POINTS)
                : algorithm.estimators().get(0);
    }

    /**
     * {@return beta or gamma} Where any beta gives an exact gradient, a smaller one is closer to
     * backprop and settles in fewer messages.
     */
    public double strength() {
        double usual = Defaults.of(algorithm).method().strength();
        return phased && feedsBackErrors() && algorithm.strength() != Strength.NONE
                ? Math.min(OF_FEEDBACK, usual)
                : usual;
    }

    /**
     * {@return the optimiser} Adam by default; plain descent where weights change while the network
     * settles; plain descent with weight decay where {@link #softens() the contrast can be lowered
     * without learning}, because Adam, which divides by the size of a gradient, follows a small one
     * there as far as a large one.
     */
    public Optimiser optimiser() {
        if (softens()) {
            return Optimiser.sgd().withWeightDecay(SOFTENING_DECAY);
        }
        return phased ? Optimiser.adam() : Optimiser.sgd();
    }

    /**
     * {@return the learning rate for the mean gradient of a batch}
     *
     * @param otherOptimiser whether an optimiser was requested
     */
    public double rate(boolean otherOptimiser) {
        if (softens() && !otherOptimiser) {
            return SOFTENING_RATE;
        }
        return phased || otherOptimiser ? 0.001 : 0.02;
    }

    /**
     * {@return how the rate falls}
     *
     * @param otherOptimiser whether an optimiser was requested
     */
    public RateSchedule rateSchedule(boolean otherOptimiser) {
        return softens() && !otherOptimiser ? RateSchedule.LINEAR : RateSchedule.CONSTANT;
    }

    /**
     * {@return whether the objective grows with the stiffness of the output} The contrast of a free
     * output with one that is held at the target is, for small errors, half of error x stiffness x
     * error. Where examples cannot be fitted, it also falls when recurrent weights grow until the
     * network is hardly stable, and its gradient is then wrong. Weight decay and a falling rate
     * prevent this. A small nudge does not change the loss, and forms that hold errors are not
     * affected.
     */
    public boolean softens() {
        return phased
                && algorithm.strength() == Strength.NONE
                && !algorithm.rule().traits().has(Trait.ERROR_FORM)
                && algorithm.rule().energy().isHopfield();
    }

    /**
     * How a minibatch settles. A contrast of absolute activities is as exact as its threshold times
     * the strength, for every subtraction that cancels. Networks with feedback of activities come
     * close to oscillation while they learn, and so do errors that are fed back at full strength.
     * Neighbours that never move at the same time settle there too, in fewer messages, so cells
     * take turns where host and schedule allow it. The accuracy of each example's contrast is not
     * judged, because that of a learned example is small compared with the minibatch's gradient.
     *
     * @param strength of the estimates
     * @param depth number of projections from input to output
     * @return the run
     */
    public RunPlan run(double strength, int depth) {
        RunPlan plan = Defaults.runPlan(algorithm);
        if (algorithm.rule().traits().has(Trait.HOLDS_ERRORS)) {
            return plan;
        }
        double cancelled = StrictMath.pow(Math.min(1.0, strength), cancellations(depth));
        double threshold =
                Math.max(
                        Thresholds.LEAST,
                        isPlainContrast() ? OF_A_GRADIENT * cancelled : OF_AN_ACTIVITY);
        RunPlan coarse =
                plan.withThreshold(threshold).withTolerance(TOLERANCE_PER_THRESHOLD * threshold);
        boolean feedsBackActivities = !algorithm.rule().traits().has(Trait.ERROR_FORM);
        RunPlan plain =
                feedsBackActivities ? coarse.withResolution(Double.POSITIVE_INFINITY) : coarse;
        return inTurns() && (feedsBackActivities || feedsBackErrors())
                ? plain.withDiscipline(Discipline.TURN_TAKING)
                : plain;
    }

    /**
     * The same with a kind of arithmetic. In single precision the update of an example that is
     * learned to a hundredth of its target is known to 1e-4 of its own size at best, and small
     * compared with the minibatch's gradient: its accuracy is not judged either.
     *
     * @param strength of the estimates
     * @param depth number of projections from input to output
     * @param kernels kind of arithmetic
     * @return the run
     */
    public RunPlan run(double strength, int depth, Kernels.Kind kernels) {
        RunPlan plan = run(strength, depth).withKernels(kernels);
        return kernels.precision() == Kernels.Precision.FLOAT
                ? plan.withResolution(Double.POSITIVE_INFINITY)
                : plan;
    }

    /**
     * {@return the text that states the basis for the threshold of {@link #run}}
     *
     * @param strength of the estimates
     * @param depth number of projections from input to output
     */
    public String thresholdBasis(double strength, int depth) {
        if (algorithm.rule().traits().has(Trait.HOLDS_ERRORS)) {
            return "of an error's own size";
        }
        int times = cancellations(depth);
        String share = Numeral.text(OF_A_GRADIENT);
        return isPlainContrast()
                ? "%s of a gradient x strength %s%s"
                        .formatted(share, Numeral.text(strength), times == 1 ? "" : "^" + times)
                : "of an activity, in units of the strength";
    }

    private boolean inTurns() {
        return phased && turns;
    }

    /**
     * Errors of a nudge that is not small, to which the cells below respond with errors as large.
     */
    private boolean feedsBackErrors() {
        return algorithm.rule().traits().has(Trait.ERROR_FORM)
                && algorithm.reference() == Reference.FINITE_DIFFERENCE;
    }

    private boolean isPlainContrast() {
        return claim().isPlainContrast();
    }

    private int cancellations(int depth) {
        return claim().cancellations(depth);
    }

    private Claim claim() {
        return Claim.of(algorithm, algorithm.estimators().get(0), null);
    }
}
