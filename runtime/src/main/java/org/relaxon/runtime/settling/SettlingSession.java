package org.relaxon.runtime.settling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.Presentation;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RelaxationListener;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;

/**
 * The session of every host: runs until quiet, audits, has lost last signals sent again with a
 * growing pause, and judges. Only the {@link Runner} differs between hosts.
 */
public final class SettlingSession implements Session {
    private static final long LEAST_PAUSE_NANOS = 100_000L;
    private static final long PAUSE_MAX_NANOS = 1L << 60;
    private static final double REFINEMENT = 0.01;
    private static final int REFINEMENTS_MAX = 4;
    private static final double LEAST_THRESHOLD = 1e-19;

    private final Wiring wiring;
    private final RunPlan plan;
    private final Runner runner;
    private final Audit audit;
    private final Judge judge;
    private long phaseId;
    private final Map<String, Saved> snapshots = new HashMap<>();
    private Equilibrium current; // what the cells hold under its weights; null if there is none
    private boolean settled; // in every column
    private double[][] off; // what the audit's sweep moved; null where it was not swept
    private int presented; // columns of the presentation that the cells come from; 0 for none
    private double lowered = 1.0; // factor of the plan's threshold
    private boolean shared; // weights belong to several lanes
    private volatile boolean closed;
    private RunReport report;

    /** What is known of a saved state. */
    private record Saved(int columns, boolean settled, double[][] off) {}

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
        this.audit = new Audit(wiring, plan.rule().dynamics().judge(plan.rule()));
        this.judge = judge;
    }

    @Override
    public Settlement settle(Phase phase, Budget budget) {
        long begin = prepare(phase);
        long pause =
                Math.max(
                        LEAST_PAUSE_NANOS,
                        plan.delay().typicalNanos() + plan.effectiveRefractoryNanos());
        Reason stopped = runner.begin(phaseId, phase, budget);
        if (stopped == null && isUnproven(phase.start())) {
            // what was under way when the state was saved has been lost without a record
            stopped = runner.resume(wiring.links(), pause);
        }
        Audits audits = new Audits(phase, pause);
        stopped = audits.repeat(stopped);
        if (stopped == null && isUnproven(phase.start())) {
            stopped = Reason.UNPROVEN_START;
        }
        Settlement verdict =
                judge.verdict(stopped, audits.found, plan.rule().traits().isDataflow(phase));
        current = audits.found.state();
        off = audits.found.off();
        settled = verdict instanceof Conclusive;
        report = report(audits.rounds, System.nanoTime() - begin);
        return verdict;
    }

    @Override
    public boolean lowerThresholds(int times) {
        if (times > 0 && !(plan.refines() && plan.judgesUpdates())) {
            return false;
        }
        double least = Math.min(1.0, LEAST_THRESHOLD / plan.signalling().least());
        double factor = Math.max(Math.pow(REFINEMENT, times), least);
        boolean lower = factor < lowered;
        lowered = factor;
        runner.cells().forEach(c -> c.lowerThreshold(factor));
        return lower;
    }

    /** Audits of one phase, and what is done in between. */
    private final class Audits {
        private final Phase phase;
        private final long leastPause;
        private long pause;
        private AuditResult found;
        private int rounds; // all audits
        private int fruitless; // repairs in a row after which the same links were unheard
        private int refinements;

        Audits(Phase phase, long pause) {
            this.phase = phase;
            this.pause = pause;
            leastPause = pause;
        }

        /** Audits, and lets cells go on as long as that helps; returns why the run stopped. */
        Reason repeat(Reason before) {
            Reason stopped = before;
            audit();
            while (stopped == null) {
                if (judge.repairable(found) && fruitless < plan.auditRounds() - 1) {
                    stopped = repair();
                } else if (refines() && judge.refinable(found)) {
                    stopped = refine();
                } else {
                    break;
                }
            }
            return stopped;
        }

        private void audit() {
            Saved start = phase.start() == null ? null : snapshots.get(phase.start());
            found =
                    audit.run(
                                    runner.cells(),
                                    phaseId,
                                    phase,
                                    plan.judgesUpdates(),
                                    start == null ? null : start.off())
                            .within(plan.effectiveResolution());
            rounds++;
        }

        /**
         * Last signals that did not arrive are sent again, with a pause that grows while that is in
         * vain.
         */
        private Reason repair() {
            List<Link> before = found.unheard();
            Reason stopped = runner.resume(before, pause);
            audit();
            boolean vain = found.unheard().containsAll(before);
            fruitless = vain ? fruitless + 1 : 0;
            pause = vain ? Math.min(2 * pause, PAUSE_MAX_NANOS) : leastPause;
            return stopped;
        }

        private boolean refines() {
            boolean byActivities =
                    plan.rule().traits().has(Trait.ERROR_FORM)
                            && !plan.rule().traits().has(Trait.HOLDS_ERRORS);
            boolean relative = plan.rule().traits().has(Trait.HOLDS_ERRORS) || phase.differences();
            return plan.refines()
                    && (byActivities || relative)
                    && found.unheard().isEmpty()
                    && refinements < REFINEMENTS_MAX;
        }

        /** Every cell sends what it withheld, down to a smaller change. */
        private Reason refine() {
            refinements++;
            runner.cells().forEach(c -> c.refine(REFINEMENT));
            Reason stopped = runner.resume(List.of(), leastPause);
            audit();
            return stopped;
        }
    }

    /** Makes ready for a new phase; returns when it began. */
    private long prepare(Phase phase) {
        requirePhase(phase);
        MemoryEstimate.of(wiring.network(), plan.granularity(), phase.columns()).requireHeap();
        phaseId++;
        current = null;
        presented = 0;
        report = null;
        return System.nanoTime();
    }

    private void requirePhase(Phase phase) {
        requireOpen();
        phase.validate(wiring.network());
        requireStart(phase);
        requireResolvable(phase);
        if (!plan.rule().accepts(phase)) {
            throw new IllegalArgumentException(
                    "algorithm: %s is not defined for this phase (output %s, %s%s, gain, start or beta)"
                            .formatted(
                                    plan.rule().optionName(),
                                    phase.output(),
                                    phase.isComplex() ? "complex" : "real",
                                    phase.differences() ? " differences" : ""));
        }
    }

    /** An allowance for rounding beyond the tolerance would let anything pass for settled. */
    private void requireResolvable(Phase phase) {
        double tolerance = plan.effectiveTolerance();
        for (int c = 0; c < phase.columns(); c++) {
            double left = plan.rule().dynamics().units().roundOff(phase, c);
            if (!(left <= tolerance)) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "beta: %s is too small for %s by activities: rounding leaves a"
                                        + " defect of %.1e, the tolerance is %.1e; the least beta"
                                        + " that it resolves is %.1e, and pc-nudge and fy-pc by"
                                        + " fixed point, which hold errors, have no such limit",
                                phase.beta(c),
                                plan.rule().optionName(),
                                left,
                                tolerance,
                                phase.magnitude(c) * left / tolerance));
            }
        }
    }

    @Override
    public Trained train(
            Phase phase, Estimator estimator, LearningStep step, long wholeUpdates, Budget budget) {
        if (!step.optimiser().equals(Optimiser.sgd())) {
            throw new IllegalArgumentException(
                    "optimiser: %s; while weights change all the time only sgd adds up to an update"
                            .formatted(step.optimiser().optionName()));
        }
        requireOwnWeights();
        Presentation presentation =
                new Presentation(
                        estimator.columnWeights(phase), step.rate() * step.share(), wholeUpdates);
        long begin = prepare(phase);
        runner.cells().forEach(c -> c.learning().present(presentation));
        Reason stopped = runner.begin(phaseId, phase, budget);
        boolean finite = runner.cells().stream().allMatch(c -> c.learning().learnedAll());
        runner.cells().forEach(c -> c.learning().present(null));
        weightsChange();
        presented = finite ? phase.columns() : 0;
        report = report(0, System.nanoTime() - begin);
        return new Trained(stopped, finite);
    }

    private boolean isUnproven(String start) {
        return start != null && !snapshots.get(start).settled();
    }

    private RunReport report(int rounds, long wallNanos) {
        CellCounters c = runner.counters();
        long operations = runner.cells().stream().mapToLong(Cell::synapticOperations).sum();
        return new RunReport(
                c.said,
                c.received - c.wakeUps,
                c.stale,
                c.late,
                c.lost(),
                c.repeated,
                c.abandoned,
                c.relaxations,
                operations,
                runner.cells().stream().mapToLong(Cell::eventOperations).sum(),
                runner.cells().stream().mapToLong(Cell::spikes).sum(),
                rounds,
                runner.probeWaves(),
                runner.hostNanos(),
                wallNanos,
                runner.traceHash(),
                c.stateHash,
                c.faults(),
                runner.histograms());
    }

    @Override
    public RunReport report() {
        if (report == null) {
            throw new IllegalStateException("nothing has been settled yet");
        }
        return report;
    }

    @Override
    public LocalUpdate update(Conclusive settled, Estimator estimator) {
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
        runner.cells().forEach(c -> c.learning().update(weights, gradient));
        return gradient;
    }

    @Override
    public Parameters unprovenUpdate(Estimator estimator) {
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
        requireOwnWeights();
        double[] weights = requireCurrent(settled, estimator);
        boolean finite = true;
        for (Cell cell : runner.cells()) {
            finite &= cell.learning().prepare(weights);
        }
        if (!finite) {
            throw new ArithmeticException("a local update is not finite; no weight was changed");
        }
        weightsChange();
        runner.cells().forEach(c -> c.learning().learn(weights, rate));
    }

    @Override
    public void learn(Conclusive settled, Estimator estimator, LearningStep step) {
        requireOwnWeights();
        SettlingPipeline.learn(List.of(this), List.of(settled), estimator, step);
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

    /** What was settled belongs to other weights. */
    void weightsChange() {
        current = null;
        presented = 0;
        snapshots.clear();
    }

    List<Cell> cells() {
        return runner.cells();
    }

    @Override
    public List<Parameters> memories(int count) {
        List<Parameters> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Parameters memory = wiring.network().zeros();
            for (Cell cell : runner.cells()) {
                cell.learning().saveMemory(k, memory);
            }
            out.add(memory);
        }
        return out;
    }

    @Override
    public void loadMemories(List<Parameters> memories) {
        requireOwnWeights();
        replaceMemories(memories);
    }

    void replaceMemories(List<Parameters> memories) {
        memories.forEach(wiring.network()::with); // refuses wrong shapes and what is not finite
        for (int k = 0; k < memories.size(); k++) {
            for (Cell cell : runner.cells()) {
                cell.learning().loadMemory(k, memories.get(k));
            }
        }
    }

    /** Shares of the columns; refuses what is not the state of the cells under these weights. */
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
        Parameters out = wiring.network().zeros();
        runner.cells().forEach(c -> c.learning().save(out));
        return out;
    }

    @Override
    public void load(Parameters parameters) {
        wiring.network().with(parameters); // refuses wrong shapes and values that are not finite
        requireOwnWeights();
        weightsChange();
        runner.cells().forEach(c -> c.learning().load(parameters));
    }

    @Override
    public void snapshot(String name) {
        if (presented > 0) {
            runner.cells().forEach(c -> c.snapshotMoving(name));
            snapshots.put(name, new Saved(presented, false, null));
            return;
        }
        if (current == null) {
            throw new IllegalStateException("there is no state to save");
        }
        runner.cells().forEach(c -> c.snapshot(name));
        snapshots.put(name, new Saved(current.phase().columns(), settled, off));
    }

    private void requireStart(Phase phase) {
        if (phase.start() == null) {
            return;
        }
        Saved saved = snapshots.get(phase.start());
        if (saved == null) {
            throw new IllegalArgumentException(
                    "start: no state has been saved as \"%s\"".formatted(phase.start()));
        }
        if (phase.columns() % saved.columns() != 0) {
            throw new IllegalArgumentException(
                    "start: \"%s\" was saved with %d columns, the phase has %d, not a multiple"
                            .formatted(phase.start(), saved.columns(), phase.columns()));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    @Override
    public void watch(RelaxationListener listener) {
        runner.watch(listener);
    }

    @Override
    public Wiring wiring() {
        return wiring;
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
