package org.relaxon.experiments.advice;

import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Session;

/** Settles a setting once, in the same way as the command that requests advice. */
@FunctionalInterface
public interface Trial {
    /**
     * What the gradient of a setting that settled is worth.
     *
     * @param error its relative error; NaN if it is not judged, infinite if it is not known
     * @param reference name of the gradient that it is compared with; empty if it is not judged
     * @param caution a remark for readers of the advice; empty if there is none
     */
    record Worth(double error, String reference, String caution) {
        /** For trials without a reference. */
        public static final Worth UNJUDGED = new Worth(Double.NaN, "", "");

        /** From this relative error on, a remedy is worth less than the search for a better one. */
        public static final double FAR = 0.1;

        /** {@return whether another remedy may give a better gradient} */
        boolean isFar() {
            return error > FAR;
        }

        /** {@return whether the error is known} */
        public boolean isKnown() {
            return Double.isFinite(error);
        }
    }

    /**
     * Settles a setting on a session that was opened for its plan.
     *
     * @param session open; the trial does not close it
     * @param setting to be settled
     * @return the estimate, with the verdict on its phases
     */
    GradientEstimate settle(Session session, Setting setting);

    /**
     * {@return what the gradient of a setting is worth}
     *
     * @param setting that settled
     * @param settled how the setting ended
     */
    default Worth worth(Setting setting, GradientEstimate settled) {
        return Worth.UNJUDGED;
    }
}
