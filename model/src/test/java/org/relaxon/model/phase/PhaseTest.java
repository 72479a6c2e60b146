package org.relaxon.model.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

class PhaseTest {
    private final Network network = network(StandardLoss.SQUARED);
    private final Matrix input = Matrix.zeros(2, 4);
    private final Matrix target = Matrix.zeros(3, 4);

    @Test
    void aFreePhaseHasNoTargetAndNoNudge() {
        Phase free = Phase.free(input);
        assertNull(free.target());
        assertNull(free.start());
        assertSame(input, free.input());
        assertArrayEquals(new double[4], free.betas());
        assertDoesNotThrow(() -> free.validate(network));
    }

    @Test
    void oneBetaServesAllColumns() {
        Phase nudged = Phase.nudged(input, target, 0.25);
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, nudged.betas());
        assertEquals(4, nudged.columns());
        assertEquals(0.25, nudged.beta(3));
        assertDoesNotThrow(() -> nudged.validate(network));
    }

    @Test
    void everyColumnMayHaveABetaOfItsOwn() {
        double[] betas = {0.1, -0.1, 0, 2};
        Phase nudged = Phase.nudged(input, target, betas);
        betas[0] = 9;
        nudged.betas()[1] = 9;
        assertArrayEquals(new double[] {0.1, -0.1, 0, 2}, nudged.betas());
        assertDoesNotThrow(() -> nudged.validate(network));
    }

    @Test
    void aStartChangesNothingElse() {
        Phase nudged = Phase.nudged(input, target, 0.25);
        Phase started = nudged.startingFrom("free");
        assertEquals("free", started.start());
        assertSame(nudged.input(), started.input());
        assertSame(nudged.target(), started.target());
        assertArrayEquals(nudged.betas(), started.betas());
        assertNull(nudged.start());
    }

    @Test
    void wrongShapesAreRefusedWithBothShapes() {
        refused(Phase.free(Matrix.zeros(3, 4)), "input has shape (3, 4)", "(2, 4)");
        refused(Phase.nudged(input, Matrix.zeros(2, 4), 1), "target has shape (2, 4)", "(3, 4)");
        refused(Phase.nudged(input, Matrix.zeros(3, 3), 1), "target has shape (3, 3)", "(3, 4)");
        refused(Phase.nudged(input, target, new double[3]), "input has shape (2, 4)", "(2, 3)");
        refused(Phase.free(Matrix.zeros(2, 0)), "at least one column");
    }

    @Test
    void everyPlaceOfAValueThatIsNotFiniteIsNamed() {
        for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
            for (int k = 0; k < 8; k++) {
                double[] values = new double[8];
                values[k] = bad;
                String place = "input[%d, %d] is %s".formatted(k / 4, k % 4, bad);
                refused(Phase.free(Matrix.of(2, 4, values)), place);
            }
            for (int k = 0; k < 12; k++) {
                double[] values = new double[12];
                values[k] = bad;
                String place = "target[%d, %d] is %s".formatted(k / 4, k % 4, bad);
                refused(Phase.nudged(input, Matrix.of(3, 4, values), 1), place);
            }
        }
    }

    @Test
    void aBetaOutsideTheRangeOfTheLossIsRefusedWithTheRange() {
        for (int column = 0; column < 4; column++) {
            for (double bad : new double[] {-1, -7, Double.NaN, 1 / 0.0}) {
                double[] betas = {1, 1, 1, 1};
                betas[column] = bad;
                refused(Phase.nudged(input, target, betas), "beta", String.valueOf(bad), "than -1");
            }
        }
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Phase.nudged(input, target, 2.0)
                                                .validate(network(StandardLoss.CROSS_ENTROPY)))
                        .getMessage();
        assertTrue(said.contains("2.0") && said.contains("between -2 and 2"), said);
        assertDoesNotThrow(() -> Phase.nudged(input, target, 2.0).validate(network));
    }

    @Test
    void aNudgeNeedsATarget() {
        refused(Phase.nudged(input, null, 0.1), "target");
        refused(Phase.nudged(input, null, new double[] {0, 0, 0, 0.1}), "target");
        assertDoesNotThrow(() -> Phase.nudged(input, null, 0.0).validate(network));
    }

    private void refused(Phase phase, String... names) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> phase.validate(network))
                        .getMessage();
        for (String name : names) {
            assertTrue(said.contains(name), said + " should name " + name);
        }
    }

    private static Network network(Loss loss) {
        return Network.layered(
                new int[] {2, 5, 3},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                loss,
                Initialisation.uniform(1));
    }
}
