package org.relaxon.runtime.settling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Shards;

/**
 * The pipeline of every host: sessions whose cells are twins, and threads that wait for them. The
 * first lane equals in every bit the session that the host would open for the plan; the others draw
 * delays, faults and pauses from their own seeds.
 */
public final class SettlingPipeline implements Pipeline {
    private static final int LANES_MAX = 1024;
    private static final long LANE_STREAM = 1L << 52;

    private final List<SettlingSession> lanes;
    private final ExecutorService workers; // start their threads when these are needed
    private final Crew crew; // changes weights

    private SettlingPipeline(List<SettlingSession> lanes, int threads, Crew crew) {
        this.lanes = List.copyOf(lanes);
        workers = Executors.newFixedThreadPool(threads, named());
        this.crew = crew == null ? new Crew(workers, threads) : crew;
        if (lanes.size() > 1) {
            lanes.forEach(SettlingSession::share);
        }
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "relaxon-lane-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Opens all lanes.
     *
     * @param plan plan of the first lane
     * @param lanes number of lanes
     * @param threads lanes that may run at the same time
     * @param opener opens a session for the plan of a lane, around twins of given cells; around new
     *     ones if they are null
     * @return the pipeline
     */
    public static Pipeline of(
            RunPlan plan,
            int lanes,
            int threads,
            BiFunction<RunPlan, Shards, SettlingSession> opener) {
        List<SettlingSession> sessions = new ArrayList<>();
        Shards originals = null;
        for (int k = 0; k < lanes; k++) {
            sessions.add(opener.apply(planOf(plan, k), originals));
            originals = sessions.get(0).runner().shards();
        }
        return new SettlingPipeline(sessions, threads, null);
    }

    /**
     * {@return a pipeline of sessions that are open already, whose cells are twins}
     *
     * @param lanes the sessions, by lane; each has a thread that waits for it
     */
    public static Pipeline around(List<SettlingSession> lanes) {
        return new SettlingPipeline(lanes, lanes.size(), lanes.get(0).runner().crew());
    }

    /**
     * {@return the plan of one lane, which has its own seed}
     *
     * @param plan plan of the first lane
     * @param lane the lane, from 0
     */
    public static RunPlan planOf(RunPlan plan, int lane) {
        return lane == 0
                ? plan
                : plan.withSeed(CounterRandom.bits(plan.seed(), LANE_STREAM, lane) >>> 1);
    }

    /**
     * Refuses options that are not available with several lanes.
     *
     * @param plan plan of the first lane
     * @param lanes number of lanes
     * @throws IllegalArgumentException if the number is out of range, or if cells crash although
     *     there is more than one lane
     */
    public static void requireLanes(RunPlan plan, int lanes) {
        if (lanes < 1 || lanes > LANES_MAX) {
            throw new IllegalArgumentException(
                    "in-flight: %d is not in 1..%d".formatted(lanes, LANES_MAX));
        }
        if (lanes > 1 && !plan.faults().crashes().isEmpty()) {
            throw new IllegalArgumentException(
                    "in-flight: a crash is counted in the parcels of one example; with %d in flight"
                                    .formatted(lanes)
                            + " it is undefined which");
        }
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    @Override
    public Session lane(int index) {
        return lanes.get(index);
    }

    @Override
    public <T> List<T> inEach(int count, Task<T> task) {
        if (count < 1 || count > lanes.size()) {
            throw new IllegalArgumentException(
                    "in-flight: %d of %d lanes".formatted(count, lanes.size()));
        }
        if (lanes.size() == 1) {
            return List.of(task.run(0, lanes.get(0)));
        }
        List<Future<T>> running = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int lane = k;
            running.add(workers.submit(() -> task.run(lane, lanes.get(lane))));
        }
        List<T> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<T> one : running) {
            try {
                results.add(await(one));
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            }
        }
        if (failure != null) {
            throw failure instanceof Error error ? raise(error) : (RuntimeException) failure;
        }
        return results;
    }

    private static RuntimeException raise(Error error) {
        throw error;
    }

    /** An interruption cancels the settling, as with a single session. */
    private <T> T await(Future<T> one) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return one.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void learn(List<Conclusive> settled, Estimator estimator, LearningStep step) {
        learn(lanes, settled, estimator, step, crew);
    }

    /** One change by the summed updates of these sessions, whose cells are twins. */
    static void learn(
            List<SettlingSession> lanes,
            List<Conclusive> settled,
            Estimator estimator,
            LearningStep step,
            Crew crew) {
        lanes.forEach(lane -> lane.requireIdle("learn"));
        double[][] weights = new double[settled.size()][];
        for (int k = 0; k < weights.length; k++) {
            Conclusive own = settled.get(k);
            weights[k] = own == null ? null : lanes.get(k).requireCurrent(own, estimator);
        }
        List<Shards> took = new ArrayList<>();
        List<double[]> columnWeights = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] != null) {
                took.add(lanes.get(k).runner().shards());
                columnWeights.add(weights[k]);
            }
        }
        if (took.isEmpty()) {
            return;
        }
        if (!Shards.prepare(took, columnWeights, crew)) {
            throw new ArithmeticException("a local update is not finite; no weight was changed");
        }
        lanes.forEach(SettlingSession::weightsChange);
        lanes.get(0).runner().shards().learn(step, crew);
    }

    /** Reads the cells' own arrays: a training asks after every step. */
    @Override
    public boolean hasFiniteWeights() {
        lanes.forEach(lane -> lane.requireIdle("hasFiniteWeights"));
        return lanes.get(0).runner().shards().haveFiniteWeights();
    }

    @Override
    public void loadMemories(List<Parameters> memories) {
        lanes.forEach(lane -> lane.requireIdle("loadMemories"));
        lanes.get(0).replaceMemories(memories);
    }

    @Override
    public void cancel() {
        lanes.forEach(SettlingSession::cancel);
    }

    @Override
    public void close() {
        lanes.forEach(SettlingSession::close);
        workers.shutdown();
    }
}
