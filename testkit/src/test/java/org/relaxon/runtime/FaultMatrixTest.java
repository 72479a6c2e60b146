package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.PlantedHosts;

/**
 * The standard matrix of faults: whatever goes wrong, a run that is reported as settled is at the
 * undisturbed equilibrium, and any other has a verdict with a reason. The twin is the same matrix
 * under a judge that trusts quiet, which the same checker has to catch.
 */
class FaultMatrixTest {
    private static final double INJECTED = 0.95;

    /** Time enough for any delay and any machine; a run that never rests spends its messages. */
    private static final Budget BUDGET = new Budget(2_000_000L, Delays.NANOS_MAX, 4_000_000);

    private static final List<DelayModel> SHORT =
            List.of(
                    Delays.none(),
                    Delays.parse("uniform:0us,60us"),
                    Delays.parse("exponential:30us"));

    /** Every {@code stride}-th row, which is to be prime to the number of plans and delays. */
    private static FaultChecker check(Host host, Budget budget, List<FaultCase> rows, int stride) {
        FaultChecker checker = new FaultChecker(host, budget);
        for (int k = 0; k < rows.size(); k += stride) {
            checker.run(rows.get(k));
        }
        System.out.println(checker);
        return checker;
    }

    private static void requireHonest(FaultChecker checker) {
        assertEquals(List.of(), checker.silent(), "silent errors");
        assertEquals(List.of(), checker.unsettled(), "nothing was lost for good");
        assertTrue(checker.injected() >= INJECTED, "injected in only " + checker.injected());
        assertTrue(checker.count("cell-lost") > 0, "no cell was given up: " + checker);
        assertTrue(checker.count("quiet-away-from-equilibrium") > 0, "no cut shows: " + checker);
        assertTrue(checker.refused() > 0, "nothing was refused: " + checker);
        for (FaultCase.Plan plan : FaultCase.PLANS) {
            boolean never = plan.name().endsWith("lasting") || !canHappen(checker, plan);
            assertEquals(!never, checker.settled(plan.name()) > 0, plan.name() + ": " + checker);
        }
        for (Discipline discipline : FaultCase.DISCIPLINES) {
            assertTrue(checker.settledUnder(discipline) > 0, discipline + ": " + checker);
        }
    }

    private static boolean canHappen(FaultChecker checker, FaultCase.Plan plan) {
        return plan.faults().starved().isEmpty() || checker.isVirtual();
    }

    @Test
    void aSampleOfTheMatrixHasNoSilentErrorInVirtualTime() {
        List<FaultCase> rows = FaultCase.all(FaultCase.DELAYS, 1, 1);

        requireHonest(check(new VirtualHost(), BUDGET, rows, 11));
    }

    @Test
    void aSampleOfTheMatrixHasNoSilentErrorOnActors() {
        try (Host akka = new AkkaHost(2)) {
            requireHonest(check(akka, BUDGET, FaultCase.all(SHORT, 1, 1), 37));
        }
    }

    /** Without the audit the lasting cuts of this very matrix are silent errors, and are caught. */
    @Test
    void theCheckerCatchesAJudgeThatTrustsQuiet() {
        List<FaultCase> cut =
                FaultCase.all(FaultCase.DELAYS, 1, 1).stream()
                        .filter(r -> r.faults().name().equals("cut lasting"))
                        .toList();
        Host credulous = PlantedHosts.credulous();
        FaultChecker checker = check(credulous, BUDGET, cut, 1);

        assertEquals(cut.size(), checker.settled(), "quiet is settled for this judge");
        assertTrue(checker.silent().size() > cut.size() / 2, checker.toString());
    }

    @Test
    @Tag("slow")
    void theWholeMatrixHasNoSilentErrorInVirtualTime() {
        List<FaultCase> rows = FaultCase.all(FaultCase.DELAYS, 1, 6);
        FaultChecker checker = check(new VirtualHost(), BUDGET, rows, 1);

        assertTrue(checker.runs() >= 14_000, checker.toString());
        requireHonest(checker);
    }

    @Test
    @Tag("slow")
    void twoHundredRunsOnActorsHaveNoSilentError() {
        try (Host akka = new AkkaHost(2)) {
            FaultChecker checker = check(akka, BUDGET, FaultCase.all(SHORT, 1, 2), 13);

            assertTrue(checker.runs() >= 200, checker.toString());
            requireHonest(checker);
        }
    }
}
