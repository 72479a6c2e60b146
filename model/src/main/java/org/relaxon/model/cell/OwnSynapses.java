package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.network.CellId;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/**
 * The synapses of one cell onto itself: those of lateral projections of which it owns both neurons.
 * No signal travels on them. A relaxation of such a cell visits its neurons one after another, each
 * with the present activities of the others (Gauss-Seidel), as cells that take turns would.
 *
 * <p>A message to itself would be simpler and wrong: neurons that all move on each other's old
 * activities swing for ever where they inhibit each other strongly, under turn-taking as well, and
 * the result would depend on the delay of a message that no network has. Visited in turn, each
 * neuron moves to the minimum of its own share, so that the energy does not rise. Only the output
 * under a loss that couples its neurons moves as a whole.
 *
 * <p>Immutable but for the weights; twins share it.
 */
final class OwnSynapses {
    private static final int[] NONE = {};

    /**
     * One lateral projection.
     *
     * @param afferent position among the projections that reach the cell
     * @param rows stored row of the synapses onto each own neuron
     * @param from presynaptic neurons of each own neuron that the cell owns, counted within it
     * @param at positions of their strengths in that row
     */
    private record Part(
            int afferent, Connectivity connectivity, int[] rows, int[][] from, int[][] at) {
        long synapses() {
            return Arrays.stream(from).mapToLong(one -> one.length).sum();
        }
    }

    private final CellId id;
    private final Afferent[] afferents;
    private final List<Part> parts;
    private final long synapses;

    private OwnSynapses(CellId id, Afferent[] afferents, List<Part> parts) {
        this.id = id;
        this.afferents = afferents;
        this.parts = parts;
        synapses = parts.stream().mapToLong(Part::synapses).sum();
    }

    /** Those of a cell; null if it has none. */
    static OwnSynapses of(CellId id, Afferent[] afferents) {
        List<Part> parts = new ArrayList<>();
        for (int k = 0; k < afferents.length; k++) {
            if (afferents[k].projection().isLateral()) {
                parts.add(part(id, k, afferents[k]));
            }
        }
        parts.removeIf(p -> p.synapses() == 0);
        return parts.isEmpty() ? null : new OwnSynapses(id, afferents, List.copyOf(parts));
    }

    private static Part part(CellId id, int afferent, Afferent a) {
        Connectivity connectivity = a.projection().connectivity();
        int n = id.size();
        Part out = new Part(afferent, connectivity, new int[n], new int[n][], new int[n][]);
        for (int i = 0; i < n; i++) {
            Connectivity.Onto onto = connectivity.onto(id.from() + i, id.whole().size());
            int[] pre = onto.presynaptic();
            int begin = firstFrom(pre, id.from());
            int end = firstFrom(pre, id.to());
            out.rows[i] = connectivity.shares() ? onto.row() : i;
            out.from[i] = Arrays.copyOfRange(pre, begin, end);
            for (int k = 0; k < end - begin; k++) {
                out.from[i][k] -= id.from();
            }
            boolean stored = !connectivity.isFixed();
            out.at[i] = stored ? Arrays.copyOfRange(onto.numbers(), begin, end) : NONE;
        }
        return out;
    }

    /** Position of the first number that is not below a bound. */
    private static int firstFrom(int[] ascending, int bound) {
        int found = Arrays.binarySearch(ascending, bound);
        return found >= 0 ? found : -1 - found;
    }

    /** The same for a twin, whose projections have the same weights. */
    OwnSynapses of(Afferent[] twins) {
        return new OwnSynapses(id, twins, parts);
    }

    /** Multiplications by a weight that {@link #relax} makes with B columns. */
    long operations(int columns) {
        return 4 * synapses * columns;
    }

    /**
     * Relaxes neuron by neuron.
     *
     * @param s state whose drive and feedback hold what others contribute; completed by what its
     *     own neurons contribute at the end
     */
    void relax(CellState s, Rule rule) {
        double[] drive = s.drive().clone();
        double[] back = s.feedback().clone();
        int width = drive.length / s.neurons();
        for (int i = 0; i < s.neurons(); i++) {
            addFeedback(i, s.backward(), i * width, width, back);
        }
        if (s.isOutput() && s.loss().couplesOutputs()) {
            complete(s, drive, back);
            rule.predict(s);
            double[] before = s.backward().clone();
            Held.correct(rule, s);
            for (int i = 0; i < s.neurons(); i++) {
                move(i, before, s.backward(), i * width, width, back);
            }
        } else {
            visit(s, rule, drive, back);
        }
        complete(s, drive, back);
        rule.predict(s);
    }

    private void visit(CellState s, Rule rule, double[] drive, double[] back) {
        int width = drive.length / s.neurons();
        double[] target = s.target() == null ? null : new double[s.columns()];
        CellState one = alone(s, rule, target);
        CellState anchor = s.anchor() == null ? null : alone(s, rule, null);
        boolean moved = false;
        for (int i = 0; i < s.neurons(); i++) {
            copyRow(s.arrays(), i, one.arrays(), 0, s.neurons());
            System.arraycopy(drive, i * width, one.drive(), 0, width);
            System.arraycopy(back, i * width, one.feedback(), 0, width);
            addDrive(i, s.activity(), width, one.drive(), 0);
            if (target != null) {
                System.arraycopy(s.target(), i * target.length, target, 0, target.length);
            }
            if (anchor != null) {
                copyRow(s.anchor().arrays(), i, anchor.arrays(), 0, s.neurons());
                one.anchorAt(anchor);
            }
            if (s.holds()) {
                int at = id.from() + i;
                one.holding(s.phase().held(id.whole().name(), at, at + 1));
            }
            rule.predict(one);
            double[] before = one.backward().clone();
            Held.correct(rule, one);
            moved |= one.moved();
            copyRow(one.arrays(), 0, s.arrays(), i, s.neurons());
            move(i, before, one.backward(), 0, width, back);
        }
        s.moved(moved);
    }

    /** A state of one neuron. */
    private CellState alone(CellState s, Rule rule, double[] target) {
        return new CellState(s, 1, target).remembering(rule.traits().memory(), afferents.length);
    }

    /** Copies a neuron's numbers; one side has {@code neurons} of them, the other a single one. */
    private static void copyRow(double[][] from, int source, double[][] to, int row, int neurons) {
        for (int a = 0; a < from.length; a++) {
            int width = Math.max(from[a].length, to[a].length) / neurons;
            System.arraycopy(from[a], source * width, to[a], row * width, width);
        }
    }

    /** Drive and feedback of every neuron, its own cell's part included. */
    private void complete(CellState s, double[] drive, double[] back) {
        int width = drive.length / s.neurons();
        System.arraycopy(drive, 0, s.drive(), 0, drive.length);
        System.arraycopy(back, 0, s.feedback(), 0, back.length);
        for (int i = 0; i < s.neurons(); i++) {
            addDrive(i, s.activity(), width, s.drive(), i * width);
        }
    }

    /** Adds the difference of two feedbacks of neuron i, weighted, to those that it reaches. */
    private void move(int i, double[] before, double[] now, int begin, int width, double[] back) {
        double[] moved = new double[width];
        int was = before.length == width ? 0 : begin;
        for (int c = 0; c < width; c++) {
            moved[c] = now[begin + c] - before[was + c];
        }
        addFeedback(i, moved, 0, width, back);
    }

    /** Subtracts what the cell's own neurons contribute from feedback, shape (n, width). */
    void removeFeedback(double[] backward, double[] feedback) {
        int width = feedback.length / id.size();
        double[] negated = backward.clone();
        for (int k = 0; k < negated.length; k++) {
            negated[k] = -negated[k];
        }
        for (int i = 0; i < id.size(); i++) {
            addFeedback(i, negated, i * width, width, feedback);
        }
    }

    private double strength(Part p, int i, int k) {
        if (p.connectivity().isFixed()) {
            return p.connectivity().fixed();
        }
        double stored = afferents[p.afferent()].weights().values()[p.rows()[i]][p.at()[i][k]];
        return p.connectivity().scale() * stored;
    }

    /** Adds the drive of neuron i from own activities, at {@code begin}. */
    private void addDrive(int i, double[] activity, int width, double[] drive, int begin) {
        for (Part p : parts) {
            int[] from = p.from()[i];
            for (int k = 0; k < from.length; k++) {
                double w = strength(p, i, k);
                for (int c = 0; c < width; c++) {
                    drive[begin + c] += w * activity[from[k] * width + c];
                }
            }
        }
    }

    /** Adds the weighted feedback of neuron i, found at {@code begin}, to own neurons. */
    private void addFeedback(int i, double[] value, int begin, int width, double[] feedback) {
        for (Part p : parts) {
            int[] from = p.from()[i];
            for (int k = 0; k < from.length; k++) {
                double w = strength(p, i, k);
                for (int c = 0; c < width; c++) {
                    feedback[from[k] * width + c] += w * value[begin + c];
                }
            }
        }
    }
}
