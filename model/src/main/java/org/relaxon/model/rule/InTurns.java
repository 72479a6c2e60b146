package org.relaxon.model.rule;

import org.relaxon.model.state.CellState;

/**
 * What coordinate minimisations with a safeguard have in common: feedback carries a bound of the
 * curvature, and the bound holds while cells take turns.
 */
interface InTurns extends Rule {
    /** What the curvature allows for until it is renewed. */
    Moves moves();

    @Override
    default int feedbackPlanes() {
        return 2;
    }

    @Override
    default boolean sendsCurvature() {
        return true;
    }

    @Override
    default boolean needsTurns() {
        return true;
    }

    @Override
    default boolean curvatureOfOneCell() {
        return moves() == Moves.ONE_CELL;
    }

    @Override
    default boolean coParentsInteract() {
        return moves() == Moves.ONE_CELL;
    }

    @Override
    default boolean needsRenewal() {
        return moves() == Moves.ONE_CELL;
    }

    @Override
    default void renew(CellState s) {
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.activity()[k] - s.prediction()[k];
        }
        announce(s);
    }
}
