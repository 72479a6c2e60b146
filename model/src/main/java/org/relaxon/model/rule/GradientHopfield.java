package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/**
 * The energy of {@link Hopfield} by small steps, s += step (f(h) - s), instead of going to f(h) at
 * once; at a nudged output h includes -beta dLoss/ds at the present s. The equilibria are the same.
 */
final class GradientHopfield extends Hopfield {
    private final GradientSteps steps;

    /**
     * @param name the name in options
     * @param step size of a step, between 0 and 1
     */
    public GradientHopfield(String name, double step) {
        this(
                name,
                new GradientSteps(
                        step, GradientHopfield::goal, new Hopfield(name), Units.OF_ACTIVITIES));
    }

    private GradientHopfield(String name, GradientSteps steps) {
        super(name, steps);
        this.steps = steps;
    }

    /** A displaced output does not descend, and differences need other dynamics. */
    @Override
    public boolean accepts(Phase phase) {
        return super.accepts(phase)
                && !phase.differences()
                && phase.output() == Phase.Output.NUDGED;
    }

    @Override
    public void correct(CellState s) {
        steps.move(s);
        publish(s);
    }

    private static double[] goal(CellState s) {
        double[] goal = s.drive().clone();
        boolean linear = s.activation() == StandardActivation.LINEAR;
        if (s.isOutput()) {
            for (int k = 0; k < goal.length; k++) {
                goal[k] = field(s, k, k % s.columns());
            }
            GradientSteps.addPull(s, goal);
        } else {
            for (int k = 0; k < goal.length; k++) {
                goal[k] += s.gamma(k % s.columns()) * s.feedback()[k];
            }
        }
        for (int k = 0; !linear && k < goal.length; k++) {
            goal[k] = s.activation().value(goal[k], s.math());
        }
        return goal;
    }
}
