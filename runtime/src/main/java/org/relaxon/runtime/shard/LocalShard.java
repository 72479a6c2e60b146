package org.relaxon.runtime.shard;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.CellLearning;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Work;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;

/** A shard whose cells are in this JVM: a task has ended when its method returns. */
final class LocalShard implements Shard {
    private final Cells cells;
    private final SharedUpdates shared;

    LocalShard(Cells cells) {
        this.cells = cells;
        shared = new SharedUpdates(cells);
    }

    LocalShard twins() {
        return new LocalShard(cells.twins());
    }

    /** Makes one part of a host around each cell, in order. */
    <T> void around(Function<Cell, T> part, List<T> parts) {
        cells.forEach(c -> parts.add(part.apply(c)));
    }

    @Override
    public AuditPart part(Audit audit) {
        return audit.part(cells);
    }

    @Override
    public void count(Map<Numbers, Integer> counts) {
        shared.count(counts);
    }

    @Override
    public boolean keepShared(Map<Numbers, Integer> counts) {
        shared.keepShared(counts);
        return shared.any();
    }

    @Override
    public void addShared(Map<Numbers, double[][]> sums) {
        shared.addTo(sums);
    }

    @Override
    public void takeShared(Map<Numbers, double[][]> sums) {
        shared.take(sums);
    }

    @Override
    public Runnable lowerThreshold(double factor) {
        cells.forEach(c -> c.lowerThreshold(factor));
        return LocalShard::end;
    }

    @Override
    public Runnable refine(double factor) {
        cells.forEach(c -> c.refine(factor));
        return LocalShard::end;
    }

    @Override
    public Supplier<Work> work() {
        Work sum = Work.NONE;
        for (int k = 0; k < cells.size(); k++) {
            sum = sum.plus(cells.get(k).work());
        }
        Work all = sum;
        return () -> all;
    }

    @Override
    public Runnable save(String name, boolean moving) {
        for (Cell cell : cells) {
            if (moving) {
                cell.snapshotMoving(name);
            } else {
                cell.snapshot(name);
            }
        }
        return LocalShard::end;
    }

    @Override
    public void update(double[] columnWeights, Parameters gradient) {
        learning(c -> c.update(columnWeights, gradient));
    }

    @Override
    public BooleanSupplier isFinite(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().isFinite(columnWeights);
        }
        boolean all = finite;
        return () -> all;
    }

    @Override
    public BooleanSupplier prepare(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepare(columnWeights);
        }
        boolean all = finite;
        return () -> all;
    }

    @Override
    public BooleanSupplier prepareMore(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepareMore(columnWeights);
        }
        boolean all = finite;
        return () -> all;
    }

    /** Adds the sum of the updates of the same shard of several lanes. */
    static void prepare(
            List<LocalShard> twins,
            List<double[]> columnWeights,
            Runnable notFinite,
            JointLearning all) {
        for (int k = 0; k < twins.get(0).cells.size(); k++) {
            int cell = k;
            all.prepare(
                    twins.stream().map(t -> t.cells.get(cell).learning()).toList(),
                    columnWeights,
                    notFinite);
        }
    }

    void learn(double[] columnWeights, double rate, JointLearning all) {
        learning(c -> all.learn(c, columnWeights, rate));
    }

    void learn(LearningStep step, JointLearning all) {
        learning(c -> all.learn(c, step));
    }

    @Override
    public Runnable learn(LearningStep step) {
        learning(c -> c.learn(step));
        return LocalShard::end;
    }

    @Override
    public Runnable learn(double[] columnWeights, double rate) {
        learning(c -> c.learn(columnWeights, rate));
        return LocalShard::end;
    }

    @Override
    public Runnable present(Presentation presentation) {
        learning(c -> c.present(presentation));
        return LocalShard::end;
    }

    @Override
    public BooleanSupplier learnedAll() {
        boolean all = true;
        for (Cell cell : cells) {
            all &= cell.learning().learnedAll();
        }
        boolean each = all;
        return () -> each;
    }

    @Override
    public BooleanSupplier haveFiniteWeights() {
        boolean finite = true;
        for (Cell cell : cells) {
            finite = finite && cell.learning().hasFiniteWeights();
        }
        boolean all = finite;
        return () -> all;
    }

    @Override
    public void save(Parameters into) {
        learning(c -> c.save(into));
    }

    @Override
    public Runnable load(Parameters from) {
        learning(c -> c.load(from));
        return LocalShard::end;
    }

    @Override
    public void saveMemory(int which, Parameters into) {
        learning(c -> c.saveMemory(which, into));
    }

    @Override
    public Runnable loadMemory(int which, Parameters from) {
        learning(c -> c.loadMemory(which, from));
        return LocalShard::end;
    }

    private void learning(Consumer<CellLearning> task) {
        cells.forEach(c -> task.accept(c.learning()));
    }

    /** The task has ended before. */
    private static void end() {}
}
