package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.virtual.VirtualHost;

/** However a settling is divided into steps, every bit of its result is the same. */
class SplitSettlingTest {
    private static final Sampling EACH =
            Sampling.everyRelaxations(1).withQuantities(List.of(Quantity.values()));

    /** Prime to the numbers of plans, delays, disciplines, granularities and members. */
    private static final int STRIDE = 67;

    /** Writes down all bits of the settlings of its sessions, which it runs in steps. */
    private static final class NotingHost extends VirtualHost {
        private final LongSupplier lengths; // of steps; null for none
        private final List<String> notes = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private long steps;
        private long frames; // hash of all
        private long mostInFlight;

        private NotingHost(LongSupplier lengths) {
            this.lengths = lengths;
        }

        @Override
        public Session open(Network network, RunPlan plan) {
            Session session = super.open(network, plan);
            session.observe(new Observation(EACH, this::fold));
            return (Session)
                    Proxy.newProxyInstance(
                            Session.class.getClassLoader(),
                            new Class<?>[] {Session.class},
                            (proxy, method, arguments) -> {
                                try {
                                    return method.getName().equals("settle")
                                            ? noted(
                                                    session,
                                                    (Phase) arguments[0],
                                                    (Budget) arguments[1])
                                            : method.invoke(session, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }

        private void fold(Frame frame) {
            fold(frame.time());
            fold(frame.sequence());
            for (Reading reading : frame.readings()) {
                for (double value : reading.values()) {
                    fold(Double.doubleToRawLongBits(value));
                }
            }
        }

        private void fold(long value) {
            frames = 31 * frames + value;
        }

        private Settlement noted(Session session, Phase phase, Budget budget) {
            Settlement verdict =
                    lengths == null
                            ? session.settle(phase, budget)
                            : inSteps(session.begin(phase, budget));
            String text = verdict.getClass().getSimpleName();
            if (verdict instanceof NotSettled not) {
                text = not.reason() + ", " + not.detail() + ", " + not.residual();
                reasons.add(not.reason().reportName());
            }
            notes.add(text + ", frames " + frames + ", " + InterruptedHost.bits(session.report()));
            return verdict;
        }

        private Settlement inSteps(Stepping stepping) {
            long time = stepping.hostNanos();
            assertEquals(0, time);
            assertEquals(0, stepping.inFlight(), "before the first event");
            while (stepping.step(lengths.getAsLong())) {
                steps++;
                mostInFlight = Math.max(mostInFlight, stepping.inFlight());
                assertTrue(stepping.inFlight() >= 0);
                assertTrue(stepping.hostNanos() >= time);
                time = stepping.hostNanos();
            }
            return stepping.finish();
        }
    }

    private static List<FaultCase> rows() {
        List<FaultCase> all = FaultCase.all(FaultCase.DELAYS, 1, 1);
        List<FaultCase> out = new ArrayList<>();
        for (int k = 0; k < all.size(); k += STRIDE) {
            if (all.get(k).refusal() == null) {
                out.add(all.get(k));
            }
        }
        return out;
    }

    /** Every other run has a budget that it may exceed, of each kind in turn. */
    private static Budget budget(int number) {
        Budget whole = new Budget(300_000, Long.MAX_VALUE / 4, 4_000_000);
        return switch (number % 8) {
            case 1 -> whole.withMessages(10 + number);
            case 3 -> whole.withRelaxations(10 + number);
            case 5 -> whole.withNanos(100_000L + 10_000L * number);
            case 7 -> new Budget(300_000, Long.MAX_VALUE / 4, 3 + number % 5);
            default -> whole;
        };
    }

    private static LongSupplier randomSteps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] most = {1, 3, 30, 1_000};
        return () -> 1 + random.nextLong(most[random.nextInt(most.length)]);
    }

    private static NotingHost run(FaultCase row, int number, LongSupplier lengths) {
        NotingHost host = new NotingHost(lengths);
        RunPlan plan = row.disturbed().withProbes(number % 5 == 0);
        Family.estimate(host, plan, row.member(), row.problem(), budget(number));
        return host;
    }

    @Test
    void anySplitGivesTheSameBitsUnderAnyDisciplineAndFault() {
        List<FaultCase> rows = rows();
        Map<String, Integer> reasons = new TreeMap<>();
        long steps = 0;
        long mostInFlight = 0;
        for (int k = 0; k < rows.size(); k++) {
            String context = "row " + k + ": " + rows.get(k);
            NotingHost whole = run(rows.get(k), k, null);
            NotingHost split = run(rows.get(k), k, randomSteps(k));
            assertEquals(whole.notes, split.notes, context);
            steps += split.steps;
            mostInFlight = Math.max(mostInFlight, split.mostInFlight);
            split.reasons.forEach(r -> reasons.merge(r, 1, Integer::sum));
        }
        assertTrue(rows.size() > 50, rows.size() + " rows");
        assertTrue(steps > 20L * rows.size(), "few steps: " + steps);
        assertTrue(mostInFlight > 10, "few parcels in flight: " + mostInFlight);
        for (String reason :
                List.of("message-budget", "relaxation-budget", "time-budget", "in-flight-budget")) {
            assertTrue(reasons.containsKey(reason), reason + " never happened: " + reasons);
        }
    }

    @Test
    void oneEventAtATimeGivesTheSameBits() {
        List<FaultCase> rows = rows();
        for (int k = 0; k < rows.size(); k += 8) {
            assertEquals(run(rows.get(k), 0, null).notes, run(rows.get(k), 0, () -> 1).notes);
        }
    }

    /** The twin: other seeds are other notes, or all of them would be equal. */
    @Test
    void anotherSeedIsAnotherNote() {
        FaultCase row = rows().get(rows().size() / 2);
        FaultCase other =
                new FaultCase(
                        row.member(),
                        row.deep(),
                        row.granularity(),
                        row.discipline(),
                        row.delay(),
                        row.faults(),
                        row.seed() + 1);
        List<String> notes = run(row, 0, null).notes;
        assertNotEquals(notes, run(other, 0, () -> 5).notes);
        assertTrue(Arrays.stream(notes.get(0).split(",")).count() > 15, notes.get(0));
    }
}
