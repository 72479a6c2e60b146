package org.relaxon.tools.serve;

import java.util.List;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.observe.Observation;

/**
 * A session whose settlings run frame by frame at a {@link Pace}. How events are divided into
 * frames changes no bit of the results.
 */
public final class PacedSession implements Session {
    /** Events of a frame per cell at most, for networks in which little or no time passes. */
    private static final int EVENTS = 8;

    private final Session inner;
    private final Pace pace;
    private final FrameRecorder recorder;
    private final Moment from;
    private int phases;
    private volatile Moment now = Moment.BEGIN;

    /**
     * A session at a pace.
     *
     * @param inner on a host that can stop between two events
     * @param pace when it may go on
     * @param recorder observes the inner session and closes every frame
     * @param from moment before which it neither waits nor records
     */
    public PacedSession(Session inner, Pace pace, FrameRecorder recorder, Moment from) {
        this.inner = inner;
        this.pace = pace;
        this.recorder = recorder;
        this.from = from;
    }

    /** {@return the end of the last frame} */
    public Moment now() {
        return now;
    }

    @Override
    public Settlement settle(Phase phase, Budget budget) {
        Stepping stepping = inner.begin(phase, budget);
        int number = phases++;
        boolean goesOn = true;
        while (goesOn) {
            boolean shown = !from.isAfter(new Moment(number, stepping.hostNanos()));
            if (shown) {
                await();
            }
            goesOn = frame(stepping, shown ? Long.MAX_VALUE : from.nanosIn(number));
            now = new Moment(number, stepping.hostNanos());
            if (shown) {
                recorder.frameEnded(number, phase, stepping.hostNanos(), stepping.inFlight());
            }
        }
        return stepping.finish();
    }

    private void await() {
        try {
            pace.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            inner.cancel();
        }
    }

    private boolean frame(Stepping stepping, long end) {
        long until = Math.min(end, stepping.hostNanos() + pace.frameNanos());
        long most = (long) EVENTS * Math.max(8, inner.cells().size());
        for (long k = 0; k < most && stepping.hostNanos() < until; k++) {
            if (!stepping.step(1)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Stepping begin(Phase phase, Budget budget) {
        return inner.begin(phase, budget);
    }

    @Override
    public Stepping resume(byte[] saved) {
        return inner.resume(saved);
    }

    @Override
    public boolean lowerThresholds(int times) {
        return inner.lowerThresholds(times);
    }

    @Override
    public RunReport report() {
        return inner.report();
    }

    @Override
    public LocalUpdate update(Conclusive settled, Estimator estimator) {
        return inner.update(settled, estimator);
    }

    @Override
    public Parameters unprovenUpdate(Estimator estimator) {
        return inner.unprovenUpdate(estimator);
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, double rate) {
        inner.learn(settled, estimator, rate);
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, LearningStep step) {
        inner.learn(settled, estimator, step);
    }

    @Override
    public Trained train(
            Phase phase, Estimator estimator, LearningStep step, long wholeUpdates, Budget budget) {
        return inner.train(phase, estimator, step, wholeUpdates, budget);
    }

    @Override
    public List<Parameters> memories(int count) {
        return inner.memories(count);
    }

    @Override
    public void loadMemories(List<Parameters> memories) {
        inner.loadMemories(memories);
    }

    @Override
    public Parameters parameters() {
        return inner.parameters();
    }

    @Override
    public void load(Parameters parameters) {
        inner.load(parameters);
    }

    @Override
    public void snapshot(String name) {
        inner.snapshot(name);
    }

    @Override
    public void observe(Observation observation) {
        inner.observe(observation);
    }

    @Override
    public Network network() {
        return inner.network();
    }

    @Override
    public List<CellId> cells() {
        return inner.cells();
    }

    @Override
    public void cancel() {
        inner.cancel();
    }

    @Override
    public void close() {
        inner.close();
    }
}
