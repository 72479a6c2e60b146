package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * A slice of one population that only reacts to signals: {@link #receive} records, {@link #relax}
 * recomputes the cell's own state from everything recorded and says what changed. It knows no host,
 * thread, clock or chance; its next state is a function of what it was told and in which order.
 *
 * <p>Mutable and owned by exactly one thread at a time; the owner changes only by handing the cell
 * over.
 */
public final class Cell {
    private final CellId id;
    private final Population population;
    private final Network network;
    private final Rule rule;
    private final Kernels kernels;
    private final double threshold;
    private final Afferent[] afferents;
    private final Efferent[] efferents;
    private final Ports ports;
    private final double[] bias;
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    private long phaseId;
    private CellState state;
    private Kinks kinks; // null unless a jump of f' can keep this cell from resting
    private double[] activityThreshold;
    private double[] feedbackThreshold;
    private ColumnFaults faults;
    private boolean fresh;
    private long synapticOperations;

    /**
     * Builds one cell of a wiring, with its rows of the network's initial weights.
     *
     * @param threshold change of activity that is worth a signal, at least 0 (0: any changed bit);
     *     feedback uses threshold x |beta| of its column
     */
    public Cell(Wiring wiring, int index, Rule rule, Kernels.Kind kernels, double threshold) {
        this.id = wiring.cells().get(index);
        this.network = wiring.network();
        this.population = network.population(id.population());
        this.rule = rule;
        this.kernels = new Kernels(kernels);
        this.threshold = threshold;
        this.afferents =
                network.into(id.population()).stream()
                        .map(p -> afferent(wiring, p))
                        .toArray(Afferent[]::new);
        this.efferents =
                network.outOf(id.population()).stream()
                        .map(p -> new Efferent(p, links(wiring, p, Link.Kind.ACTIVITY)))
                        .toArray(Efferent[]::new);
        this.ports = new Ports(id, afferents, efferents);
        this.bias = new double[id.size()];
        load(network.parameters());
    }

    private Afferent afferent(Wiring wiring, Projection p) {
        double[][] rows = new double[id.size()][network.population(p.pre()).size()];
        return new Afferent(p, rows, wiring.cellsOf(p.pre()), links(wiring, p, Link.Kind.FEEDBACK));
    }

    private int[] links(Wiring wiring, Projection p, Link.Kind kind) {
        return wiring.outgoing(id.index()).stream()
                .filter(l -> l.projection() == p.index() && l.kind() == kind)
                .mapToInt(Link::index)
                .toArray();
    }

    public CellId id() {
        return id;
    }

    /** Multiplications by a recurrent or feedforward weight since {@link #open}. */
    public long synapticOperations() {
        return synapticOperations;
    }

    /** Columns that this cell took out of play, length B; null where it did not. */
    public ColumnFault[] faults() {
        return faults.toArray();
    }

    /**
     * Begins a phase: everything heard and said is forgotten, the state is at rest (zeros) or as
     * saved under the phase's start, and the first {@link #relax} says what that state implies.
     *
     * @param phaseId id that the signals of this settling carry
     */
    public void open(long phaseId, Phase phase) {
        this.phaseId = phaseId;
        int columns = phase.columns();
        double[] beta = phase.betas();
        state = newState(phase);
        boolean watch = rule.usesSlope() && !population.activation().smooth();
        kinks = watch ? new Kinks(state.slope().length) : null;
        activityThreshold = new double[columns];
        feedbackThreshold = new double[columns];
        for (int c = 0; c < columns; c++) {
            activityThreshold[c] = threshold;
            feedbackThreshold[c] = beta[c] == 0.0 ? threshold : threshold * Math.abs(beta[c]);
        }
        faults = new ColumnFaults(id, columns);
        fresh = true;
        synapticOperations = 0;
        for (Afferent a : afferents) {
            a.open(columns, rule.activityPlanes(), rule.feedbackPlanes(), phase.input().values());
        }
        for (Efferent e : efferents) {
            e.open(state.activity().length, state.feedback().length);
        }
        if (phase.start() != null) {
            restore(phase.start());
        }
    }

    /** Records a signal in the slot of its link: cheap, idempotent, the newest version wins. */
    public Receipt receive(int slot, Signal signal) {
        if (signal.phase() != phaseId) {
            return Receipt.LATE;
        }
        return ports.record(slot, signal);
    }

    /**
     * Recomputes the state from all that was recorded and says what changed beyond the threshold.
     * Does nothing if nothing was recorded since the last time.
     */
    public void relax(Outbox outbox) {
        boolean driven = fresh || anyChanged(afferents);
        boolean fedBack = fresh || anyChanged(efferents);
        if (!driven && !fedBack) {
            return;
        }
        fresh = false;
        if (driven) {
            predict();
        }
        if (fedBack) {
            gatherFeedback();
        }
        rule.correct(state);
        double[][] weighted = weigh();
        faults.guard(state, weighted);
        for (Efferent e : efferents) {
            e.say(state.activity(), activityThreshold, phaseId, outbox);
        }
        for (Afferent a : afferents) {
            a.say(feedbackThreshold, phaseId, outbox);
        }
    }

    /** W^T v of every incoming projection. */
    private double[][] weigh() {
        double[][] weighted = new double[afferents.length][];
        for (int k = 0; k < weighted.length; k++) {
            weighted[k] = afferents[k].weigh(kernels, state.backward());
            countOperations(afferents[k]);
        }
        return weighted;
    }

    private static boolean anyChanged(Port[] some) {
        boolean changed = false;
        for (Port port : some) {
            changed |= port.changed();
        }
        return changed;
    }

    private void predict() {
        fillBias(state);
        for (Afferent a : afferents) {
            a.addDrive(kernels, state.drive());
            countOperations(a);
        }
        rule.predict(state);
        if (kinks != null && kinks.hold(state)) {
            faults.addKinks(kinks, state.slope());
        }
    }

    private void gatherFeedback() {
        Arrays.fill(state.feedback(), 0.0);
        for (Efferent e : efferents) {
            e.addFeedback(state.feedback());
        }
    }

    private void countOperations(Afferent a) {
        if (!a.clamped()) {
            synapticOperations += a.synapses() * state.columns();
        }
    }

    /** Says again, as a new version, what was last said on an outgoing link. */
    public void reannounce(Link link, Outbox outbox) {
        ports.sayAgain(link, phaseId, outbox);
    }

    /** Version of the last signal said on an outgoing link; 0 if none was in this phase. */
    public long sentVersion(Link link) {
        return ports.sent(link);
    }

    /** Version of the newest signal recorded in a slot; 0 if none was in this phase. */
    public long receivedVersion(int slot) {
        return ports.received(slot);
    }

    /** Saves the state and both ends of every synapse under a name, for a later phase's start. */
    public void snapshot(String name) {
        snapshots.put(name, Snapshot.of(state, afferents, efferents));
    }

    private void restore(String name) {
        Snapshot saved = snapshots.get(name);
        if (saved == null) {
            throw new IllegalArgumentException(
                    "start: cell %s has no state saved as \"%s\"".formatted(id, name));
        }
        saved.restore(state, afferents, efferents);
    }

    /** First step of an audit: puts the activity and error that this cell holds into the frame. */
    public void publish(AuditFrame frame) {
        int at = id.from() * (state.activity().length / id.size());
        double[] x = state.activity();
        System.arraycopy(x, 0, frame.activity(id.population()), at, x.length);
        double[] e = state.error();
        at = id.from() * (e.length / id.size());
        System.arraycopy(e, 0, frame.error(id.population()), at, e.length);
    }

    /**
     * Second step: recomputes the prediction from the true presynaptic activities and adds the
     * feedback that it and this cell's error imply.
     *
     * @param judge the rule of the stated energy; the cell's own rule is not asked
     * @return the recomputed state, to be handed to {@link #defect}
     */
    public CellState recompute(AuditFrame frame, Phase phase, Rule judge) {
        CellState truth = newState(phase);
        fillBias(truth);
        for (Afferent a : afferents) {
            a.addTrueDrive(kernels, frame.activity(a.projection().pre()), truth.drive());
        }
        judge.predict(truth);
        System.arraycopy(state.error(), 0, truth.error(), 0, truth.error().length);
        judge.announce(truth);
        for (Afferent a : afferents) {
            if (!a.clamped()) {
                a.addTrueFeedback(kernels, truth.backward(), frame.feedback(a.projection().pre()));
            }
        }
        return truth;
    }

    /**
     * Third step: the defect of every column, that is how far this cell is from where its own
     * energy is least given the true values of all its neighbours. The activity is compared with
     * prediction plus <em>held</em> error, and the error, in units of |beta|, with its own
     * condition, so that nothing of the size of beta is lost in x - mu.
     *
     * @param truth what {@link #recompute} returned
     * @param judge the rule of the stated energy
     * @param defect raised to this cell's defect where that is larger, length B; NaN stays
     */
    public void defect(AuditFrame frame, CellState truth, Rule judge, double[] defect) {
        int at = id.from() * (state.feedback().length / id.size());
        System.arraycopy(
                frame.feedback(id.population()), at, truth.feedback(), 0, truth.feedback().length);
        judge.correct(truth);
        for (Afferent a : afferents) {
            raiseByRecord(frame, a, defect);
        }
        double[] x = state.activity();
        double[] e = state.error();
        boolean errorForm = x.length == e.length;
        for (int k = 0; k < x.length; k++) {
            double error = errorForm ? e[k] - truth.error()[k] : 0.0;
            double expected = truth.activity()[k] + error;
            raise(defect, k, Math.abs(x[k] - expected));
        }
        for (int k = 0; k < e.length; k++) {
            double beta = Math.abs(state.beta()[k % defect.length]);
            raise(defect, k, Math.abs(e[k] - truth.error()[k]) / (beta == 0.0 ? 1.0 : beta));
        }
    }

    /**
     * The local update uses the recorded presynaptic activity, so a record that is wrong is a
     * defect even where the weights are too small for the prediction to show it.
     */
    private static void raiseByRecord(AuditFrame frame, Afferent a, double[] defect) {
        if (a.clamped()) {
            return;
        }
        double[] truth = frame.activity(a.projection().pre());
        double[] recorded = a.recorded();
        for (int k = 0; k < truth.length; k++) {
            raise(defect, k, Math.abs(recorded[k] - truth[k]));
        }
    }

    private static void raise(double[] defect, int element, double value) {
        int column = element % defect.length;
        defect[column] = Math.max(defect[column], value); // hands NaN on
    }

    /**
     * Adds this cell's local update to a gradient: each synapse from its own postsynaptic factor
     * and its own record of the presynaptic activity.
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    public void update(double[] columnWeights, Parameters gradient) {
        double[] factor = factor(columnWeights);
        for (Afferent a : afferents) {
            double[][] rows =
                    Arrays.copyOfRange(
                            gradient.weights(a.projection().index()), id.from(), id.to());
            a.addOuter(kernels, factor, rows);
        }
        addSums(factor, gradient.biases(id.population()), id.from());
    }

    /**
     * Changes own weights and biases by -rate times the local update, without gathering anything.
     */
    public void learn(double[] columnWeights, double rate) {
        double[] factor = factor(columnWeights);
        for (int k = 0; k < factor.length; k++) {
            factor[k] *= -rate;
        }
        for (Afferent a : afferents) {
            a.addOuter(kernels, factor, a.weights());
            a.weightsChanged();
        }
        addSums(factor, bias, 0);
    }

    private double[] factor(double[] columnWeights) {
        double[] factor = new double[state.backward().length];
        rule.localRule().postsynaptic(state, columnWeights, factor);
        return factor;
    }

    private void addSums(double[] factor, double[] into, int offset) {
        int width = factor.length / id.size();
        for (int i = 0; i < id.size(); i++) {
            double sum = 0.0;
            for (int c = 0; c < width; c++) {
                sum += factor[i * width + c];
            }
            into[offset + i] += sum;
        }
    }

    /** Copies this cell's rows of weights and biases out. */
    public void save(Parameters into) {
        for (Afferent a : afferents) {
            double[][] rows = into.weights(a.projection().index());
            for (int i = 0; i < id.size(); i++) {
                System.arraycopy(a.weights()[i], 0, rows[id.from() + i], 0, rows[0].length);
            }
        }
        System.arraycopy(bias, 0, into.biases(id.population()), id.from(), bias.length);
    }

    /** Copies this cell's rows of weights and biases in. */
    public void load(Parameters from) {
        for (Afferent a : afferents) {
            double[][] rows = from.weights(a.projection().index());
            for (int i = 0; i < id.size(); i++) {
                System.arraycopy(rows[id.from() + i], 0, a.weights()[i], 0, rows[0].length);
            }
            a.weightsChanged();
        }
        System.arraycopy(from.biases(id.population()), id.from(), bias, 0, bias.length);
    }

    private CellState newState(Phase phase) {
        boolean output = population.role() == Population.Role.OUTPUT;
        double[] target = null;
        if (output && phase.target() != null) {
            int columns = phase.columns();
            target =
                    Arrays.copyOfRange(
                            phase.target().values(), id.from() * columns, id.to() * columns);
        }
        return new CellState(
                id.size(),
                phase.betas(),
                rule.activityPlanes(),
                rule.feedbackPlanes(),
                population.activation(),
                kernels.elementary(),
                output ? network.loss() : null,
                target);
    }

    private void fillBias(CellState s) {
        double[] drive = s.drive();
        int width = drive.length / id.size();
        for (int i = 0; i < id.size(); i++) {
            int row = i * width;
            Arrays.fill(drive, row, row + s.columns(), bias[i]); // the first plane
            Arrays.fill(drive, row + s.columns(), row + width, 0.0);
        }
    }
}
