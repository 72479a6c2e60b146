package org.relaxon.experiments.advice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.claims.DifferenceForm;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/** Candidates for trials, the least change first. */
final class Candidates {
    private static final long MORE = 10; // of a budget
    private static final int[] SMALLER = {1, 2, 3, 5, 7}; // digits
    private static final long[] LONGER = {10, 100, 1000}; // times the host time that ran out
    private static final int[] MORE_BITS = {4, 12};
    private static final String STEPS = "gradient:";
    private static final PcAlm MULTIPLIERS = new PcAlm();
    private static final double[] HEAVIER = {8.0, 64.0};
    private static final long PAUSE_NANOS = 1_000_000L;

    private final boolean timed;
    private final Setting refused;
    private final Reason reason;
    private final Budget trial;
    private final List<Candidate> found = new ArrayList<>();

    private Candidates(Setting refused, Reason reason, Budget trial, boolean timed) {
        this.timed = timed;
        this.refused = refused;
        this.reason = reason;
        this.trial = trial;
    }

    /**
     * All candidates, whether or not they are compatible with the rest of the setting.
     *
     * @param trial limits of a trial
     * @param timed whether the host keeps time; otherwise it counts sweeps
     */
    static List<Candidate> of(Setting refused, Reason reason, Budget trial, boolean timed) {
        Candidates out = new Candidates(refused, reason, trial, timed);
        boolean healed = refused.plan().faults().lasting().isEmpty();
        if (reason == Reason.CANCELLED
                || reason == Reason.NODE_LOST
                || reason == Reason.CELL_LOST && healed) {
            return List.of();
        }
        if (healed) {
            out.collect(Candidate.of(refused));
        } else {
            out.found.add(healed(refused));
        }
        return out.found;
    }

    /**
     * The same run on a host that keeps time, as it is and in turns.
     *
     * @param host its name
     * @param refused setting of a run in sweeps
     */
    static List<Candidate> on(String host, Setting refused) {
        Budget budget = refused.budget().withNanos(Budget.DEFAULT.nanos()); // it had sweeps
        Candidate same =
                Candidate.of(refused)
                        .with("--host", host, s -> s.withBudget(budget))
                        .without(Candidate.SWEEPS);
        return List.of(same, inTurns(same));
    }

    /**
     * Without lasting faults: no other option delivers signals over a dead link or from a cell that
     * stays down.
     */
    private static Candidate healed(Setting refused) {
        Faults left = refused.plan().faults().withoutLasting();
        return Candidate.of(refused)
                .withAll("--cut", left.cuts().stream().map(Cut::toString).toList())
                .withAll("--crash", left.crashes().stream().map(Crash::toString).toList())
                .of(s -> s.changed(p -> p.withFaults(left)));
    }

    private void collect(Candidate same) {
        budgets(same);
        unthresholded(same);
        finer(same);
        if (!refused.plan().conditions().repeats() && refused.plan().faults().loses()) {
            found.add(
                    same.with(
                            "--delivery",
                            "reliable-latest",
                            s -> s.changed(p -> p.withDelivery(Delivery.RELIABLE_LATEST))));
        }
        if (reason == Reason.IN_FLIGHT_BUDGET) {
            long pause = Math.max(PAUSE_NANOS, 10 * refused.plan().effectiveRefractoryNanos());
            found.add(
                    same.with(
                            "--refractory",
                            Durations.format(pause),
                            s -> s.changed(p -> p.withRefractoryNanos(pause))));
        }
        boolean turns = refused.plan().discipline().kind() == Discipline.Kind.TURN_TAKING;
        if (!turns) {
            found.add(inTurns(same));
        }
        safeguarded(same);
        heavier(same);
        difference(same);
        usual(same);
        Algorithm descending = safeguarded(Moves.ALL_CELLS);
        boolean steps = refused.method().algorithm().variant().startsWith("gradient");
        if (descending != null && steps) { // which may be too long at any strength
            smaller(descending(same, descending), 1, 2, 3);
        }
        smaller(same, SMALLER);
        if (!turns) {
            smaller(inTurns(same), 1);
        }
    }

    /** A larger budget of the kind that was spent, where the run had less than a trial has. */
    private void budgets(Candidate same) {
        Budget own = refused.budget();
        long messages = Math.min(trial.messages(), MORE * own.messages());
        if (reason == Reason.MESSAGE_BUDGET && own.messages() < messages) {
            found.add(
                    same.with(
                            "--budget-messages",
                            Long.toString(messages),
                            s ->
                                    s.withBudget(
                                            new Budget(
                                                    messages,
                                                    own.nanos(),
                                                    own.inFlight(),
                                                    own.relaxations()))));
        }
        long relaxations = Math.min(trial.relaxations(), MORE * own.relaxations());
        if (reason == Reason.RELAXATION_BUDGET && own.relaxations() < relaxations) {
            found.add(
                    same.with(
                            "--budget-relaxations",
                            Long.toString(relaxations),
                            s -> s.withBudget(own.withRelaxations(relaxations))));
        }
        if (reason == Reason.TIME_BUDGET) {
            longer(same);
        }
    }

    /** The usual threshold instead of the requested one, alone and where that is not enough. */
    private void unthresholded(Candidate same) {
        if (refused.unthresholded() == null) {
            return;
        }
        Candidate usual = same.without(Candidate.THRESHOLD).of(Setting::withoutThreshold);
        found.add(usual);
        difference(usual);
        usual(usual);
    }

    /** More host time, as much as it may take, and then no cell that pauses for so long. */
    private void longer(Candidate same) {
        Budget own = refused.budget();
        long usual = timed ? Budget.DEFAULT.nanos() : 0L;
        List<Long> longer = new ArrayList<>(own.nanos() < usual ? List.of(usual) : List.of());
        for (long times : LONGER) {
            if (own.nanos() <= Long.MAX_VALUE / times && times * own.nanos() > usual) {
                longer.add(times * own.nanos());
            }
        }
        for (long nanos : longer) {
            found.add(
                    same.with(
                            timed ? Candidate.TIME : Candidate.SWEEPS,
                            timed ? Durations.format(nanos) : Long.toString(nanos),
                            s -> s.withBudget(own.withNanos(nanos))));
        }
        Faults faults = refused.plan().faults();
        if (!faults.slow().isEmpty()) {
            Faults left = faults.withSlow(List.of());
            found.add(same.without("--slow").of(s -> s.changed(p -> p.withFaults(left))));
        }
    }

    /** Signals on a finer grid, and exact ones: rounding can keep cells going without end. */
    private void finer(Candidate same) {
        double quantum = refused.plan().signalling().quantum();
        if (!(quantum > 0)) {
            return;
        }
        for (int bits : MORE_BITS) {
            double step = Math.scalb(quantum, -bits);
            found.add(
                    same.with(
                            "--quantum",
                            Numeral.text(step),
                            s -> s.changed(p -> p.withQuantum(step))));
        }
        found.add(same.without("--quantum").of(s -> s.changed(p -> p.withQuantum(0.0))));
    }

    private static Candidate inTurns(Candidate from) {
        return from.with(
                "--discipline",
                Discipline.TURN_TAKING.toString(),
                s -> s.changed(p -> p.withDiscipline(Discipline.TURN_TAKING)));
    }

    /** Descent that settles at any delay and strength, where the energy has it. */
    private void safeguarded(Candidate same) {
        for (Moves moves : Moves.values()) {
            Algorithm other = safeguarded(moves);
            if (other != null && !other.variant().equals(refused.method().algorithm().variant())) {
                found.add(descending(same, other));
            }
        }
    }

    private static Candidate descending(Candidate from, Algorithm other) {
        return inTurns(
                from.with("--dynamics", other.variant(), s -> s.withAlgorithm(other))
                        .without("--step"));
    }

    private Algorithm safeguarded(Moves moves) {
        return switch (refused.method().algorithm().optionName()) {
            case "pc-nudge" -> Algorithms.pcNudge(Algorithms.safeguarded(moves));
            case "pc" -> Algorithms.pc(Algorithms.safeguarded(moves));
            case "pc-clamped" -> Algorithms.pcClamped(Algorithms.safeguarded(moves));
            case "fy-pc" -> Algorithms.coordinateFenchelYoung(moves);
            default -> null;
        };
    }

    /**
     * Multipliers that move the whole way, and heavier squared residuals, with which they settle at
     * larger second derivatives.
     */
    private void heavier(Candidate same) {
        Algorithm own = refused.method().algorithm();
        List<Double> parameters = own.rule().traits().parameters();
        if (!own.optionName().equals(MULTIPLIERS.optionName())) {
            return;
        }
        double rho = parameters.get(0);
        if (parameters.get(1) < rho) {
            found.add(weighted(same, List.of(rho, rho)));
        }
        for (double times : HEAVIER) {
            if (times * rho <= Double.MAX_VALUE / 2.0) { // alpha is below 2 rho
                found.add(weighted(same, parameters.stream().map(p -> times * p).toList()));
            }
        }
    }

    private Candidate weighted(Candidate from, List<Double> parameters) {
        String variant = refused.method().algorithm().variant();
        PcAlm source = MULTIPLIERS.with(parameters);
        Algorithm other =
                variant.startsWith(STEPS)
                        ? source.bySteps(Double.parseDouble(variant.substring(STEPS.length())))
                        : source.algorithm();
        String text = Numeral.list(parameters);
        return from.with("--parameters", text, s -> s.withAlgorithm(other));
    }

    /** Contrasts without subtraction of nearly equal numbers. */
    private void difference(Candidate same) {
        DifferenceForm.of(refused.method().algorithm())
                .ifPresent(
                        other ->
                                found.add(
                                        same.with(
                                                "--form",
                                                Form.DIFFERENCE.optionName(),
                                                s -> s.withAlgorithm(other))));
    }

    /** The algorithm's default strength, where the requested one is below it. */
    private void usual(Candidate same) {
        double usual = Defaults.of(refused.method().algorithm()).method().strength();
        if (hasStrength() && refused.method().strength() < usual) {
            found.add(atStrength(same, usual));
        }
    }

    private boolean hasStrength() {
        return refused.method().algorithm().strength() != Strength.NONE
                && refused.method().strength() != 0.0;
    }

    private Candidate atStrength(Candidate from, double value) {
        boolean gamma = refused.method().algorithm().strength() == Strength.GAMMA;
        return from.with(
                        gamma ? "--gamma" : "--beta",
                        Numeral.text(value),
                        s -> s.withStrength(value))
                .without("--lambda");
    }

    private void smaller(Candidate from, int... digits) {
        BigDecimal own = BigDecimal.valueOf(hasStrength() ? refused.method().strength() : 0.0);
        for (int k : digits) {
            if (!hasStrength() || reason == Reason.NOT_FINITE) {
                return;
            }
            // decimal digits move, so that 1e-4 becomes 1e-7, which a quotient misses by rounding
            found.add(atStrength(from, own.movePointLeft(k).doubleValue()));
        }
    }
}
