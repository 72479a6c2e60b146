package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.planted.PlantedHost;

class AgreementTest {
    private static final Method EP =
            new Method(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1);

    @Test
    void membersAgreeOnChainsAndGraphs() {
        Method pc = new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05);
        Agreement.of(pc, Problem.tanh(1, 3, 4, 6, 5, 3)).require(1e-11);
        Agreement.of(pc, Problem.graph(2, 2)).require(1e-11);
        Agreement.of(EP, Problem.tanh(1, 2, 4, 6, 3)).require(1e-9);
    }

    /** The second host runs another rule than the first. */
    @Test
    void aWayThatDiffersIsNamed() {
        boolean[] second = {false};
        Agreement mixed =
                Agreement.of(
                                new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05),
                                Problem.tanh(1, 3, 4, 6, 5, 3))
                        .withHosts(List.of(Hosts::virtual, Hosts::synchronous))
                        .withGranularities(List.of("layer"))
                        .withDelays(List.of("none"))
                        .withPlan(
                                plan -> {
                                    boolean other = second[0];
                                    second[0] = true;
                                    return other ? plan.withRule(new FenchelYoung()) : plan;
                                });
        String message = assertThrows(AssertionError.class, () -> mixed.require(1e-6)).getMessage();
        assertTrue(message.contains("on synchronous, layer, none, seed 1"), message);
    }

    /** Parcels that arrive changed end away from the equilibrium, which the audit finds. */
    @Test
    void aWayWithoutAnUpdateIsNamedWithItsVerdict() {
        Agreement forged =
                Agreement.of(EP, Problem.tanh(1, 1, 3, 4, 2))
                        .withHosts(List.of(() -> PlantedHost.receiving(HostContractTest::forged)))
                        .withGranularities(List.of("neuron"));
        String message = assertThrows(AssertionError.class, () -> forged.require(1)).getMessage();
        assertTrue(message.contains("on virtual, neuron, none"), message);
        assertTrue(message.contains("gave no update"), message);
    }

    @Test
    void theUpdateOfTheFirstWayIsReturned() {
        Problem problem = Problem.tanh(1, 1, 3, 4, 2);
        Parameters all = Agreement.of(EP, problem).require(1e-9);
        Parameters one =
                Agreement.of(EP, problem)
                        .withHosts(List.of(Hosts::virtual))
                        .withGranularities(List.of("layer"))
                        .withDelays(List.of("none"))
                        .require(0.0);
        assertEquals(0.0, Compare.relative(problem.network(), all, one));
    }

    @Test
    void noWayAtAllIsRefused() {
        Agreement none = Agreement.of(EP, Problem.tanh(1, 1, 3, 4, 2)).withHosts(List.of());
        assertTrue(Compare.refusal(() -> none.require(1.0)).contains("need a host"));
    }
}
