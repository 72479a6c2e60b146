package org.relaxon.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.AugmentedLagrangian.Before;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * A run that is interrupted: an estimate under one row of the matrix of faults, or phases of its
 * own. Its number draws budget, detector and moments.
 *
 * @param row null for phases of its own
 * @param phases settled in turn; each state is saved as "free"
 */
record ResumeCase(
        int number, FaultCase row, String name, Problem problem, RunPlan plan, List<Phase> phases) {
    /** Prime to the numbers of plans, delays, disciplines, granularities and members. */
    private static final int STRIDE = 61;

    private static final int VARIANTS = 5; // of every member
    private static final String LEARNED = "learned";
    private static final long MESSAGES = 10_000; // enough for most

    /** Rows of the matrix, every member under some of everything, and what only few phases hold. */
    static List<ResumeCase> all() {
        List<ResumeCase> out = new ArrayList<>();
        List<FaultCase> rows = FaultCase.all(FaultCase.DELAYS, 1, 1);
        for (int k = 0; k < rows.size(); k += STRIDE) {
            add(rows.get(k), out);
        }
        List<Family.Member> members = Family.members();
        for (int k = 0; k < VARIANTS * members.size(); k++) {
            Family.Member member = members.get(k % members.size());
            add(
                    new FaultCase(
                            member,
                            false,
                            k / 3 % 2 == 0 ? "layer" : "neuron",
                            pick(FaultCase.DISCIPLINES, k / 5),
                            pick(FaultCase.DELAYS, k / 2),
                            pick(FaultCase.PLANS, 7 * k / 3),
                            k),
                    out);
        }
        for (Granularity cells : List.of(Granularity.LAYER, Granularity.NEURON)) {
            addPhases(cells, out);
        }
        return out;
    }

    private static <T> T pick(List<T> all, int number) {
        return all.get(number % all.size());
    }

    private static void add(FaultCase row, List<ResumeCase> out) {
        boolean late = row.faults().needsTwoPhases() && !row.member().algorithm().hasFreePhase();
        if (row.refusal() == null && !late) {
            int number = out.size();
            RunPlan plan = row.disturbed().withProbes(number % 5 == 0);
            out.add(new ResumeCase(number, row, row.toString(), row.problem(), plan, List.of()));
        }
    }

    /** Kinks, held neurons, memories, relayed turns, rounded signals, gains, displaced outputs. */
    private static void addPhases(Granularity cells, List<ResumeCase> out) {
        Problem smooth = Problem.tanh(5, 2, 3, 5, 4, 2);
        Problem kinked =
                Problem.of(6, 2, StandardActivation.RELU, StandardActivation.LINEAR, 3, 6, 5, 2);
        RunPlan eager =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(cells)
                        .withDelay(Delays.parse("exponential:100us"));
        Matrix held = Matrix.of(4, 2, new double[] {0.25, 0.5, 0, 0, -0.25, 0.75, 0, 0});
        Phase clamped = smooth.free().clamping("2", held, true, false, true, false);
        List<Phase> inTurn = inTurn(smooth);
        addCase("kinks", kinked, eager, List.of(kinked.nudged(2.0)), out);
        addCase("held", smooth, eager, List.of(clamped, clamped.startingFrom("free")), out);
        addCase("rounded", smooth, eager.withQuantum(1e-3), inTurn, out);
        addCase("loose", smooth, eager.withFirstThreshold(1e-2).withTolerance(1e-6), inTurn, out);
        Rule memory = new AugmentedLagrangian(10.0, Before.NOTHING);
        addCase("memory", smooth, eager.withRule(memory), inTurn, out);
        Faults lossy = Faults.NONE.withDrop(0.3).withDuplicate(0.2);
        RunPlan turns = eager.withDiscipline(Discipline.TURN_TAKING).withFaults(lossy);
        for (Moves moves : Moves.values()) {
            Rule rule = PredictiveCoding.safeguarded(moves);
            addCase("turns " + moves, smooth, turns.withRule(rule), inTurn, out);
        }
        RunPlan reliable =
                eager.withFaults(lossy.withReorder(0.3)).withDelivery(Delivery.RELIABLE_LATEST);
        addCase("reliable", smooth, reliable, inTurn, out);
        addCase(LEARNED, smooth, eager, inTurn, out);
        Matrix huge = Matrix.of(2, 2, new double[] {1e200, 1e200, 0.5, 0.5});
        Phase diverging = Phase.nudged(smooth.input(), huge, 1.0);
        Problem cyclic = Problem.withCycles(4, 2, StandardActivation.TANH);
        RunPlan hopfield = eager.withRule(new Hopfield("ep"));
        addCase("cycles", cyclic, hopfield, inTurn(cyclic), out);
        RunPlan cyclicTurns = hopfield.withDiscipline(Discipline.TURN_TAKING).withFaults(lossy);
        addCase("cycles in turns", cyclic, cyclicTurns, inTurn(cyclic), out);
        addCase("diverging", smooth, eager, List.of(diverging), out);
        RunPlan byEvents = eager.withDrive(Signalling.Drive.EVENT_DRIVEN);
        addCase("event-driven", smooth, byEvents, inTurn, out);
        addCase(LEARNED + " by events", smooth, byEvents.withThreshold(1e-6), inTurn, out);
        Problem own = ownFeedback();
        addCase(LEARNED + " by feedback weights of their own", own, eager, inTurn(own), out);
        RunPlan floats = eager.withKernels(Kernels.Kind.STRICT_FLOAT);
        addCase(LEARNED + " in single precision", smooth, floats, inTurn, out);
    }

    /** Feedback weights that change when a cell learns. */
    private static Problem ownFeedback() {
        FeedbackWeights own = FeedbackWeights.kolenPollack(0.1, 3);
        return Problem.withFeedback(5, 2, own, Initialisation.uniform(5), 3, 5, 4, 2);
    }

    private static List<Phase> inTurn(Problem problem) {
        return List.of(problem.free(), problem.nudged(0.5).startingFrom("free"));
    }

    private static void addCase(
            String name, Problem problem, RunPlan plan, List<Phase> phases, List<ResumeCase> out) {
        int number = out.size();
        String whole = name + ", " + plan.granularity();
        RunPlan drawn = plan.withSeed(number).withProbes(number % 5 == 0);
        out.add(new ResumeCase(number, null, whole, problem, drawn, phases));
    }

    /** Every other run has a budget that it may exceed, of each kind in turn. */
    private Budget budget() {
        Budget whole = new Budget(MESSAGES, Long.MAX_VALUE / 4, 4_000_000, MESSAGES);
        return switch (row == null ? 0 : number % 16) {
            case 1 -> whole.withMessages(10 + number);
            case 3 -> whole.withRelaxations(10 + number);
            case 5 -> whole.withNanos(100_000L + 10_000L * number);
            case 7 -> new Budget(MESSAGES, Long.MAX_VALUE / 4, 3 + number % 5);
            default -> whole;
        };
    }

    /** Runs it; the notes of the host and what is returned are all of its result. */
    String run(InterruptedHost host) {
        if (row != null) {
            GradientEstimate one = Family.estimate(host, plan, row.member(), problem, budget());
            if (!one.isConclusive()) {
                return one.verdict().getClass().getSimpleName();
            }
            Parameters gradient = one.update().gradient();
            return Arrays.toString(Compare.flat(gradient, problem.network().projections().size()));
        }
        StringBuilder out = new StringBuilder();
        try (Session session = host.open(problem.network(), plan)) {
            if (name.startsWith(LEARNED)) {
                learn(session);
            }
            for (Phase phase : phases) {
                out.append(session.settle(phase, budget()).getClass().getSimpleName());
                session.snapshot("free");
            }
        }
        return out.toString();
    }

    /** Leaves memories of an optimiser, and traces of a presentation. */
    private void learn(Session session) {
        Settlement verdict = session.settle(problem.nudged(0.1), budget());
        LearningStep step = new LearningStep(Optimiser.adam(), 0.1, 1, 1);
        session.learn((Conclusive) verdict, Estimator.ONE_SIDED, step);
        if (problem.network().noEnergy().isEmpty()) { // feedback weights that follow every step
            LearningStep small = new LearningStep(Optimiser.sgd(), 0.01, 1, 1);
            session.train(problem.nudged(0.1), Estimator.ONE_SIDED, small, 0, budget());
        }
    }

    @Override
    public String toString() {
        return "case %d: %s".formatted(number, name).toLowerCase(Locale.ROOT);
    }
}
