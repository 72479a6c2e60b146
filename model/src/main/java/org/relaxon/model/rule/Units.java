package org.relaxon.model.rule;

import org.relaxon.model.phase.Phase;

/**
 * The sizes in which thresholds and defects of a cell are measured.
 *
 * <p>A rule that holds activities and sends them back, as Hopfield energies do, uses {@link
 * #OF_ACTIVITIES}: with the strength as the unit of feedback it would never come to rest.
 */
public interface Units {
    /** Activities in units of 1, feedback in units of the strength. */
    Units OF_ERRORS = new Units() {};

    /** Both in units of 1. */
    Units OF_ACTIVITIES =
            new Units() {
                @Override
                public double feedback(Phase phase, int column, int height) {
                    return 1.0;
                }
            };

    /**
     * The error is a difference of activities, which must therefore be as exact as the error; this
     * costs eps / beta.
     */
    Units OF_DIFFERENCES =
            new Units() {
                @Override
                public double activity(Phase phase, int column, int height) {
                    return phase.magnitude(column);
                }

                @Override
                public double roundOff(Phase phase, int column) {
                    return ROUND_OFF / phase.magnitude(column);
                }
            };

    /** Defect that rounding leaves in a difference of activities at beta 1. */
    double ROUND_OFF = 1e-13;

    /**
     * {@return the size of activity that matters in a column}
     *
     * @param phase what is imposed
     * @param column index of the column, from 0
     * @param height projections between the cell and the output
     */
    default double activity(Phase phase, int column, int height) {
        return 1.0;
    }

    /**
     * {@return the size of feedback that matters in a column}
     *
     * @param phase what is imposed
     * @param column index of the column, from 0
     * @param height projections between the cell and the output
     */
    default double feedback(Phase phase, int column, int height) {
        return phase.magnitude(column);
    }

    /**
     * {@return the defect that rounding alone can leave in a column, beside the tolerance: greater
     * than 0 for forms that subtract nearly equal numbers}
     *
     * @param phase what is imposed
     * @param column index of the column, from 0
     */
    default double roundOff(Phase phase, int column) {
        return 0.0;
    }
}
