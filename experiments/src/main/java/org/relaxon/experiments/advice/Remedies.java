package org.relaxon.experiments.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.advice.Trial.Worth;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;

/**
 * Finds a change that makes a refused run settle, by trying likely candidates. Only tried changes
 * are advised: a trial is the same run that the changed options start, under the smaller of its
 * budget and a small one, so on a deterministic host it repeats to the bit.
 */
public final class Remedies {
    /** Multiplications of all trials for one refused run: about a second. */
    private static final double POOL = 1e9;

    /** What one trial may take of the rest, so that one which never ends leaves some for others. */
    private static final double SHARE = 0.5;

    private static final long MESSAGES = 200_000L;

    /** Overhead of a relaxation beside its products. */
    private static final double PER_RELAXATION = 2000;

    private static final long LEAST_RELAXATIONS = 200L;
    private static final long WALL_NANOS = 2_000_000_000L;

    private final Host host;
    private final Network network;
    private final int columns;
    private final Trial trial;
    private final BooleanSupplier stop;
    private double pool = POOL;

    /**
     * Prepares the trials of one refused run.
     *
     * @param host of the refused run
     * @param network of the refused run, with its parameters
     * @param columns of the input
     * @param trial how one setting is settled
     * @param stop polled before every trial
     */
    public Remedies(Host host, Network network, int columns, Trial trial, BooleanSupplier stop) {
        this.host = host;
        this.network = network;
        this.columns = columns;
        this.trial = trial;
        this.stop = stop;
    }

    /**
     * {@return the best remedy} The first that settles with a gradient that is near its reference,
     * as candidates come with the least change first; if none is near, the one whose gradient is
     * nearest; and the list of those tried without success if none settles.
     *
     * @param refused setting of the refused run
     * @param verdict why it was refused
     */
    public Advice find(Setting refused, NotSettled verdict) {
        return find(refused, verdict.reason());
    }

    /**
     * {@return the same for a run of which only the reason is known}
     *
     * @param refused setting of the refused run
     * @param reason why it was refused
     */
    public Advice find(Setting refused, Reason reason) {
        return best(candidates(refused, reason), refused.plan().faults().lasting());
    }

    private List<Candidate> candidates(Setting refused, Reason reason) {
        Budget most = Budget.DEFAULT.withMessages(MESSAGES).withRelaxations(MESSAGES);
        return Candidates.of(refused, reason, most, host.keepsTime());
    }

    /**
     * {@return the same; where nothing helps in sweeps, without them}
     *
     * @param refused setting of the refused run, whose host sweeps
     * @param reason why it was refused
     * @param timed host to run on instead, which keeps time
     */
    public Advice find(Setting refused, Reason reason, Host timed) {
        List<Candidate> here = candidates(refused, reason);
        Advice swept = best(here, refused.plan().faults().lasting());
        if (swept.isFound() || !swept.remove().isEmpty() || here.isEmpty()) {
            return swept;
        }
        Remedies there = new Remedies(timed, network, columns, trial, stop);
        Advice other = there.best(Candidates.on(timed.optionName(), refused), List.of());
        return other.isFound() ? other : swept.withTried(other.tried());
    }

    /**
     * {@return the trial of another algorithm, for a run of which no option makes it settle}
     *
     * @param refused setting of the refused run
     * @param other algorithm, estimator and strength to take instead
     * @param more options beside the name of the algorithm, with their values, that the trial has
     *     already
     * @param replaced options that do not belong to the other algorithm
     */
    public Advice instead(Setting refused, Method other, List<String> more, List<String> replaced) {
        Candidate one =
                Candidate.of(refused)
                        .without(replaced.toArray(new String[0]))
                        .with("--algorithm", other.algorithm().optionName(), s -> s.with(other));
        List<String> words = new ArrayList<>(one.words());
        words.addAll(more);
        return best(
                List.of(new Candidate(words, one.replaced(), one.setting())),
                refused.plan().faults().lasting());
    }

    private Advice best(List<Candidate> candidates, List<String> lasting) {
        List<String> tried = new ArrayList<>();
        Advice best = null;
        boolean longEnough = false;
        for (Candidate one : candidates) {
            if (longEnough && one.isLonger()) {
                continue; // the same trial once more
            }
            boolean found = best != null && !best.worth().isFar();
            if (found || stop.getAsBoolean() || pool <= 0) {
                break;
            }
            GradientEstimate end = attempt(one.setting());
            if (end == null) {
                continue; // conflicts with the rest
            }
            if (!isWhole(end)) {
                longEnough |= one.isLonger() && !isOutOfTime(end);
                tried.add(one.text() + stopped(one.setting().budget(), end));
                continue;
            }
            Worth worth = trial.worth(one.setting(), end);
            if (best == null || worth.error() < best.worth().error()) {
                long messages = end.report().messages();
                best = new Advice(one.words(), one.replaced(), lasting, messages, List.of(), worth);
            }
        }
        if (best != null) {
            return best;
        }
        return tried.isEmpty()
                ? Advice.NOTHING
                : new Advice(List.of(), List.of(), lasting, 0, tried, Worth.UNJUDGED);
    }

    /** True if it settled and no projection is lost in rounding. */
    private static boolean isWhole(GradientEstimate end) {
        return end.verdict() instanceof Settled settled
                ? settled.resolution().rounded().isEmpty()
                : !(end.verdict() instanceof NotSettled);
    }

    private static boolean isOutOfTime(GradientEstimate end) {
        return end.verdict() instanceof NotSettled not && not.reason() == Reason.TIME_BUDGET;
    }

    /**
     * Where a trial was stopped earlier than the run with the same options; empty if it was not.
     */
    private String stopped(Budget own, GradientEstimate end) {
        if (!(end.verdict() instanceof NotSettled not)) {
            return "";
        }
        boolean earlier =
                switch (not.reason()) {
                    case MESSAGE_BUDGET -> own.messages() > MESSAGES;
                    case RELAXATION_BUDGET -> end.report().relaxations() < own.relaxations();
                    case TIME_BUDGET -> isOnWallClock() && own.nanos() > WALL_NANOS;
                    default -> false;
                };
        return earlier ? " (stopped after %d messages)".formatted(end.report().messages()) : "";
    }

    /** Null if the setting is refused before it runs. */
    private GradientEstimate attempt(Setting setting) {
        try (Session session = host.open(network, setting.plan())) {
            Budget budget = budget(setting.budget(), session.cells().size());
            GradientEstimate end = trial.settle(session, setting.withBudget(budget));
            pool -= end.report().synapticOperations();
            pool -= PER_RELAXATION * end.report().relaxations();
            return end;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Budget budget(Budget own, int cells) {
        double synapses = 0;
        for (Projection p : network.projections()) {
            synapses +=
                    2.0 * network.population(p.pre()).size() * network.population(p.post()).size();
        }
        double relaxation = PER_RELAXATION + synapses * columns / cells;
        long affordable = (long) Math.max(LEAST_RELAXATIONS, SHARE * pool / relaxation);
        long nanos = isOnWallClock() ? Math.min(own.nanos(), WALL_NANOS) : own.nanos();
        return new Budget(
                Math.min(own.messages(), MESSAGES),
                nanos,
                own.inFlight(),
                Math.min(own.relaxations(), Math.min(MESSAGES, affordable)));
    }

    private boolean isOnWallClock() {
        return host.keepsTime() && !host.optionName().equals("virtual");
    }
}
