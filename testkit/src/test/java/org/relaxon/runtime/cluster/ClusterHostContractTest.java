package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Contrived;
import org.relaxon.testkit.HookedRule;
import org.relaxon.testkit.HostContract;
import org.relaxon.testkit.HostUnderTest;
import org.relaxon.testkit.Problem;

/** What every host promises, on two nodes in this JVM. */
@Tag("slow")
@Tag("cluster")
class ClusterHostContractTest extends HostContract {
    private final List<LocalCluster> clusters = new ArrayList<>();

    @Override
    public Host newHost() {
        LocalCluster own = new LocalCluster(2);
        clusters.add(own);
        return own.host();
    }

    @AfterAll
    void endNodes() {
        clusters.forEach(LocalCluster::close);
    }

    @Override
    public boolean keepsBudgetsExactly() {
        return false;
    }

    /** A rule with a hook does not travel; here the end is requested until it comes. */
    @Override
    @Test
    public void aRunIsCancelledFromAnotherThread() {
        try (Session session = host().open(Contrived.restless(), HostUnderTest.plan())) {
            var verdict =
                    CompletableFuture.supplyAsync(
                            () -> session.settle(Contrived.neverResting(), HostUnderTest.ENDLESS));
            while (!verdict.isDone()) {
                session.cancel();
                Thread.onSpinWait();
            }
            var not = Compare.notSettled(verdict.join(), "cancelled");
            assertEquals(Reason.CANCELLED, not.reason());
            session.load(Contrived.calm());
            Compare.settled(
                    session.settle(Contrived.neverResting(), Budget.DEFAULT), "the next run");
        }
    }

    /** Such a rule cannot be told from a user's own. */
    @Override
    @Test
    public void aCellThatThrowsEndsTheSettlingByItsNameAndNothingElse() {
        Problem problem = Problem.tanh(33, 2, 3, 4, 5, 2);
        HookedRule rule = new HookedRule(s -> {});
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> host().open(problem.network(), HostUnderTest.plan(rule)));
        assertTrue(e.getMessage().contains("hooked is one of your own"), e.getMessage());
    }
}
