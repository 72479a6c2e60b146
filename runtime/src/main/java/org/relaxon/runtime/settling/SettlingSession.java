package org.relaxon.runtime.settling;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * The session of every host: runs until quiescent, audits, repeats lost last signals after growing
 * pauses, and judges. Only the {@link Runner} differs between hosts.
 */
public final class SettlingSession implements Session {
    private final Wiring wiring;
    private final RunPlan plan;
    private final Runner runner;
    private final Audits.Judging judging;
    private long phaseId;
    private final Snapshots snapshots = new Snapshots();
    private Equilibrium current; // state of the cells under their weights; null: none
    private boolean settled; // in every column
    private double[][] off; // distances moved by the audit's sweep; null where it was not swept
    private int presented; // columns of the presentation that the cells come from; 0 for none
    private double lowered = 1.0; // factor of the plan's threshold
    private boolean shared; // weights belong to several lanes
    private volatile boolean closed;
    private RunReport report;
    private Samplers samplers = Samplers.NONE;
    private SteppedSettling stepping; // in progress between two steps; null for none

    /**
     * Opens a session around a runner.
     *
     * @param wiring cells and links of the network
     * @param plan everything else about the run
     * @param runner moves the cells; closed with the session
     * @param judge turns audits into verdicts
     */
    public SettlingSession(Wiring wiring, RunPlan plan, Runner runner, Judge judge) {
        this.wiring = wiring;
        this.plan = plan;
        this.runner = runner;
        Audit audit = new Audit(wiring, plan.rule().dynamics().judge(plan.rule()));
        this.judging = new Audits.Judging(wiring, audit, judge);
    }

    @Override
    public Settlement settle(Phase phase, Budget budget) {
        long begin = prepare("settle", phase);
        Audits audits = audits(phase);
        Reason stopped = runner.begin(phaseId, phase, budget);
        while (audits.goOn(stopped)) {
            stopped = runner.resume(audits.resent(), audits.pause());
        }
        return conclude(audits, System.nanoTime() - begin);
    }

    @Override
    public Stepping begin(Phase phase, Budget budget) {
        SteppedRunner steps = runner.stepped();
        long begin = prepare("begin", phase);
        steps.open(phaseId, phase, budget);
        stepping = stepping(steps, phase, budget, System.nanoTime() - begin);
        return stepping;
    }

    private SteppedSettling stepping(
            SteppedRunner steps, Phase phase, Budget budget, long wallNanos) {
        Audits audits = audits(phase);
        SavedSettling asked = new SavedSettling(phaseId, phase, budget, lowered);
        Consumer<StateWriter> preface =
                out -> {
                    asked.save(wiring.network(), plan, out);
                    snapshots.save(out);
                };
        return new SteppedSettling(
                steps,
                asked,
                audits,
                preface,
                wallNanos,
                this::requireOpen,
                nanos -> conclude(audits, nanos));
    }

    @Override
    public Stepping resume(byte[] saved) {
        SteppedRunner steps = runner.stepped();
        requireOpen();
        requireIdle("resume");
        requireOwnWeights();
        SteppedSettling settling = Wire.read(saved, Kind.SETTLING, in -> resumed(steps, in));
        samplers.began(phaseId, settling.phase());
        stepping = settling;
        return settling;
    }

    private SteppedSettling resumed(SteppedRunner steps, StateReader in) {
        SavedSettling saved = SavedSettling.load(wiring.network(), plan, in);
        PhaseCheck.require(plan, wiring.network(), saved.phase());
        try {
            snapshots.load(in);
            snapshots.requireStart(saved.phase());
            lowered = saved.lowered();
            begin(saved.phaseId());
            SteppedSettling settling = stepping(steps, saved.phase(), saved.budget(), 0);
            settling.load(in);
            in.readEnd();
            return settling;
        } catch (RuntimeException | Error e) {
            close(); // nobody is to use what is half loaded
            throw e;
        }
    }

    private Audits audits(Phase phase) {
        return new Audits(runner, shared, plan, judging, phaseId, phase, snapshots.start(phase));
    }

    private Settlement conclude(Audits audits, long wallNanos) {
        stepping = null;
        Settlement verdict = audits.verdict();
        current = audits.found().state();
        off = audits.found().off();
        settled = verdict instanceof Conclusive;
        report = runner.report(audits.rounds(), wallNanos);
        samplers.ended(report.hostNanos());
        samplers.judged(phaseId, verdict);
        return verdict;
    }

    @Override
    public boolean lowerThresholds(int times) {
        requireIdle("lowerThresholds");
        if (times > 0 && !(plan.refines() && plan.judgesUpdates())) {
            return false;
        }
        double factor = Audits.factor(plan.signalling(), times);
        boolean lower = factor < lowered;
        lowered = factor;
        runner.shards().lowerThreshold(factor);
        return lower;
    }

    /** Prepares a new phase; returns when it began. */
    private long prepare(String use, Phase phase) {
        requireOpen();
        requireIdle(use);
        snapshots.requireStart(phase);
        PhaseCheck.require(plan, wiring.network(), phase);
        begin(phaseId + 1);
        samplers.began(phaseId, phase);
        return System.nanoTime();
    }

    private void begin(long id) {
        phaseId = id;
        current = null;
        presented = 0;
        report = null;
    }

    @Override
    public Trained train(
            Phase phase, Estimator estimator, LearningStep step, long wholeUpdates, Budget budget) {
        PhaseCheck.requireDescent(step.optimiser(), wiring.network());
        requireOwnWeights();
        Presentation presentation =
                new Presentation(
                        estimator.columnWeights(phase), step.rate() * step.share(), wholeUpdates);
        long begin = prepare("train", phase);
        runner.shards().present(presentation);
        Reason stopped;
        boolean finite;
        try {
            stopped = runner.begin(phaseId, phase, budget);
            finite = runner.shards().learnedAll();
        } finally { // weights may have changed before a cell or an observer failed
            runner.shards().present(null);
            weightsChange();
        }
        presented = finite ? phase.columns() : 0;
        report = runner.report(0, System.nanoTime() - begin);
        Trained end = new Trained(stopped, finite);
        samplers.ended(report.hostNanos());
        samplers.presented(phaseId, end);
        return end;
    }

    @Override
    public RunReport report() {
        requireIdle("report");
        if (report == null) {
            throw new IllegalStateException("nothing has been settled yet");
        }
        return report;
    }

    @Override
    public LocalUpdate update(Conclusive settled, Estimator estimator) {
        requireIdle("update");
        double[] weights = requireCurrent(settled, estimator);
        Parameters gradient = gather(weights);
        String bad = gradient.firstNotFinite();
        if (bad != null) {
            throw new ArithmeticException("the local update is not finite in the " + bad);
        }
        int examples = (int) java.util.Arrays.stream(weights).filter(w -> w != 0).count();
        return new LocalUpdate(gradient, estimator, examples / estimator.columnsPerExample());
    }

    private Parameters gather(double[] weights) {
        Parameters gradient = wiring.network().zeros();
        runner.shards().update(weights, gradient);
        return wiring.network().sumTied(gradient);
    }

    @Override
    public Parameters unprovenUpdate(Estimator estimator) {
        requireIdle("unprovenUpdate");
        if (current == null) {
            throw new IllegalStateException("there is no state to read");
        }
        return gather(estimator.columnWeights(current.phase()));
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, double rate) {
        if (!Double.isFinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number, got " + rate);
        }
        requireIdle("learn");
        requireOwnWeights();
        double[] weights = requireCurrent(settled, estimator);
        if (!runner.shards().isFinite(weights)) {
            throw new ArithmeticException("a local update is not finite; no weight was changed");
        }
        weightsChange();
        runner.shards().learn(weights, rate, runner.crew());
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, LearningStep step) {
        requireIdle("learn");
        requireOwnWeights();
        SettlingPipeline.learn(List.of(this), List.of(settled), estimator, step, runner.crew());
    }

    /** From now on weights belong to several lanes, and no single one may change them. */
    void share() {
        shared = true;
    }

    private void requireOwnWeights() {
        if (shared) {
            throw new IllegalStateException(
                    "this is one of several lanes; weights change in all of them, by the pipeline");
        }
    }

    /** The settled state belongs to other weights. */
    void weightsChange() {
        current = null;
        presented = 0;
        snapshots.clear();
    }

    Runner runner() {
        return runner;
    }

    @Override
    public List<Parameters> memories(int count) {
        requireIdle("memories");
        List<Parameters> out = Stream.generate(wiring.network()::zeros).limit(count).toList();
        runner.shards().saveMemories(out);
        return out;
    }

    @Override
    public void loadMemories(List<Parameters> memories) {
        requireIdle("loadMemories");
        requireOwnWeights();
        replaceMemories(memories);
    }

    void replaceMemories(List<Parameters> memories) {
        memories.forEach(wiring.network()::with); // refuses wrong shapes and infinities
        runner.shards().loadMemories(memories);
    }

    /** Shares of the columns; refuses a verdict on another state or other weights. */
    double[] requireCurrent(Conclusive settled, Estimator estimator) {
        if (current == null || settled.equilibrium() != current) {
            throw new IllegalStateException(
                    "settling %d is no longer the state of this session"
                            .formatted(settled.equilibrium().phaseId()));
        }
        return estimator.columnWeights(settled);
    }

    @Override
    public Parameters parameters() {
        requireIdle("parameters");
        Parameters out = wiring.network().zeros();
        runner.shards().save(out);
        return out;
    }

    @Override
    public void load(Parameters parameters) {
        requireIdle("load");
        wiring.network().with(parameters); // refuses wrong shapes and values that are not finite
        requireOwnWeights();
        weightsChange();
        runner.shards().load(parameters);
    }

    @Override
    public void snapshot(String name) {
        requireIdle("snapshot");
        if (presented > 0) {
            runner.shards().save(name, true);
            snapshots.add(name, new Snapshots.Saved(presented, false, null));
            return;
        }
        if (current == null) {
            throw new IllegalStateException("there is no state to save");
        }
        runner.shards().save(name, false);
        snapshots.add(name, new Snapshots.Saved(current.phase().columns(), settled, off));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    /** Refuses a use of the session while a settling waits for its next step. */
    void requireIdle(String use) {
        if (stepping != null && !stepping.hasFailed()) {
            throw new IllegalStateException(
                    "%s: settling %d is in progress; finish it first, or cancel and finish it"
                            .formatted(use, phaseId));
        }
    }

    @Override
    public void observe(Observation observation) {
        requireOpen();
        requireIdle("observe");
        samplers = runner.observe(observation);
    }

    @Override
    public Network network() {
        return wiring.network();
    }

    @Override
    public List<CellId> cells() {
        return wiring.cells();
    }

    @Override
    public void cancel() {
        runner.cancel();
    }

    @Override
    public void close() {
        closed = true;
        runner.close();
    }
}
