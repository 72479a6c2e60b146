package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;

/** What a sweep may use again: only activities that are equal in every bit. */
class AuditFrameTest {
    private final Network network =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private final Phase phase = Phase.free(Matrix.column(0.5, -0.5));
    private final CellId hidden = Wiring.of(network, Granularity.LAYER).cells().get(0);

    private AuditFrame frame() {
        return new AuditFrame(network, phase, new PredictiveCoding());
    }

    @Test
    void theLastBitOfOneNeuronCounts() {
        AuditFrame published = frame();
        AuditFrame swept = frame();
        double[] x = {0.1, 0.2, 0.3};
        published.activity(hidden, x);
        assertTrue(swept.isAs(published, 0), "the input is that of the phase");
        assertFalse(swept.isAs(published, 1));
        swept.activity(hidden, x);
        assertTrue(swept.isAs(published, 1), "a cell has come since it was compared");
        x[2] = Math.nextUp(x[2]);
        swept.activity(hidden, x);
        assertFalse(swept.isAs(published, 1));
    }
}
