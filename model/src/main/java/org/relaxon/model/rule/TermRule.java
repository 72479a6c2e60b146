package org.relaxon.model.rule;

import java.util.Objects;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.energy.StatedTerm;
import org.relaxon.model.loss.ProximalStep;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.ContrastRule;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * Minimises an energy that is stated by one {@link EnergyTerm} per neuron, E = sum phi(x, a): a
 * cell sends back v = -dphi/da, hears W^T v from the cells that it projects to, and goes to where
 * its own share is least given that, dphi/dx = sum of received feedback; a nudged output to where
 * phi + beta L is. A synapse changes by -(1/beta) v x_pre, at a nudged less that at a free state
 * (Scellier and Bengio 2017, for any energy); of a divergence the free one is 0.
 *
 * <p>Activities are held, and errors are their distance from predictions: at a nudge of beta the
 * update is known to about 1e-13 / beta.
 */
public final class TermRule implements ActivityDifference {
    /** Of its terms, in a derivative. */
    private static final double ROUNDINGS = 8.0;

    private final EnergyTerm term;
    private final double step; // NaN: to the minimum at once

    /**
     * Cells go to the minimum of their own share at once, which settles where weights or nudges are
     * small enough for that to contract.
     */
    public TermRule(EnergyTerm term) {
        this(term, Double.NaN);
    }

    private TermRule(EnergyTerm term, double step) {
        this.term = Objects.requireNonNull(term, "term");
        this.step = step;
    }

    /**
     * Cells move by {@code step} times minus the derivative of the energy.
     *
     * @param step greater than 0 and at most 1
     */
    public static TermRule bySteps(EnergyTerm term, double step) {
        return new TermRule(term, GradientStep.require(step));
    }

    /** How a cell moves: empty, or {@code gradient:STEP}. */
    public String dynamics() {
        return Double.isNaN(step) ? "" : "gradient:" + step;
    }

    @Override
    public String optionName() {
        return term.optionName();
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.of(term);
    }

    @Override
    public double gradientStep() {
        return step;
    }

    /** Steps are judged by the minimum that they lead to. */
    @Override
    public Rule judge() {
        return Double.isNaN(step) ? this : new TermRule(term);
    }

    @Override
    public void validate(Network network) {
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                StatedTerm.require(term, p.activation());
            }
        }
    }

    @Override
    public boolean isErrorForm() {
        return term.isDivergence();
    }

    /** Where f' jumps a cell may not come to rest: no unit is held at a kink. */
    @Override
    public boolean usesSlope() {
        return false;
    }

    /** Absolute activities of two phases are subtracted where the energy is no divergence. */
    @Override
    public double activityUnit(Phase phase, int column, int height) {
        return term.isDivergence() ? phase.magnitude(column) : 1.0;
    }

    @Override
    public double feedbackUnit(Phase phase, int column, int height) {
        return activityUnit(phase, column, height);
    }

    @Override
    public double roundOff(Phase phase, int column) {
        return term.isDivergence() ? ROUND_OFF / phase.magnitude(column) : 0.0;
    }

    @Override
    public void predict(CellState s) {
        for (int k = 0; k < s.drive().length; k++) {
            Drive drive = Drive.of(s.drive()[k], s.activation(), s.math());
            s.prediction()[k] = drive.prediction();
            s.slope()[k] = drive.slope();
        }
    }

    @Override
    public void correct(CellState s) {
        double[] x = s.activity();
        if (!Double.isNaN(step)) {
            GradientStep.towards(s, goal(s), step);
        } else if (s.isOutput()) {
            nudge(s);
        } else {
            for (int k = 0; k < x.length; k++) {
                x[k] = TermMinimum.find(term, drive(s, k), s.feedback()[k]);
            }
        }
        for (int k = 0; k < x.length; k++) {
            s.error()[k] = term.isDivergence() ? x[k] - s.prediction()[k] : x[k];
        }
        announce(s);
    }

    /** From where the term alone is least, the step that beta times the loss adds. */
    private void nudge(CellState s) {
        double[] x = s.activity();
        double[] moved = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            x[k] = TermMinimum.find(term, drive(s, k), 0.0);
        }
        for (int c = 0; c < s.columns(); c++) {
            if (s.beta()[c] != 0.0) {
                step(s, c).write(moved);
            }
        }
        for (int k = 0; k < x.length; k++) {
            x[k] += moved[k];
        }
    }

    private ProximalStep step(CellState s, int c) {
        double[] from = s.activity().clone();
        int columns = s.columns();
        return new ProximalStep(
                        s.loss(), from, s.target(), s.beta()[c], s.neurons(), columns, c, s.math())
                .withPotential(
                        (i, move) -> {
                            int k = i * columns + c;
                            return term.byActivity(from[k] + move, drive(s, k));
                        },
                        (i, move) -> {
                            int k = i * columns + c;
                            return term.byActivityTwice(from[k] + move, drive(s, k));
                        });
    }

    /** Where the direction of descent points from here. */
    private double[] goal(CellState s) {
        double[] goal = s.activity().clone();
        for (int k = 0; k < goal.length; k++) {
            double heard = s.isOutput() ? 0.0 : s.feedback()[k];
            goal[k] += heard - term.byActivity(goal[k], drive(s, k));
        }
        if (s.isOutput()) {
            GradientStep.addPull(s, goal);
        }
        return goal;
    }

    /** Beyond the rounding of the derivative, around which activities would step for ever. */
    @Override
    public boolean wantsAnotherTurn(CellState s, double threshold) {
        if (Double.isNaN(step) || !s.moved()) {
            return false;
        }
        double[] goal = goal(s);
        for (int k = 0; k < goal.length; k++) {
            double size = Math.max(Math.abs(s.activity()[k]), Math.abs(s.drive()[k]));
            size = s.isOutput() ? size : Math.max(size, Math.abs(s.feedback()[k]));
            if (Math.abs(goal[k] - s.activity()[k]) <= ROUNDINGS * Math.ulp(size)) {
                goal[k] = s.activity()[k];
            }
        }
        return GradientStep.isBeyond(s, goal, threshold);
    }

    @Override
    public void announce(CellState s) {
        for (int k = 0; k < s.backward().length; k++) {
            s.backward()[k] = -term.byDrive(held(s, k), drive(s, k));
        }
    }

    /** The activity that the held error implies: an audit asks with predictions of its own. */
    private double held(CellState s, int k) {
        return term.isDivergence() ? s.prediction()[k] + s.error()[k] : s.error()[k];
    }

    private static Drive drive(CellState s, int k) {
        return new Drive(s.drive()[k], s.prediction()[k], s.slope()[k]);
    }

    @Override
    public void addEnergy(CellState s, double[] energy) {
        for (int k = 0; k < s.activity().length; k++) {
            energy[k % energy.length] += term.value(s.activity()[k], drive(s, k));
        }
    }

    @Override
    public LocalRule localRule() {
        return term.isDivergence() ? DeltaRule.INSTANCE : ContrastRule.INSTANCE;
    }
}
