package org.relaxon.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.FiniteDifference;
import org.relaxon.experiments.reference.HopfieldMinimumEnergy;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.experiments.reference.KinkedGradient;
import org.relaxon.experiments.reference.LinearNudge;
import org.relaxon.experiments.reference.MetricWeightedGradient;
import org.relaxon.experiments.reference.MinimumEnergy;
import org.relaxon.experiments.reference.PredictiveCodingEnergy;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.experiments.reference.TermReference;
import org.relaxon.experiments.reference.ValueTerm;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.runtime.GradientEstimate;

/** Computes the gradient that a claim names. */
public final class References {
    private References() {}

    /**
     * {@return the reference of an estimate}
     *
     * @param claim what is claimed of the estimate
     * @param problem network and batch
     * @param backprop gradient of the feedforward network; null where projections close a cycle
     * @param estimate that has an update
     * @param free activities of the free equilibrium by population; null without a free phase
     * @param strength beta or gamma of the estimate
     * @param farthest distance of that equilibrium from what was reached that is accepted
     * @throws NoReferenceException if the reference is not defined for the algorithm
     */
    public static Parameters of(
            Claim claim,
            Problem problem,
            Parameters backprop,
            GradientEstimate estimate,
            Matrix[] free,
            double strength,
            double farthest) {
        if (claim.reference() == Reference.BACKPROP) {
            if (backprop == null) {
                throw new NoReferenceException(
                        "backprop is not defined where projections close a cycle");
            }
            return backprop;
        }
        Optional<Problem> matrices = problem.dense();
        Reference reference = claim.reference();
        if (matrices.isEmpty()) {
            throw new NoReferenceException(
                    reference.optionName() + " is not computed: its matrices would be too large");
        }
        Problem dense = matrices.get();
        if (reference == Reference.FINITE_DIFFERENCE && !readsStates(claim, problem.network())) {
            return differences(claim, problem, dense, estimate, free, strength, farthest);
        }
        return problem.stored(ofMatrices(claim, dense, estimate, free, strength, farthest));
    }

    private static Parameters ofMatrices(
            Claim claim,
            Problem problem,
            GradientEstimate estimate,
            Matrix[] free,
            double strength,
            double farthest) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        return switch (claim.reference()) {
            case BACKPROP -> throw new AssertionError("computed without matrices");
            case IMPLICIT ->
                    isOwn(claim.algorithm().rule())
                            ? own(claim, problem, free, farthest).implicitGradient()
                            : ImplicitGradient.of(
                                            network, theta, x, t, real(claim, free, x), farthest)
                                    .gradient();
            case METRIC_WEIGHTED ->
                    MetricWeightedGradient.of(network, theta, x, t, real(claim, free, x), farthest)
                            .gradient();
            case FINITE_DIFFERENCE -> kinked(claim, problem, estimate, strength, farthest);
            case LINEAR -> linear(claim, problem, strength);
        };
    }

    /** True for a user's energy: a stated term, or a stated value from which terms follow. */
    static boolean isOwn(Rule rule) {
        return rule.energy().kind() == Kind.TERM || rule.energy().isGivenByValue();
    }

    /** The terms of a user's energy, by population. */
    static IntFunction<EnergyTerm> terms(Rule rule, Network network) {
        EnergyTerm stated = rule.energy().term();
        return stated == null ? ValueTerm.of(rule, network) : p -> stated;
    }

    /**
     * The references of a user's energy.
     *
     * @throws NoReferenceException if none follow from the value that a rule states
     */
    static TermReference own(Claim claim, Problem problem, Matrix[] free, double farthest) {
        Rule rule = claim.algorithm().rule();
        if (rule.energy().isGivenByValue()) {
            requireValue(claim, problem.network());
        }
        return new TermReference(
                problem.network(),
                terms(rule, problem.network()),
                rule.energy().isGivenByValue() ? ValueTerm.NOISE : 0.0,
                problem.input(),
                problem.target(),
                free == null ? null : real(claim, free, problem.input()),
                farthest);
    }

    private static void requireValue(Claim claim, Network network) {
        if (!isNudged(claim.algorithm())) {
            throw refuse(claim);
        }
        String objection = ValueTerm.objection(claim.algorithm().rule(), network);
        if (!objection.isEmpty()) {
            throw new NoReferenceException(
                    "%s needs derivatives of the energy of %s, but %s"
                            .formatted(
                                    claim.reference().optionName(),
                                    claim.algorithm().optionName(),
                                    objection));
        }
    }

    /** True if a phase minimises the energy plus beta times the loss. */
    static boolean isNudged(Algorithm algorithm) {
        return algorithm.output() == Phase.Output.NUDGED
                && algorithm.strength() == Algorithm.Strength.BETA;
    }

    /**
     * The real parts of the first B columns: the free state of gain 1, or of the first gain.
     *
     * @throws NoReferenceException if there was no free phase of a Hopfield energy
     */
    static Matrix[] real(Claim claim, Matrix[] free, Matrix input) {
        boolean dataflow =
                claim.algorithm().strength() == Algorithm.Strength.NONE
                        && !claim.algorithm().rule().energy().isHopfield();
        if (free == null || dataflow) {
            throw refuse(claim);
        }
        Matrix[] out = new Matrix[free.length];
        for (int p = 0; p < free.length; p++) {
            out[p] = firstColumns(free[p], input.columns());
        }
        return out;
    }

    private static Matrix firstColumns(Matrix m, int count) {
        if (m.columns() == count) {
            return m;
        }
        Matrix out = Matrix.zeros(m.rows(), count);
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(m.values(), r * m.columns(), out.values(), r * count, count);
        }
        return out;
    }

    /** From values of the energy, by the numbers that the network stores. */
    private static Parameters differences(
            Claim claim,
            Problem problem,
            Problem dense,
            GradientEstimate estimate,
            Matrix[] free,
            double strength,
            double farthest) {
        Network network = problem.network();
        Parameters sum = network.zeros();
        Equilibrium nudged = ((Conclusive) estimate.verdict()).equilibrium();
        int examples = problem.examples();
        int blocks = nudged.phase().columns() / examples;
        if (nudged.phase().isComplex()
                || claim.algorithm().rule().traits().isDataflow(nudged.phase())) {
            throw refuse(claim);
        }
        for (int s = 0; s < blocks; s++) {
            double beta = noStrength(claim) ? 1.0 : claim.estimator().spread(strength, 1)[s];
            MinimumEnergy energy = energy(claim, dense, nudged, s, beta, free, farthest);
            Parameters one =
                    sharp(
                            claim,
                            network,
                            theta -> energy.difference(problem.expanded(dense, theta)));
            Sums.add(network, one, claim.estimator().shares()[s], sum);
        }
        return sum;
    }

    /**
     * The derivative of an energy.
     *
     * @throws UncertainReferenceException if it is not known well enough to judge the claim
     */
    private static Parameters sharp(Claim claim, Network network, MinimumEnergy energy) {
        FiniteDifference.Derivative found =
                FiniteDifference.derivative(network, network.parameters(), energy);
        UncertainReferenceException.require(claim, network, found);
        return found.gradient();
    }

    /**
     * True if the reference is that of the minimum that was reached: where kinks bend the energy
     * downwards there are several near the feedforward pass.
     */
    static boolean readsStates(Claim claim, Network network) {
        Rule rule = claim.algorithm().rule();
        return claim.reference() == Reference.FINITE_DIFFERENCE
                && rule.energy().isLayered()
                && rule.energy().kind() != Kind.FENCHEL_YOUNG_DIVERGENCE
                && network.populations().stream().anyMatch(p -> !p.activation().smooth());
    }

    /** From values of the energy, unless a unit stands on a kink of its activation. */
    private static Parameters kinked(
            Claim claim,
            Problem problem,
            GradientEstimate estimate,
            double strength,
            double farthest) {
        Network network = problem.network();
        Equilibrium nudged = ((Conclusive) estimate.verdict()).equilibrium();
        int blocks = nudged.phase().columns() / problem.examples();
        if (claim.algorithm().rule().traits().isDataflow(nudged.phase())) {
            throw refuse(claim);
        }
        boolean clamped = nudged.phase().output() == Phase.Output.CLAMPED;
        List<PredictiveCodingEnergy> energies = new ArrayList<>();
        List<Matrix[]> reached = new ArrayList<>();
        int onKinks = 0;
        for (int s = 0; s < blocks; s++) {
            double beta = noStrength(claim) ? 1.0 : claim.estimator().spread(strength, 1)[s];
            Matrix[] x = States.absolute(nudged, s, null, problem.examples());
            PredictiveCodingEnergy energy =
                    layeredDivergence(claim.algorithm().rule(), problem, clamped, beta);
            onKinks += energy.onKinks(x);
            energies.add(energy.startingAt(x));
            reached.add(x);
        }
        if (onKinks > 0) {
            Parameters given = estimate.update().gradient();
            requireMatrices(network, given);
            return KinkedGradient.nearest(network, energies, reached, given, farthest);
        }
        Parameters sum = network.zeros();
        double[] shares = claim.estimator().shares();
        for (int s = 0; s < blocks; s++) {
            PredictiveCodingEnergy energy = energies.get(s);
            Parameters one = sharp(claim, network, energy);
            Sums.add(network, one, shares[s], sum);
        }
        return sum;
    }

    /** The nearest element of a set of gradients is searched among matrices alone. */
    private static void requireMatrices(Network network, Parameters given) {
        for (Projection p : network.projections()) {
            double[][] rows = given.weights(p.index());
            if (rows.length != network.population(p.post()).size()
                    || rows[0].length != network.population(p.pre()).size()) {
                throw new NoReferenceException(
                        "units stand on kinks, where the gradient is one of many; that one is not"
                                + " computed for projection "
                                + p.name()
                                + ", which is not all-to-all");
            }
        }
    }

    private static MinimumEnergy energy(
            Claim claim,
            Problem problem,
            Equilibrium nudged,
            int block,
            double beta,
            Matrix[] free,
            double farthest) {
        Rule rule = claim.algorithm().rule();
        Network network = problem.network();
        Matrix x = problem.input();
        boolean clamped = nudged.phase().output() == Phase.Output.CLAMPED;
        if (rule.energy().isLayered()) {
            return layeredDivergence(rule, problem, clamped, beta);
        }
        if (isOwn(claim.algorithm().rule())) {
            Matrix[] at = States.absolute(nudged, block, null, x.columns());
            return own(claim, problem, free, farthest).difference(beta, at);
        }
        boolean displaced = nudged.phase().output() == Phase.Output.DISPLACED;
        boolean whole = displaced && noStrength(claim);
        if (!rule.energy().isHopfield() || displaced && !whole) {
            throw refuse(claim);
        }
        Matrix[] from = real(claim, free, x);
        Matrix[] to = States.absolute(nudged, block, from, x.columns());
        return whole
                ? HopfieldMinimumEnergy.clamped(network, x, problem.target(), from, to)
                : HopfieldMinimumEnergy.nudged(network, x, problem.target(), beta, from, to);
    }

    private static boolean noStrength(Claim claim) {
        return claim.algorithm().strength() == Algorithm.Strength.NONE;
    }

    /** The energy of a rule in error form on a problem. */
    static PredictiveCodingEnergy layeredDivergence(
            Rule rule, Problem problem, boolean clamped, double beta) {
        Network network = problem.network();
        Matrix x = problem.input();
        Matrix t = problem.target();
        boolean young = rule.energy().kind() == Kind.FENCHEL_YOUNG_DIVERGENCE;
        Divergence kind = young ? Divergence.FENCHEL_YOUNG : Divergence.SQUARED_DISTANCE;
        PredictiveCodingEnergy energy =
                clamped
                        ? PredictiveCodingEnergy.clamped(network, kind, x, t)
                        : PredictiveCodingEnergy.nudged(network, kind, beta, x, t);
        return energy.withPrecisions(precisions(rule, network));
    }

    /**
     * {@return the precision that a rule states for each population}
     *
     * @param rule rule of the estimate
     * @param network network of the estimate
     */
    public static double[] precisions(Rule rule, Network network) {
        double[] out = new double[network.populations().size()];
        for (int p = 0; p < out.length; p++) {
            out[p] = rule.energy().precision(p);
        }
        return out;
    }

    private static Parameters linear(Claim claim, Problem problem, double strength) {
        Rule rule = claim.algorithm().rule();
        boolean same = rule.energy().isLayered() && rule.energy().precisions().isEmpty();
        if (!same || claim.algorithm().hasFreePhase()) {
            throw refuse(claim);
        }
        Network network = problem.network();
        LinearNudge nudge = LinearNudge.of(network);
        if (claim.algorithm().output() == Phase.Output.CLAMPED) {
            return nudge.clamped(network.parameters(), problem.input(), problem.target());
        }
        Parameters sum = network.zeros();
        Estimator estimator = claim.estimator();
        double[] betas = estimator.spread(strength, 1);
        double[] shares = estimator.shares();
        for (int s = 0; s < betas.length; s++) {
            Parameters one =
                    nudge.nudged(network.parameters(), betas[s], problem.input(), problem.target());
            Sums.add(network, one, shares[s], sum);
        }
        return sum;
    }

    private static NoReferenceException refuse(Claim claim) {
        StatedEnergy energy = claim.algorithm().rule().energy();
        if (energy.kind() == Kind.OWN && !energy.isGivenByValue()) {
            return new NoReferenceException(
                    "%s needs the energy of %s, which Rule.energy does not state"
                            .formatted(
                                    claim.reference().optionName(),
                                    claim.algorithm().optionName()));
        }
        return new NoReferenceException(
                "%s is not defined for %s"
                        .formatted(claim.reference().optionName(), claim.algorithm().optionName()));
    }
}
