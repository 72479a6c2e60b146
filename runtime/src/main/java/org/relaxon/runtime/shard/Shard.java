package org.relaxon.runtime.shard;

import java.util.List;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;

/**
 * The cells of a session between two runs, and the tasks that it gives them. A task runs cell by
 * cell in the order of their index; results are reduced in that order, so that sums have the same
 * bits on every host.
 *
 * <p>A runner hands the cells to its threads while it runs; until it returns nothing here may be
 * called.
 */
public final class Shard {
    /**
     * The work of a phase.
     *
     * @param synaptic multiplications by a weight
     * @param events operations that an event-driven accumulator would have made
     * @param spikes unit steps on a grid, once per receiver
     */
    public record Work(long synaptic, long events, long spikes) {}

    private final List<Cell> cells;
    private final SharedUpdates shared;

    /**
     * Takes cells into a shard.
     *
     * @param cells all cells of a wiring, by index
     */
    public Shard(List<Cell> cells) {
        this.cells = List.copyOf(cells);
        shared = new SharedUpdates(this.cells);
    }

    /** {@return twins of all cells, by index, which share weights and the memory of synapses} */
    public List<Cell> twins() {
        return Cells.twins(cells);
    }

    /**
     * {@return the result of an audit}
     *
     * @param audit audit of the same wiring
     * @param phaseId id of the settling that has come to rest
     * @param phase inputs, targets and strengths imposed
     * @param sweeps whether to measure how well updates are known
     * @param anchorOff see {@link Audit#run(List, long, Phase, boolean, double[][])}
     */
    public AuditResult audit(
            Audit audit, long phaseId, Phase phase, boolean sweeps, double[][] anchorOff) {
        return audit.run(cells, phaseId, phase, sweeps, anchorOff);
    }

    /**
     * From the next phase on, lowers the threshold of signals by a factor.
     *
     * @param factor see {@link Cell#lowerThreshold}
     */
    public void lowerThreshold(double factor) {
        cells.forEach(c -> c.lowerThreshold(factor));
    }

    /**
     * Makes smaller changes worth a signal for the rest of the phase.
     *
     * @param factor see {@link Cell#refine}
     */
    public void refine(double factor) {
        cells.forEach(c -> c.refine(factor));
    }

    /** {@return the work of the phase, all cells together} */
    public Work work() {
        return new Work(
                cells.stream().mapToLong(Cell::synapticOperations).sum(),
                cells.stream().mapToLong(Cell::eventOperations).sum(),
                cells.stream().mapToLong(Cell::spikes).sum());
    }

    /**
     * Saves the state of every cell.
     *
     * @param name name of the saved state
     * @param moving whether signals may be in flight
     */
    public void save(String name, boolean moving) {
        for (Cell cell : cells) {
            if (moving) {
                cell.snapshotMoving(name);
            } else {
                cell.snapshot(name);
            }
        }
    }

    /**
     * Adds the local update of all cells.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param gradient receives the sum
     */
    public void update(double[] columnWeights, Parameters gradient) {
        cells.forEach(c -> c.learning().update(columnWeights, gradient));
    }

    /**
     * Computes the local update and stores it with the synapses.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of it is finite
     */
    public boolean prepare(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepare(columnWeights);
        }
        return finite;
    }

    /**
     * Adds the local update of twins to the stored one.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of the sum is finite
     */
    public boolean prepareMore(double[] columnWeights) {
        boolean finite = true;
        for (Cell cell : cells) {
            finite &= cell.learning().prepareMore(columnWeights);
        }
        return finite;
    }

    /**
     * Changes all weights and biases by the update that was prepared.
     *
     * @param step optimiser, rate and number of the change
     */
    public void learn(LearningStep step) {
        shared.sum();
        cells.forEach(c -> c.learning().learn(step));
    }

    /**
     * Changes all weights and biases by -rate times the local update.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param rate learning rate, finite
     */
    public void learn(double[] columnWeights, double rate) {
        if (shared.any()) {
            prepare(columnWeights);
            learn(new LearningStep(Optimiser.sgd(), rate, 1.0, 1));
            return;
        }
        cells.forEach(c -> c.learning().learn(columnWeights, rate));
    }

    /**
     * From the next phase on, changes weights after every relaxation.
     *
     * @param presentation how weights change; null ends it
     * @throws IllegalArgumentException if several cells share weights: they would drift apart
     */
    public void present(Presentation presentation) {
        if (presentation != null && shared.any()) {
            throw new IllegalArgumentException(
                    "cells that share weights cannot change them while the network settles; use layer cells");
        }
        cells.forEach(c -> c.learning().present(presentation));
    }

    /** {@return false if an update of the presentation was not finite and was skipped} */
    public boolean learnedAll() {
        return cells.stream().allMatch(c -> c.learning().learnedAll());
    }

    /**
     * Copies weights and biases out.
     *
     * @param into receives them
     */
    public void save(Parameters into) {
        cells.forEach(c -> c.learning().save(into));
    }

    /**
     * Copies weights and biases in.
     *
     * @param from their source
     */
    public void load(Parameters from) {
        cells.forEach(c -> c.learning().load(from));
    }

    /**
     * Copies memories of all synapses out.
     *
     * @param into receives them, the first memory first
     */
    public void saveMemories(List<Parameters> into) {
        for (int k = 0; k < into.size(); k++) {
            for (Cell cell : cells) {
                cell.learning().saveMemory(k, into.get(k));
            }
        }
    }

    /**
     * Copies memories of all synapses in.
     *
     * @param from their source, the first memory first
     */
    public void loadMemories(List<Parameters> from) {
        for (int k = 0; k < from.size(); k++) {
            for (Cell cell : cells) {
                cell.learning().loadMemory(k, from.get(k));
            }
        }
    }
}
