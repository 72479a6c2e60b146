package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Writes down all bits of the settlings of its sessions. It interrupts them at random events: what
 * was saved goes on in a new session with other weights, which takes the place of the old one.
 */
final class InterruptedHost extends VirtualHost {
    /**
     * What was saved, and what goes on.
     *
     * @param begun a session in which the same settling has just begun
     * @param saved the session that was saved
     * @param stepping its settling
     * @param resumed the session that goes on
     * @param fresh opens another
     */
    record Interruption(
            Session begun,
            Session saved,
            Stepping stepping,
            Session resumed,
            Supplier<Session> fresh) {}

    private static final Sampling EACH =
            Sampling.everyRelaxations(1).withQuantities(List.of(Quantity.ACTIVITY, Quantity.ERROR));
    private static final long[] STEPS = {3, 30, 300};
    private static final int TIMES_MAX = 3; // in one phase

    private final SplittableRandom random; // null: nothing is interrupted
    private final Consumer<Interruption> witness; // null for none
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Long> frames = new TreeMap<>(); // hash of the last of each cell
    private int interruptions;
    private long mostInFlight;

    InterruptedHost(SplittableRandom random, Consumer<Interruption> witness) {
        this.random = random;
        this.witness = witness;
    }

    List<String> notes() {
        return notes;
    }

    int interruptions() {
        return interruptions;
    }

    long mostInFlight() {
        return mostInFlight;
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        Session[] current = {observed(network, plan)};
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("settle")) {
                                Phase phase = (Phase) arguments[0];
                                return noted(current, plan, phase, (Budget) arguments[1]);
                            }
                            try {
                                return method.invoke(current[0], arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Session observed(Network network, RunPlan plan) {
        Session session = super.open(network, plan);
        session.observe(new Observation(EACH, this::keep));
        return session;
    }

    private void keep(Frame frame) {
        long hash = frame.time();
        for (Reading reading : frame.readings()) {
            for (double value : reading.values()) {
                hash = 31 * hash + Double.doubleToRawLongBits(value);
            }
        }
        frames.put(frame.cell().name(), hash);
    }

    private Settlement noted(Session[] current, RunPlan plan, Phase phase, Budget budget) {
        frames.clear();
        Settlement verdict =
                random == null
                        ? current[0].settle(phase, budget)
                        : interrupted(current, plan, phase, budget);
        notes.add(text(verdict) + ", frames " + frames + ", " + bits(current[0].report()));
        return verdict;
    }

    private Settlement interrupted(Session[] current, RunPlan plan, Phase phase, Budget budget) {
        Stepping stepping = current[0].begin(phase, budget);
        byte[] begun = stepping.save();
        for (int times = 1 + random.nextInt(TIMES_MAX); times > 0; times--) {
            if (!stepping.step(1 + random.nextLong(STEPS[random.nextInt(STEPS.length)]))) {
                break;
            }
            mostInFlight = Math.max(mostInFlight, stepping.inFlight());
            interruptions++;
            byte[] bytes = stepping.save();
            Network other = current[0].network().with(current[0].network().zeros());
            Session next = observed(other, plan);
            Stepping resumed = next.resume(bytes);
            assertArrayEquals(bytes, resumed.save(), "what was resumed is what was saved");
            if (witness != null) {
                Supplier<Session> fresh = () -> super.open(other, plan);
                Session beginning = fresh.get();
                beginning.resume(begun);
                witness.accept(new Interruption(beginning, current[0], stepping, next, fresh));
            }
            current[0] = next;
            stepping = resumed;
        }
        return stepping.finish();
    }

    static String text(Settlement verdict) {
        StringBuilder out = new StringBuilder(verdict.getClass().getSimpleName());
        if (verdict instanceof NotSettled not) {
            out.append(not.reason() + ", " + not.detail() + ", " + not.residual());
            out.append(not.cells()).append(not.links());
        }
        if (verdict instanceof Conclusive conclusive) {
            Equilibrium state = conclusive.equilibrium();
            out.append(" phase ").append(state.phaseId());
            for (int p = 0; p < state.populations(); p++) {
                out.append(' ').append(state.activity(p).hashCode());
                out.append(' ').append(state.error(p) == null ? 0 : state.error(p).hashCode());
                out.append(' ').append(state.memories(p).hashCode());
            }
        }
        return out.toString();
    }

    /** All components of a report but the wall-clock time. */
    static String bits(RunReport report) {
        Map<String, String> out = new TreeMap<>();
        try {
            for (RecordComponent one : RunReport.class.getRecordComponents()) {
                if (!one.getName().equals("wallNanos") && !one.getName().equals("histograms")) {
                    out.put(one.getName(), one.getAccessor().invoke(report).toString());
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        for (Map.Entry<String, Histogram> one : report.histograms().entrySet()) {
            Histogram h = one.getValue();
            out.put(one.getKey(), h.getTotalCount() + " " + h.getMean() + " " + h.getMaxValue());
        }
        return out.toString();
    }
}
