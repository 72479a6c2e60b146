package org.relaxon.experiments.graph;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.Family.Member;
import org.relaxon.experiments.check.LocalUpdatesMatchReference;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** On graphs with cycles updates match the references on actors and for energies of one's own. */
class CyclicCheckTest {
    /** x^2 / 2 + x^4 / 4 - x a, or with a target at f(a) a divergence. */
    private record Leak(boolean isDivergence) implements EnergyTerm {
        @Override
        public String optionName() {
            return isDivergence ? "distance" : "leak";
        }

        @Override
        public double value(double x, Drive a) {
            double e = x - a.prediction();
            return isDivergence ? 0.5 * e * e : 0.5 * x * x + 0.25 * x * x * x * x - x * a.value();
        }

        @Override
        public double byActivity(double x, Drive a) {
            return isDivergence ? x - a.prediction() : x + x * x * x - a.value();
        }

        @Override
        public double byDrive(double x, Drive a) {
            return isDivergence ? -(x - a.prediction()) * a.slope() : -x;
        }
    }

    private static CheckPlan plan(Algorithm algorithm, double strength, long seed, Host host) {
        ProblemSpec problem =
                Defaults.of(algorithm)
                        .applyTo(ProblemSpec.defaults())
                        .withGraph(RandomGraph.withCycles(seed))
                        .withGain(0.2)
                        .withSeed(seed)
                        .withBatch(2);
        Method method = new Method(algorithm, Estimator.CENTRED, strength);
        return CheckPlan.of(problem, List.of(host))
                .withMember(new Member(method, problem))
                .withSeeds(List.of(seed));
    }

    private static CheckCase found(CheckPlan plan) throws IOException {
        return new LocalUpdatesMatchReference(plan).run().cases().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "block:3", "neuron"})
    void equilibriumPropagationHoldsOnActors(String cells) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        try (Host akka = new AkkaHost(2)) {
            for (long seed = 1; seed <= 2; seed++) {
                CheckPlan plan = plan(ep, 1e-3, seed, akka);
                CheckCase found = found(plan.withGranularities(Granularity.parse(cells)));
                assertTrue(found.holds(), found.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void anEnergyOfOnesOwnHolds(String cells) throws IOException {
        for (Algorithm own :
                List.of(Algorithms.of(new Leak(false)), Algorithms.of(new Leak(false), 0.5))) {
            CheckCase found =
                    found(
                            plan(own, 1e-2, 2, new VirtualHost())
                                    .withGranularities(Granularity.parse(cells)));
            assertTrue(found.holds(), found.toString());
        }
    }

    @Test
    void theOrderIsSeenToBeAnother() throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        CheckPlan plan =
                plan(ep, 1e-3, 1, new VirtualHost()).withAgainst(Reference.METRIC_WEIGHTED);
        assertFalse(found(plan).holds(), "the limit of coupled learning is another one");
    }

    @Test
    void aDivergenceAndTheBackpropGradientAreRefusedByName() {
        Algorithm divergence = Algorithms.of(new Leak(true));
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> found(plan(divergence, 1e-2, 2, new VirtualHost())))
                        .getMessage();
        assertTrue(said.startsWith("distance: not defined where projections close a cycle"), said);
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        CheckPlan against = plan(ep, 1e-2, 2, new VirtualHost()).withAgainst(Reference.BACKPROP);
        said = assertThrows(IllegalArgumentException.class, () -> found(against)).getMessage();
        assertTrue(said.contains("backprop is not defined where projections close a cycle"), said);
    }
}
