package org.relaxon.model.lagrangian;

import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Start;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;

/**
 * Predictive coding with multipliers, {@code pc-alm} (arXiv 2605.31022), through the door for
 * users' own algorithms. The update is the backprop gradient exactly, so there is no strength: the
 * loss has the factor 1.
 *
 * <p>Its parameters are rho and alpha. In the publication both are 1, with steps of activities; a
 * whole step needs second derivatives of the loss below rho - alpha / 2, hence the larger defaults.
 */
public final class PcAlm implements AlgorithmSource {
    private static final double RHO = 8.0;

    private final double rho;
    private final double alpha;

    /** With the default parameters. */
    public PcAlm() {
        this(RHO, RHO);
    }

    private PcAlm(double rho, double alpha) {
        this.rho = rho;
        this.alpha = alpha;
        if (rho > 0.0 && !(alpha > 0.0)) { // rho is refused below
            throw new IllegalArgumentException(
                    "alpha: %s is not above 0; multipliers that never move do not give backprop"
                            .formatted(Numeral.text(alpha)));
        }
        new AugmentedLagrangian(rho, alpha); // refuses them where they are given
    }

    @Override
    public String optionName() {
        return "pc-alm";
    }

    @Override
    public String line() {
        return "predictive coding, multipliers (--parameters rho,alpha); backprop exactly";
    }

    @Override
    public PcAlm with(List<Double> parameters) {
        if (parameters.size() != 2) {
            throw new IllegalArgumentException(
                    "parameters: pc-alm has rho and alpha, got " + parameters);
        }
        return new PcAlm(parameters.get(0), parameters.get(1));
    }

    @Override
    public Algorithm algorithm() {
        return of("", new AugmentedLagrangian(rho, alpha));
    }

    @Override
    public Algorithm bySteps(double step) {
        Rule rule = new SteppedLagrangian(rho, alpha, step);
        return of(rule.dynamics().optionName(), rule);
    }

    private Algorithm of(String variant, Rule rule) {
        return new Algorithm(
                optionName(),
                variant,
                rule,
                Start.REST,
                Phase.Output.NUDGED,
                Strength.NONE,
                Reference.BACKPROP,
                Algorithm.EXACT);
    }
}
