package org.relaxon.runtime;

import java.util.List;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Every member of the family with an estimator and a strength at which it settles. */
final class Family {
    private Family() {}

    /**
     * @param same how far two ways of settling it may be apart, relative: round-off over beta where
     *     a form subtracts nearly equal numbers
     */
    record Member(Method method, double same) {
        Member(Algorithm algorithm, Estimator estimator, double strength, double same) {
            this(new Method(algorithm, estimator, strength), same);
        }

        Algorithm algorithm() {
            return method.algorithm();
        }

        Estimator estimator() {
            return method.estimator();
        }

        double strength() {
            return method.strength();
        }

        @Override
        public String toString() {
            String form = algorithm().start().name().toLowerCase(java.util.Locale.ROOT);
            String rule = algorithm().rule().getClass().getSimpleName();
            return algorithm().optionName() + ", " + rule + ", " + form + ", " + estimator();
        }
    }

    private static Member member(Algorithm a, Estimator e, double strength, double same) {
        return new Member(a, e, strength, same);
    }

    static List<Member> members() {
        Estimator one = Estimator.ONE_SIDED;
        Estimator centred = Estimator.CENTRED;
        return List.of(
                member(Algorithms.pcNudge(), one, 0.05, 1e-11),
                member(Algorithms.pcNudge(), centred, 0.05, 1e-11),
                member(Algorithms.pcNudge(Algorithms.coordinate()), one, 0.1, 1e-10),
                member(Algorithms.pcNudge(Algorithms.gradient(0.5)), one, 0.1, 1e-10),
                member(Algorithms.pc(Algorithms.coordinate()), one, 1.0, 1e-11),
                member(Algorithms.pcClamped(Algorithms.coordinate()), one, 1.0, 1e-11),
                member(Algorithms.pcClamped(new PredictiveCoding()), one, 1.0, 1e-11),
                member(Algorithms.precisionPc(2.0, 0.5, 1.5), centred, 0.05, 1e-11),
                member(Algorithms.fenchelYoung(), centred, 0.05, 1e-11),
                member(Algorithms.fixedPrediction(), one, 1.0, 1e-12),
                member(Algorithms.zeroDivergence(1.0), one, 1.0, 1e-12),
                member(Algorithms.dualPropagation(), one, 0.1, 1e-11),
                member(Algorithms.equilibriumPropagation(Form.PLAIN), centred, 0.1, 1e-10),
                member(Algorithms.equilibriumPropagation(Form.PLAIN), one, 0.1, 1e-10),
                member(Algorithms.equilibriumPropagation(Form.DIFFERENCE), centred, 0.1, 1e-11),
                member(Algorithms.equilibriumPropagation(0.6), centred, 0.1, 1e-10),
                member(Algorithms.holomorphic(), Estimator.roots(8), 0.2, 1e-10),
                member(Algorithms.contrastiveHebbian(Form.PLAIN), one, 0.1, 1e-9),
                member(Algorithms.contrastiveHebbian(Form.DIFFERENCE), centred, 0.1, 1e-11),
                member(Algorithms.clampedHebbian(Form.PLAIN), one, 1.0, 1e-10),
                member(Algorithms.clampedHebbian(Form.DIFFERENCE), one, 1.0, 1e-11),
                member(Algorithms.coupled(Form.PLAIN), centred, 0.1, 1e-10),
                member(Algorithms.coupled(Form.DIFFERENCE), one, 0.1, 1e-11));
    }

    /** 4-6-5-3, tanh, linear output, weights .4 N(0, 1/fan-in): one basin. */
    static Problem hopfield(long seed, int columns) {
        return gain(seed, columns, 0.4);
    }

    /** The same with weights of another gain. */
    static Problem gain(long seed, int columns, double gain) {
        Problem drawn = Problem.tanh(seed, columns, 4, 6, 5, 3);
        Network network =
                Network.layered(
                        new int[] {4, 6, 5, 3},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Initialisation.Scheme.NORMAL, gain, seed));
        return new Problem(seed, network, drawn.input(), drawn.target());
    }

    static RunPlan plan(Member m) {
        return RunPlan.of(m.algorithm().rule()).withThreshold(1e-14).withTolerance(1e-8);
    }

    static GradientEstimate estimate(
            Host host, RunPlan plan, Member m, Network network, Matrix input, Matrix target) {
        try (Session session = host.open(network, plan)) {
            return GradientEstimate.of(session, m.method(), input, target, Budget.DEFAULT);
        }
    }

    static GradientEstimate estimate(Host host, RunPlan plan, Member m, Problem p, Budget budget) {
        try (Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(session, m.method(), p.input(), p.target(), budget);
        }
    }

    static GradientEstimate estimate(Host host, RunPlan plan, Member m, Problem p) {
        return estimate(host, plan, m, p.network(), p.input(), p.target());
    }

    /** The gradient of a conclusive estimate. */
    static Parameters gradient(GradientEstimate estimate, Object context) {
        if (!estimate.isConclusive()) {
            throw new AssertionError(context + " gave no update: " + estimate.verdict());
        }
        return estimate.update().gradient();
    }

    static double[] flat(GradientEstimate estimate, Object context) {
        return Compare.flat(gradient(estimate, context), 3);
    }
}
