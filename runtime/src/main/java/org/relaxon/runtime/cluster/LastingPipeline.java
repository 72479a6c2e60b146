package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.Session;

/**
 * Lanes whose cells outlast their nodes. The head keeps the weights and memories of the last whole
 * state, and the changes since, each with the settlings that it learned from. When a node is lost,
 * cells are placed again with that state, the changes are repeated in their order, and then, in
 * each lane, the settlings that its states come from. What was in progress begins again; nothing of
 * it had counted.
 */
final class LastingPipeline implements Pipeline {
    /** Places the cells of this session on the nodes that there are. */
    @FunctionalInterface
    interface Opener {
        /**
         * Places cells.
         *
         * @param network with the weights to start from
         * @param lost why they are placed again; null if they are not
         * @throws NodeLostException if there is no node for them
         */
        Placed open(Network network, NodeLostException lost);
    }

    /** A change of weights or memories, and the settlings of each lane that it learned from. */
    private record Change(List<List<PastSettling>> before, Consumer<Placed> change) {}

    /** Losses that one use of a session outlasts. */
    private static final int LOSSES_MAX = 8;

    /** Changes that are repeated at most. */
    private static final int CHANGES_MAX = 256;

    /** Repeating may take as many times as long as fetching a whole state. */
    private static final long FETCH_SHARE = 20;

    private final Network network;
    private final Opener opener;
    private final double tolerance;
    private final List<LastingSession> lanes = new ArrayList<>();
    private final Set<Placed> retired = new LinkedHashSet<>();
    private final List<Change> changes = new ArrayList<>(); // since the whole state
    private Parameters weights; // of the last whole state; null if there is none
    private List<Parameters> memories = List.of(); // likewise
    private int memoryCount;
    private long fetchedNanos; // when
    private long fetchNanos; // duration
    private volatile Placed placed;
    private volatile Placed repeating; // while changes are repeated
    private volatile boolean closed;

    /**
     * Opens all lanes.
     *
     * @param network with the initial weights
     * @param lanes number of lanes
     * @param tolerance largest defect that counts as settled
     * @param opener places cells
     */
    LastingPipeline(Network network, int lanes, double tolerance, Opener opener) {
        this.network = network;
        this.opener = opener;
        this.tolerance = tolerance;
        weights = network.parameters();
        placed = opener.open(network, null);
        fetchedNanos = System.nanoTime();
        for (int k = 0; k < lanes; k++) {
            this.lanes.add(new LastingSession(this, k, placed));
        }
    }

    Network network() {
        return network;
    }

    double tolerance() {
        return tolerance;
    }

    Placed placed() {
        return placed;
    }

    /**
     * Does something with cells, again on other nodes if one is lost meanwhile.
     *
     * @param going whether it is still wanted after a loss
     * @param use what to do; what it has begun when a node is lost does not count
     * @return its result
     * @throws NodeLostException if a node was lost, and it cannot be done on others
     */
    <T> T lasting(BooleanSupplier going, Function<Placed, T> use) {
        for (int losses = 0; ; losses++) {
            Placed seen = placed;
            try {
                return use.apply(seen);
            } catch (NodeLostException e) {
                if (!going.getAsBoolean() || losses >= LOSSES_MAX) {
                    throw e;
                }
                again(seen, e);
            } catch (PastSettling.ElsewhereException e) {
                throw new NodeLostException("a node was lost, and " + e.getMessage());
            }
        }
    }

    /** Places cells again, unless another lane has done so. */
    private synchronized void again(Placed seen, NodeLostException why) {
        seen.retire(why);
        if (placed != seen) {
            return;
        }
        if (closed) {
            throw why;
        }
        if (weights == null) {
            throw why.with(
                    "weights that change while the network settles are not repeated; a checkpoint"
                            + " is");
        }
        retired.add(seen);
        placed = placedAgain(why);
    }

    private Placed placedAgain(NodeLostException why) {
        NodeLostException last = why;
        for (int losses = 0; losses < LOSSES_MAX; losses++) {
            Placed next = opener.open(network.with(weights), last);
            repeating = next;
            try {
                if (!memories.isEmpty()) {
                    next.pipeline().loadMemories(memories);
                }
                changes.forEach(one -> repeat(one, next));
                return next;
            } catch (NodeLostException e) {
                last = e;
                next.retire(e);
                retired.add(next);
            } catch (RuntimeException | Error e) {
                next.retire(why);
                retired.add(next);
                throw e;
            } finally {
                repeating = null;
            }
        }
        throw last;
    }

    private void repeat(Change one, Placed next) {
        for (int k = 0; k < one.before().size(); k++) {
            for (PastSettling settling : one.before().get(k)) {
                settling.repeat(next, k, tolerance);
            }
        }
        one.change().accept(next);
    }

    /**
     * Changes weights or memories in all lanes: once, or not at all.
     *
     * @param change what to do; to be repeated after a loss
     */
    void change(Consumer<Placed> change) {
        done(change, () -> lanes.stream().map(LastingSession::takeHistory).toList());
    }

    /** Changes what no state depends on. */
    private void changeBeside(Consumer<Placed> change) {
        done(change, List::of);
    }

    private void done(Consumer<Placed> change, Supplier<List<List<PastSettling>>> history) {
        lasting(
                () -> true,
                now -> {
                    lanes.forEach(lane -> lane.catchUp(now));
                    change.accept(now);
                    return null;
                });
        synchronized (this) {
            changes.add(new Change(history.get(), change));
        }
        long since = System.nanoTime() - fetchedNanos;
        if (since >= FETCH_SHARE * fetchNanos || changes.size() >= CHANGES_MAX) {
            fetch();
        }
    }

    /** Weights begin to change as cells settle: from now on there is no whole state. */
    synchronized void letGo() {
        weights = null;
        changes.clear();
    }

    /** Makes the present weights and memories the last whole state. */
    private void fetch() {
        if (weights == null) {
            return;
        }
        long begin = System.nanoTime();
        lasting(
                () -> true,
                now -> {
                    Parameters present = now.lane(0).parameters();
                    List<Parameters> held = now.lane(0).memories(memoryCount);
                    synchronized (this) {
                        weights = present;
                        memories = held;
                        changes.clear();
                    }
                    return null;
                });
        fetchedNanos = System.nanoTime();
        fetchNanos = fetchedNanos - begin;
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
        return placed.pipeline().inEach(count, (k, own) -> task.run(k, lanes.get(k)));
    }

    @Override
    public void learn(List<Conclusive> settled, Estimator estimator, LearningStep step) {
        List<PastSettling> last = lanes.stream().map(LastingSession::last).toList();
        need(step.optimiser().memories());
        change(
                now -> {
                    List<Conclusive> present = new ArrayList<>();
                    for (int k = 0; k < settled.size(); k++) {
                        present.add(LastingSession.present(last.get(k), settled.get(k)));
                    }
                    now.pipeline().learn(present, estimator, step);
                });
    }

    @Override
    public boolean hasFiniteWeights() {
        return lasting(() -> true, now -> now.pipeline().hasFiniteWeights());
    }

    /** Synapses hold at least so many numbers for their optimiser. */
    void need(int count) {
        memoryCount = Math.max(memoryCount, count);
    }

    @Override
    public void loadMemories(List<Parameters> replacing) {
        List<Parameters> all = List.copyOf(replacing);
        need(all.size());
        changeBeside(now -> now.pipeline().loadMemories(all));
    }

    @Override
    public void cancel() {
        lanes.forEach(LastingSession::cancel);
    }

    /** Ends what cells do at present; it is not tried again. */
    void cancelPresent() {
        Placed other = repeating;
        if (other != null) {
            other.cancel();
        }
    }

    @Override
    public void close() {
        closed = true;
        placed.close();
        synchronized (this) {
            placed.close();
            retired.forEach(Placed::close);
            retired.clear();
        }
    }
}
