package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.tools.output.Json;

/** An energy that nobody stated is said to be so; it keeps no network from settling. */
class EnergiesTest {
    @Test
    void anEnergyThatIsNotStatedIsNotStated() throws IOException {
        JsonNode energy = energy(own(new PredictiveCoding() {}), Estimator.ONE_SIDED);
        assertTrue(energy.get("internal").isNull());
        assertTrue(energy.get("total").isNull());
        assertTrue(energy.get("internalPerColumn").get(0).isNull());
        assertEquals("not stated", energy.get("reason").asText());
    }

    @Test
    void oneThatIsStatedHasANumberAndNoReason() throws IOException {
        Rule stated =
                new PredictiveCoding() {
                    @Override
                    public StatedEnergy energy() {
                        return StatedEnergy.of(StatedEnergy.Kind.SQUARED_DIVERGENCE);
                    }
                };
        JsonNode energy = energy(own(stated), Estimator.ONE_SIDED);
        assertTrue(energy.get("internal").asDouble() > 0.0);
        assertFalse(energy.has("reason"));
    }

    @Test
    void otherReasonsAreNamed() throws IOException {
        assertEquals(
                "none: the state is a saddle over pairs of states",
                energy(Algorithms.dualPropagation(), Estimator.ONE_SIDED).get("reason").asText());
        assertEquals(
                "no real number: activities are complex",
                energy(Algorithms.holomorphic(), Estimator.roots(8)).get("reason").asText());
    }

    /** A linear output needs no drive for its share. */
    @Test
    void anEnergyThatIsNotKnownInOneStateHasItsReason() throws IOException {
        String coupled = "settle --algorithm coupled --json - --output-activation ";
        String reason = relaxon(coupled + "tanh").json().at("/energy/reason").asText();
        assertTrue(reason.contains("held has no drive of its own"), reason);
        assertTrue(relaxon(coupled + "linear").json().at("/energy/reason").isMissingNode());
    }

    private static Algorithm own(Rule rule) {
        return new Algorithm(
                "own",
                "",
                rule,
                Algorithm.Start.REST,
                Phase.Output.NUDGED,
                Algorithm.Strength.BETA,
                Reference.BACKPROP,
                Algorithm.ESTIMATOR);
    }

    private static JsonNode energy(Algorithm algorithm, Estimator estimator) throws IOException {
        Problem problem = ProblemSpec.defaults().withLayers(3, 4, 2).withGain(0.5).build();
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), Defaults.runPlan(algorithm))) {
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session,
                            new Method(algorithm, estimator, 0.01),
                            problem.input(),
                            problem.target(),
                            Budget.DEFAULT);
            assertInstanceOf(Settled.class, estimate.verdict(), estimate.toString());
            assertTrue(estimate.toString().contains("update Parameters: weights 4 x 3"));
            ObjectNode node = Json.object();
            SettleJson.energy(
                    node, "energy", PhaseEnergy.of(problem, algorithm.rule(), estimate.verdict()));
            return node.get("energy");
        }
    }
}
