package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.synchronous.SynchronousHost;

class MovementTest {
    /** Two layers that push each other from one state to another and back, for ever. */
    @Test
    void cellsThatSwingBetweenTwoStatesDoNotSeemToRest() {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.TANH,
                        StandardActivation.TANH,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters strong = drawn.zeros();
        strong.weights(0)[0][0] = 1.0;
        strong.weights(1)[0][0] = -3.0;
        strong.biases(2)[0] = 0.5;
        Movement movement = new Movement();
        RunPlan plan =
                RunPlan.of(Algorithms.equilibriumPropagation(Form.PLAIN).rule())
                        .withGranularity(Granularity.LAYER);
        try (Host host = new SynchronousHost();
                Session session = host.open(drawn.with(strong), plan)) {
            session.observe(movement.observation());
            Phase free = Phase.free(Matrix.column(0.5));
            assertInstanceOf(
                    NotSettled.class, session.settle(free, Budget.DEFAULT.withRelaxations(400)));
        }
        assertTrue(movement.largestMove() > 0.1, Movement.text(List.of(movement)));
    }

    @Test
    void beforeAnyCellHasMovedNothingIsSaidOfMoves() {
        assertEquals("0 relaxations", Movement.text(List.of(new Movement())));
        Movement one = new Movement();
        one.sampled(Frames.of(Frames.cell(1), 1, 1, 1, 0.0));
        assertEquals("1 relaxations", Movement.text(List.of(one)));
        one.sampled(Frames.of(Frames.cell(1), 1, 2, 2, 0.25));
        assertEquals("2 relaxations, cells move by 2.5e-01", Movement.text(List.of(one)));
    }
}
