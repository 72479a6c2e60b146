package org.relaxon.runtime.settling;

import org.relaxon.model.cell.Wiring;

/** Makes the judge of a session. */
@FunctionalInterface
public interface JudgeFactory {
    /** A judge for one wiring and tolerance. */
    Judge create(Wiring wiring, double tolerance);
}
