package org.relaxon.runtime.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.cell.Work;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.runtime.shard.Shard;

/** One lane of a shard on a node: tasks and results travel as bytes. */
final class RemoteShard implements Shard {
    /** A task without arguments. */
    private static void none(StateWriter out) {}

    private static Void nothing(StateReader in) {
        return null;
    }

    private final Calls calls;
    private final int lane;
    private final Wiring wiring;
    private final Network network;
    private final Rows own;

    /** The shard of a node, of which {@code own} are the rows of weights. */
    RemoteShard(Calls calls, int lane, Wiring wiring, Rows own) {
        this.own = own;
        this.calls = calls;
        this.lane = lane;
        this.wiring = wiring;
        network = wiring.network();
    }

    private Runnable begin(Task task, Consumer<StateWriter> arguments) {
        Supplier<Void> end = calls.begin(lane, task, arguments, RemoteShard::nothing);
        return end::get;
    }

    private BooleanSupplier ask(Task task, Consumer<StateWriter> arguments) {
        Supplier<Boolean> end = calls.begin(lane, task, arguments, StateReader::readBoolean);
        return end::get;
    }

    private BooleanSupplier ask(Task task, double[] columnWeights) {
        return ask(task, out -> out.writeDoubles(columnWeights));
    }

    private <T> T call(
            Task task, Consumer<StateWriter> arguments, Function<StateReader, T> result) {
        return calls.call(lane, task, arguments, result);
    }

    @Override
    public AuditPart part(Audit audit) {
        return new RemoteAudit(calls, lane, wiring);
    }

    @Override
    public void count(Map<Numbers, Integer> counts) {
        Map<Numbers, Integer> own =
                call(
                        Task.COUNT,
                        RemoteShard::none,
                        in -> SharedForm.load(in, StateReader::readInt));
        own.forEach((numbers, some) -> counts.merge(numbers, some, Integer::sum));
    }

    @Override
    public boolean keepShared(Map<Numbers, Integer> counts) {
        return call(
                Task.KEEP_SHARED,
                out -> SharedForm.save(counts, (count, to) -> to.writeInt(count), out),
                StateReader::readBoolean);
    }

    @Override
    public void addShared(Map<Numbers, double[][]> sums) {
        Map<Numbers, double[][]> now =
                call(
                        Task.ADD_SHARED,
                        out -> SharedForm.save(sums, SharedForm::saveRows, out),
                        in -> SharedForm.load(in, SharedForm::loadRows));
        sums.putAll(now);
    }

    @Override
    public void takeShared(Map<Numbers, double[][]> sums) {
        begin(
                        Task.TAKE_SHARED,
                        out -> SharedForm.save(new TreeMap<>(sums), SharedForm::saveRows, out))
                .run();
    }

    @Override
    public Runnable lowerThreshold(double factor) {
        return begin(Task.LOWER_THRESHOLD, out -> out.writeDouble(factor));
    }

    @Override
    public Runnable refine(double factor) {
        return begin(Task.REFINE, out -> out.writeDouble(factor));
    }

    @Override
    public Supplier<Work> work() {
        return calls.begin(
                lane,
                Task.WORK,
                RemoteShard::none,
                in -> new Work(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }

    @Override
    public Runnable save(String name, boolean moving) {
        return begin(
                Task.SAVE_STATE,
                out -> {
                    out.writeText(name);
                    out.writeBoolean(moving);
                });
    }

    /** Sums over shared numbers pass through the shards; all other numbers belong to one cell. */
    @Override
    public void update(double[] columnWeights, Parameters gradient) {
        call(
                Task.UPDATE,
                out -> {
                    out.writeDoubles(columnWeights);
                    SharedForm.saveShared(network, gradient, out);
                },
                in -> {
                    SharedForm.loadShared(network, gradient, in);
                    Rows.load(network, gradient, in);
                    return null;
                });
    }

    @Override
    public BooleanSupplier isFinite(double[] columnWeights) {
        return ask(Task.IS_FINITE, columnWeights);
    }

    @Override
    public BooleanSupplier prepare(double[] columnWeights) {
        return ask(Task.PREPARE, columnWeights);
    }

    @Override
    public BooleanSupplier prepareMore(double[] columnWeights) {
        return ask(Task.PREPARE_MORE, columnWeights);
    }

    @Override
    public Runnable learn(LearningStep step) {
        return begin(Task.LEARN_STEP, out -> StepForm.save(step, out));
    }

    @Override
    public Runnable learn(double[] columnWeights, double rate) {
        return begin(
                Task.LEARN,
                out -> {
                    out.writeDoubles(columnWeights);
                    out.writeDouble(rate);
                });
    }

    @Override
    public Runnable present(Presentation presentation) {
        return begin(
                Task.PRESENT,
                out -> {
                    out.writeBoolean(presentation != null);
                    if (presentation != null) {
                        presentation.save(out);
                    }
                });
    }

    @Override
    public BooleanSupplier learnedAll() {
        return ask(Task.LEARNED_ALL, RemoteShard::none);
    }

    @Override
    public BooleanSupplier haveFiniteWeights() {
        return ask(Task.FINITE_WEIGHTS, RemoteShard::none);
    }

    @Override
    public void save(Parameters into) {
        call(Task.SAVE, RemoteShard::none, in -> rows(into, in));
    }

    private Void rows(Parameters into, StateReader in) {
        Rows.load(network, into, in);
        return null;
    }

    @Override
    public Runnable load(Parameters from) {
        return begin(Task.LOAD, out -> own.save(from, out));
    }

    @Override
    public void saveMemory(int which, Parameters into) {
        call(Task.SAVE_MEMORY, out -> out.writeInt(which), in -> rows(into, in));
    }

    @Override
    public Runnable loadMemory(int which, Parameters from) {
        return begin(
                Task.LOAD_MEMORY,
                out -> {
                    out.writeInt(which);
                    own.save(from, out);
                });
    }
}
