package org.relaxon.runtime.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.slot.Slots;
import org.relaxon.testkit.Problem;

/** A step that loses an event, or runs one twice, changes the hash of the deliveries. */
class LostEventTest {
    private static final Problem PROBLEM = Problem.tanh(4, 2, 3, 4, 2);
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding())
                    .withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("exponential:100us"));

    /** Settles in steps of five events; between the first two, something happens to the queue. */
    private static RunReport report(EventQueue queue, Runnable between) {
        Wiring wiring = Wiring.of(PROBLEM.network(), PLAN.granularity());
        Slots slots = new Slots(wiring, PLAN);
        VirtualRunner runner =
                new VirtualRunner(slots, slots.cells(true, 1), null, (c, s, p) -> p, queue);
        Judge judge = new Judge(wiring, PLAN.effectiveTolerance());
        try (Session session = new SettlingSession(wiring, PLAN, runner, judge)) {
            Stepping stepping = session.begin(PROBLEM.centred(0.1), Budget.DEFAULT);
            for (int steps = 0; steps < 5; steps++) {
                assertTrue(stepping.step(5));
            }
            between.run();
            stepping.finish();
            return session.report();
        }
    }

    private static RunReport undivided() {
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(PROBLEM.network(), PLAN)) {
            session.settle(PROBLEM.centred(0.1), Budget.DEFAULT);
            return session.report();
        }
    }

    @Test
    void stepsThatLoseNothingKeepTheHash() {
        RunReport whole = undivided();
        RunReport split = report(new EventQueue(), () -> {});

        assertEquals(whole.traceHash(), split.traceHash());
        assertEquals(whole.delivered(), split.delivered());
        assertEquals(whole.relaxations(), split.relaxations());
    }

    @Test
    void aLostEventAndOneThatRunsTwiceChangeTheHash() {
        long whole = undivided().traceHash();
        EventQueue losing = new EventQueue();
        EventQueue doubling = new EventQueue();
        EventQueue delaying = new EventQueue();

        long lost = report(losing, losing::next).traceHash();
        long twice =
                report(
                                doubling,
                                () -> {
                                    doubling.next();
                                    repeat(doubling, 0);
                                    repeat(doubling, 0);
                                })
                        .traceHash();
        long later =
                report(
                                delaying,
                                () -> {
                                    delaying.next();
                                    repeat(delaying, 1);
                                })
                        .traceHash();

        for (long planted : List.of(lost, twice, later)) {
            assertNotEquals(whole, planted);
        }
    }

    /** Adds the event last taken. */
    private static void repeat(EventQueue queue, long laterNanos) {
        queue.add(queue.time() + laterNanos, queue.code(), queue.payload());
    }
}
