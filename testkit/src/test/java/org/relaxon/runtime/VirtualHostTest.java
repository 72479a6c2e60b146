package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.HostContract;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;

class VirtualHostTest extends HostContract {
    @Override
    public Host newHost() {
        return new VirtualHost();
    }

    @Test
    void signalsThatWereOvertakenAreDeliveredAndCountedAsStale() {
        Problem problem = Problem.tanh(40, 1, 3, 6, 5, 2);
        RunPlan plan =
                plan().withGranularity(Granularity.NEURON).withDelay(TestDelays.NEWEST_FIRST);
        try (Session session = host().open(problem.network(), plan)) {
            Compare.settled(session.settle(problem.nudged(0.2), Budget.DEFAULT), problem);
            RunReport report = session.report();

            assertTrue(report.stale() > 0, "nothing was overtaken");
            assertEquals(0, report.late());
            assertEquals(report.messages(), report.delivered());
        }
    }

    @Test
    void theReportHoldsWhatOnlyVirtualTimeCanTell() {
        Problem problem = Problem.tanh(41, 1, 3, 4, 2);
        RunPlan plan = plan().withDelay(Delays.parse("constant:1ms")).withRefractoryNanos(0);
        try (Session session = host().open(problem.network(), plan)) {
            Compare.settled(session.settle(problem.nudged(0.2), Budget.DEFAULT), problem);
            RunReport report = session.report();
            var latency = report.histograms().get("signalLatencyNanos");

            assertNotEquals(0, report.traceHash());
            assertEquals(0, report.hostNanos() % 1_000_000, "all happens at whole milliseconds");
            assertEquals(report.messages(), latency.getTotalCount());
            assertEquals(1e6, (double) latency.getMaxValue(), 1e4, "two digits");
            assertEquals(1e6, (double) latency.getMinValue(), 1e4, "two digits");
            assertEquals(
                    report.relaxations(),
                    report.histograms().get("inboxWaitNanos").getTotalCount());
        }
    }

    @Test
    void moreSignalsUnderWayThanAllowedEndTheRun() {
        Problem problem = Problem.tanh(42, 1, 3, 8, 8, 2);
        RunPlan plan =
                plan().withGranularity(Granularity.NEURON)
                        .withDelay(Delays.parse("constant:1ms"))
                        .withRefractoryNanos(0);
        Budget narrow = new Budget(1_000_000, 1_000_000_000, 30);
        try (Session session = host().open(problem.network(), plan)) {
            var not = Compare.notSettled(session.settle(problem.nudged(0.2), narrow), problem);

            assertEquals(Reason.IN_FLIGHT_BUDGET, not.reason(), not.detail());
        }
    }
}
