package org.relaxon.runtime.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.cell.Work;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.RunPlan;

/**
 * All cells of a session between two runs, divided into shards, and the tasks that the session
 * gives them. A task runs shard by shard, and in a shard cell by cell; results are reduced in the
 * order of cells. Sums therefore have the same bits on every host and for every number of shards.
 *
 * <p>A runner hands the cells to its threads while it runs; until it returns nothing here may be
 * called.
 */
public final class Shards {
    private final Division division;
    private final List<Shard> shards;
    private final List<LocalShard> here; // the same; none if they are in other JVMs
    private final boolean sharing; // cells share numbers

    /** Some of the shards: what they share with the others is not known here. */
    private Shards(Division division, List<LocalShard> some) {
        this.division = division;
        shards = List.copyOf(some);
        here = some;
        sharing = false;
    }

    private Shards(Division division, List<? extends Shard> shards, List<LocalShard> here) {
        this.division = division;
        this.shards = List.copyOf(shards);
        this.here = here;
        Map<Numbers, Integer> counts = new HashMap<>();
        shards.forEach(s -> s.count(counts));
        boolean any = false;
        for (Shard shard : shards) {
            any |= shard.keepShared(counts);
        }
        sharing = any;
    }

    private static Shards here(Division division, List<LocalShard> shards) {
        return new Shards(division, shards, shards);
    }

    /**
     * {@return all cells of a wiring, where others have them}
     *
     * @param division which cells are in which shard
     * @param shards one for each range
     */
    public static Shards elsewhere(Division division, List<? extends Shard> shards) {
        return new Shards(division, shards, List.of());
    }

    /**
     * {@return all cells of a wiring, with the network's initial weights}
     *
     * @param wiring cells and links of the network
     * @param rule rule that the cells follow
     * @param kernels kind of arithmetic
     * @param signalling which changes are worth a signal, and how signals are rounded
     * @param oneThread whether one thread at a time owns all cells
     * @param most largest number of shards, at least 1; there are no empty ones
     */
    public static Shards of(
            Wiring wiring,
            Rule rule,
            Kernels.Kind kernels,
            Signalling signalling,
            boolean oneThread,
            int most) {
        Cells all = Cells.of(wiring, rule, kernels, signalling, oneThread);
        Division division = Division.atMost(most, all.size());
        List<LocalShard> shards = new ArrayList<>();
        for (int k = 0; k < division.parts(); k++) {
            shards.add(new LocalShard(all.range(division.first(k), division.first(k + 1))));
        }
        return here(division, shards);
    }

    /**
     * {@return the cells of one shard, where others have the others}
     *
     * @param wiring cells and links of the network
     * @param plan rule, arithmetic and signalling of the cells
     * @param division which cells are in which shard
     * @param part the shard that is here
     */
    public static Shards partly(Wiring wiring, RunPlan plan, Division division, int part) {
        Cells cells =
                Cells.of(
                        wiring,
                        plan.rule(),
                        plan.kernels(),
                        plan.signalling(),
                        false,
                        division.first(part),
                        division.first(part + 1));
        return new Shards(division, List.of(new LocalShard(cells)));
    }

    /** {@return the one shard of {@link #partly}} */
    public Shard part() {
        return here.get(0);
    }

    /** {@return twins of all cells, which share weights and the memory of synapses} */
    public Shards twins() {
        List<LocalShard> twins = here.stream().map(LocalShard::twins).toList();
        return twins.size() == division.parts()
                ? here(division, twins)
                : new Shards(division, twins);
    }

    private void inEach(Function<Shard, Runnable> task) {
        shards.stream().map(task).toList().forEach(Runnable::run);
    }

    /** Ends the task in every shard, also after one has found otherwise. */
    private boolean all(Function<Shard, BooleanSupplier> task) {
        boolean all = true;
        for (BooleanSupplier one : shards.stream().map(task).toList()) {
            all &= one.getAsBoolean();
        }
        return all;
    }

    /** {@return which cells are in which shard} */
    public Division division() {
        return division;
    }

    /**
     * {@return what a host needs of each cell to run it, by index}
     *
     * @param part makes it around a cell
     * @param <T> its type
     */
    public <T> List<T> around(Function<Cell, T> part) {
        List<T> parts = new ArrayList<>(division.cells());
        here.forEach(s -> s.around(part, parts));
        return List.copyOf(parts);
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
        return audit.run(
                shards.stream().map(s -> s.part(audit)).toList(),
                phaseId,
                phase,
                sweeps,
                anchorOff);
    }

    /**
     * From the next phase on, lowers the threshold of signals by a factor.
     *
     * @param factor see {@link Cell#lowerThreshold}
     */
    public void lowerThreshold(double factor) {
        inEach(s -> s.lowerThreshold(factor));
    }

    /**
     * Makes smaller changes worth a signal for the rest of the phase.
     *
     * @param factor see {@link Cell#refine}
     */
    public void refine(double factor) {
        inEach(s -> s.refine(factor));
    }

    /** {@return the work of the phase, all cells together} */
    public Work work() {
        List<Supplier<Work>> each = shards.stream().map(Shard::work).toList();
        return each.stream().map(Supplier::get).reduce(Work.NONE, Work::plus);
    }

    /**
     * Saves the state of every cell.
     *
     * @param name name of the saved state
     * @param moving whether signals may be in flight
     */
    public void save(String name, boolean moving) {
        inEach(s -> s.save(name, moving));
    }

    /**
     * Adds the local update of all cells.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param gradient receives the sum
     */
    public void update(double[] columnWeights, Parameters gradient) {
        shards.forEach(s -> s.update(columnWeights, gradient));
    }

    /**
     * {@return whether the local update of all cells is finite}
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    public boolean isFinite(double[] columnWeights) {
        return all(s -> s.isFinite(columnWeights));
    }

    /**
     * Computes the local update and stores it with the synapses.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of it is finite
     */
    public boolean prepare(double[] columnWeights) {
        return all(s -> s.prepare(columnWeights));
    }

    /**
     * Adds the local update of twins to the stored one.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of the sum is finite
     */
    public boolean prepareMore(double[] columnWeights) {
        return all(s -> s.prepareMore(columnWeights));
    }

    /**
     * Computes the sum of the local updates of lanes, whose cells are twins, and stores it with
     * their synapses. The bits depend neither on the threads nor on where the cells are.
     *
     * @param lanes cells of each lane, at least one
     * @param columnWeights share of every column in the estimate, by lane, length B each
     * @param crew threads that do it, if the cells are in this JVM
     * @return true if all of the sum is finite
     */
    public static boolean prepare(List<Shards> lanes, List<double[]> columnWeights, Crew crew) {
        if (lanes.get(0).here.isEmpty()) {
            boolean all = true;
            for (int k = 0; k < lanes.size(); k++) {
                double[] own = columnWeights.get(k);
                all &= k == 0 ? lanes.get(k).prepare(own) : lanes.get(k).prepareMore(own);
            }
            return all;
        }
        AtomicBoolean finite = new AtomicBoolean(true);
        JointLearning joint = new JointLearning(crew);
        for (int s = 0; s < lanes.get(0).here.size(); s++) {
            int shard = s;
            List<LocalShard> twins = lanes.stream().map(l -> l.here.get(shard)).toList();
            LocalShard.prepare(twins, columnWeights, () -> finite.set(false), joint);
        }
        joint.run();
        return finite.get();
    }

    /**
     * Changes all weights and biases by the update that was prepared.
     *
     * @param step optimiser, rate and number of the change
     * @param crew threads that do it, if the cells are in this JVM
     */
    public void learn(LearningStep step, Crew crew) {
        if (sharing) {
            Map<Numbers, double[][]> sums = new HashMap<>();
            shards.forEach(s -> s.addShared(sums));
            shards.forEach(s -> s.takeShared(sums));
        }
        if (here.isEmpty()) {
            inEach(s -> s.learn(step));
            return;
        }
        JointLearning joint = new JointLearning(crew);
        here.forEach(s -> s.learn(step, joint));
        joint.run();
    }

    /**
     * Changes all weights and biases by -rate times the local update.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param rate learning rate, finite
     * @param crew threads that do it, if the cells are in this JVM
     */
    public void learn(double[] columnWeights, double rate, Crew crew) {
        if (sharing) {
            prepare(columnWeights);
            learn(new LearningStep(Optimiser.sgd(), rate, 1.0, 1), crew);
        } else if (here.isEmpty()) {
            inEach(s -> s.learn(columnWeights, rate));
        } else {
            JointLearning joint = new JointLearning(crew);
            here.forEach(s -> s.learn(columnWeights, rate, joint));
            joint.run();
        }
    }

    /**
     * From the next phase on, changes weights after every relaxation.
     *
     * @param presentation how weights change; null ends it
     * @throws IllegalArgumentException if several cells share weights: they would drift apart
     */
    public void present(Presentation presentation) {
        if (presentation != null && sharing) {
            throw new IllegalArgumentException(
                    "cells that share weights cannot change them while the network settles; use layer cells if one projection is shared, and phased learning if several are tied");
        }
        inEach(s -> s.present(presentation));
    }

    /** {@return false if an update of the presentation was not finite and was skipped} */
    public boolean learnedAll() {
        return all(Shard::learnedAll);
    }

    /** {@return whether all weights and biases are finite} */
    public boolean haveFiniteWeights() {
        return all(Shard::haveFiniteWeights);
    }

    /**
     * Copies weights and biases out.
     *
     * @param into receives them
     */
    public void save(Parameters into) {
        shards.forEach(s -> s.save(into));
    }

    /**
     * Copies weights and biases in.
     *
     * @param from their source
     */
    public void load(Parameters from) {
        inEach(s -> s.load(from));
    }

    /**
     * Copies memories of all synapses out.
     *
     * @param into receives them, the first memory first
     */
    public void saveMemories(List<Parameters> into) {
        for (int k = 0; k < into.size(); k++) {
            for (Shard shard : shards) {
                shard.saveMemory(k, into.get(k));
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
            int which = k;
            inEach(s -> s.loadMemory(which, from.get(which)));
        }
    }
}
