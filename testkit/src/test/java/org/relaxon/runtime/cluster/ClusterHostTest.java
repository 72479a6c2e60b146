package org.relaxon.runtime.cluster;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Problem;

/** Cells on three nodes give the updates of one JVM. */
class ClusterHostTest {
    private static LocalCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new LocalCluster(3);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static Agreement agreement(Method method, Problem problem) {
        return Agreement.of(method, problem)
                .withHosts(
                        List.<java.util.function.Supplier<Host>>of(Hosts::virtual, cluster::host));
    }

    @Test
    void chains() {
        Method pc = new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05);
        agreement(pc, Problem.tanh(1, 3, 4, 6, 5, 3)).require(1e-11);
    }

    @Test
    void graphs() {
        Method pc = new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05);
        agreement(pc, Problem.graph(2, 2)).require(1e-11);
    }

    @Test
    void equilibriumPropagation() {
        Method ep =
                new Method(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1);
        agreement(ep, Problem.tanh(1, 2, 4, 6, 3)).require(1e-9);
    }
}
