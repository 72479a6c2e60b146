package org.relaxon.runtime.shard;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.CellLearning;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates;
import org.relaxon.model.cell.Work;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;

/**
 * Some cells of a session, with consecutive indices, between two runs, and the tasks that run on
 * them, cell by cell. {@link Shards} gives every task to the shards in the order of their cells.
 *
 * <p>A shard may know its own cells, the wiring, the rule, and what a task hands to it: a phase,
 * shares of columns, a learning step, parameters, the frame of an audit, what the shards before it
 * have added to a sum. It may not know the session, the host, other shards, a clock or how many
 * shards there are; its results do not depend on that. What a task takes and returns could travel
 * as bytes; here it is passed by reference, and a task leaves it in the shape in which it was.
 */
final class Shard {
    private final Cells cells;
    private final SharedUpdates shared;

    Shard(Cells cells) {
        this.cells = cells;
        shared = new SharedUpdates(cells);
    }

    Shard twins() {
        return new Shard(cells.twins());
    }

    /** Makes one part of a host around each cell, in order. */
    <T> void around(Function<Cell, T> part, List<T> parts) {
        cells.forEach(c -> parts.add(part.apply(c)));
    }

    AuditPart part(Audit audit) {
        return audit.part(cells);
    }

    /** The numbers that these cells share with others. */
    SharedUpdates shared() {
        return shared;
    }

    void lowerThreshold(double factor) {
        cells.forEach(c -> c.lowerThreshold(factor));
    }

    void refine(double factor) {
        cells.forEach(c -> c.refine(factor));
    }

    Work work() {
        Work sum = Work.NONE;
        for (int k = 0; k < cells.size(); k++) {
            sum = sum.plus(cells.get(k).work());
        }
        return sum;
    }

    void save(String name, boolean moving) {
        for (Cell cell : cells) {
            if (moving) {
                cell.snapshotMoving(name);
            } else {
                cell.snapshot(name);
            }
        }
    }

    void update(double[] columnWeights, Parameters gradient) {
        learning(c -> c.update(columnWeights, gradient));
    }

    boolean isFinite(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().isFinite(columnWeights);
        }
        return finite;
    }

    boolean prepare(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepare(columnWeights);
        }
        return finite;
    }

    boolean prepareMore(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepareMore(columnWeights);
        }
        return finite;
    }

    void learn(LearningStep step) {
        learning(c -> c.learn(step));
    }

    void learn(double[] columnWeights, double rate) {
        learning(c -> c.learn(columnWeights, rate));
    }

    void present(Presentation presentation) {
        learning(c -> c.present(presentation));
    }

    boolean learnedAll() {
        boolean all = true;
        for (Cell cell : cells) {
            all &= cell.learning().learnedAll();
        }
        return all;
    }

    void save(Parameters into) {
        learning(c -> c.save(into));
    }

    void load(Parameters from) {
        learning(c -> c.load(from));
    }

    void saveMemory(int which, Parameters into) {
        learning(c -> c.saveMemory(which, into));
    }

    void loadMemory(int which, Parameters from) {
        learning(c -> c.loadMemory(which, from));
    }

    private void learning(Consumer<CellLearning> task) {
        cells.forEach(c -> task.accept(c.learning()));
    }
}
