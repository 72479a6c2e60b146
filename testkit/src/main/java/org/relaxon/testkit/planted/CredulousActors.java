package org.relaxon.testkit.planted;

import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.settling.Judge;

/** The actor host that takes quiescence for settling. */
public final class CredulousActors extends AkkaHost {
    /**
     * Starts a host.
     *
     * @param threads 1 to 1024
     */
    public CredulousActors(int threads) {
        super(threads);
    }

    @Override
    protected Judge judge(Wiring wiring, double tolerance) {
        return new CredulousJudge(wiring, tolerance);
    }
}
