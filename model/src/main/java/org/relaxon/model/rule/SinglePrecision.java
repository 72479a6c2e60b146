package org.relaxon.model.rule;

import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;

/** What cells with weights in single precision do not support, by name. */
final class SinglePrecision {
    private static final String OPTION = "precision: ";

    /** The least threshold, 8 roundings: below it cells follow the rounding of their products. */
    private static final double LEAST_THRESHOLD = 5e-7;

    /** What a run takes by itself. */
    static final double OWN_THRESHOLD = 1e-6;

    private SinglePrecision() {}

    /**
     * Refuses networks, rules and signals beyond that; nothing in double precision.
     *
     * @throws IllegalArgumentException naming it, and what to use instead
     */
    static void require(Network network, Rule rule, Kernels.Kind kernels, Signalling signalling) {
        if (kernels.precision() == Kernels.Precision.DOUBLE) {
            return;
        }
        String why = refusal(rule, signalling);
        for (Projection p : network.projections()) {
            why = why.isEmpty() ? refusal(p) : why;
        }
        if (!why.isEmpty()) {
            throw new IllegalArgumentException(OPTION + why);
        }
    }

    private static String refusal(Rule rule, Signalling signalling) {
        if (!rule.traits().has(Trait.ERROR_FORM) || !rule.traits().has(Trait.HOLDS_ERRORS)) {
            return "float rounds activities to 6e-8, and these cells take differences of activities,"
                    + " which can be smaller; use --precision double, or --algorithm pc-nudge without"
                    + " --dynamics, whose cells hold errors as variables";
        }
        if (signalling.isEventDriven()) {
            return "float and --drive event-driven are not combined; use --drive dense";
        }
        if (!(signalling.least() >= LEAST_THRESHOLD)) {
            return ("the rounding of products in float is as large as changes of %s; give"
                            + " --threshold %s or more, or --precision double")
                    .formatted(Numeral.text(signalling.least()), Numeral.text(LEAST_THRESHOLD));
        }
        return "";
    }

    private static String refusal(Projection p) {
        String what = "";
        if (p.isLateral()) {
            what = "is lateral";
        } else if (p.connectivity().scale() != 1.0) {
            what = "has a scale, which --init ntp and depth-mup also state";
        } else if (!p.connectivity().isMatrix()) {
            what = "is " + p.connectivity().spec() + ", no matrix";
        } else if (p.hasOwnFeedback()) {
            what = "has feedback weights of its own";
        } else if (p.sharesWeights()) {
            what = "shares its weights with another";
        }
        return what.isEmpty()
                ? ""
                : "projection %s %s, which float does not support; use --precision double"
                        .formatted(p.name(), what);
    }
}
