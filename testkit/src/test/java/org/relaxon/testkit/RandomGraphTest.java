package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;

class RandomGraphTest {
    private static double[] parameters(Problem problem) {
        return Compare.flat(problem.network(), problem.network().parameters());
    }

    @Test
    void aProblemIsAFunctionOfItsSeed() {
        Problem one = Problem.graph(5, 2);
        Problem again = Problem.graph(5, 2);
        assertArrayEquals(parameters(one), parameters(again));
        assertArrayEquals(one.input().values(), again.input().values());
        assertArrayEquals(one.target().values(), again.target().values());
        assertFalse(Arrays.equals(parameters(one), parameters(Problem.graph(6, 2))));
    }

    @Test
    void graphsSkipBranchAndDouble() {
        int skipping = 0;
        int doubled = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Network network = Problem.graph(seed, 1).network();
            Set<Long> pairs = new HashSet<>();
            boolean skips = false;
            for (Projection e : network.projections()) {
                pairs.add(1000L * e.pre() + e.post());
                skips |= e.post() > e.pre() + 1;
            }
            skipping += skips ? 1 : 0;
            doubled += pairs.size() < network.projections().size() ? 1 : 0;
        }
        assertTrue(skipping > 10 && doubled > 5, skipping + " skip, " + doubled + " double");
    }
}
