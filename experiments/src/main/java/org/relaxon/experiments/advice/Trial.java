package org.relaxon.experiments.advice;

import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Session;

/** Settles a setting once, in the way of the command that asks for advice. */
@FunctionalInterface
public interface Trial {
    /** Settles on a session that was opened for the setting's plan. */
    GradientEstimate settle(Session session, Setting setting);
}
