package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Cells on random clocks of their own rest where eager cells rest. */
class PoissonTest {
    private static final int SEEDS = 5;
    private static final double BETA = 0.05;
    private static final double SAME = 1e-10;

    /** Relaxations per second: one mean delay between two of them. */
    private static final double RATE = 50_000;

    private static final Discipline POISSON = Discipline.poisson(RATE);

    private static RunPlan plan(Rule rule, String grain, Discipline discipline, long seed) {
        return RunPlan.of(rule)
                .withThreshold(1e-13)
                .withGranularity(Granularity.parse(grain))
                .withDelay(Delays.parse("exponential:20us"))
                .withDiscipline(discipline)
                .withSeed(seed);
    }

    private static List<Rule> rules() {
        return List.of(new Hopfield("ep"), new PredictiveCoding());
    }

    private static Problem problem(Rule rule, long seed) {
        return rule instanceof Hopfield
                ? Family.hopfield(seed, 2)
                : Problem.tanh(seed, 2, 4, 6, 5, 3);
    }

    private record Run(double[] state, RunReport report) {}

    private static Run run(Host host, RunPlan plan, Problem p, Phase phase) {
        try (Session session = host.open(p.network(), plan)) {
            var settled = Compare.settled(session.settle(phase, Budget.DEFAULT), p);
            return new Run(Compare.flat(settled.equilibrium(), 3), session.report());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void randomClocksRestWhereEagerCellsRest(String grain) {
        double worst = 0.0;
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2)) {
            for (Rule rule : rules()) {
                for (long seed = 1; seed <= SEEDS; seed++) {
                    Problem p = problem(rule, seed);
                    double[] eager =
                            run(
                                            virtual,
                                            plan(rule, grain, Discipline.EAGER, seed),
                                            p,
                                            p.nudged(BETA))
                                    .state();
                    for (Host host : List.of(virtual, akka)) {
                        String context = rule.optionName() + " on " + host.optionName() + ", " + p;
                        RunPlan plan = plan(rule, grain, POISSON, seed);
                        double off =
                                Compare.relative(run(host, plan, p, p.nudged(BETA)).state(), eager);
                        double twin =
                                Compare.relative(
                                        run(host, plan, p, p.nudged(2 * BETA)).state(), eager);

                        assertTrue(off <= SAME, context + ": off by " + off);
                        assertTrue(twin > 1e4 * SAME, context + ": beta is not seen, " + twin);
                        worst = Math.max(worst, off);
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "poisson, %s cells: %.1e from eager%n", grain, worst);
    }

    @Test
    void theClockHasTheRateThatWasAskedFor() {
        Problem p = problem(new PredictiveCoding(), 3);
        RunPlan plan = plan(new PredictiveCoding(), "layer", POISSON, 3);
        Host virtual = new VirtualHost();
        Run usual = run(virtual, plan, p, p.nudged(BETA));
        Run slow =
                run(
                        virtual,
                        plan.withDiscipline(Discipline.poisson(RATE / 100)),
                        p,
                        p.nudged(BETA));

        double ratio = (double) slow.report().hostNanos() / usual.report().hostNanos();
        System.out.printf(Locale.ROOT, "poisson: a hundredth of the rate takes %.0f x%n", ratio);
        assertTrue(
                ratio > 20 && ratio < 200, "a hundredth of the rate took " + ratio + " x as long");
    }
}
