package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateGateTest {
    private static final int MANY = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {.02, .1, .5, .9})
    void theShareThatOpensIsTheProbability(double p) {
        UpdateGate gate = UpdateGate.independent(p, 3);
        double share = (double) gate.count(UpdateGate.weights(1, 7), MANY, 5) / MANY;

        assertEquals(p, share, 5 * Math.sqrt(p * (1 - p) / MANY));
    }

    /** Both opening at once is as frequent as independence says: across steps, rows, synapses. */
    @Test
    void stepsRowsSynapsesAndSeedsAreIndependent() {
        UpdateGate gate = UpdateGate.independent(.3, 3);
        UpdateGate other = UpdateGate.independent(.3, 4);
        long row = UpdateGate.weights(0, 0);
        int[] both = new int[5];
        for (int k = 0; k < MANY; k++) {
            boolean open = gate.opens(row, k, 1);
            both[0] += open && gate.opens(row, k, 2) ? 1 : 0;
            both[1] += open && gate.opens(UpdateGate.weights(0, 1), k, 1) ? 1 : 0;
            both[2] += open && gate.opens(row, k + 1, 1) ? 1 : 0;
            both[3] += open && gate.opens(UpdateGate.biases(1), k, 1) ? 1 : 0;
            both[4] += open && other.opens(row, k, 1) ? 1 : 0;
        }
        for (int count : both) {
            assertEquals(.09, (double) count / MANY, .01);
        }
    }

    @Test
    void aFrozenGateKeepsItsChoiceAndAnotherDoesNot() {
        UpdateGate frozen = UpdateGate.frozen(.5, 3);
        UpdateGate fresh = UpdateGate.independent(.5, 3);
        int changed = 0;
        for (int k = 0; k < 1000; k++) {
            assertEquals(frozen.opens(0, k, 1), frozen.opens(0, k, 17));
            changed += fresh.opens(0, k, 1) == fresh.opens(0, k, 17) ? 0 : 1;
        }
        assertTrue(changed > 400, "changed " + changed);
    }

    @Test
    void onlyWhatOpensChangesAndACutRowDrawsTheSame() {
        Optimiser o = Optimiser.sgd().withGate(UpdateGate.independent(.5, 3));
        LearningStep step = new LearningStep(o, 1, 1, 4);
        long row = UpdateGate.biases(2);
        double[] whole = new double[64];
        double[] tail = new double[24];
        double[] ones = new double[64];
        Arrays.fill(ones, 1.0);

        o.apply(whole, ones, null, null, step, false, row, 0);
        o.apply(tail, ones, null, null, step, false, row, 40);

        for (int k = 0; k < whole.length; k++) {
            assertEquals(o.gate().opens(row, k, 4) ? -1.0 : 0.0, whole[k]);
        }
        assertArrayEquals(Arrays.copyOfRange(whole, 40, 64), tail);
        assertNotEquals(0, o.gate().count(row, 64, 4));
    }

    @Test
    void memoriesGoOnBehindAClosedGate() {
        Optimiser o = Optimiser.momentum(.5).withGate(new UpdateGate(1e-300, false, 3));
        double[] w = {1, 2};
        double[] m = {0, 0};

        o.apply(w, new double[] {4, -4}, m, null, new LearningStep(o, 1, 1, 1), true, 0, 0);

        assertArrayEquals(new double[] {1, 2}, w);
        assertArrayEquals(new double[] {4, -4}, m);
    }

    @Test
    void probabilityOneIsTheOpenGateAndOthersAreRefused() {
        assertSame(UpdateGate.OPEN, UpdateGate.independent(1, 3));
        assertEquals(9, UpdateGate.OPEN.count(0, 9, 1));
        for (double p : new double[] {0, -1, 1.1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class, () -> UpdateGate.independent(p, 3), "p " + p);
        }
    }
}
