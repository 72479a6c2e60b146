package org.relaxon.experiments.training;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.fault.FaultCounts;

/** The counts of a training so far: work, and examples lost. */
public final class TrainCounts {
    private Ledger ledger = Ledger.NONE;
    private FaultCounts faults = FaultCounts.NONE;
    private long dropped;
    private String lastWhy = "";
    private List<String> advised = List.of();
    private List<String> advisedWithout = List.of();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long restless;
    private long judged;
    private long saddles;
    private long untold;
    private long drawn;
    private long passedOver;
    private long learned;
    private long steps;
    private long heldAtKink;
    private Ledger smooth = Ledger.NONE;
    private long smoothSteps;

    TrainCounts() {}

    /** Work is done that began after all work before. */
    void add(Ledger work) {
        ledger = ledger.plus(work);
    }

    /** Parts of a step are done, none of which waited for another. */
    void addBeside(List<GradientEstimate> parts) {
        add(parts.stream().map(p -> p.report().ledger()).reduce(Ledger.NONE, Ledger::beside));
        parts.forEach(p -> happened(p.report().faults()));
    }

    /** Faults of a settling. */
    void happened(FaultCounts more) {
        faults = faults.plus(more);
    }

    /** {@return the faults in the settlings of steps since this process began} */
    public FaultCounts faults() {
        return faults;
    }

    void drop(int examples, String why) {
        dropped += examples;
        lastWhy = why;
    }

    /** One step is done, in which the given number of examples changed the weights. */
    void step(int examples) {
        steps++;
        learned += examples;
        if (dropped == 0) {
            smooth = ledger;
            smoothSteps = steps;
        }
    }

    /** Adds the units at kinks of the settled columns; null for none. */
    void hold(Conclusive part) {
        if (part != null) {
            part.columns().stream()
                    .filter(ColumnVerdict::settled)
                    .forEach(v -> heldAtKink += part.equilibrium().heldAtKink(v.column()));
        }
    }

    void hurry() {
        restless++;
    }

    void set(Ledger all, long allDropped, long allRestless, long allLearned, long allSteps) {
        learned = allLearned;
        steps = allSteps;
        ledger = all;
        dropped = allDropped;
        restless = allRestless;
    }

    /**
     * {@return the cost of all settlings of the steps so far} Those of examples that were left out
     * count, and so do those of a step that ended the training because it did not come to rest. A
     * step that was stopped does not count, nor do evaluations. Parts of a minibatch settle beside
     * each other, steps one after another.
     */
    public Ledger ledger() {
        return ledger;
    }

    /** {@return the cost of the steps before the first in which an example was left out} */
    public Ledger smooth() {
        return smooth;
    }

    /** {@return the number of steps before the first in which an example was left out} */
    public long smoothSteps() {
        return smoothSteps;
    }

    /** {@return why the last example that was left out did not settle; empty if there was none} */
    public String lastWhy() {
        return lastWhy;
    }

    /** What made examples settle that were left out. */
    void advise(List<String> options, List<String> without) {
        advised = List.copyOf(options);
        advisedWithout = List.copyOf(without);
    }

    /**
     * {@return options, names and values in turn, with which examples settled that had been left
     * out; empty for none} They were tried with the weights of that step.
     */
    public List<String> advised() {
        return advised;
    }

    /** {@return the names of options that {@link #advised} takes the place of} */
    public List<String> advisedWithout() {
        return advisedWithout;
    }

    /** The given number of examples did not settle for this reason. */
    void blame(String reason, int examples) {
        if (examples > 0) {
            reasons.merge(reason, (long) examples, Long::sum);
        }
    }

    /**
     * {@return the number of examples that did not settle since this process began, by the reported
     * name of the reason}
     */
    public Map<String, Long> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    /** {@return the number of examples that did not settle and were left out} */
    public long dropped() {
        return dropped;
    }

    /** {@return the number of changes of the weights} */
    public long steps() {
        return steps;
    }

    /**
     * {@return the number of units held at a kink, over all examples learned from since this
     * process began} There the update is an element of the generalised gradient.
     */
    public long heldAtKink() {
        return heldAtKink;
    }

    /**
     * {@return the number of examples that changed the weights, each counted as often as it was
     * shown}
     */
    public long learned() {
        return learned;
    }

    /** {@return the share of the examples shown that was left out; 0 if none was shown} */
    public double droppedShare() {
        return dropped == 0 ? 0.0 : (double) dropped / (dropped + learned);
    }

    void judge(boolean saddle, boolean unknown) {
        drawn++;
        judged++;
        saddles += saddle ? 1 : 0;
        untold += unknown && !saddle ? 1 : 0;
    }

    /** An example was drawn, but it did not settle, or its state is outside this judgement. */
    void passOver(boolean settled) {
        drawn++;
        passedOver += settled ? 1 : 0;
    }

    /**
     * {@return the number of examples drawn to be judged, in this process, whether or not they
     * settled}
     */
    public long drawn() {
        return drawn;
    }

    /** {@return the number of drawn examples that settled in a state outside this judgement} */
    public long passedOver() {
        return passedOver;
    }

    /**
     * {@return the number of drawn examples that were judged for resting at a minimum, in this
     * process}
     */
    public long judged() {
        return judged;
    }

    /** {@return the number of judged examples that rested at a saddle} */
    public long saddles() {
        return saddles;
    }

    /** {@return the number of judged examples for which this cannot be determined} */
    public long untold() {
        return untold;
    }

    /** {@return the number of frames that ended before the network was at rest} */
    public long restless() {
        return restless;
    }
}
