package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.weights.Weights;

/**
 * One incoming projection as its postsynaptic cell sees it: the cell's rows of the weights, and for
 * each link the newest activity received and the feedback last sent. All shapes count the
 * presynaptic neurons nPre that are linked with the cell.
 */
final class Afferent extends Port {
    private static final double[] NOTHING = {};
    private static final int SIGNALS = 2; // of the arrays of a phase

    private final CellPlan.Presynaptic from;
    private final Weights weights;
    private double[] recorded; // shape (nPre, activityWidth)
    private double[] said; // last feedback sent, shape (nPre, feedbackWidth)
    private double[] spare; // W^T v to be sent next; of a clamped population the drive it makes
    private final Products products;
    private long eventOperations; // since the phase began
    private double[] anchor; // activity recorded in the state that the phase started from

    Afferent(CellPlan.Presynaptic from, int cell, Weights weights, boolean eventDriven) {
        super(from.feedback(), cell, from.projection().isLateral());
        this.from = from;
        this.weights = weights;
        products = Products.of(weights, eventDriven && !from.clamped());
    }

    Projection projection() {
        return from.projection();
    }

    /** Number of presynaptic neurons that are linked with the cell. */
    private int neurons() {
        return weights.columns();
    }

    /** First presynaptic neuron of a link, or their number at the end. */
    private int begin(int link) {
        return Math.min(from.begin(link), neurons());
    }

    private int activityWidth() {
        return neurons() == 0 ? 0 : recorded.length / neurons();
    }

    private int feedbackWidth() {
        return neurons() == 0 ? 0 : said.length / neurons();
    }

    Weights weights() {
        return weights;
    }

    boolean clamped() {
        return from.clamped();
    }

    /** Rows of the linked neurons, of an array with a row for each presynaptic neuron. */
    double[] linked(double[] whole) {
        return from.gather(cell(), whole);
    }

    /** Records this cell's own activity as presynaptic, if it is linked with itself. */
    void recordOwn(double[] activity) {
        if (self() >= 0) {
            store(self(), new Signal(0, 0, activity, 0, activity.length));
        }
    }

    /** Recorded presynaptic activity, shape (nPre, activityWidth). */
    double[] recorded() {
        return recorded;
    }

    /** A clamped population's activity is the phase's input, whose difference is always 0. */
    void open(Phase phase, double[] input, int activityPlanes, int feedbackPlanes) {
        int columns = phase.columns();
        int activityWidth = columns * activityPlanes;
        int nPre = neurons();
        anchor = null;
        eventOperations = 0;
        forget();
        products.open(columns, activityPlanes, feedbackPlanes);
        if (clamped()) {
            recorded =
                    phase.differences()
                            ? new double[nPre * activityWidth]
                            : ClampedDrive.firstPlane(input, nPre, columns, activityWidth);
            spare = null;
            return;
        }
        recorded = atRest(recorded, nPre * activityWidth);
        said = atRest(said, nPre * columns * feedbackPlanes);
        if (spare != null && spare.length != said.length) {
            spare = null;
        }
    }

    @Override
    void store(int k, Signal signal) {
        requireLength(signal, (begin(k + 1) - begin(k)) * activityWidth());
        int width = activityWidth();
        int from = signal.offset();
        for (int j = begin(k); j < begin(k + 1); j++, from += width) {
            long changed = Columns.replace(recorded, j * width, signal.values(), from, width);
            eventOperations += changed * weights.reached(j);
        }
    }

    /** Operations of an event-driven accumulator: changed numbers times own synapses of each. */
    long eventOperations() {
        return eventOperations;
    }

    /** Adds W x_pre to {@code drive}; the part of a clamped population is computed once a phase. */
    void addDrive(Kernels kernels, double[] drive) {
        seen();
        if (!clamped()) {
            products.addDrive(weights, kernels, recorded, activityWidth(), drive);
            return;
        }
        if (spare == null) {
            spare = ClampedDrive.of(weights, kernels, recorded, activityWidth());
        }
        Products.add(spare, drive);
    }

    /**
     * Adds W x_pre, less what own neurons contribute; of what was recorded if {@code x} is null.
     */
    void addDriveOfOthers(Kernels kernels, double[] x, double[] drive) {
        if (self() < 0 && x == null) {
            addDrive(kernels, drive);
        } else if (self() < 0) {
            addTrueDrive(kernels, x, drive);
        } else {
            int width = activityWidth();
            double[] others = x == null ? recorded.clone() : linked(x).clone();
            Arrays.fill(others, begin(self()) * width, begin(self() + 1) * width, 0.0);
            weights.addDrive(kernels, others, width, drive);
        }
    }

    /** Adds W x_pre for the true activity of the presynaptic population. */
    void addTrueDrive(Kernels kernels, double[] activity, double[] drive) {
        if (clamped()) {
            addDrive(kernels, drive);
        } else {
            weights.addDrive(kernels, linked(activity), activityWidth(), drive);
        }
    }

    /** Discards values computed with weights that have changed since. */
    void weightsChanged() {
        if (clamped()) {
            spare = null;
        }
        products.forget();
        touch();
    }

    /** The same in a copy of the {@link #arrays}. */
    static void weightsChanged(double[][] saved) {
        Products.forget(saved, SIGNALS);
    }

    /**
     * Computes W^T v, shape (nPre, feedbackWidth), for {@link #say}; nothing if clamped.
     *
     * @param allowed change of v that need not be followed, per column
     */
    double[] weigh(Kernels kernels, double[] backward, double[] allowed) {
        if (clamped()) {
            return NOTHING;
        }
        spare = spare != null ? spare : new double[said.length];
        products.feedback(weights, kernels, backward, allowed, spare);
        return spare;
    }

    /**
     * The same for a projection that is not clamped, with a second plane: the bound coupling^T
     * factor of the curvature that the presynaptic neurons feel; the first plane becomes W^T v plus
     * curvature x recorded activity.
     *
     * @param factor one factor per own neuron, flat (n, B)
     * @param coupling one coupling per synapse
     * @param most largest curvature that is sent
     */
    double[] weighWithCurvature(
            Kernels kernels, double[] backward, double[] factor, Weights coupling, double most) {
        int columns = activityWidth();
        double[] pulled = new double[neurons() * columns];
        weights.feedback(kernels, backward, columns, pulled);
        double[] bound = new double[neurons() * columns];
        coupling.feedback(kernels, factor, columns, bound);
        spare = spare != null ? spare : new double[said.length];
        Curvature.inPlanes(pulled, bound, most, recorded, columns, spare);
        return spare;
    }

    /** Squared length of one own neuron's weights; 0 if the presynaptic population cannot move. */
    double squaredLength(int row) {
        return clamped() ? 0.0 : weights.squaredLength(row);
    }

    /**
     * Adds the sum of |weights| onto each own neuron from each cell that another projection links,
     * shape (n, links of the other).
     */
    void addBlockSums(Afferent other, double[][] sums) {
        boolean same = this == other || from.isWhole() && other.from.isWhole();
        double[][] own = same ? sums : new double[weights.rows()][links()];
        weights.addBlockSums(from.begins(cell()), own);
        for (int k = 0; !same && k < other.links(); k++) {
            int here = from.feedback().linkTo(cell(), other.from.feedback().receiver(cell(), k));
            for (int i = 0; here >= 0 && i < own.length; i++) {
                sums[i][k] += own[i][here];
            }
        }
    }

    /** |W| times the same neuron's sum over the link's cell. */
    Weights magnitudesTimes(double[][] sums) {
        Weights out = weights.magnitudes();
        out.multiplyBlocks(from.begins(cell()), sums);
        return out;
    }

    /** Adds the sum of all |weights| onto each own neuron; nothing if clamped. */
    void addRowSums(double[] sums) {
        if (!clamped()) {
            weights.addRowSums(sums);
        }
    }

    /**
     * Sends the result of {@link #weigh} on every link on which it differs from the last value sent
     * by more than allowed, or on all links.
     *
     * @return true if it differs on any link
     */
    boolean say(double[] threshold, Grid grid, boolean always, long phase, Outbox outbox) {
        double[] now = spare;
        int width = clamped() ? 0 : feedbackWidth();
        boolean any = false;
        for (int k = 0; k < links(); k++) {
            int begin = begin(k) * width;
            int end = begin(k + 1) * width;
            boolean moved = !isSelf(k) && differs(now, said, begin, end, threshold);
            any |= moved;
            if (moved || always && !isSelf(k)) {
                sayOn(k, now, grid, phase, outbox);
            }
        }
        return any;
    }

    /** Sends the last result of {@link #weigh} on the selected links only. */
    void sayOn(IntPredicate wanted, Grid grid, long phase, Outbox outbox) {
        double[] now = spare;
        for (int k = 0; k < links(); k++) {
            if (!isSelf(k) && wanted.test(link(k))) {
                sayOn(k, now, grid, phase, outbox);
            }
        }
    }

    private void sayOn(int k, double[] now, Grid grid, long phase, Outbox outbox) {
        int width = feedbackWidth();
        int begin = begin(k) * width;
        int end = begin(k + 1) * width;
        grid.round(now, begin, end);
        System.arraycopy(now, begin, said, begin, end - begin);
        send(k, new Signal(phase, next(k), now, begin, end - begin), outbox);
        spare = null; // its array now belongs to the signals
    }

    /** Discards received values, and makes the next value sent count as new whatever it is. */
    void loseMemory() {
        forgetHeard();
        if (!clamped()) {
            Arrays.fill(recorded, 0.0);
            products.forget();
            forgetSaid();
        }
    }

    @Override
    void forgetSaid() {
        if (!clamped()) {
            Arrays.fill(said, Double.NaN);
        }
    }

    @Override
    void sayAgain(int k, long phase, Outbox outbox) {
        int width = feedbackWidth();
        int begin = begin(k) * width;
        int end = begin(k + 1) * width;
        double[] copy = Arrays.copyOfRange(said, begin, end);
        send(k, new Signal(phase, next(k), copy, 0, copy.length), outbox);
    }

    /**
     * Adds W^T v over all own rows to {@code into}, which has a row for each presynaptic neuron.
     */
    void addTrueFeedback(Kernels kernels, double[] backward, double[] into) {
        int width = backward.length / weights.rows();
        double[] own = new double[neurons() * width];
        weights.feedback(kernels, backward, width, own);
        from.scatter(cell(), own, into);
    }

    /**
     * Adds the distance between the local update held and that of a swept state.
     *
     * @param held postsynaptic values of this cell
     * @param swept the same in the swept state
     * @param truth swept activity of the presynaptic population
     */
    void addUnresolved(double[] held, double[] swept, double[] truth, UpdateErrors errors) {
        if (errors.isStructured(projection())) {
            errors.addStructured(
                    projection(), cell(), weights, held, swept, recorded, linked(truth));
        } else {
            errors.add(projection().index(), held, swept, recorded, truth);
        }
    }

    /** Adds factor x_pre^T to {@code sum}, from the recorded activity. */
    void addOuter(Kernels kernels, double[] factor, Weights sum) {
        sum.addOuter(kernels, factor, recorded, factor.length / sum.rows());
    }

    /** Keeps the activity recorded in the state that the phase starts from. */
    void anchorAt(double[] saved) {
        anchor = saved;
    }

    /** The same for the activity recorded in the state that the phase started from. */
    void addAnchoredOuter(Kernels kernels, double[] factor, Weights sum) {
        sum.addOuter(kernels, factor, anchor, factor.length / sum.rows());
    }

    /** Mutable arrays of a phase, for snapshots; none if clamped. */
    double[][] arrays() {
        return clamped() ? new double[0][] : products.appendedTo(recorded, said);
    }

    /** Multiplications that products driven by events spared, since the phase began. */
    long spared() {
        return products.spared();
    }

    /** Multiplications by a weight that one product with B columns takes; 0 if clamped. */
    long operations(int columns) {
        return clamped() ? 0 : weights.synapses() * columns;
    }

    /** Weights and the drive of a clamped population are not part of it. */
    @Override
    void save(StateWriter out) {
        super.save(out);
        out.writeLong(eventOperations);
        for (double[] values : arrays()) {
            out.writeDoubles(values);
        }
        products.save(out);
    }

    @Override
    void load(StateReader in) {
        super.load(in);
        eventOperations = in.readLong();
        for (double[] values : arrays()) {
            in.readDoubles(values);
        }
        products.load(in);
    }
}
