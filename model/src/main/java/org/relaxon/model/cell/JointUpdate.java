package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.state.CellState;
import org.relaxon.model.weights.Weights;

/**
 * The sum of the local updates of twins, in parts that can be computed side by side. Every synapse
 * adds the products of its own columns one after another, twin by twin, as if each twin's update
 * were added to a stored sum: the bits do not depend on the number of parts. Where they would, as
 * with weights in single precision, there is one part.
 */
final class JointUpdate {
    private final List<CellLearning> twins;
    private final List<double[]> columnWeights;
    private final Runnable notFinite;
    private final SynapticMemory memory;

    /**
     * @param twins learning of cells that share their synapses
     * @param columnWeights share of every column in the estimate, by twin, length B each
     * @param notFinite is run by a part that finds such a sum
     */
    JointUpdate(List<CellLearning> twins, List<double[]> columnWeights, Runnable notFinite) {
        this.twins = twins;
        this.columnWeights = columnWeights;
        this.notFinite = notFinite;
        memory = twins.get(0).cell().synapses().memory();
    }

    /**
     * {@return the parts; all have to run, on any thread}
     *
     * @param most parts of one projection
     */
    List<Runnable> parts(int most) {
        memory.clearGradient();
        Weights[] sums = memory.gradient();
        boolean divided = Arrays.stream(sums).allMatch(Weights::addsColumnByColumn);
        for (CellLearning twin : twins) {
            divided &= twin.cell().now().anchorColumns() == 0;
        }
        return divided ? divided(sums, most) : List.of(this::together);
    }

    private void together() {
        boolean all = true;
        for (int k = 0; k < twins.size(); k++) {
            Cell twin = twins.get(k).cell();
            CellPhase now = twin.now();
            all =
                    twin.synapses()
                            .prepareMore(now.state(), now.anchorColumns(), columnWeights.get(k));
        }
        require(all);
    }

    private void require(boolean all) {
        if (!all) {
            notFinite.run();
        }
    }

    private List<Runnable> divided(Weights[] sums, int most) {
        List<double[]> factors = new ArrayList<>();
        for (int k = 0; k < twins.size(); k++) {
            Cell twin = twins.get(k).cell();
            CellState state = twin.now().state();
            double[] factor = new double[state.backward().length];
            twin.plan().localRule().postsynaptic(state, columnWeights.get(k), factor);
            if (!state.differences()) {
                twin.synapses().addSums(factor, memory.biasGradient(), 0);
            }
            factors.add(factor);
        }
        require(SynapticMemory.isFinite(memory.biasGradient()));
        int rows = twins.get(0).cell().id().size();
        double[] factor = beside(factors, rows);
        List<Runnable> parts = new ArrayList<>();
        for (int a = 0; a < sums.length; a++) {
            int which = a;
            List<double[]> recorded =
                    twins.stream()
                            .map(t -> t.cell().ports().afferents()[which].recorded())
                            .toList();
            double[] activity = beside(recorded, sums[a].columns());
            addParts(sums[a], most, factor, activity, factor.length / rows, parts);
        }
        return parts;
    }

    private void addParts(
            Weights sum,
            int most,
            double[] factor,
            double[] activity,
            int width,
            List<Runnable> parts) {
        Kernels.Kind kind = twins.get(0).cell().kernels().kind();
        int from = 0;
        for (Weights slice : sum.slices(most)) {
            int first = from;
            from += slice.rows();
            int end = from;
            parts.add(
                    () -> {
                        double[] own = Arrays.copyOfRange(factor, first * width, end * width);
                        slice.addOuter(new Kernels(kind), own, activity, width);
                        require(SynapticMemory.isFinite(slice));
                    });
        }
    }

    /** Matrices of the same number of rows, side by side. */
    private static double[] beside(List<double[]> matrices, int rows) {
        if (matrices.size() == 1) {
            return matrices.get(0);
        }
        int width = matrices.stream().mapToInt(m -> m.length / rows).sum();
        double[] out = new double[rows * width];
        int at = 0;
        for (double[] one : matrices) {
            int columns = one.length / rows;
            for (int i = 0; i < rows; i++) {
                System.arraycopy(one, i * columns, out, i * width + at, columns);
            }
            at += columns;
        }
        return out;
    }
}
