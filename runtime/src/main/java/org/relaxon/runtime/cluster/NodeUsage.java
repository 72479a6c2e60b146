package org.relaxon.runtime.cluster;

import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.slot.Slot;

/**
 * What the cells of one node take and do, as the node itself measures it.
 *
 * @param cells number of its cells
 * @param neurons of these cells
 * @param heapBytes heap that the session takes after a collection, beyond what was in use before
 * @param relaxations of all its cells in the last phase
 * @param operations multiplications by a weight in the last phase, see {@link
 *     org.relaxon.model.cell.Work}
 * @param cpuNanos processor time of the process since the last phase began, with messages and
 *     audits, nanoseconds
 * @param roundOperations multiplications by a weight when each cell relaxes once on new signals on
 *     all its links
 * @param roundNanos time that this takes one thread, nanoseconds
 */
public record NodeUsage(
        long cells,
        long neurons,
        long heapBytes,
        long relaxations,
        long operations,
        long cpuNanos,
        double roundOperations,
        long roundNanos) {
    /** That of cells that no run has, but for their rounds. */
    static NodeUsage of(List<Slot> slots, long heapBytes, long cpuNanos) {
        long neurons = 0;
        long relaxations = 0;
        long operations = 0;
        double round = 0.0;
        for (Slot slot : slots) {
            Cell cell = slot.cell();
            neurons += cell.id().size();
            relaxations += cell.steps();
            long own = cell.work().synaptic();
            operations += own;
            round += cell.steps() == 0 ? 0.0 : (double) own / cell.steps();
        }
        return new NodeUsage(
                slots.size(), neurons, heapBytes, relaxations, operations, cpuNanos, round, 0);
    }

    /** The same, with rounds that were measured later. */
    NodeUsage with(NodeUsage rounds, long nanos) {
        return new NodeUsage(
                cells,
                neurons,
                heapBytes,
                relaxations,
                operations,
                cpuNanos,
                rounds.roundOperations,
                nanos);
    }

    void save(StateWriter out) {
        out.writeLong(cells);
        out.writeLong(neurons);
        out.writeLong(heapBytes);
        out.writeLong(relaxations);
        out.writeLong(operations);
        out.writeLong(cpuNanos);
        out.writeDouble(roundOperations);
        out.writeLong(roundNanos);
    }

    static NodeUsage load(StateReader in) {
        return new NodeUsage(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readLong());
    }
}
