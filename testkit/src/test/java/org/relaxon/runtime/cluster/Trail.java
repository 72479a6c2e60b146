package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** The bits of one settling whose cells take turns: the same on every host. */
record Trail(long states, List<Double> update) {
    static Trail of(Host host) {
        Problem problem = Problem.tanh(4, 2, 3, 4, 2);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withDiscipline(Discipline.TURN_TAKING)
                        .withGranularity(Granularity.NEURON);
        try (Session session = host.open(problem.network(), plan)) {
            Settled settled =
                    Compare.settled(
                            session.settle(problem.nudged(0.5), Budget.DEFAULT),
                            problem.toString());
            List<Double> update = new ArrayList<>();
            for (double x :
                    Compare.flat(session.update(settled, Estimator.ONE_SIDED).gradient(), 2)) {
                update.add(x);
            }
            return new Trail(session.report().stateHash(), update);
        }
    }
}
