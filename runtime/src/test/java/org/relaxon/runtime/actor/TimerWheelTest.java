package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.relaxon.model.math.CounterRandom;
import org.slf4j.LoggerFactory;

/** Deadlines are real here, but no assertion says how late a message may be: only never early. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimerWheelTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final long MS = 1_000_000L;
    private static final long TURN = 4096L << 15;

    private final ActorTestKit kit = create();
    private final TimerWheel wheel = new TimerWheel("wheel-under-test");

    private static ActorTestKit create() {
        LoggerFactory.getILoggerFactory(); // before many threads want to log their first line
        return ActorTestKit.create(
                ConfigFactory.parseString(
                        "akka.actor.testkit.typed.system-shutdown-default = 10 minutes"));
    }

    @AfterAll
    void shutDown() {
        wheel.close();
        kit.shutdownTestKit();
    }

    @AfterEach
    void nothingIsLeftOver() {
        untilPending(0);
    }

    /** The wheel's thread publishes its count once per round. */
    private void untilPending(int count) {
        while (wheel.pending() != count) {
            Thread.onSpinWait();
        }
    }

    /** A message that knows when it should come. */
    private record Due(int number, long deadline) {}

    /** Notes every arrival with the time, and completes after as many as expected. */
    private static final class Notes {
        private final List<Due> arrived = new ArrayList<>();
        private final List<Due> early = new ArrayList<>();
        private final CompletableFuture<Notes> complete = new CompletableFuture<>();
        private final int expected;

        Notes(int expected) {
            this.expected = expected;
        }

        Behavior<Due> behavior() {
            return Behaviors.receiveMessage(
                    due -> {
                        if (System.nanoTime() < due.deadline()) {
                            early.add(due);
                        }
                        arrived.add(due);
                        if (arrived.size() == expected) {
                            complete.complete(this);
                        }
                        return Behaviors.same();
                    });
        }
    }

    private void schedule(ActorRef<Due> target, int number, long deadline) {
        wheel.schedule(System.nanoTime(), deadline, target, new Due(number, deadline));
    }

    private static void requireEachOnceAndNoneEarly(Notes notes) {
        BitSet seen = new BitSet();
        for (Due due : notes.arrived) {
            assertFalse(seen.get(due.number()), due + " came twice");
            seen.set(due.number());
        }
        assertEquals(notes.expected, seen.cardinality());
        assertEquals(List.of(), notes.early);
    }

    @Test
    void aMessageComesWithItsDeadlineAndNotBefore() {
        TestProbe<Due> probe = kit.createTestProbe();
        for (long span : new long[] {0, 1, 32_768, 1 * MS, 20 * MS}) {
            long deadline = System.nanoTime() + span;
            schedule(probe.getRef(), 7, deadline);

            assertEquals(new Due(7, deadline), probe.receiveMessage(LONG));
            assertTrue(System.nanoTime() >= deadline, "early for a span of " + span);
        }
        probe.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aDeadlineThatHasPassedIsServedAtOnce() {
        TestProbe<Due> probe = kit.createTestProbe();
        long now = System.nanoTime();
        for (long ago : new long[] {0, 1, 5 * MS, TURN, 1_000 * TURN}) {
            schedule(probe.getRef(), 1, now - ago);
            assertEquals(new Due(1, now - ago), probe.receiveMessage(LONG));
        }
    }

    @Test
    void deadlinesBeyondOneTurnWaitForTheirTurn() {
        int count = 300;
        Notes notes = new Notes(count);
        ActorRef<Due> target = kit.spawn(notes.behavior());
        long begin = System.nanoTime();
        for (int k = 0; k < count; k++) { // 0 to 2.5 turns, many on one spoke
            long turns = k % 3;
            schedule(target, k, begin + turns * TURN + (k / 3) * (TURN / 200));
        }

        requireEachOnceAndNoneEarly(notes.complete.join());
    }

    @Test
    void messagesMoreThanATickApartComeInTheOrderOfTheirDeadlines() {
        long lead = 100 * MS; // in which all are handed over before the first is due
        while (!comeInOrder(lead)) {
            lead *= 2; // on a machine that stood still meanwhile there was no order to check
        }
    }

    private boolean comeInOrder(long lead) {
        int count = 500;
        Notes notes = new Notes(count);
        ActorRef<Due> target = kit.spawn(notes.behavior());
        long begin = System.nanoTime() + lead;
        for (int k = 0; k < count; k++) {
            int number = (int) (k * 193L % count); // in no order
            schedule(target, number, begin + number * 70_000L);
        }
        boolean inTime = System.nanoTime() < begin;
        requireEachOnceAndNoneEarly(notes.complete.join());
        for (int k = 0; inTime && k < count; k++) {
            assertEquals(k, notes.arrived.get(k).number());
        }
        return inTime;
    }

    @Test
    void messagesOfOneDeadlineComeInTheOrderInWhichTheyWereScheduled() {
        int count = 1_000;
        Notes notes = new Notes(count);
        ActorRef<Due> target = kit.spawn(notes.behavior());
        long deadline = System.nanoTime() + 5 * MS;
        for (int k = 0; k < count; k++) {
            schedule(target, k, deadline);
        }
        requireEachOnceAndNoneEarly(notes.complete.join());
        for (int k = 0; k < count; k++) {
            assertEquals(k, notes.arrived.get(k).number());
        }
    }

    /** 320,000 entries from four threads: the hand-over holds 65,536. */
    @Test
    void manyThreadsMayScheduleMoreThanTheHandOverHolds() throws InterruptedException {
        int threads = 4;
        int each = 80_000;
        Notes notes = new Notes(threads * each);
        ActorRef<Due> target = kit.spawn(notes.behavior());
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            Thread writer =
                    new Thread(
                            () -> {
                                ready.countDown();
                                for (int k = 0; k < each; k++) {
                                    int number = first + k;
                                    double u = CounterRandom.uniform(1, 2, number);
                                    long span = (long) (u * 150 * MS);
                                    schedule(target, number, System.nanoTime() + span);
                                }
                            });
            writers.add(writer);
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }

        requireEachOnceAndNoneEarly(notes.complete.join());
    }

    @Test
    void whatIsUnderWayIsCountedAsPending() {
        TimerWheel own = new TimerWheel("pending");
        TestProbe<Due> probe = kit.createTestProbe();
        long hour = System.nanoTime() + 3_600_000 * MS;
        for (int k = 1; k <= 10; k++) {
            own.schedule(System.nanoTime(), hour, probe.getRef(), new Due(k, hour));
            while (own.pending() != k) {
                Thread.onSpinWait();
            }
        }
        own.close();
    }

    @Test
    void anIdleWheelWakesUp() {
        TestProbe<Due> probe = kit.createTestProbe();
        for (int k = 0; k < 2_000; k++) { // each time the wheel has nothing left and may sleep
            schedule(probe.getRef(), k, System.nanoTime());
            assertEquals(k, probe.receiveMessage(LONG).number());
        }
    }

    @Test
    void latenessIsRecordedOncePerMessageAndNeverNegative() {
        TimerWheel own = new TimerWheel("own");
        TestProbe<Due> probe = kit.createTestProbe();
        for (int k = 0; k < 50; k++) {
            long now = System.nanoTime();
            own.schedule(now, now + k * 10_000L, probe.getRef(), new Due(k, now + k * 10_000L));
        }
        for (int k = 0; k < 50; k++) {
            probe.receiveMessage(LONG);
        }
        long last = System.nanoTime(); // once it is delivered the others have been recorded
        own.schedule(last, last, probe.getRef(), new Due(0, last));
        probe.receiveMessage(LONG);

        var lateness = own.takeLateness();
        assertTrue(lateness.getTotalCount() == 50 || lateness.getTotalCount() == 51);
        assertTrue(lateness.getMinValue() >= 0);
        assertTrue(own.takeLateness().getTotalCount() <= 1, "taking starts again");
        own.close();
    }

    @Test
    void closingWithMessagesUnderWayEndsTheThreadAndDeliversNothingMore()
            throws InterruptedException {
        TimerWheel own = new TimerWheel("closing-wheel");
        Thread thread = threadNamed("closing-wheel");
        TestProbe<Due> probe = kit.createTestProbe();
        long deadline = System.nanoTime() + 3_600_000 * MS;
        own.schedule(System.nanoTime(), deadline, probe.getRef(), new Due(1, deadline));
        own.close();
        own.close();
        thread.join();

        probe.expectNoMessage(Duration.ZERO);
    }

    /** With nobody to empty the hand-over a scheduler must give up, not wait for ever. */
    @Test
    void schedulingOnAClosedWheelReturns() throws InterruptedException {
        TimerWheel own = new TimerWheel("closed-wheel");
        Thread thread = threadNamed("closed-wheel");
        own.close();
        thread.join();
        TestProbe<Due> probe = kit.createTestProbe();
        for (int k = 0; k < 70_000; k++) {
            own.schedule(0, 0, probe.getRef(), new Due(k, 0));
        }

        probe.expectNoMessage(Duration.ZERO);
    }

    private static Thread threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
