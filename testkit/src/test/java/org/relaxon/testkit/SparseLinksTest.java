package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.host.Hosts;

/**
 * Signals travel only where synapses are. The twin of each network has a matrix in place of every
 * list of synapses, with zeros where there is none: it comes to rest in the same state, and needs
 * as many more messages as it has more links.
 */
class SparseLinksTest {
    private static final double BETA = 0.05;

    private static Problem convolved(long seed) {
        return Problem.of(
                seed,
                2,
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("image", 20)
                        .hidden("eye", 64, StandardActivation.TANH)
                        .hidden("map", 72, StandardActivation.TANH)
                        .hidden("pool", 8, StandardActivation.TANH)
                        .output("label", 3, StandardActivation.LINEAR)
                        .project("see", "image", "eye", Connectivity.random(5, seed))
                        .project(
                                "kernel",
                                "eye",
                                "map",
                                parse("convolution:1x8x8,filters=2,kernel=3"))
                        .project("mean", "map", "pool", parse("average-pooling:2x6x6,size=3"))
                        .project("read", "pool", "label")
                        .build(Initialisation.uniform(seed)));
    }

    /**
     * Some neurons of "low" reach nothing, and some of "high" hear nothing through one projection.
     */
    private static Problem sparse(long seed, int low, int high) {
        return Problem.of(
                seed,
                2,
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 8)
                        .hidden("low", low, StandardActivation.TANH)
                        .hidden("high", high, StandardActivation.TANH)
                        .output("out", 4, StandardActivation.LINEAR)
                        .project("in-low", "in", "low", Connectivity.random(4, seed))
                        .project("in-high", "in", "high", Connectivity.random(2, seed))
                        .project("low-high", "low", "high", new Holes(Connectivity.random(1, seed)))
                        .project("again", "low", "high", Connectivity.random(1, seed + 1))
                        .project("high-out", "high", "out", Connectivity.random(9, seed))
                        .project("low-out", "low", "out", Connectivity.random(3, seed))
                        .build(Initialisation.uniform(seed)));
    }

    /** Every third neuron has no synapse here. */
    private record Holes(Connectivity whole) implements Connectivity {
        @Override
        public String spec() {
            return "holes of " + whole.spec();
        }

        @Override
        public void requireFit(int presynaptic, int postsynaptic) {
            whole.requireFit(presynaptic, postsynaptic);
        }

        @Override
        public Onto onto(int neuron, int presynaptic) {
            Onto onto = whole.onto(neuron, presynaptic);
            return neuron % 3 == 0 ? new Onto(neuron, new int[0], new int[0]) : onto;
        }

        @Override
        public int fanIn(int presynaptic) {
            return whole.fanIn(presynaptic);
        }
    }

    private static Connectivity parse(String text) {
        return Connectivity.parse(text);
    }

    /** The same network with a matrix for every projection. */
    private static Network matrices(Network network) {
        NetworkBuilder builder = new NetworkBuilder(network.loss());
        for (Population p : network.populations()) {
            switch (p.role()) {
                case INPUT -> builder.input(p.name(), p.size());
                case HIDDEN -> builder.hidden(p.name(), p.size(), p.activation());
                case OUTPUT -> builder.output(p.name(), p.size(), p.activation());
            }
        }
        for (Projection e : network.projections()) {
            builder.project(
                    e.name(),
                    network.population(e.pre()).name(),
                    network.population(e.post()).name());
        }
        Network dense = builder.build(Initialisation.uniform(1));
        Parameters p = dense.zeros();
        for (Projection e : network.projections()) {
            double[][] stored = network.parameters().weights(e.index());
            double[][] full = p.weights(e.index());
            for (int i = 0; i < full.length; i++) {
                Connectivity c = e.connectivity();
                Connectivity.Onto onto = c.onto(i, full[i].length);
                for (int k = 0; k < onto.presynaptic().length; k++) {
                    full[i][onto.presynaptic()[k]] =
                            c.isFixed() ? c.fixed() : stored[onto.row()][onto.numbers()[k]];
                }
            }
        }
        for (Population n : network.populations()) {
            double[] from = network.parameters().biases(n.index());
            System.arraycopy(from, 0, p.biases(n.index()), 0, from.length);
        }
        return dense.with(p);
    }

    private record Run(Settled settled, RunReport report) {
        double[] activity(int population) {
            return settled.equilibrium().activity(population).values();
        }
    }

    private static Run run(Host host, Network network, Problem problem, RunPlan plan) {
        try (host;
                Session session = host.open(network, plan)) {
            Settled settled =
                    Compare.settled(
                            session.settle(problem.nudged(BETA), Budget.DEFAULT),
                            plan.granularity());
            return new Run(settled, session.report());
        }
    }

    private static void requireFewer(Problem problem, String cells, Rule rule, double least) {
        Granularity granularity = Granularity.parse(cells);
        Network network = problem.network();
        Network dense = matrices(network);
        RunPlan plan =
                RunPlan.of(rule)
                        .withGranularity(granularity)
                        .withThreshold(1e-13)
                        .withDelay(Delays.exponential(100_000));
        Run few = run(Hosts.virtual(), network, problem, plan);
        Run many = run(Hosts.virtual(), dense, problem, plan);
        double links =
                (double) Wiring.of(dense, granularity).links().size()
                        / Wiring.of(network, granularity).links().size();
        double messages = (double) many.report().messages() / few.report().messages();
        String context = "%s: links / %.2f, messages / %.2f".formatted(cells, links, messages);
        assertTrue(links >= least, context);
        // a matrix's absent synapses also say little where only changes are sent
        double changes = rule.traits().has(Trait.HOLDS_ERRORS) ? 0.6 : 0.2;
        assertTrue(messages > changes * links && messages < 1.7 * links, context);
        for (Population p : network.populations()) {
            double off = Compare.relative(few.activity(p.index()), many.activity(p.index()));
            assertTrue(off <= 1e-10, context + ", " + p + ": " + off);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:4"})
    void aConvolutionSendsFewerMessages(String cells) {
        requireFewer(convolved(3), cells, new PredictiveCoding(), cells.equals("neuron") ? 6 : 1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:4"})
    void aSparseNetworkSendsFewerMessages(String cells) {
        requireFewer(
                sparse(4, 60, 50), cells, new PredictiveCoding(), cells.equals("neuron") ? 10 : 2);
    }

    @Test
    void soDoRulesWhoseCellsSendChangesOfActivities() {
        requireFewer(sparse(5, 24, 18), "neuron", new Hopfield("ep"), 5);
    }

    /**
     * Cells of two projections between the same populations hear different neurons through each.
     */
    @Test
    void curvaturesCountTheNeuronsOfACellThroughAllProjections() {
        for (Moves moves : Moves.values()) {
            requireTheSameStates(PredictiveCoding.safeguarded(moves));
        }
    }

    private static void requireTheSameStates(Rule rule) {
        RunPlan plan =
                RunPlan.of(rule)
                        .withDiscipline(Discipline.TURN_TAKING)
                        .withThreshold(1e-12)
                        .withTolerance(1e-7);
        Problem problem = sparse(8, 16, 12);
        for (String cells : List.of("neuron", "block:4")) {
            RunPlan own = plan.withGranularity(Granularity.parse(cells));
            Run few = run(Hosts.virtual(), problem.network(), problem, own);
            Run many = run(Hosts.virtual(), matrices(problem.network()), problem, own);
            for (Population p : problem.network().populations()) {
                double off = Compare.relative(few.activity(p.index()), many.activity(p.index()));
                assertTrue(off <= 1e-7, cells + ", " + p + ": " + off);
            }
        }
    }

    /** The other way round: with layer cells nothing is missing, and nothing changes. */
    @Test
    void layersSendAsManyMessagesAsThoseOfMatrices() {
        Problem problem = convolved(6);
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.LAYER);
        Run structured = run(Hosts.virtual(), problem.network(), problem, plan);
        Run dense = run(Hosts.virtual(), matrices(problem.network()), problem, plan);
        assertEquals(dense.report().messages(), structured.report().messages());
        assertEquals(dense.report().hostNanos(), structured.report().hostNanos());
    }

    @Test
    void everyDisciplineFindsTheSameGradient() {
        Problem problem = sparse(7, 10, 9);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withThreshold(1e-13);
        Parameters expected =
                gradient(Hosts.virtual(), problem, plan.withGranularity(Granularity.LAYER));
        List<RunPlan> plans =
                List.of(
                        plan,
                        plan.withGranularity(new Granularity(5)),
                        plan.withDiscipline(Discipline.TURN_TAKING),
                        plan.withDiscipline(Discipline.HANDSHAKE));
        for (RunPlan one : plans) {
            Parameters found = gradient(Hosts.virtual(), problem, one);
            double off = Compare.relative(problem.network(), found, expected);
            assertTrue(off <= 1e-9, one + ": " + off);
        }
    }

    @Test
    void actorsFindTheSameGradient() {
        Problem problem = sparse(7, 10, 9);
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withThreshold(1e-13);
        Parameters expected = gradient(Hosts.virtual(), problem, plan);
        RunPlan neurons = plan.withGranularity(Granularity.NEURON);
        for (Discipline one : List.of(Discipline.EAGER, Discipline.TURN_TAKING)) {
            Parameters found = gradient(Hosts.akka(2), problem, neurons.withDiscipline(one));
            double off = Compare.relative(problem.network(), found, expected);
            assertTrue(off <= 1e-9, one + ": " + off);
        }
    }

    private static Parameters gradient(Host host, Problem problem, RunPlan plan) {
        try (host;
                Session session = host.open(problem.network(), plan)) {
            Settled settled =
                    Compare.settled(
                            session.settle(problem.centred(BETA), Budget.DEFAULT), "" + plan);
            return session.update(settled, Estimator.CENTRED).gradient();
        }
    }

    /** A neuron that reaches nothing rests on its prediction, and its synapses do not change. */
    @Test
    void aNeuronThatReachesNothingLearnsNothing() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 3)
                        .hidden("low", 12, StandardActivation.TANH)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("in-low", "in", "low")
                        .project("low-out", "low", "out", Connectivity.random(3, 1))
                        .build(Initialisation.uniform(1));
        boolean[] reaches = new boolean[12];
        for (int i = 0; i < 2; i++) {
            for (int j : network.projection(1).connectivity().onto(i, 12).presynaptic()) {
                reaches[j] = true;
            }
        }
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withThreshold(1e-13);
        Parameters gradient = gradient(Hosts.virtual(), Problem.of(2, 3, network), plan);
        int still = 0;
        for (int i = 0; i < reaches.length; i++) {
            double size = 0.0;
            for (double g : gradient.weights(0)[i]) {
                size += Math.abs(g);
            }
            assertEquals(reaches[i], size > 0.0, "neuron " + i);
            still += reaches[i] ? 0 : 1;
        }
        assertTrue(still >= 6, still + " reach nothing");
    }
}
