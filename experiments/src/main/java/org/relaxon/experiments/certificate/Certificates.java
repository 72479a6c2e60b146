package org.relaxon.experiments.certificate;

import java.util.Arrays;
import java.util.Optional;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Discipline;

/** Computes the certificate for the run of an algorithm. */
public final class Certificates {
    /** A nudge that holds the output at its target as well as clamping does. */
    private static final double HELD = 1e12;

    private Certificates() {}

    /**
     * {@return the certificate for the run of an algorithm on a problem, with eager cells unless
     * the dynamics need turns} Empty if theory does not apply: to a user's rule, activation or
     * loss, and to precisions other than 1. A certificate that would need more than {@link
     * Effort#CERTIFICATE} is abandoned, and its text states this.
     *
     * @param method of the run
     * @param problem network and batch
     * @param plan how the run settles
     */
    public static Optional<Certificate> of(Method method, Problem problem, RunPlan plan) {
        Algorithm algorithm = method.algorithm();
        Estimator estimator = method.estimator();
        EnergyFamily family = family(algorithm.rule());
        Network network = problem.network();
        if (!network.noEnergy().isEmpty()) {
            return Optional.of(Certificate.without(network.noEnergy()));
        }
        if (family == null || !standard(problem)) {
            return Optional.empty();
        }
        if (network.inputs().size() > 1 || network.outputs().size() > 1) {
            return Optional.of(Certificate.without("it is known for one input and one output"));
        }
        boolean hopfield = family == EnergyFamily.HOPFIELD;
        if (!hopfield && !network.outOf(network.output().index()).isEmpty()) {
            return Optional.of(Certificate.without("its output projects onwards"));
        }
        if (movesByItself(algorithm.rule())) {
            return Optional.of(Certificate.without("its cells move by dynamics of its own"));
        }
        Optional<Problem> dense = problem.dense();
        if (dense.isEmpty()) {
            return Optional.of(Certificate.without("its matrices would be too large"));
        }
        try {
            CertificateQuery query = query(method, dense.get(), plan, family);
            Certificate found = Effort.within(Effort.CERTIFICATE, () -> Certifier.certify(query));
            if (algorithm.rule().energy().kind() == Kind.COMPLEX_HOPFIELD) {
                found = found.withoutPromise("no bound is known for complex activities");
            }
            if (Arrays.stream(estimator.spread(1.0, 1)).anyMatch(m -> Math.abs(m) > 1.0)) {
                found = found.withoutPromise("nothing is proven for multiples of beta above 1");
            }
            boolean pushes = !estimator.equals(Estimator.ONE_SIDED);
            boolean descends = query.dynamics().kind() == Dynamics.Kind.SAFEGUARDED;
            if (descends
                    && pushes
                    && !LowerBound.isKnown(query.network(), query.theta(), query.beta())) {
                found = found.withoutPromise("no lower bound of it is known at a negative beta");
            }
            return Optional.of(found);
        } catch (GaveUpException e) {
            return Optional.of(Certificate.without(e.getMessage()));
        }
    }

    /**
     * {@return why there is no certificate, where {@link #of} states none}
     *
     * @param method of the run
     * @param problem network and batch
     */
    public static String whyNone(Method method, Problem problem) {
        Rule rule = method.algorithm().rule();
        if (family(rule) == null) {
            boolean precisions = rule.energy().kind() == Kind.SQUARED_DIVERGENCE;
            return precisions
                    ? "none, as no theorem here covers precisions other than 1"
                    : "none, as no theorem here covers the rule of " + method.algorithm().label();
        }
        return problem.network().loss() instanceof StandardLoss
                ? "none, as no theorem here covers activations of your own"
                : "none, as no theorem here covers a loss of your own";
    }

    /**
     * {@return why the energy of the free phase has no minimum, so that its activities grow without
     * bound; empty if this is not proven}
     *
     * @param algorithm of the run
     * @param problem network and batch
     */
    public static String whyUnbounded(Algorithm algorithm, Problem problem) {
        boolean hopfield = algorithm.rule().energy().kind() == Kind.HOPFIELD;
        boolean own = !problem.network().noEnergy().isEmpty();
        if (!hopfield || own || algorithm.strength() == Strength.GAMMA) {
            return "";
        }
        Optional<Network> dense = problem.dense().map(Problem::network);
        try {
            return dense.isEmpty()
                    ? ""
                    : Effort.within(
                            Effort.CERTIFICATE,
                            () ->
                                    new LinearPart(
                                                    new Synapses(
                                                            dense.get(), dense.get().parameters()))
                                            .whyUnbounded());
        } catch (GaveUpException e) {
            return "";
        }
    }

    private static CertificateQuery query(
            Method method, Problem problem, RunPlan plan, EnergyFamily family) {
        Algorithm algorithm = method.algorithm();
        boolean gain = algorithm.strength() == Strength.GAMMA;
        boolean held = algorithm.output() == Phase.Output.CLAMPED;
        boolean byErrors = dynamics(algorithm.rule()).kind() == Dynamics.Kind.FIXED_POINT;
        double none = held && byErrors ? HELD : 1.0;
        double beta = gain || algorithm.strength() == Strength.NONE ? none : method.strength();
        return new CertificateQuery(
                problem.network(),
                problem.network().parameters(),
                problem.input(),
                problem.target(),
                family,
                dynamics(algorithm.rule()),
                beta,
                gain ? method.strength() : 1.0,
                plan.granularity(),
                plan.conditions().slowest(plan.delay()),
                ticks(plan));
    }

    /** Whether cells move in a way that is not known, to where another rule judges them. */
    private static boolean movesByItself(Rule rule) {
        boolean fixed = dynamics(rule).kind() == Dynamics.Kind.FIXED_POINT;
        return fixed && rule.dynamics().judge(rule) != rule;
    }

    /** The mean pause of a cell, if it has one and signals travel equally long everywhere. */
    private static long ticks(RunPlan plan) {
        boolean known =
                plan.discipline().kind() == Discipline.Kind.EAGER
                        && plan.conditions().delaysOn().isEmpty()
                        && plan.conditions().timing().isEmpty();
        return known ? plan.effectiveRefractoryNanos() : CertificateQuery.NO_TICK;
    }

    private static boolean standard(Problem problem) {
        if (!(problem.network().loss() instanceof StandardLoss)) {
            return false;
        }
        for (Population p : problem.network().populations()) {
            boolean own = p.role() != Population.Role.INPUT;
            if (own && !(p.activation() instanceof StandardActivation)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Symmetric dual propagation moves like Fenchel-Young divergences to first order; null if
     * unknown.
     */
    private static EnergyFamily family(Rule rule) {
        StatedEnergy energy = rule.energy();
        return switch (energy.kind()) {
            case FORWARD_PASS -> EnergyFamily.DATAFLOW;
            case SQUARED_DIVERGENCE ->
                    energy.precisions().isEmpty() ? EnergyFamily.DIVERGENCE_SQUARED : null;
            case FENCHEL_YOUNG_DIVERGENCE -> EnergyFamily.DIVERGENCE_FENCHEL_YOUNG;
            case PAIR_OF_STATES ->
                    energy.pair().equals(StatedEnergy.Pair.EVEN)
                            ? EnergyFamily.DIVERGENCE_FENCHEL_YOUNG
                            : null;
            case HOPFIELD, COMPLEX_HOPFIELD -> EnergyFamily.HOPFIELD;
            case TERM, OWN -> null;
        };
    }

    /**
     * {@return the dynamics of the cells of a rule}
     *
     * @param rule of the cells
     */
    public static Dynamics dynamics(Rule rule) {
        if (rule.traits().has(Trait.NEEDS_TURNS)) {
            return Dynamics.safeguarded();
        }
        if (rule.traits().has(Trait.SENDS_CURVATURE)) {
            return Dynamics.coordinate();
        }
        double step = rule.dynamics().gradientStep();
        return Double.isNaN(step) ? Dynamics.fixedPoint() : Dynamics.gradient(step);
    }
}
