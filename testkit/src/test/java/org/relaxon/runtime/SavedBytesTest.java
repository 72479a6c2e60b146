package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.runtime.wire.WireException;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Which bytes a session goes on with, and which it refuses. */
class SavedBytesTest {
    private static final int HEADER = 20;
    private static final Problem PROBLEM = Problem.tanh(3, 2, 2, 3, 2);
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding())
                    .withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("exponential:100us"));
    private static final byte[] SAVED = saved();

    private static Session open(Network network, RunPlan plan) {
        return new VirtualHost().open(network, plan);
    }

    private static Session open() {
        return open(PROBLEM.network(), PLAN);
    }

    private static Session synchronous() {
        RunPlan plan = RunPlan.of(new PredictiveCoding());
        return new SynchronousHost().open(PROBLEM.network(), plan);
    }

    private static Stepping begin(Session session) {
        return session.begin(PROBLEM.nudged(0.1), Budget.DEFAULT);
    }

    private static byte[] saved() {
        try (Session session = open()) {
            Stepping stepping = begin(session);
            assertTrue(stepping.step(40));
            assertTrue(stepping.inFlight() > 0);
            return stepping.save();
        }
    }

    private static WireException refusal(Session session, byte[] bytes) {
        WireException e = assertThrows(WireException.class, () -> session.resume(bytes));
        assertTrue(e.getMessage().startsWith("bytes: at offset " + e.offset() + ": expected "));
        return e;
    }

    /** Puts the checksum right. */
    private static byte[] sealed(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, 16);
        sum.update(bytes, HEADER, bytes.length - HEADER);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(16, (int) sum.getValue());
        return bytes;
    }

    @Test
    void aSettlingGoesOnAfterItWasSaved() {
        try (Session session = open();
                Session other = open();
                Session whole = open()) {
            Stepping stepping = begin(session);
            stepping.step(40);
            byte[] bytes = stepping.save();
            assertInstanceOf(Settled.class, stepping.finish());
            assertInstanceOf(Settled.class, other.resume(bytes).finish());
            whole.settle(PROBLEM.nudged(0.1), Budget.DEFAULT);
            assertEquals(whole.report().traceHash(), session.report().traceHash());
            assertEquals(whole.report().traceHash(), other.report().traceHash());
        }
    }

    @Test
    void weightsAndSavedStatesTravel() {
        try (Session first = open();
                Session second = open(PROBLEM.network().with(PROBLEM.network().zeros()), PLAN)) {
            Settled free = (Settled) first.settle(PROBLEM.nudged(0.1), Budget.DEFAULT);
            first.learn(free, Estimator.ONE_SIDED, 0.5);
            first.settle(PROBLEM.free(), Budget.DEFAULT);
            first.snapshot("free");
            Stepping stepping =
                    first.begin(PROBLEM.nudged(0.2).startingFrom("free"), Budget.DEFAULT);
            stepping.step(3);
            second.resume(stepping.save()).finish();
            stepping.finish();

            assertArrayEquals(flat(first), flat(second));
            assertNotEquals(0.0, flat(second)[0]);
            second.settle(PROBLEM.nudged(0.3).startingFrom("free"), Budget.DEFAULT);
            first.settle(PROBLEM.nudged(0.3).startingFrom("free"), Budget.DEFAULT);
            assertEquals(
                    InterruptedHost.bits(first.report()), InterruptedHost.bits(second.report()));
        }
    }

    private static double[] flat(Session session) {
        return Compare.flat(session.parameters(), 2);
    }

    @Test
    void anotherPlanOrNetworkIsRefusedByName() {
        Map<String, RunPlan> plans = new LinkedHashMap<>();
        plans.put("seed 1 as in this session, found 2", PLAN.withSeed(2));
        plans.put("granularity ", PLAN.withGranularity(Granularity.LAYER));
        plans.put("delay ", PLAN.withDelay(Delays.parse("exponential:101us")));
        plans.put("discipline eager", PLAN.withDiscipline(Discipline.poisson(20_000)));
        plans.put("threshold 1.0E-10, refined as", PLAN.withThreshold(1e-10));
        plans.put("quantum 0.0 as in this session, found 1.0E-12", PLAN.withQuantum(1e-12));
        plans.put("threshold 1.0E-10, refined as in this", PLAN.withTolerance(1e-6));
        plans.put("tolerance ", PLAN.withFirstThreshold(1e-10).withTolerance(1e-6));
        plans.put("resolution ", PLAN.withResolution(1e-3));
        plans.put("kernels ", PLAN.withKernels(Kernels.Kind.FAST));
        plans.put(
                "kernels STRICT as in this session, found STRICT_FLOAT",
                PLAN.withKernels(Kernels.Kind.STRICT_FLOAT));
        plans.put("faults ", PLAN.withFaults(Faults.NONE.withDuplicate(0.1)));
        plans.put("delivery ", PLAN.withDelivery(Delivery.RELIABLE_LATEST));
        plans.put("refractory ", PLAN.withRefractoryNanos(7));
        plans.put(
                "timing none",
                PLAN.withConditions(
                        PLAN.conditions()
                                .withTiming(Timing.NONE.withDelay("2", Delays.none(), null))));
        plans.put("audit-rounds ", PLAN.withAuditRounds(3));
        plans.put("probes ", PLAN.withProbes(true));
        plans.forEach(
                (name, plan) -> {
                    try (Session other = open(PROBLEM.network(), plan);
                            Session here = open()) {
                        Stepping stepping = begin(other);
                        stepping.step(1);
                        String message = refusal(here, stepping.save()).getMessage();
                        assertTrue(message.contains("expected " + name), message);
                        settles(here);
                    }
                });
        for (int[] sizes : new int[][] {{2, 4, 2}, {2, 3, 3, 2}}) {
            Problem other = Problem.tanh(3, 2, sizes);
            try (Session session = open(other.network(), PLAN)) {
                refusal(session, SAVED);
                session.settle(other.nudged(0.1), Budget.DEFAULT);
            }
        }
    }

    private static void settles(Session session) {
        assertInstanceOf(Settled.class, session.settle(PROBLEM.nudged(0.1), Budget.DEFAULT));
    }

    @Test
    void everyTruncationAndFlippedByteIsRefusedAndTheSessionIsAsBefore() {
        try (Session session = open()) {
            for (int length = 0; length < SAVED.length; length += 1 + length / 64) {
                refusal(session, Arrays.copyOf(SAVED, length));
            }
            for (int at = 0; at < SAVED.length; at += 1 + at / 64) {
                byte[] flipped = SAVED.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                refusal(session, flipped);
            }
            settles(session);
            assertInstanceOf(Settled.class, session.resume(SAVED).finish());
        }
    }

    /** Bytes of a writer with a defect: a right checksum over wrong bytes. */
    @Test
    void bytesThatMakeNoSenseEndInTheSameExceptionAndCloseTheSession() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        int closed = 0;
        for (int k = 0; k < 400; k++) {
            byte[] changed = SAVED.clone();
            int at = HEADER + random.nextInt(changed.length - HEADER);
            changed[at] = (byte) random.nextInt();
            if (k % 3 == 0 && at + 4 <= changed.length) {
                ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 1 << 31);
            }
            sealed(changed);
            try (Session session = open()) {
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                boolean whole = resumes(session, changed);
                long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                refused += whole ? 0 : 1;
                closed += !whole && isClosed(session) ? 1 : 0;
                long most = 64L * SAVED.length + (1 << 20);
                assertTrue(after - before < most, after - before + " bytes allocated");
            }
        }
        assertTrue(refused > 50, refused + " refused");
        assertTrue(closed > 0 && closed <= refused, closed + " closed");
    }

    private static boolean resumes(Session session, byte[] bytes) {
        try {
            session.resume(bytes);
            return true;
        } catch (WireException e) {
            return false;
        }
    }

    private static boolean isClosed(Session session) {
        try {
            settles(session);
            return false;
        } catch (IllegalStateException e) {
            assertEquals("the session is closed", e.getMessage());
            return true;
        }
    }

    @Test
    void aRequestToCancelIsSavedToo() {
        try (Session session = open();
                Session other = open()) {
            Stepping stepping = begin(session);
            stepping.step(10);
            session.cancel();
            NotSettled verdict =
                    assertInstanceOf(NotSettled.class, other.resume(stepping.save()).finish());
            assertEquals(Reason.CANCELLED, verdict.reason());
        }
    }

    @Test
    void whatCannotBeSavedOrResumedIsRefusedByName() {
        try (Session session = open()) {
            Stepping stepping = begin(session);
            String inUse =
                    assertThrows(IllegalStateException.class, () -> session.resume(SAVED))
                            .getMessage();
            assertTrue(inUse.startsWith("resume: settling 1 is in progress"), inUse);
            stepping.finish();
            String over = assertThrows(IllegalStateException.class, stepping::save).getMessage();
            assertEquals("save: this settling has its verdict", over);
        }
        try (Session session = synchronous()) {
            assertThrows(UnsupportedOperationException.class, () -> session.resume(SAVED));
        }
        try (Pipeline lanes = new VirtualHost().open(PROBLEM.network(), PLAN, 2)) {
            assertThrows(IllegalStateException.class, () -> lanes.lane(0).resume(SAVED));
        }
        Session closed = open();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.resume(SAVED));
    }
}
