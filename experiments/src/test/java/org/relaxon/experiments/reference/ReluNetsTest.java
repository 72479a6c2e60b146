package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * What the usual nudge of 1e-4 makes of batches of 64 in ReLU networks of 3 and 12 weight layers,
 * at default thresholds and with the default weights: hardly any example is refused for a kink, and
 * where no unit was carried over one, the error is the one of a finite nudge on the same linear
 * region.
 */
class ReluNetsTest {
    private static final double ROOM = 1.5;

    private static int[] layers(int depth) {
        int[] out = new int[depth + 1];
        Arrays.fill(out, 16);
        out[depth] = 10;
        return out;
    }

    private static ReluNets settled(Host host, Scheme scheme, int netsOfEachDepth)
            throws IOException {
        ReluNets all = new ReluNets();
        for (int depth : new int[] {3, 12}) {
            for (int seed = 1; seed <= netsOfEachDepth; seed++) {
                all.add(host, ReluNets.plan(), ReluNets.problem(scheme, seed, layers(depth)));
            }
        }
        return all;
    }

    private static void requireTheBar(ReluNets nets, int examples, String where) {
        String what = where + ", " + nets;
        assertEquals(examples, nets.examples, what);
        assertTrue(1000 * nets.refusedForKinks <= nets.examples, what);
        assertEquals(0, nets.refusedOtherwise, what);
        assertTrue(nets.compared > 0.9 * nets.examples, what);
        assertTrue(nets.largestRatio <= ROOM, what);
    }

    @Test
    void someNetsOnBothHosts() throws IOException {
        try (Host virtual = new VirtualHost();
                Host actors = new AkkaHost(2)) {
            requireTheBar(settled(virtual, Scheme.UNIFORM, 2), 256, "virtual");
            requireTheBar(settled(actors, Scheme.UNIFORM, 2), 256, "actors");
        }
    }

    private static void requireTheBarOfFifty(Host host, Scheme scheme, String who)
            throws IOException {
        try (host) {
            requireTheBar(settled(host, scheme, 25), 3200, who);
        }
    }

    @Test
    @Tag("slow")
    void fiftyNetsInVirtualTime() throws IOException {
        requireTheBarOfFifty(new VirtualHost(), Scheme.UNIFORM, "virtual");
    }

    @Test
    @Tag("slow")
    void fiftyNetsOnActors() throws IOException {
        requireTheBarOfFifty(new AkkaHost(2), Scheme.UNIFORM, "actors");
    }

    /** Larger weights: more units are held, and drives answer late and strongly. */
    @Test
    @Tag("slow")
    void fiftyNetsOfLargerWeightsInVirtualTime() throws IOException {
        requireTheBarOfFifty(new VirtualHost(), Scheme.HE, "virtual");
    }

    @Test
    @Tag("slow")
    void fiftyNetsOfLargerWeightsOnActors() throws IOException {
        requireTheBarOfFifty(new AkkaHost(2), Scheme.HE, "actors");
    }

    /** The error of twice the nudge is twice that of the prediction, which the room sees. */
    @Test
    void anotherNudgeThanThePredictedOneIsBeyondTheRoom() throws IOException {
        ReluNets nets = new ReluNets();
        try (Host host = new VirtualHost()) {
            nets.add(
                    host,
                    ReluNets.plan(),
                    ReluNets.problem(Scheme.UNIFORM, 1, layers(3)),
                    2 * ReluNets.BETA);
        }
        assertTrue(nets.largestRatio > ROOM, nets.toString());
    }
}
