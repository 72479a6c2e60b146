package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.PlantedHosts;
import org.relaxon.testkit.Problem;

/**
 * One link is cut, for a while or for good: the network falls quiet all the same, and only the
 * audit knows. The twin of every run is the same run under a judge that trusts quiet: it must
 * report a wrong update as settled, or the run would prove nothing (reliability.md, section 3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkOutageTest {
    private static final int SEEDS = 40;
    private static final double BETA = 0.1;
    private static final double SAME = 1e-9;
    private static final double WRONG = 1e-2;

    /** Longer than these networks take to fall quiet, about 4 ms of virtual time. */
    private static final long LONGEST_OUTAGE = 20_000_000L;

    /** In real time: longer than any pause of the machine before the first signals are sent. */
    private static final long REAL_OUTAGE = 1_000_000_000L;

    private final Host virtual = new VirtualHost();
    private final Host credulous = PlantedHosts.credulous();
    private final Host akka = new AkkaHost(2);
    private final Host credulousAkka = PlantedHosts.credulousActors(2);

    @AfterAll
    void close() {
        akka.close();
        credulousAkka.close();
    }

    private static Problem problem(long seed) {
        return Problem.tanh(seed, 2, 4, 5, 4, 3);
    }

    private static RunPlan plan(long seed, String granularity) {
        return RunPlan.of(new PredictiveCoding())
                .withThreshold(1e-13)
                .withGranularity(Granularity.parse(granularity))
                .withDelay(Delays.parse("uniform:0us,200us"))
                .withSeed(seed);
    }

    /** The cut of one link drawn by the seed, with its name in the wiring. */
    private record Outage(String link, Cut cut) {}

    private static Outage outage(long seed, String granularity, long begin, long end) {
        Wiring wiring = Wiring.of(problem(seed).network(), Granularity.parse(granularity));
        int drawn = (int) (wiring.links().size() * CounterRandom.uniform(seed, 77, 0));
        Link link = wiring.links().get(drawn);
        String from = wiring.cells().get(link.from()).name();
        String to = wiring.cells().get(link.to()).name();
        return new Outage(wiring.name(link), new Cut(from, to, begin, end));
    }

    private static Outage healing(long seed, String granularity) {
        double u = CounterRandom.uniform(seed, 78, 0);
        return outage(seed, granularity, 0, (long) (LONGEST_OUTAGE * (0.3 + 0.7 * u)));
    }

    /** What one run came to: the verdict, and the update if there is one. */
    private record Run(Settlement verdict, double[] update, RunReport report) {}

    private static Run run(Host host, long seed, RunPlan plan) {
        Problem problem = problem(seed);
        try (Session session = host.open(problem.network(), plan)) {
            Settlement verdict = session.settle(problem.nudged(BETA), Budget.DEFAULT);
            double[] update =
                    verdict instanceof Settled settled
                            ? Compare.flat(
                                    session.update(settled, Estimator.ONE_SIDED).gradient(), 3)
                            : null;
            return new Run(verdict, update, session.report());
        }
    }

    private static String context(long seed, String granularity, Cut cut) {
        return "seed %d, %s cells, cut %s".formatted(seed, granularity, cut);
    }

    private static void requireRepaired(Run cut, double[] undisturbed, String context) {
        Compare.settled(cut.verdict(), context);
        assertTrue(cut.report().lost() > 0, context + ": the cut swallowed nothing");
        double off = Compare.relative(cut.update(), undisturbed);
        assertTrue(off <= SAME, context + ": update off by " + off);
    }

    private static void requireNamed(Run cut, String link, String context) {
        NotSettled not = Compare.notSettled(cut.verdict(), context);
        assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM, not.reason(), context);
        assertEquals(List.of(link), not.links(), context);
        assertTrue(not.detail().contains(link), context + ": " + not.detail());
        assertTrue(not.settledColumns().isEmpty(), context);
        assertTrue(cut.report().lost() > 0, context + ": the cut swallowed nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void anOutageThatHealsIsRepairedInVirtualTime(String granularity) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunPlan plan = plan(seed, granularity);
            Outage outage = healing(seed, granularity);
            double[] undisturbed = run(virtual, seed, plan).update();
            Run cut = run(virtual, seed, plan.withCuts(List.of(outage.cut())));
            String context = context(seed, granularity, outage.cut());

            requireRepaired(cut, undisturbed, context);
            assertTrue(cut.report().auditRounds() > 1, context + ": nothing had to be repaired");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void anOutageForGoodIsReportedWithTheNameOfTheLink(String granularity) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Outage outage = outage(seed, granularity, 0, Long.MAX_VALUE);
            RunPlan plan = plan(seed, granularity).withCuts(List.of(outage.cut()));

            requireNamed(
                    run(virtual, seed, plan),
                    outage.link(),
                    context(seed, granularity, outage.cut()));
        }
    }

    /** The proof of the two tests above: without the audit these very runs are silently wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void withoutTheAuditTheSameOutagesAreReportedAsSettledWithAWrongUpdate(String granularity) {
        int wrongHealed = 0;
        int wrongForGood = 0;
        List<Double> offs = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunPlan plan = plan(seed, granularity);
            double[] undisturbed = run(virtual, seed, plan).update();
            Cut healed = healing(seed, granularity).cut();
            Cut lasting = outage(seed, granularity, 0, Long.MAX_VALUE).cut();

            Run first = run(credulous, seed, plan.withCuts(List.of(healed)));
            Run second = run(credulous, seed, plan.withCuts(List.of(lasting)));
            Compare.settled(first.verdict(), context(seed, granularity, healed));
            Compare.settled(second.verdict(), context(seed, granularity, lasting));
            wrongHealed += Compare.relative(first.update(), undisturbed) >= WRONG ? 1 : 0;
            double off = Compare.relative(second.update(), undisturbed);
            offs.add(off);
            wrongForGood += off >= WRONG ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "without audit, %s cells: %d of %d healed and %d of %d lasting outages silently"
                        + " wrong, by up to %.2g%n",
                granularity,
                wrongHealed,
                SEEDS,
                wrongForGood,
                SEEDS,
                offs.stream().mapToDouble(d -> d).max().orElseThrow());
        assertTrue(wrongHealed > SEEDS / 2, wrongHealed + " wrong of the healed " + SEEDS);
        assertTrue(wrongForGood > SEEDS / 2, wrongForGood + " wrong of the lasting " + SEEDS);
    }

    /** Both directions between two layers at once. */
    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void twoLayersThatLoseEachOtherForAWhileFindTogetherAgain(String granularity) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunPlan plan = plan(seed, granularity);
            List<Cut> both = List.of(Cut.parse("1->2@0ms..9ms"), Cut.parse("2->1@0ms..9ms"));
            double[] undisturbed = run(virtual, seed, plan).update();
            Run cut = run(virtual, seed, plan.withCuts(both));

            requireRepaired(cut, undisturbed, context(seed, granularity, both.get(0)));
        }
    }

    @Test
    void anOutageInTheMiddleOfASettlingIsRepairedToo() {
        int lossy = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (long begin : new long[] {300_000, 1_000_000, 2_000_000}) {
                Outage outage = outage(seed, "layer", begin, LONGEST_OUTAGE);
                RunPlan plan = plan(seed, "layer");
                double[] undisturbed = run(virtual, seed, plan).update();
                Run cut = run(virtual, seed, plan.withCuts(List.of(outage.cut())));
                String context = context(seed, "layer", outage.cut());

                Compare.settled(cut.verdict(), context);
                double off = Compare.relative(cut.update(), undisturbed);
                assertTrue(off <= SAME, context + ": update off by " + off);
                lossy += cut.report().lost() > 0 ? 1 : 0;
            }
        }
        assertTrue(lossy > SEEDS, "only " + lossy + " of these outages swallowed anything");
    }

    /**
     * With all weights to the output zero its prediction does not show what it failed to hear, but
     * its own update is made of it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1e-14})
    void anOutageBehindWeightsTooSmallToShowItIsNotOverlooked(double weight) {
        for (String granularity : List.of("layer", "neuron")) {
            for (String span : List.of("", "@0ms..9ms")) {
                Problem random = problem(1);
                Parameters p = random.network().parameters().copy();
                for (double[] row : p.weights(2)) {
                    Arrays.fill(row, weight);
                }
                Network silent = random.network().with(p);
                Cut cut = Cut.parse("2->3" + span);
                RunPlan plan = plan(1, granularity);
                try (Session whole = virtual.open(silent, plan);
                        Session torn = virtual.open(silent, plan.withCuts(List.of(cut)))) {
                    String context = "weight " + weight + ", " + granularity + ", cut " + cut;
                    Settled truth =
                            Compare.settled(
                                    whole.settle(random.nudged(BETA), Budget.DEFAULT), context);
                    double[] expected =
                            Compare.flat(whole.update(truth, Estimator.ONE_SIDED).gradient(), 3);
                    Settlement verdict = torn.settle(random.nudged(BETA), Budget.DEFAULT);
                    assertTrue(torn.report().lost() > 0, context);

                    if (span.isEmpty()) {
                        assertEquals(
                                Reason.QUIET_AWAY_FROM_EQUILIBRIUM,
                                Compare.notSettled(verdict, context).reason(),
                                context);
                    } else {
                        Settled settled = Compare.settled(verdict, context);
                        double[] found =
                                Compare.flat(
                                        torn.update(settled, Estimator.ONE_SIDED).gradient(), 3);
                        assertEquals(0.0, Compare.relative(found, expected), SAME, context);
                    }
                }
            }
        }
    }

    @Test
    void thePauseBeforeANewAttemptCountsAgainstTheTimeBudget() {
        RunPlan plan = plan(1, "layer").withCuts(List.of(Cut.parse("1->2"))).withAuditRounds(1000);
        Problem problem = problem(1);
        try (Session session = virtual.open(problem.network(), plan)) {
            NotSettled not =
                    Compare.notSettled(
                            session.settle(problem.nudged(BETA), Budget.DEFAULT), "cut for good");

            assertEquals(Reason.TIME_BUDGET, not.reason());
            assertTrue(session.report().hostNanos() > 0, "time ran backwards");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void anOutageThatHealsIsRepairedInRealTime(String granularity) {
        for (long seed = 1; seed <= 2; seed++) {
            RunPlan plan = plan(seed, granularity).withAuditRounds(16);
            Outage outage = outage(seed, granularity, 0, REAL_OUTAGE);
            double[] undisturbed = run(akka, seed, plan).update();

            requireRepaired(
                    run(akka, seed, plan.withCuts(List.of(outage.cut()))),
                    undisturbed,
                    context(seed, granularity, outage.cut()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void anOutageForGoodIsReportedInRealTimeAndOnlyThanksToTheAudit(String granularity) {
        int wrong = 0;
        for (long seed = 1; seed <= 8; seed++) {
            Outage outage = outage(seed, granularity, 0, Long.MAX_VALUE);
            RunPlan whole = plan(seed, granularity).withAuditRounds(4);
            RunPlan plan = whole.withCuts(List.of(outage.cut()));
            String context = context(seed, granularity, outage.cut());
            requireNamed(run(akka, seed, plan), outage.link(), context);

            Run twin = run(credulousAkka, seed, plan);
            Compare.settled(twin.verdict(), context);
            double[] undisturbed = run(virtual, seed, whole).update();
            wrong += Compare.relative(twin.update(), undisturbed) >= WRONG ? 1 : 0;
        }
        assertTrue(wrong > 4, "only " + wrong + " of 8 twins were wrong");
    }
}
