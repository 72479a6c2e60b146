package org.relaxon.testkit;

import org.relaxon.runtime.Host;
import org.relaxon.testkit.planted.CredulousActors;
import org.relaxon.testkit.planted.PlantedHost;

/**
 * Hosts with a planted mistake: a test that passes on them as well does not test what the mistake
 * breaks.
 */
public final class PlantedHosts {
    private PlantedHosts() {}

    /**
     * {@return a host in virtual time that takes every quiescent network for settled, without an
     * audit: wrong after a lost signal that is not repaired}
     */
    public static Host credulous() {
        return PlantedHost.credulous();
    }

    /**
     * {@return the same on actors; the caller closes it}
     *
     * @param threads 1 to 1024
     * @throws IllegalArgumentException if that is not in 1..1024
     */
    public static Host credulousActors(int threads) {
        return new CredulousActors(threads);
    }
}
