package org.relaxon.experiments.advice;

import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Session;

/** Settles a setting once, in the way of the command that asks for advice. */
@FunctionalInterface
public interface Trial {
    /**
     * Settles a setting on a session that was opened for its plan.
     *
     * @param session open; the trial does not close it
     * @param setting to be settled
     * @return the estimate, with the verdict on its phases
     */
    GradientEstimate settle(Session session, Setting setting);

    /**
     * {@return what a reader has to know about the gradient of a setting before following the
     * advice; empty for nothing}
     *
     * @param setting that settled
     * @param settled how the setting ended
     */
    default String caution(Setting setting, GradientEstimate settled) {
        return "";
    }
}
