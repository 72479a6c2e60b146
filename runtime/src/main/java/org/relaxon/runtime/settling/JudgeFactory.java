package org.relaxon.runtime.settling;

import org.relaxon.model.cell.Wiring;

/** Makes the judge of a session. */
@FunctionalInterface
public interface JudgeFactory {
    /**
     * {@return a judge for one wiring and tolerance}
     *
     * @param wiring cells and links of the network
     * @param tolerance largest defect that counts as settled
     */
    Judge create(Wiring wiring, double tolerance);
}
