package org.relaxon.testkit.planted;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.settle.Resolution;
import org.relaxon.runtime.settling.Judge;

/** Takes every quiescent network for settled, whatever its audit finds. */
public final class CredulousJudge extends Judge {
    /**
     * Makes the judge of one session.
     *
     * @param wiring cells and links of the network
     * @param tolerance not used
     */
    public CredulousJudge(Wiring wiring, double tolerance) {
        super(wiring, tolerance);
    }

    @Override
    protected boolean trusts(double defect) {
        return true;
    }

    @Override
    protected boolean resolves(Resolution resolution, int column) {
        return true;
    }
}
