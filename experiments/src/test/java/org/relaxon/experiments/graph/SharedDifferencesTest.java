package org.relaxon.experiments.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.FiniteDifference;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/** Differences by numbers that synapses share, within a projection and across projections. */
class SharedDifferencesTest {
    private static final double BOUND = 1e-9;

    @Test
    void aSharedNumberIsMovedInEverySynapse() throws IOException {
        int shared = 0;
        int tied = 0;
        for (long seed = 1; seed <= 9; seed++) {
            for (NetworkPlan plan : List.of(StructuredGraph.of(seed), TiedGraph.of(seed))) {
                Problem problem = problem(plan, seed);
                Parameters exact =
                        Backprop.of(problem.network())
                                .gradient(
                                        problem.network().parameters(),
                                        problem.input(),
                                        problem.target())
                                .gradient();
                Parameters found = differences(problem);

                assertTrue(apart(problem, found, exact) <= BOUND, "seed " + seed);
                tied += isTied(problem.network()) ? 1 : 0;
                shared += problem.isDense() ? 0 : 1;
            }
        }
        assertTrue(shared > 9 && tied == 9, shared + " with lists, " + tied + " tied");
    }

    @Test
    void oneOfTwoSynapsesAloneIsNotTheDerivative() throws IOException {
        Problem problem = problem(TiedGraph.of(1), 1);
        Network network = problem.network();
        Projection owner =
                network.projections().stream().filter(Projection::isTied).findFirst().orElseThrow();
        Parameters found = differences(problem);
        Parameters alone =
                FiniteDifference.gradient(
                        network,
                        network.parameters(),
                        theta -> loss(problem, onlyIn(owner, network, theta)));

        assertTrue(apart(problem, alone, found) > 0.01, "the other synapses count");
        assertEquals(0.0, apart(problem, found, found));
    }

    /** The numbers of {@code theta} in one projection, those of the network elsewhere. */
    private static Parameters onlyIn(Projection one, Network network, Parameters theta) {
        Parameters out = theta.copy();
        for (Projection p : network.projections()) {
            if (p.weightsOf() == one.weightsOf() && p.index() != one.index()) {
                double[][] rows = network.parameters().weights(p.index());
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(rows[i], 0, out.weights(p.index())[i], 0, rows[i].length);
                }
            }
        }
        return out;
    }

    private static Problem problem(NetworkPlan plan, long seed) throws IOException {
        return ProblemSpec.defaults().withGraph(plan).withSeed(seed).withBatch(2).build();
    }

    private static boolean isTied(Network network) {
        return network.projections().stream().anyMatch(Projection::isTied);
    }

    private static Parameters differences(Problem problem) {
        Network network = problem.network();
        return FiniteDifference.gradient(
                network, network.parameters(), theta -> loss(problem, theta));
    }

    /** By the matrices, which know nothing of shared numbers. */
    private static double loss(Problem problem, Parameters stored) {
        Problem dense = problem.dense().orElseThrow();
        return Backprop.of(dense.network())
                .gradient(problem.expanded(dense, stored), problem.input(), problem.target())
                .loss();
    }

    private static double apart(Problem problem, Parameters a, Parameters b) {
        Network network = problem.network();
        Parameters difference = a.copy();
        Sums.add(network, b, -1.0, difference);
        return GradientComparison.norm(network, difference) / GradientComparison.norm(network, b);
    }
}
