package org.relaxon.experiments.reproduction;

import java.util.function.Supplier;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.host.Hosts;

/**
 * A way to settle a chain of layers: what its cells hold and resolve, and when they relax. A
 * further algorithm is one more constant.
 */
public enum ChainInference {
    /** Error form at small beta, every cell as soon as it receives a signal. */
    EAGER("eager", Form.ERRORS, Discipline.EAGER),
    /** The same under exponential delays. */
    DELAYED("eager, exponential delays", Form.ERRORS, Discipline.EAGER),
    /** Neighbours one after the other. */
    TURN_TAKING("turn-taking", Form.ERRORS, Discipline.TURN_TAKING),
    /** A relaxation when all neighbours have answered the last one. */
    HANDSHAKE("handshake", Form.ERRORS, Discipline.HANDSHAKE),
    /** Sweeps over layers at odd and at even height in turn. */
    RED_BLACK("red-black", Form.ERRORS, Hosts::redBlack),
    /** Sweeps over all layers at once. */
    SYNCHRONOUS("synchronous", Form.ERRORS, Hosts::synchronous),
    /** Error form, every activity resolved to beta times the tolerance. */
    ALL_ACTIVITIES("eager, full activities", Form.FULL_ACTIVITIES, Discipline.EAGER),
    /** Predictive coding at beta 1, each cell to a minimum of its energy in turns. */
    ENERGY_IN_TURNS("pc at beta 1, turns", Form.SAFEGUARDED, Discipline.TURN_TAKING),
    /** Predictive coding at beta 1, gradient steps in sweeps. */
    ENERGY_BY_STEPS("pc at beta 1, steps", Form.GRADIENT, Hosts::synchronous),
    /**
     * Predictive coding with multipliers, every cell when it receives a signal. At beta 1 rho would
     * have to exceed twice the curvature of the loss in all residuals together, which grows with
     * depth; the gradient is the same at any beta.
     */
    MULTIPLIERS("pc-alm, eager", Form.LAGRANGIAN, Discipline.EAGER),
    /** The same in sweeps over all layers at once. */
    MULTIPLIERS_IN_SWEEPS("pc-alm, synchronous", Form.LAGRANGIAN, Hosts::synchronous);

    /** What cells hold, and to which accuracy. */
    private enum Form {
        ERRORS,
        FULL_ACTIVITIES,
        SAFEGUARDED,
        GRADIENT,
        LAGRANGIAN
    }

    /** Depth up to which the energy at beta 1 is settled: the cost grows with its third power. */
    private static final int SLOW_DEPTH_MAX = 16;

    /** Below it, beta times the tolerance is the rounding of activities. */
    private static final double FULL_BETA_MIN = 1e-10;

    /** Step of gradient dynamics, below 2 over the largest curvature of these chains. */
    public static final double STEP = 0.1;

    private static final long DELAY_NANOS = 1_000_000;

    private final String reportName;
    private final Form form;
    private final Discipline discipline;
    private final Supplier<Host> hosts;

    ChainInference(String reportName, Form form, Discipline discipline) {
        this(reportName, form, discipline, Hosts::virtual);
    }

    ChainInference(String reportName, Form form, Supplier<Host> sweeping) {
        this(reportName, form, Discipline.EAGER, sweeping);
    }

    ChainInference(String reportName, Form form, Discipline discipline, Supplier<Host> hosts) {
        this.reportName = reportName;
        this.form = form;
        this.discipline = discipline;
        this.hosts = hosts;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    /** {@return whether errors are held as variables of their own and beta is small} */
    public boolean isErrorForm() {
        return form == Form.ERRORS || form == Form.FULL_ACTIVITIES;
    }

    /** {@return whether the update is to be the backprop gradient, and not that of an energy} */
    boolean tendsToBackprop() {
        return isErrorForm() || form == Form.LAGRANGIAN;
    }

    /** {@return the largest number of hidden layers that is settled in this way} */
    public int depthMax() {
        return tendsToBackprop() ? Integer.MAX_VALUE : SLOW_DEPTH_MAX;
    }

    /**
     * {@return the nudging strength in this way}
     *
     * @param small strength where errors are held
     */
    public double beta(double small) {
        return switch (form) {
            case ERRORS, LAGRANGIAN -> small;
            case FULL_ACTIVITIES -> Math.max(small, FULL_BETA_MIN);
            default -> 1.0;
        };
    }

    Host host() {
        return hosts.get();
    }

    /**
     * The run of a chain.
     *
     * @param beta strength where errors are held
     * @param tolerance to which every projection is resolved
     * @param seed of delays and turns
     */
    RunPlan runPlan(double beta, double tolerance, long seed) {
        RunPlan plan =
                RunPlan.of(rule())
                        .withTolerance(tolerance)
                        .withDelay(delay())
                        .withDiscipline(discipline)
                        .withSeed(seed);
        return form == Form.FULL_ACTIVITIES ? plan.withThreshold(beta(beta) * tolerance) : plan;
    }

    private Rule rule() {
        return switch (form) {
            case LAGRANGIAN -> new PcAlm().algorithm().rule();
            case SAFEGUARDED -> Algorithms.safeguarded(Moves.ONE_CELL);
            case GRADIENT -> Algorithms.gradient(STEP);
            default -> new PredictiveCoding();
        };
    }

    private DelayModel delay() {
        return this == DELAYED ? Delays.exponential(DELAY_NANOS) : Delays.none();
    }
}
