package org.relaxon.runtime;

import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.settle.Conclusive;

/** Sums the updates of the phases of one estimate, each with its share. */
final class UpdateSum {
    private final Session session;
    private final Method method;
    private Parameters gradient;
    private int examples;

    UpdateSum(Session session, Method method) {
        this.session = session;
        this.method = method;
    }

    /**
     * Adds the update in the state that the session holds.
     *
     * @throws ArithmeticException if an entry is not finite, naming the array
     */
    void add(PhaseSpec spec, Conclusive done) {
        LocalUpdate update = session.update(done, spec.multiples(method.estimator()));
        examples = update.examples(); // a conclusive verdict covers all examples
        if (gradient == null && spec.share() == 1.0) {
            gradient = update.gradient();
            return;
        }
        gradient = gradient == null ? session.network().zeros() : gradient;
        add(update.gradient(), spec.share());
        String bad = gradient.firstNotFinite();
        if (bad != null) {
            throw new ArithmeticException("the sum of local updates is not finite in the " + bad);
        }
    }

    private void add(Parameters one, double share) {
        Network network = session.network();
        for (Projection e : network.projections()) {
            double[][] from = one.weights(e.index());
            for (int i = 0; i < from.length; i++) {
                add(from[i], share, gradient.weights(e.index())[i]);
            }
        }
        for (Population p : network.populations()) {
            add(one.biases(p.index()), share, gradient.biases(p.index()));
        }
    }

    private static void add(double[] from, double share, double[] into) {
        for (int k = 0; k < from.length; k++) {
            into[k] += share * from[k];
        }
    }

    /** The estimate of all phases; null if none was added. */
    LocalUpdate total() {
        return gradient == null ? null : new LocalUpdate(gradient, method.estimator(), examples);
    }
}
