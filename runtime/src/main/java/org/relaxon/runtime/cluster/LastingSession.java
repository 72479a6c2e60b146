package org.relaxon.runtime.cluster;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.SettlingSession;

/** One lane of a {@link LastingPipeline}. */
final class LastingSession implements Session {
    private final LastingPipeline pipeline;
    private final int lane;
    private final History history = new History();
    private Placed standing; // whose cells hold the states of the history
    private int lowered;
    private RunReport report; // null if nothing has been settled
    private volatile boolean cancelled; // since the present use began

    LastingSession(LastingPipeline pipeline, int lane, Placed first) {
        this.pipeline = pipeline;
        this.lane = lane;
        standing = first;
    }

    /** Makes the states of this lane again where its cells are now. */
    void catchUp(Placed now) {
        if (standing != now) {
            history.all().forEach(one -> one.repeat(now, lane, pipeline.tolerance()));
            standing = now;
        }
    }

    List<PastSettling> takeHistory() {
        return history.take();
    }

    PastSettling last() {
        return history.last();
    }

    /** What a caller holds, about the cells that there are now. */
    static Conclusive present(PastSettling last, Conclusive given) {
        return last != null && given != null && last.isKnownAs(given) ? last.present(given) : given;
    }

    private <T> T lasting(Function<SettlingSession, T> use) {
        cancelled = false;
        return pipeline.lasting(
                () -> !cancelled,
                now -> {
                    catchUp(now);
                    return use.apply(now.lane(lane));
                });
    }

    @Override
    public Settlement settle(Phase phase, Budget budget) {
        long begin = System.nanoTime();
        history.begin();
        report = null;
        cancelled = false;
        try {
            Settlement verdict =
                    pipeline.lasting(
                            () -> !cancelled,
                            now -> {
                                catchUp(now);
                                Settlement one = now.settle(lane, lowered, phase, budget);
                                report = now.lane(lane).report();
                                return one;
                            });
            history.add(phase, budget, lowered, verdict);
            return verdict;
        } catch (NodeLostException e) {
            report = RunReport.ofNothing(System.nanoTime() - begin);
            return e.verdict(phase.columns());
        }
    }

    @Override
    public Stepping begin(Phase phase, Budget budget) {
        return pipeline.placed().lane(lane).begin(phase, budget); // refuses
    }

    @Override
    public Stepping resume(byte[] saved) {
        return pipeline.placed().lane(lane).resume(saved); // refuses
    }

    @Override
    public boolean lowerThresholds(int times) {
        boolean lower = pipeline.lasting(() -> true, now -> now.lower(lane, times));
        lowered = times;
        return lower;
    }

    @Override
    public RunReport report() {
        if (report == null) {
            throw new IllegalStateException("nothing has been settled yet");
        }
        return report;
    }

    @Override
    public LocalUpdate update(Conclusive settled, Estimator estimator) {
        return lasting(own -> own.update(present(history.last(), settled), estimator));
    }

    @Override
    public Parameters unprovenUpdate(Estimator estimator) {
        return lasting(own -> own.unprovenUpdate(estimator));
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, double rate) {
        PastSettling last = history.last();
        change(own -> own.learn(present(last, settled), estimator, rate));
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, LearningStep step) {
        PastSettling last = history.last();
        pipeline.need(step.optimiser().memories());
        change(own -> own.learn(present(last, settled), estimator, step));
    }

    private void change(Consumer<SettlingSession> use) {
        pipeline.change(now -> use.accept(now.lane(lane)));
    }

    @Override
    public Trained train(
            Phase phase, Estimator estimator, LearningStep step, long wholeUpdates, Budget budget) {
        var unused = lasting(own -> own); // its states are where its cells are
        history.begin();
        pipeline.letGo();
        report = null;
        return lasting(
                own -> {
                    Trained end = own.train(phase, estimator, step, wholeUpdates, budget);
                    report = own.report();
                    return end;
                });
    }

    @Override
    public List<Parameters> memories(int count) {
        return lasting(own -> own.memories(count));
    }

    @Override
    public void loadMemories(List<Parameters> memories) {
        if (pipeline.lanes() > 1) {
            pipeline.placed().lane(lane).loadMemories(memories); // refuses
        }
        pipeline.loadMemories(memories);
    }

    @Override
    public Parameters parameters() {
        return lasting(SettlingSession::parameters);
    }

    @Override
    public void load(Parameters parameters) {
        Parameters copy = pipeline.network().with(parameters).parameters();
        change(own -> own.load(copy));
    }

    @Override
    public void snapshot(String name) {
        lasting(
                own -> {
                    own.snapshot(name);
                    return null;
                });
        history.save(name);
    }

    @Override
    public void observe(Observation observation) {
        pipeline.placed().lane(lane).observe(observation); // refuses all but none
    }

    @Override
    public Network network() {
        return pipeline.network();
    }

    @Override
    public List<CellId> cells() {
        return pipeline.placed().lane(lane).cells();
    }

    @Override
    public void cancel() {
        cancelled = true;
        pipeline.placed().lane(lane).cancel();
        pipeline.cancelPresent();
    }

    @Override
    public void close() {
        if (pipeline.lanes() == 1) {
            pipeline.close();
        } else {
            pipeline.placed().lane(lane).close();
        }
    }
}
