package org.relaxon.model.rule;

import java.util.Objects;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.energy.StatedTerm;
import org.relaxon.model.loss.ProximalStep;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.plasticity.ContrastRule;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * Minimises an energy that is stated by one {@link EnergyTerm} per neuron, E = sum phi(x, a): a
 * cell sends back v = -dphi/da, receives W^T v from the cells that it projects to, and moves to
 * where its own share is least given that feedback, dphi/dx = sum of received feedback; a nudged
 * output adds beta L to that share. A synapse changes by -(1/beta) v x_pre at the nudged state
 * minus that at the free state (Scellier and Bengio 2017, for any energy); for a divergence the
 * free term is 0.
 *
 * <p>Activities are held, and errors are their distance from predictions: at a nudge of beta the
 * update is known to about 1e-13 / beta.
 */
public final class TermRule implements Rule {
    private static final Traits TRAITS = Traits.of(Trait.NUDGES_BESIDE_FEEDBACK);

    private static final Traits DIVERGENCE =
            TRAITS.with(Trait.ERROR_FORM, Trait.CO_PARENTS_INTERACT);

    /** Roundings of its terms in a derivative. */
    private static final double ROUNDINGS = 8.0;

    private final EnergyTerm term;
    private final boolean divergence;
    private final Dynamics dynamics;
    private final GradientSteps steps; // null: to the minimum at once

    /**
     * Cells move to the minimum of their own share at once. This settles where weights or nudges
     * are small enough for it to contract.
     *
     * @param term phi(x, a) of every neuron
     */
    public TermRule(EnergyTerm term) {
        this.term = Objects.requireNonNull(term, "term");
        this.divergence = term.isDivergence();
        this.dynamics = Dynamics.fixedPoint(units(term));
        this.steps = null;
    }

    private TermRule(EnergyTerm term, double step) {
        this.term = Objects.requireNonNull(term, "term");
        this.divergence = term.isDivergence();
        this.steps = new GradientSteps(step, this::goal, new TermRule(term), units(term));
        this.dynamics = steps;
    }

    /**
     * Cells move by {@code step} times minus the derivative of the energy.
     *
     * @param step greater than 0 and at most 1
     * @param term phi(x, a) of every neuron
     * @return the rule
     */
    public static TermRule bySteps(EnergyTerm term, double step) {
        return new TermRule(term, step);
    }

    /** Absolute activities of two phases are subtracted if the energy is not a divergence. */
    private static Units units(EnergyTerm term) {
        return term.isDivergence() ? Units.OF_DIFFERENCES : Units.OF_ACTIVITIES;
    }

    /** {@return how a cell moves: empty, or {@code gradient:STEP}} */
    public String variant() {
        return dynamics.optionName();
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
    public Dynamics dynamics() {
        return dynamics;
    }

    /** Where f' jumps a cell may not come to rest: no unit is held at a kink. */
    @Override
    public Traits traits() {
        return divergence ? DIVERGENCE : TRAITS;
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
        if (steps != null) {
            steps.move(s);
        } else if (s.isOutput()) {
            nudge(s);
        } else {
            for (int k = 0; k < x.length; k++) {
                x[k] = term.minimiser(s.feedback()[k], drive(s, k));
            }
        }
        for (int k = 0; k < x.length; k++) {
            s.error()[k] = divergence ? x[k] - s.prediction()[k] : x[k];
        }
        announce(s);
    }

    /** The step that beta times the loss adds, from where the term alone is least. */
    private void nudge(CellState s) {
        double[] x = s.activity();
        double[] moved = new double[x.length];
        Drive[] drives = new Drive[x.length];
        for (int k = 0; k < x.length; k++) {
            double heard = s.feedback()[k]; // 0 unless the output projects onwards or to itself
            boolean predicted = divergence && heard == 0.0;
            x[k] = predicted ? s.prediction()[k] : term.minimiser(heard, drive(s, k));
            drives[k] = drive(s, k);
        }
        for (int c = 0; c < s.columns(); c++) {
            if (s.beta()[c] != 0.0) {
                step(s, c, drives).write(moved);
            }
        }
        for (int k = 0; k < x.length; k++) {
            x[k] += moved[k];
        }
    }

    private ProximalStep step(CellState s, int c, Drive[] drives) {
        double[] from = s.activity(); // changes when all columns have been stepped
        int columns = s.columns();
        return new ProximalStep(
                        s.loss(), from, s.target(), s.beta()[c], s.neurons(), columns, c, s.math())
                .withPotential(
                        (i, move) -> {
                            int k = i * columns + c;
                            return term.byActivity(from[k] + move, drives[k]) - s.feedback()[k];
                        },
                        (i, move) -> {
                            int k = i * columns + c;
                            return term.byActivityTwice(from[k] + move, drives[k]);
                        });
    }

    /**
     * Where the descent direction points; the activity itself within the rounding of the
     * derivative, around which activities would step for ever.
     */
    private double[] goal(CellState s) {
        double[] x = s.activity();
        double[] goal = new double[x.length];
        double[] size = new double[x.length];
        for (int k = 0; k < goal.length; k++) {
            double heard = s.feedback()[k];
            goal[k] = x[k] + heard - term.byActivity(x[k], drive(s, k));
            size[k] = Math.max(Math.abs(x[k]), Math.max(Math.abs(s.drive()[k]), Math.abs(heard)));
        }
        if (s.isOutput()) {
            GradientSteps.addPull(s, goal);
        }
        for (int k = 0; k < goal.length; k++) {
            boolean rests = Math.abs(goal[k] - x[k]) <= ROUNDINGS * Math.ulp(size[k]);
            goal[k] = rests ? x[k] : goal[k];
        }
        return goal;
    }

    @Override
    public void announce(CellState s) {
        for (int k = 0; k < s.backward().length; k++) {
            s.backward()[k] = -term.byDrive(held(s, k), drive(s, k));
        }
    }

    /**
     * The activity that the held error implies; an audit calls this with predictions of its own.
     */
    private double held(CellState s, int k) {
        return divergence ? s.prediction()[k] + s.error()[k] : s.error()[k];
    }

    private static Drive drive(CellState s, int k) {
        return new Drive(s.drive()[k], s.prediction()[k], s.slope()[k]);
    }

    @Override
    public LocalRule localRule() {
        return divergence ? DeltaRule.INSTANCE : ContrastRule.INSTANCE;
    }
}
