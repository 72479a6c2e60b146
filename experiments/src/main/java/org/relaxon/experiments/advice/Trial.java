package org.relaxon.experiments.advice;

import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Session;

/** Settles a setting once, in the same way as the command that requests advice. */
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
     * {@return a caution about the gradient of a setting for readers of the advice; empty if there
     * is none}
     *
     * @param setting that settled
     * @param settled how the setting ended
     */
    default String caution(Setting setting, GradientEstimate settled) {
        return "";
    }
}
