package org.relaxon.runtime.shard;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.CellLearning;
import org.relaxon.model.plasticity.LearningStep;

/** How cells of this JVM change their weights between two runs, on all threads of a crew. */
final class JointLearning {
    /** More parts than threads: they take different times. */
    private static final int PARTS_PER_THREAD = 4;

    /** Synapses below which a part takes no longer than handing it to another thread. */
    private static final long SYNAPSES_MIN = 1L << 14;

    private final Crew crew;
    private final List<Runnable> tasks = new ArrayList<>();
    private List<Runnable> small = new ArrayList<>(); // parts that run one after another
    private long synapses; // of these

    JointLearning(Crew crew) {
        this.crew = crew;
    }

    /** Adds the sum of the updates of twins of one cell. */
    void prepare(List<CellLearning> twins, List<double[]> columnWeights, Runnable notFinite) {
        long own = twins.get(0).synapses();
        if (own < SYNAPSES_MIN) {
            add(
                    own * twins.size(),
                    () ->
                            CellLearning.preparing(twins, columnWeights, 1, notFinite)
                                    .forEach(Runnable::run));
        } else {
            tasks.addAll(CellLearning.preparing(twins, columnWeights, most(own), notFinite));
        }
    }

    /** Adds the change of one cell's weights. */
    void learn(CellLearning cell, LearningStep step) {
        long own = cell.synapses();
        if (own < SYNAPSES_MIN) {
            add(own, () -> cell.learn(step));
        } else {
            tasks.addAll(cell.learning(step, most(own)));
        }
    }

    /** Adds the change of one cell's weights by a rate, which gathers no sum first. */
    void learn(CellLearning cell, double[] columnWeights, double rate) {
        add(cell.synapses(), () -> cell.learn(columnWeights, rate));
    }

    private int most(long own) {
        long most = Math.min((long) crew.threads() * PARTS_PER_THREAD, own / SYNAPSES_MIN);
        return crew.threads() == 1 ? 1 : (int) most;
    }

    private void add(long more, Runnable part) {
        small.add(part);
        synapses += more;
        if (synapses >= SYNAPSES_MIN) {
            close();
        }
    }

    private void close() {
        List<Runnable> parts = small;
        tasks.add(() -> parts.forEach(Runnable::run));
        small = new ArrayList<>();
        synapses = 0;
    }

    /** Does all that was added. */
    void run() {
        if (!small.isEmpty()) {
            close();
        }
        crew.run(tasks);
    }
}
