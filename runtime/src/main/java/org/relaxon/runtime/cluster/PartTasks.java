package org.relaxon.runtime.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Work;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.actor.Part;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.actor.Traces;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.shard.Shard;

/** What a node does for one lane of a session as its head asks. */
final class PartTasks {
    private final Network network;
    private final Present present;
    private final Shard shard;
    private final Traces traces;
    private final AuditTasks audits;
    private final List<Sent> sent; // to every node

    PartTasks(Part.Site site, Shard shard, Traces traces, List<Sent> sent) {
        this.sent = sent;
        network = site.wiring().network();
        present = Present.of(site.wiring(), site.division(), site.index());
        this.shard = shard;
        this.traces = traces;
        audits = new AuditTasks(site, shard);
    }

    /** The lane's shard is about to receive this. */
    void opening(ShardActor.Command command) {
        audits.opening(command);
    }

    /** The phase of the cells; null before the first. */
    Phase phase() {
        return audits.phase();
    }

    /**
     * Does a task.
     *
     * @param task what to do
     * @param in its arguments
     * @return writes its result
     */
    Consumer<StateWriter> run(Task task, StateReader in) {
        return switch (task) {
            case OPEN -> throw in.refusal("a task of an open session");
            case LOWER_THRESHOLD -> end(shard.lowerThreshold(in.readDouble()));
            case REFINE -> end(shard.refine(in.readDouble()));
            case WORK -> work(shard.work());
            case SAVE_STATE -> end(shard.save(in.readText(), in.readBoolean()));
            case COUNT, KEEP_SHARED, ADD_SHARED, TAKE_SHARED -> shared(task, in);
            case UPDATE, SAVE, LOAD, SAVE_MEMORY, LOAD_MEMORY -> parameters(task, in);
            case IS_FINITE -> truth(shard.isFinite(in.readDoubles()));
            case PREPARE -> truth(shard.prepare(in.readDoubles()));
            case PREPARE_MORE -> truth(shard.prepareMore(in.readDoubles()));
            case LEARN_STEP -> end(shard.learn(StepForm.load(in)));
            case LEARN -> end(shard.learn(in.readDoubles(), in.readDouble()));
            case PRESENT -> end(shard.present(in.readBoolean() ? Presentation.load(in) : null));
            case LEARNED_ALL -> truth(shard.learnedAll());
            case FINITE_WEIGHTS -> truth(shard.haveFiniteWeights());
            case BEGIN_TRACES -> end(traces::begin);
            case COUNTERS -> counters(traces.counters());
            case HISTOGRAMS -> HistogramForm.saving(traces.histograms());
            default -> audits.run(task, in);
        };
    }

    private Consumer<StateWriter> counters(CellCounters counters) {
        return out -> {
            counters.save(out);
            sent.forEach(one -> one.totals().save(out));
        };
    }

    private static Consumer<StateWriter> end(Runnable task) {
        task.run();
        return out -> {};
    }

    private static Consumer<StateWriter> truth(BooleanSupplier task) {
        boolean result = task.getAsBoolean();
        return out -> out.writeBoolean(result);
    }

    private static Consumer<StateWriter> work(Supplier<Work> task) {
        Work work = task.get();
        return out -> {
            out.writeLong(work.synaptic());
            out.writeLong(work.dense());
            out.writeLong(work.events());
            out.writeLong(work.spikes());
        };
    }

    private Consumer<StateWriter> shared(Task task, StateReader in) {
        if (task == Task.COUNT) {
            Map<Numbers, Integer> counts = new HashMap<>();
            shard.count(counts);
            return out -> SharedForm.save(counts, (count, to) -> to.writeInt(count), out);
        }
        if (task == Task.KEEP_SHARED) {
            boolean any = shard.keepShared(SharedForm.load(in, StateReader::readInt));
            return out -> out.writeBoolean(any);
        }
        Map<Numbers, double[][]> sums = SharedForm.load(in, SharedForm::loadRows);
        if (task == Task.TAKE_SHARED) {
            shard.takeShared(sums);
            return out -> {};
        }
        shard.addShared(sums);
        return out -> SharedForm.save(sums, SharedForm::saveRows, out);
    }

    private Consumer<StateWriter> parameters(Task task, StateReader in) {
        Parameters own = present.zeros();
        switch (task) {
            case UPDATE -> {
                double[] columnWeights = in.readDoubles();
                SharedForm.loadShared(network, own, in);
                shard.update(columnWeights, own);
                return out -> {
                    SharedForm.saveShared(network, own, out);
                    Rows.of(network, (p, row) -> !p.sharesWeights()).save(own, out);
                };
            }
            case SAVE -> shard.save(own);
            case SAVE_MEMORY -> shard.saveMemory(in.readInt(), own);
            case LOAD -> {
                Rows.load(network, own, in);
                return end(shard.load(own));
            }
            default -> {
                int which = in.readInt();
                Rows.load(network, own, in);
                return end(shard.loadMemory(which, own));
            }
        }
        return out -> Rows.all(network).save(own, out);
    }
}
