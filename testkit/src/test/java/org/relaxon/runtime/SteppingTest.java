package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** What a settling in steps, and the session that it belongs to, permit and refuse. */
class SteppingTest {
    private static final Estimator CENTRED = Estimator.CENTRED;
    private static final LearningStep SGD = new LearningStep(Optimiser.sgd(), 0.1, 1, 1);
    private static final Problem PROBLEM = Problem.tanh(3, 2, 3, 4, 2);
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding())
                    .withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("exponential:100us"));

    private static Session open() {
        return new VirtualHost().open(PROBLEM.network(), PLAN);
    }

    private static Stepping begin(Session session) {
        return session.begin(PROBLEM.centred(0.1), Budget.DEFAULT);
    }

    private static Settlement settle(Session session) {
        return session.settle(PROBLEM.centred(0.1), Budget.DEFAULT);
    }

    private static String refusal(Executable use) {
        return assertThrows(IllegalStateException.class, use).getMessage();
    }

    @Test
    void controlReturnsAfterEveryEventWithParcelsInFlight() {
        try (Session session = open()) {
            Stepping stepping = begin(session);
            long events = 1; // the last one
            long inFlight = 0;
            while (stepping.step(1)) {
                events++;
                inFlight += stepping.inFlight() > 0 ? 1 : 0;
            }
            assertTrue(inFlight > events / 2, inFlight + " of " + events);
            assertEquals(0, stepping.inFlight());
            assertEquals(session.report().hostNanos(), stepping.hostNanos());
            try (Session other = open()) {
                Stepping again = begin(other);
                assertTrue(again.step(events - 1), "fewer events than in steps of one");
                assertFalse(again.step(1), "more events than in steps of one");
            }
        }
    }

    @Test
    void theVerdictStaysWhenTheSessionGoesOn() {
        try (Session session = open()) {
            Stepping stepping = begin(session);
            Settled verdict = Compare.settled(stepping.finish(), PROBLEM);
            long nanos = stepping.hostNanos();
            assertNotNull(session.update(verdict, CENTRED));

            session.settle(PROBLEM.centred(0.4), Budget.DEFAULT);
            assertSame(verdict, stepping.finish());
            assertFalse(stepping.step(1));
            assertEquals(nanos, stepping.hostNanos());
            assertTrue(session.report().hostNanos() != nanos, "or nothing shows");
        }
    }

    @Test
    void aCancelBetweenStepsEndsTheSettlingAtOnce() {
        for (int steps : new int[] {0, 1, 20}) {
            try (Session session = open()) {
                Stepping stepping = begin(session);
                for (int k = 0; k < steps; k++) {
                    stepping.step(1);
                }
                long inFlight = stepping.inFlight();
                session.cancel();
                assertFalse(stepping.step(1), "an event ran after the cancel");
                assertEquals(inFlight, stepping.inFlight());
                Settlement verdict = stepping.finish();
                assertEquals(Reason.CANCELLED, Compare.notSettled(verdict, steps).reason());

                Compare.settled(begin(session).finish(), "a cancel ends one settling only");
            }
        }
    }

    @Test
    void everyLimitOfABudgetEndsTheSettlingBetweenSteps() {
        Map<Reason, Budget> budgets =
                Map.of(
                        Reason.MESSAGE_BUDGET, Budget.DEFAULT.withMessages(20),
                        Reason.RELAXATION_BUDGET, Budget.DEFAULT.withRelaxations(20),
                        Reason.TIME_BUDGET, Budget.DEFAULT.withNanos(150_000),
                        Reason.IN_FLIGHT_BUDGET, new Budget(1_000_000, 60_000_000_000L, 12));
        budgets.forEach(
                (reason, budget) -> {
                    try (Session session = open()) {
                        Stepping stepping = session.begin(PROBLEM.centred(0.1), budget);
                        int steps = 0;
                        while (stepping.step(1)) {
                            steps++;
                        }
                        assertTrue(steps > 5, reason + " after " + steps);
                        Settlement verdict = stepping.finish();
                        assertEquals(reason, Compare.notSettled(verdict, reason).reason());
                    }
                });
    }

    private static Map<String, Consumer<Session>> uses(Conclusive earlier) {
        return Map.ofEntries(
                Map.entry("settle", SteppingTest::settle),
                Map.entry("begin", SteppingTest::begin),
                Map.entry(
                        "train",
                        s -> s.train(PROBLEM.centred(0.1), CENTRED, SGD, 0, Budget.DEFAULT)),
                Map.entry("update", s -> s.update(earlier, CENTRED)),
                Map.entry("unprovenUpdate", s -> s.unprovenUpdate(CENTRED)),
                Map.entry("learn", s -> s.learn(earlier, CENTRED, 0.1)),
                Map.entry("parameters", Session::parameters),
                Map.entry("load", s -> s.load(PROBLEM.network().parameters())),
                Map.entry("memories", s -> s.memories(0)),
                Map.entry("loadMemories", s -> s.loadMemories(List.of())),
                Map.entry("snapshot", s -> s.snapshot("here")),
                Map.entry("report", Session::report),
                Map.entry("observe", s -> s.observe(null)),
                Map.entry("lowerThresholds", s -> s.lowerThresholds(1)));
    }

    @Test
    void aSessionWithASettlingInProgressRefusesOtherUsesByName() {
        for (String name : uses(null).keySet()) {
            try (Session session = open()) {
                Stepping stepping = begin(session);
                stepping.step(3);
                String refused = refusal(() -> uses(null).get(name).accept(session));
                assertTrue(refused.startsWith(name + ": settling 1 is in progress"), refused);
                assertEquals(PROBLEM.network(), session.network());
                assertFalse(session.cells().isEmpty());

                Settled verdict = Compare.settled(stepping.finish(), name);
                uses(verdict).get(name).accept(session); // the twin: allowed again
            }
        }
        try (Session session = open()) {
            Stepping stepping = begin(session);
            String refused = refusal(() -> session.learn(null, CENTRED, SGD));
            assertTrue(refused.startsWith("learn: settling 1 is in progress"), refused);
            session.learn(Compare.settled(stepping.finish(), SGD), CENTRED, SGD);
        }
    }

    @Test
    void weightsOfAllLanesStayAsLongAsOneIsInProgress() {
        try (Pipeline lanes = new VirtualHost().open(PROBLEM.network(), PLAN, 2)) {
            Stepping stepping = begin(lanes.lane(1));
            stepping.step(10);
            Conclusive settled = Compare.settled(settle(lanes.lane(0)), "the other lane");
            for (Executable change :
                    List.<Executable>of(
                            () -> lanes.learn(List.of(settled), CENTRED, SGD),
                            () -> lanes.loadMemories(List.of()))) {
                assertTrue(refusal(change).contains("settling 1 is in progress"));
            }
            Compare.settled(stepping.finish(), "lane 1");
            lanes.learn(List.of(settled), CENTRED, SGD);
            lanes.loadMemories(List.of());
        }
    }

    @Test
    void hostsThatCannotStopBetweenTwoEventsRefuseByName() {
        Map<String, Host> hosts =
                Map.of(
                        "akka", new AkkaHost(1),
                        "synchronous", new SynchronousHost(),
                        "red-black", new RedBlackHost());
        hosts.forEach(
                (name, host) -> {
                    RunPlan plan = RunPlan.of(new PredictiveCoding());
                    try (host;
                            Session session = host.open(PROBLEM.network(), plan)) {
                        String message =
                                assertThrows(
                                                UnsupportedOperationException.class,
                                                () -> begin(session))
                                        .getMessage();
                        assertTrue(message.startsWith("host: "), message);
                        assertTrue(message.contains(name), message);
                        assertTrue(message.endsWith("use virtual"), message);
                        Compare.settled(settle(session), "refusing leaves the session as it was");
                    }
                });
    }

    @Test
    void aNumberBelowOneIsRefused() {
        try (Session session = open()) {
            Stepping stepping = begin(session);
            for (long events : new long[] {0, -1, Long.MIN_VALUE}) {
                String refused = Compare.refusal(() -> stepping.step(events));
                assertEquals("events: " + events + " is not at least 1", refused);
            }
            assertTrue(stepping.step(1));
        }
    }

    @Test
    void aClosedSessionRunsNoMoreEvents() {
        Session session = open();
        Stepping stepping = begin(session);
        assertTrue(stepping.step(5));
        session.close();
        assertEquals("the session is closed", refusal(() -> stepping.step(1)));
        assertEquals("the session is closed", refusal(stepping::finish));
        assertEquals("the session is closed", refusal(() -> begin(session)));
    }

    @Test
    void anEventCannotStepItsOwnSettling() {
        List<Stepping> own = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (Session session = open()) {
            session.observe(
                    new Observation(
                            Sampling.everyRelaxations(1),
                            frame -> refused.add(refusal(() -> own.get(0).step(1)))));
            own.add(begin(session));
            Compare.settled(own.get(0).finish(), "all the same");
        }
        assertTrue(refused.size() > 10, refused.size() + " frames");
        assertEquals(
                List.of("step: an event of this settling cannot step it"),
                refused.stream().distinct().toList());
    }

    @Test
    void anExceptionEndsTheSettlingButNotTheSession() {
        try (Session session = open()) {
            session.observe(
                    new Observation(
                            Sampling.everyRelaxations(20),
                            frame -> {
                                throw new ArithmeticException("planted");
                            }));
            Stepping stepping = begin(session);
            RuntimeException thrown = assertThrows(RuntimeException.class, stepping::finish);
            assertTrue(thrown.getMessage().contains("planted"), thrown.getMessage());
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> stepping.step(1));
            assertEquals("step: an exception has ended this settling", refused.getMessage());
            assertSame(thrown, refused.getCause());

            session.observe(null);
            Compare.settled(begin(session).finish(), "the session goes on");
            assertThrows(IllegalStateException.class, stepping::finish);
        }
    }
}
