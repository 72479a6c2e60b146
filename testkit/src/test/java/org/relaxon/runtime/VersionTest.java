package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.planted.PlantedHost;

/** What versions are for: where nothing answers, a stale value that came last would stay. */
class VersionTest {
    private static final int SEEDS = 20;

    private static final RunPlan PLAN =
            RunPlan.of(new UnwaitingPredictiveCoding())
                    .withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("bimodal:2ms,300ms,0.02"))
                    .withRefractoryNanos(50_000)
                    .withFaults(Faults.NONE.withDuplicate(0.2));

    private static Parcel forged(Cell receiver, int slot, Parcel parcel) {
        Signal s = (Signal) parcel;
        long newest = receiver.lastSignals().receivedVersion(slot) + 1;
        return new Signal(s.phase(), newest, s.values(), s.offset(), s.length());
    }

    private static Settlement forward(Host host, RunPlan plan, long seed) {
        Problem p = Problem.tanh(seed, 1, 8, 16, 12, 4);
        try (Session session = host.open(p.network(), plan)) {
            Settlement verdict = session.settle(p.free(), Budget.DEFAULT);
            if (!plan.faults().isEmpty()) {
                assertTrue(session.report().faults().duplicated() > 0);
            }
            return verdict;
        }
    }

    private static double distance(Equilibrium a, Equilibrium b) {
        double most = 0;
        for (int l = 1; l <= 3; l++) {
            double[] x = a.activity(l).values();
            double[] y = b.activity(l).values();
            for (int k = 0; k < x.length; k++) {
                most = Math.max(most, Math.abs(x[k] - y[k]));
            }
        }
        return most;
    }

    private static Equilibrium exact(long seed) {
        RunPlan clocked = RunPlan.of(new UnwaitingPredictiveCoding()).withThreshold(0);
        try (Host synchronous = new SynchronousHost()) {
            return assertInstanceOf(Settled.class, forward(synchronous, clocked, seed))
                    .equilibrium();
        }
    }

    @Test
    void copiesAndOvertakingDoNotChangeAForwardPass() {
        try (Host host = new VirtualHost()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Settlement verdict = forward(host, PLAN.withThreshold(0), seed);
                Equilibrium reached = assertInstanceOf(Settled.class, verdict).equilibrium();
                assertEquals(0.0, distance(exact(seed), reached), 1e-15, "seed " + seed);
            }
        }
    }

    @Test
    void withoutVersionsMostForwardPassesAreWrongAndOnlyTheAuditSeesIt() {
        int wrong = 0;
        int silent = 0;
        try (Host naive = PlantedHost.credulous().withArrival(VersionTest::forged);
                Host audited = PlantedHost.receiving(VersionTest::forged)) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Equilibrium truth = exact(seed);
                Settlement believed = forward(naive, PLAN, seed);
                Equilibrium reached = assertInstanceOf(Settled.class, believed).equilibrium();
                wrong += distance(truth, reached) > 1e-9 ? 1 : 0;
                Settlement judged = forward(audited, PLAN, seed);
                boolean off =
                        judged instanceof Settled s && distance(truth, s.equilibrium()) > 1e-6;
                silent += off ? 1 : 0;
            }
        }
        System.out.printf("without versions: %d of %d forward passes wrong%n", wrong, SEEDS);
        assertTrue(wrong >= 15, wrong + " of " + SEEDS);
        assertEquals(0, silent);
    }
}
