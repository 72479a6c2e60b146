package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.state.CellState;

/** What rounding leaves in an error that is the difference of two activities. */
class ErrorResolutionTest {
    private static CellState unit(double activity, double feedback) {
        CellState out =
                new CellState(
                        1,
                        new double[] {1e-3},
                        1,
                        1,
                        StandardActivation.TANH,
                        Elementary.STRICT,
                        null,
                        null);
        out.activity()[0] = activity;
        out.feedback()[0] = feedback;
        out.slope()[0] = 0.5;
        return out;
    }

    /** An error that only dies away ends as a rounding of its activity, and never at nothing. */
    @Test
    void anErrorThatIsHeardOfNoMoreIsKnownToARoundingOfItsActivity() {
        double left =
                ErrorResolution.differenceRounding(
                        unit(0.73, 0), new double[] {1e-16}, Math.ulp(1.0))[0];
        assertTrue(left >= Math.ulp(0.73) / 2 && left <= 8 * Math.ulp(0.73), "" + left);
    }

    /** The twin: a unit that hears nothing and holds no error has none to round. */
    @Test
    void aUnitThatHearsNothingAndHoldsNoErrorHasNoRounding() {
        double[] none = {0.0};
        assertEquals(
                0.0, ErrorResolution.differenceRounding(unit(0.73, 0), none, Math.ulp(1.0))[0]);
        assertTrue(
                ErrorResolution.differenceRounding(unit(0.73, 1e-9), none, Math.ulp(1.0))[0] > 0.0);
    }
}
