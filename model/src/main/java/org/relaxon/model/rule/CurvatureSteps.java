package org.relaxon.model.rule;

import java.util.function.BiConsumer;
import org.relaxon.model.state.CellState;

/**
 * To the minimum of a bound of the energy that is tight at the present state, by the curvature that
 * came with the feedback (De Pierro 1995). The error is x - mu, which costs eps / beta.
 *
 * @param moves the moves for which the curvature is valid until it is renewed; null without turns,
 *     and then nothing is promised
 * @param judge the fixed-point rule, which announces the same values
 * @param curvature writes the bound of each neuron's own curvature; null for f'^2
 * @param curvatureMax beyond which a neuron does not move
 */
record CurvatureSteps(
        Moves moves, Rule judge, BiConsumer<CellState, double[]> curvature, double curvatureMax)
        implements Dynamics {
    @Override
    public Units units() {
        return Units.OF_DIFFERENCES;
    }

    @Override
    public Rule judge(Rule own) {
        return judge;
    }

    @Override
    public Traits traits() {
        Traits plain = Traits.of(Trait.SENDS_CURVATURE);
        if (moves == null) {
            return plain.with(Trait.CO_PARENTS_INTERACT);
        }
        Traits turns = plain.with(Trait.NEEDS_TURNS);
        return moves == Moves.ALL_CELLS
                ? turns
                : turns.with(
                        Trait.CURVATURE_OF_ONE_CELL,
                        Trait.CO_PARENTS_INTERACT,
                        Trait.NEEDS_RENEWAL);
    }

    @Override
    public String optionName() {
        if (moves == null) {
            return "coordinate";
        }
        return moves == Moves.ONE_CELL ? "safeguarded" : "safeguarded:all";
    }

    @Override
    public void driveCurvature(CellState s, double[] out) {
        if (curvature == null) {
            Dynamics.super.driveCurvature(s, out);
        } else {
            curvature.accept(s, out);
        }
    }

    @Override
    public void renew(CellState s) {
        if (moves != Moves.ONE_CELL) {
            Dynamics.super.renew(s);
        }
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.activity()[k] - s.prediction()[k];
        }
        judge.announce(s);
    }
}
