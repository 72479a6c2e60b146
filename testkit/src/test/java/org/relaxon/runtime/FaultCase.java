package org.relaxon.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Burst;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.SlowCell;
import org.relaxon.runtime.fault.Starvation;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;

/**
 * One row of the standard matrix (reliability.md, section 4): a member of the family, a shape, a
 * granularity, a discipline, a delay, a fault plan and a seed. All of it prints.
 */
record FaultCase(
        Family.Member member,
        boolean deep,
        String granularity,
        Discipline discipline,
        DelayModel delay,
        Plan faults,
        long seed) {
    private static final int[] SMALL = {4, 5, 3, 2};
    private static final int[] DEEP = new int[12];
    private static final double GAIN = 0.4; // of Hopfield weights: one basin
    private static final double DEEP_GAIN = 0.25;
    private static final int COLUMNS = 2;

    static {
        Arrays.fill(DEEP, 3);
    }

    /** Faults by name, and whether the same network without them has to settle all the same. */
    record Plan(String name, Faults faults, Delivery delivery, boolean always) {
        boolean asks() {
            return !faults.isEmpty();
        }

        /** Whether it can happen only where a second phase follows. */
        boolean needsTwoPhases() {
            return !faults.lates().isEmpty();
        }
    }

    static final List<Family.Member> MEMBERS =
            List.of(
                    member(Algorithms.pcNudge(), Estimator.ONE_SIDED),
                    member(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED),
                    member(Algorithms.contrastiveHebbian(Form.DIFFERENCE), Estimator.CENTRED),
                    member(Algorithms.dualPropagation(), Estimator.ONE_SIDED));

    static final List<DelayModel> DELAYS =
            List.of(
                    Delays.none(),
                    Delays.parse("constant:100us"),
                    Delays.parse("uniform:0us,200us"),
                    Delays.parse("exponential:100us"),
                    Delays.parse("pareto:30us,1.1"),
                    TestDelays.BIMODAL);

    private static final List<Starvation> STARVED = List.of(Starvation.parse("2"));

    static final List<Plan> PLANS =
            List.of(
                    plan("none", Faults.NONE, true),
                    plan("drop 10 %", Faults.NONE.withDrop(0.1), false),
                    plan("drop 50 %", Faults.NONE.withDrop(0.5), false),
                    plan("duplicate 30 %", Faults.NONE.withDuplicate(0.3), true),
                    plan(
                            "drop and duplicate 30 %",
                            Faults.NONE.withDrop(0.3).withDuplicate(0.3), false),
                    plan("cut healing", cut("1->2@0ms..5ms"), false),
                    plan("cut lasting", cut("2->1"), false),
                    plan(
                            "burst",
                            Faults.NONE.withBursts(List.of(Burst.parse("500us,200us"))),
                            false),
                    plan("slow", Faults.NONE.withSlow(List.of(SlowCell.parse("2=1ms"))), true),
                    plan("crash", crash("2@3"), false),
                    plan("crash lasting", crash("2@3+"), false),
                    new Plan(
                            "drop 30 %, reliable",
                            Faults.NONE.withDrop(0.3), Delivery.RELIABLE_LATEST, true),
                    plan("reorder 30 %", Faults.NONE.withReorder(0.3), true),
                    plan("late 20 %", Faults.NONE.withLate(0.2), false),
                    plan("starve", Faults.NONE.withStarved(STARVED), true),
                    plan("all at once", allAtOnce(), false));

    /** What the axis of disciplines goes through; the last two answer each other. */
    static final List<Discipline> DISCIPLINES =
            List.of(
                    Discipline.EAGER,
                    Discipline.poisson(20_000),
                    Discipline.HANDSHAKE,
                    Discipline.TURN_TAKING);

    private static Faults allAtOnce() {
        return crash("2@3")
                .withDrop(0.1)
                .withDuplicate(0.2)
                .withCuts(List.of(Cut.parse("1->2@0ms..2ms")))
                .withBursts(List.of(Burst.parse("500us,200us")))
                .withSlow(List.of(SlowCell.parse("1=200us")));
    }

    private static Family.Member member(Algorithm algorithm, Estimator estimator) {
        return new Family.Member(algorithm, estimator, 0.1, Double.NaN);
    }

    private static Plan plan(String name, Faults faults, boolean always) {
        return new Plan(name, faults, null, always);
    }

    private static Faults cut(String text) {
        return Faults.NONE.withCuts(List.of(Cut.parse(text)));
    }

    private static Faults crash(String text) {
        return Faults.NONE.withCrashes(List.of(Crash.parse(text)));
    }

    /** Every row for seeds from .. to, seeds outermost. */
    static List<FaultCase> all(List<DelayModel> delays, int from, int to) {
        List<FaultCase> out = new ArrayList<>();
        for (long seed = from; seed <= to; seed++) {
            for (Family.Member member : MEMBERS) {
                for (boolean deep : new boolean[] {false, true}) {
                    for (String granularity : List.of("layer", "neuron")) {
                        for (Discipline discipline : DISCIPLINES) {
                            for (DelayModel delay : delays) {
                                for (Plan plan : PLANS) {
                                    out.add(
                                            new FaultCase(
                                                    member,
                                                    deep,
                                                    granularity,
                                                    discipline,
                                                    delay,
                                                    plan,
                                                    seed));
                                }
                            }
                        }
                    }
                }
            }
        }
        out.removeIf(r -> r.faults.needsTwoPhases() && !r.member.algorithm().hasFreePhase());
        return out;
    }

    /** Why no host runs this row: the beginning of its refusal; null if it is to be run. */
    String refusal() {
        boolean turns = discipline.equals(Discipline.TURN_TAKING);
        return turns && faults.faults().overtakes() ? "reorder: under turn-taking" : null;
    }

    int[] sizes() {
        return (deep ? DEEP : SMALL).clone();
    }

    Problem problem() {
        Problem drawn = Problem.tanh(seed, COLUMNS, sizes());
        if (!member.algorithm().hasFreePhase()) {
            return drawn;
        }
        Network one = // a Hopfield energy with a single basin
                Network.layered(
                        sizes(),
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(
                                Initialisation.Scheme.NORMAL, deep ? DEEP_GAIN : GAIN, seed));
        return new Problem(seed, one, drawn.input(), drawn.target());
    }

    RunPlan undisturbed() {
        return RunPlan.of(member.algorithm().rule())
                .withThreshold(1e-11)
                .withResolution(1e-2) // of the lowest layer of the deep contrasts
                .withGranularity(Granularity.parse(granularity))
                .withSeed(seed);
    }

    RunPlan disturbed() {
        RunPlan plan =
                undisturbed()
                        .withDiscipline(discipline)
                        .withDelay(delay)
                        .withFaults(faults.faults())
                        .withDelivery(faults.delivery());
        // every round of a dead link repeats parcels until they are given up: two rounds show it
        return discipline.isInStep() ? plan.withAuditRounds(2) : plan;
    }

    /** What two rows share if they have the same equilibrium. */
    String equilibrium() {
        return "%s, %s, %s cells, seed %d"
                .formatted(member, deep ? "deep" : "small", granularity, seed);
    }

    @Override
    public String toString() {
        return "%s, %s, delay %s, faults %s"
                .formatted(equilibrium(), discipline, delay.spec(), faults.name());
    }
}
