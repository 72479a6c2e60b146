package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Signalling.Drive;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Products that follow what changes lead to where whole products lead. */
class EventDrivenTest {
    private static final double SAME = 1e-9;
    private static final Member EP =
            new Member(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1, SAME);

    static Stream<Member> members() {
        return Family.members().stream();
    }

    private static RunPlan byEvents(RunPlan plan) {
        return plan.withDrive(Drive.EVENT_DRIVEN);
    }

    private static double distance(Parameters found, Parameters expected) {
        return Compare.relative(Compare.flat(found, 3), Compare.flat(expected, 3));
    }

    /** Three hosts, cells of a layer, of two neurons and of one, without delay and with one. */
    @ParameterizedTest
    @MethodSource("members")
    void everyMemberGivesTheSameUpdateEverywhere(Member m) {
        Problem problem = Family.hopfield(11, 3);
        Agreement dense = Agreement.of(m.method(), problem);
        Parameters expected =
                dense.withHosts(List.of(Hosts::virtual))
                        .withGranularities(List.of("layer"))
                        .withDelays(List.of("none"))
                        .require(SAME);
        Parameters found = dense.withPlan(EventDrivenTest::byEvents).require(SAME);
        double off = distance(found, expected);
        assertTrue(off <= SAME, m + ": off by " + off);
    }

    @Test
    void cellsInTurnsGiveTheSameUpdateAsWell() {
        Problem problem = Family.hopfield(11, 3);
        Agreement turns =
                Agreement.of(EP.method(), problem)
                        .withHosts(List.of(Hosts::virtual, Hosts::redBlack));
        Parameters expected = turns.withGranularities(List.of("layer")).require(SAME);
        Parameters found =
                turns.withHosts(List.of(Hosts::virtual))
                        .withPlan(p -> byEvents(p).withDiscipline(Discipline.TURN_TAKING))
                        .require(SAME);
        assertTrue(distance(found, expected) <= SAME);
    }

    /** Lateral and recurrent projections; a cell that has synapses onto itself uses whole ones. */
    @Test
    void networksWithCyclesSettleInTheSameState() {
        Problem cyclic = Problem.withCycles(4, 2, StandardActivation.TANH);
        RunPlan plan = Family.plan(EP).withDelay(Delays.parse("exponential:100us"));
        for (String cells : List.of("layer", "block:2", "neuron")) {
            RunPlan sized = plan.withGranularity(Granularity.parse(cells));
            Parameters dense = estimate(sized, cyclic).update().gradient();
            Parameters found = estimate(byEvents(sized), cyclic).update().gradient();
            double off = Compare.relative(cyclic.network(), found, dense);
            assertTrue(off <= SAME, cells + ": off by " + off);
        }
    }

    private static GradientEstimate estimate(RunPlan plan, Problem problem) {
        try (Host host = Hosts.virtual()) {
            return Family.estimate(host, plan, EP, problem);
        }
    }

    @Test
    void itMakesFewerMultiplicationsAndCountsThemBesideThoseOfWholeProducts() {
        Problem problem = Family.hopfield(3, 1);
        RunPlan plan =
                Family.plan(EP)
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.parse("exponential:1ms"));
        RunReport dense = estimate(plan, problem).report();
        RunReport events = estimate(byEvents(plan), problem).report();
        assertEquals(dense.denseOperations(), dense.synapticOperations());
        System.out.printf(
                "ep, neuron cells, exact: %d multiplications, dense %d, whole products %d%n",
                events.synapticOperations(), dense.synapticOperations(), events.denseOperations());
        assertTrue(events.synapticOperations() < dense.synapticOperations());
        assertTrue(events.synapticOperations() < events.denseOperations());
        assertTrue(events.synapticOperations() > 0);
    }

    /** Under a coarse threshold, neurons that hardly move keep the value last sent. */
    @Test
    void heldBackNeuronsAreNotMultipliedAgain() {
        Network network =
                Network.layered(
                        new int[] {10, 60, 60, 5},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 5));
        Problem drawn = Problem.tanh(5, 1, 10, 60, 60, 5);
        Problem wide = new Problem(5, network, drawn.input(), drawn.target());
        RunPlan plan =
                byEvents(RunPlan.of(EP.algorithm().rule()))
                        .withGranularity(Granularity.parse("block:20"))
                        .withDelay(Delays.parse("exponential:1ms"))
                        .withResolution(Double.POSITIVE_INFINITY);
        List<Double> off = new ArrayList<>();
        long[] made = new long[2];
        Parameters exact = estimate(plan.withThreshold(1e-12), wide).update().gradient();
        for (int k = 0; k < 2; k++) {
            GradientEstimate coarse = estimate(plan.withThreshold(k == 0 ? 1e-4 : 1e-6), wide);
            made[k] = coarse.report().synapticOperations();
            off.add(distance(coarse.update().gradient(), exact));
        }
        assertTrue(made[0] < made[1], Arrays.toString(made));
        assertTrue(off.get(1) < off.get(0) / 30, off + ": of first order in the threshold");
        assertTrue(off.get(0) < 2e-2, off + "");
    }

    @Test
    void aCrashedCellStartsAnew() {
        Problem problem = Family.hopfield(3, 2);
        RunPlan plan =
                Family.plan(EP)
                        .withGranularity(Granularity.parse("block:2"))
                        .withDelay(Delays.parse("uniform:0us,60us"));
        Parameters expected = estimate(plan, problem).update().gradient();
        int crashed = 0;
        for (int message = 1; message <= 40; message++) {
            List<Crash> crash = List.of(new Crash("2", message, false));
            RunPlan struck = plan.withFaults(Faults.NONE.withCrashes(crash));
            GradientEstimate found = estimate(byEvents(struck), problem);
            assertNotNull(found.update(), "message " + message + ": " + found.verdict());
            double off = distance(found.update().gradient(), expected);
            assertTrue(off <= SAME, "message " + message + ": off by " + off);
            crashed += found.report().faults().crashes() > 0 ? 1 : 0;
        }
        assertTrue(crashed > 20, "crashes that happened: " + crashed);
    }

    @Test
    void lostCopiedAndOvertakenSignalsChangeNothing() {
        Problem problem = Family.hopfield(3, 2);
        RunPlan plan =
                Family.plan(EP)
                        .withGranularity(Granularity.parse("block:2"))
                        .withDelay(Delays.parse("uniform:0us,60us"));
        Parameters expected = estimate(plan, problem).update().gradient();
        Faults lossy = Faults.NONE.withDrop(0.2).withDuplicate(0.2).withReorder(0.2);
        RunPlan disturbed = plan.withFaults(lossy).withDelivery(Delivery.RELIABLE_LATEST);
        GradientEstimate found = estimate(byEvents(disturbed), problem);
        assertTrue(found.report().lost() > 0);
        assertTrue(distance(found.update().gradient(), expected) <= SAME);
    }

    /** Weights change after every example. */
    private static Parameters trained(Host host, RunPlan plan) {
        Problem problem = Family.hopfield(7, 8);
        try (Session session = host.open(problem.network(), plan)) {
            for (int k = 0; k < 16; k++) {
                Problem one = problem.part(k % 8, 1);
                Settlement verdict =
                        GradientEstimate.phases(
                                        session,
                                        EP.method(),
                                        one.input(),
                                        one.target(),
                                        Budget.DEFAULT)
                                .verdict();
                LearningStep step = new LearningStep(Optimiser.adam(), 0.01, 1.0, k + 1);
                session.learn((Conclusive) verdict, EP.estimator(), step);
            }
            return session.parameters();
        }
    }

    @Test
    void whileWeightsChangeProductsFollowThem() {
        RunPlan plan = Family.plan(EP).withGranularity(Granularity.parse("block:3"));
        try (Host host = Hosts.virtual()) {
            Parameters dense = trained(host, plan);
            Parameters events = trained(host, byEvents(plan));
            Parameters start = Family.hopfield(7, 8).network().parameters();
            assertTrue(distance(events, dense) <= SAME, "off by " + distance(events, dense));
            assertTrue(distance(start, dense) > 0.01, "nothing was learned");
        }
    }

    /** What a session under another drive has saved is refused by name. */
    @Test
    void aSettlingIsNotResumedUnderAnotherDrive() {
        Problem problem = Family.hopfield(3, 1);
        RunPlan plan = Family.plan(EP);
        try (Host host = Hosts.virtual();
                Session dense = host.open(problem.network(), plan);
                Session events = host.open(problem.network(), byEvents(plan))) {
            Stepping stepping = dense.begin(problem.free(), Budget.DEFAULT);
            stepping.step(3);
            byte[] saved = stepping.save();
            String refusal =
                    assertThrows(IllegalArgumentException.class, () -> events.resume(saved))
                            .getMessage();
            assertTrue(refusal.contains("kernels STRICT, event-driven as in this"), refusal);
        }
    }

    @Test
    void theEstimateOfMemoryHasTheTransposedWeights() {
        Problem problem = Problem.tanh(5, 1, 100, 50, 40, 10);
        RunPlan plan = Family.plan(EP).withGranularity(Granularity.parse("block:10"));
        long dense = MemoryEstimate.of(problem.network(), plan, 1, 1).bytes();
        long events = MemoryEstimate.of(problem.network(), byEvents(plan), 1, 1).bytes();
        int heard = 4 * 50 + 40; // presynaptic neurons of the cells of each projection together
        long expected = 8 * (50 * 40 + 40 * 10) + 8 * 2 * (heard + 40 + 10);
        assertEquals(expected, events - dense);
        long lanes = MemoryEstimate.of(problem.network(), byEvents(plan), 1, 3).bytes();
        long denseLanes = MemoryEstimate.of(problem.network(), plan, 1, 3).bytes();
        assertEquals(8 * 2400 + 3 * 8 * 2 * (heard + 50), lanes - denseLanes);
    }
}
