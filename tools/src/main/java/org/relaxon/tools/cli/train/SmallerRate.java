package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.model.math.Numeral;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunReport.Ledger;

/**
 * Advice for a training that its own learning rate ended: the same training from its start at
 * smaller rates. Only what was tried is advised, so that on a host that repeats it is true.
 */
final class SmallerRate {
    /** Multiplications of one trial: about a second. */
    private static final double WORK = 1e9;

    /** Overhead of a relaxation beside its products. */
    private static final double PER_RELAXATION = 2000;

    /** Messages of one settling of a trial: one that needs more is not what is advised. */
    private static final long MESSAGES = 200_000;

    private static final int[] DIGITS = {1, 2, 3};

    private final TrainPlan plan;
    private final Split data;
    private final Host host;
    private final BooleanSupplier stop;

    /**
     * What is advised.
     *
     * @param clause to be appended to the reason; empty for none
     * @param rate of the advice; NaN for none
     */
    record Found(String clause, double rate) {
        static final Found NONE = new Found("", Double.NaN);
    }

    SmallerRate(TrainPlan plan, Split data, Host host, BooleanSupplier stop) {
        this.plan = plan;
        this.data = data;
        this.host = host;
        this.stop = stop;
    }

    /** The smaller rate that is named with a checkpoint, from which none could be tried. */
    static String withNewCheckpoint() {
        return "; a smaller --rate may help, with another --checkpoint: this one goes on from weights"
                + " that this rate has made";
    }

    /** Whether a training ended, or was stopped, as one does whose rate is too large. */
    boolean isToBlame(TrainResult ended) {
        return switch (ended.ending()) {
            case DIVERGED -> true;
            case UNSETTLED, STOPPED -> !plan.grown(ended.parameters()).isEmpty();
            case DONE, PATIENCE -> false;
        };
    }

    /**
     * The advice; none if the rate is not to blame or none helps. Where a trial would end before
     * the step that failed, or the training was stopped, the rate is named as one not tried.
     *
     * @param ended the training
     * @param usual the default rate, tried after rates that are smaller by a few digits
     */
    Found advice(TrainResult ended, double usual) throws IOException {
        if (!isToBlame(ended)) {
            return Found.NONE;
        }
        String grown = plan.grown(ended.parameters());
        List<Double> rates = rates(usual);
        if (stop.getAsBoolean()) {
            return untried(grown.isEmpty() ? "" : "; " + grown, rates);
        }
        long until = Math.min(plan.pace().steps(), affordable(ended));
        boolean beyond = until == plan.pace().steps() || until > 2 * ended.counts().smoothSteps();
        if (!beyond) {
            return untried("", rates);
        }
        for (double rate : rates) {
            TrainResult trial = trial(rate, until);
            if (stop.getAsBoolean()) {
                return untried("", rates);
            }
            if (isGood(trial, until)) {
                return new Found(
                        "; advice: --rate %s (tried: in %s, every example settles and the loss falls)"
                                .formatted(Numeral.text(rate), steps(until)),
                        rate);
            }
        }
        return Found.NONE;
    }

    private static Found untried(String why, List<Double> rates) {
        return rates.isEmpty()
                ? Found.NONE
                : new Found(
                        "%s; a smaller rate may help, such as --rate %s (not tried)"
                                .formatted(why, Numeral.text(rates.get(0))),
                        rates.get(0));
    }

    private String steps(long until) {
        if (plan.pace().steps() == 1) {
            return "its only step";
        }
        return until == plan.pace().steps()
                ? "all %d steps".formatted(until)
                : "the first %d of %d steps".formatted(until, plan.pace().steps());
    }

    /** Decimal digits are moved, so that 0.3 becomes 0.03. */
    private List<Double> rates(double usual) {
        List<Double> out = new ArrayList<>();
        BigDecimal own = BigDecimal.valueOf(plan.pace().rate());
        for (int digits : DIGITS) {
            out.add(own.movePointLeft(digits).doubleValue());
        }
        if (usual < out.get(out.size() - 1)) {
            out.add(usual);
        }
        out.removeIf(rate -> rate == 0.0);
        return out;
    }

    /** Steps that one trial may take, by what those of the training took. */
    private static long affordable(TrainResult ended) {
        boolean smooth = ended.counts().smoothSteps() > 0;
        Ledger spent = smooth ? ended.counts().smooth() : ended.counts().ledger();
        double work = spent.synapticOperations() + PER_RELAXATION * spent.relaxations();
        double step = work / Math.max(1, ended.counts().smoothSteps());
        return (long) (WORK / Math.max(1.0, step));
    }

    private TrainResult trial(double rate, long until) throws IOException {
        TrainListener listener =
                new TrainListener() {
                    private volatile long made;
                    private volatile boolean lost;

                    @Override
                    public void stepped(long step, int learnedFrom) {
                        made = step;
                        lost |= learnedFrom == 0;
                    }

                    @Override
                    public boolean stops() {
                        return stop.getAsBoolean()
                                || lost
                                || made >= until && until < plan.pace().steps();
                    }
                };
        Budget least = plan.budget().withMessages(Math.min(plan.budget().messages(), MESSAGES));
        TrainPlan slower = plan.withPace(plan.pace().withRate(rate)).withBudget(least);
        return new Trainer(slower, data, listener).settle(host, null);
    }

    private static boolean isGood(TrainResult trial, long until) {
        boolean ended = trial.ending() == Ending.DONE || trial.ending() == Ending.PATIENCE;
        boolean cut = trial.ending() == Ending.STOPPED && trial.counts().steps() >= until;
        return (ended || cut) && trial.counts().dropped() == 0 && learns(trial);
    }

    /** A rate at which all settles and the loss does not fall is of no use. */
    private static boolean learns(TrainResult trial) {
        return trial.last().trainLoss() < trial.curve().get(0).trainLoss();
    }
}
