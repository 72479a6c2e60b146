package org.relaxon.experiments.theory;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Discipline;

/**
 * What an algorithm is trained with unless something else is asked for. What settles in a training
 * is the gradient of a minibatch, which differs from that of all examples by far more than a
 * thousandth; thresholds and estimators are as fine as that needs and no finer.
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

    /** What may be left out of a minibatch's gradient, relative. */
    private static final double OF_A_GRADIENT = 1e-3;

    /** The same where activities are measured in units of the strength. */
    private static final double OF_AN_ACTIVITY = 1e-4;

    /** A nudge whose errors are fed back a tenth as strongly as they are caused. */
    private static final double OF_FEEDBACK = 0.1;

    private static final double TOLERANCE_PER_THRESHOLD = 100.0;

    /** Of plain descent on a contrast that softens a network, with the decay of its weights. */
    private static final double SOFTENING_RATE = 0.15;

    private static final double SOFTENING_DECAY = 0.01;

    /** {@return the estimator, which states the multiples of the strength that settle} */
    public Estimator estimator() {
        return algorithm.strength() == Strength.COMPLEX
                ? Estimator.roots(POINTS)
                : algorithm.estimators().get(0);
    }

    /**
     * {@return beta or gamma} Where any beta gives an exact gradient, of one nearer to backprop's
     * the smaller it is, a smaller one settles in fewer messages.
     */
    public double strength() {
        double usual = Defaults.of(algorithm).method().strength();
        return phased && feedsBackErrors() && algorithm.strength() != Strength.NONE
                ? Math.min(OF_FEEDBACK, usual)
                : usual;
    }

    /**
     * {@return the optimiser} It is Adam; plain descent where weights change while the network
     * settles, and with decay of weights where {@link #softens() the contrast can be lowered
     * without learning}: Adam, which divides by the size of a gradient, follows a small one there
     * as far as a large one.
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
     * @param otherOptimiser whether an optimiser was asked for
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
     * @param otherOptimiser whether an optimiser was asked for
     */
    public RateSchedule rateSchedule(boolean otherOptimiser) {
        return softens() && !otherOptimiser ? RateSchedule.LINEAR : RateSchedule.CONSTANT;
    }

    /**
     * {@return whether what is descended grows with the stiffness of the output} The contrast of a
     * free output with one that is held at the target is, for small errors, half of error x
     * stiffness x error: where examples cannot be fitted, it falls as well when recurrent weights
     * grow until the network is hardly stable, and its gradient is then wrong. Decay of weights and
     * a rate that falls keep them from there. A small nudge leaves the loss what it is, and errors
     * are not activities.
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
     * close to oscillation while they learn, and so do errors that are fed back at full strength:
     * neighbours that never move at once settle there too, in fewer messages. They take turns where
     * host and schedule let them. How well each example's contrast is known is not asked, because
     * one that the network has learned is small beside the minibatch's gradient.
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
     * {@return the text that states from what the threshold of {@link #run} is chosen}
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

    /** Errors of a nudge that is not small, which the cells below answer with errors as large. */
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
