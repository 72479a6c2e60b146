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
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
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

    /** Relaxations of a cell in a step, generously. */
    private static final double ROUNDS = 20;

    /** Messages of one settling of a trial: one that needs more is not what is advised. */
    private static final long MESSAGES = 200_000;

    private static final int[] DIGITS = {1, 2, 3};

    private final TrainPlan plan;
    private final Split data;
    private final Host host;
    private final BooleanSupplier stop;

    SmallerRate(TrainPlan plan, Split data, Host host, BooleanSupplier stop) {
        this.plan = plan;
        this.data = data;
        this.host = host;
        this.stop = stop;
    }

    /**
     * What is advised.
     *
     * @param clause to be appended to the reason; empty for nothing
     * @param rate that was tried; NaN if none was
     */
    record Advised(String clause, double rate) {
        static final Advised NOTHING = new Advised("", Double.NaN);
    }

    /**
     * The advice; nothing if the rate is not to blame or none helps.
     *
     * @param ended the training
     * @param usual the default rate, tried after rates that are smaller by a few digits
     */
    Advised advice(TrainResult ended, double usual) throws IOException {
        boolean grew =
                ended.ending() == Ending.DIVERGED
                        || ended.ending() == Ending.UNSETTLED
                                && !(plan.growth(ended.parameters()) < TrainPlan.GROWN);
        long until = Math.min(plan.pace().steps(), affordable(ended));
        boolean beyond = until == plan.pace().steps() || until > 2 * ended.counts().steps();
        if (!grew) {
            return Advised.NOTHING;
        }
        if (!beyond) {
            return new Advised(
                    "; a smaller --rate may help: not tried, it would take as long again",
                    Double.NaN);
        }
        for (double rate : rates(usual)) {
            TrainResult trial = trial(rate, until);
            if (stop.getAsBoolean()) {
                return Advised.NOTHING;
            }
            if (isGood(trial, until)) {
                return new Advised(
                        "; advice: --rate %s (tried: in %s, every example settles)"
                                .formatted(Numeral.text(rate), steps(until)),
                        rate);
            }
        }
        return Advised.NOTHING;
    }

    private String steps(long until) {
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

    /**
     * Steps that one trial may take: by what those of the training took, or by what they take where
     * the network settles, if that is less.
     */
    private long affordable(TrainResult ended) {
        Ledger spent = ended.counts().ledger();
        double work = spent.synapticOperations() + PER_RELAXATION * spent.relaxations();
        double step = work / Math.max(1, ended.counts().steps());
        return (long) (WORK / Math.max(1.0, Math.min(step, usual())));
    }

    /** Work of a step whose cells relax a few times each. */
    private double usual() {
        Network network = plan.network();
        long synapses = network.projections().stream().mapToLong(this::synapses).sum();
        int neurons = network.populations().stream().mapToInt(Population::size).sum();
        return ROUNDS * ((double) synapses * plan.pace().batch() + PER_RELAXATION * neurons);
    }

    private long synapses(Projection p) {
        return (long) plan.network().population(p.pre()).size()
                * plan.network().population(p.post()).size();
    }

    private TrainResult trial(double rate, long until) throws IOException {
        TrainListener listener =
                new TrainListener() {
                    private volatile long made;

                    @Override
                    public void stepped(long step, int learnedFrom) {
                        made = step;
                    }

                    @Override
                    public boolean stops() {
                        return stop.getAsBoolean() || made >= until && until < plan.pace().steps();
                    }
                };
        Budget least = plan.budget().withMessages(Math.min(plan.budget().messages(), MESSAGES));
        TrainPlan slower = plan.withPace(plan.pace().withRate(rate)).withBudget(least);
        return new Trainer(slower, data, listener).settle(host, null);
    }

    private static boolean isGood(TrainResult trial, long until) {
        boolean ended = trial.ending() == Ending.DONE || trial.ending() == Ending.PATIENCE;
        boolean cut = trial.ending() == Ending.STOPPED && trial.counts().steps() >= until;
        return (ended || cut) && trial.counts().dropped() == 0;
    }
}
