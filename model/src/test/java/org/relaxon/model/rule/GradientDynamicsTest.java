package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

/** Rules that go a step towards where their energy falls, instead of there at once. */
class GradientDynamicsTest {
    private static final int B = Chain.COLUMNS;

    /** x += step (mu + feedback - x); e = x - mu. */
    @Test
    void aHiddenCellOfPredictiveCodingGoesOneStep() {
        Rule rule = new GradientPredictiveCoding(0.25);
        CellBench cell = CellBench.hidden(StandardActivation.LINEAR, 1, 0.1, 0.1);
        cell.drive(1.0, 2.0).feedback(3.0, -1.0).activity(8.0, 1.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {7.0, 1.0}, cell.state().activity(), 1e-15);
        assertArrayEquals(new double[] {6.0, -1.0}, cell.state().error(), 1e-15);
        assertArrayEquals(new double[] {6.0, -1.0}, cell.state().backward(), 1e-15);
        assertTrue(cell.state().moved()); // the first column did
        rule.correct(cell.state());
        assertEquals(6.25, cell.state().activity()[0], 1e-15);
    }

    /** x += step (mu + beta (T - x) - x); a clamped output is held at its target. */
    @Test
    void anOutputCellOfPredictiveCodingGoesOneStep() {
        Rule rule = new GradientPredictiveCoding(0.5);
        CellBench cell =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5, 0.0);
        cell.drive(1.0, 3.0).target(10.0, 10.0).activity(2.0, 1.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {3.5, 2.0}, cell.state().activity(), 1e-15);

        CellBench held = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 1.0);
        held.on(Phase.clamped(Matrix.zeros(1, 1), Matrix.column(10.0)), 1, 0);
        held.drive(1.0).target(10.0).activity(2.0);
        rule.predict(held.state());
        rule.correct(held.state());
        assertEquals(10.0, held.state().activity()[0], 1e-15);
    }

    /** s += step (f(a + gamma feedback) - s); an output heads for f(a + beta (T - s)). */
    @Test
    void aCellOfTheHopfieldEnergyGoesOneStep() {
        Rule rule = new GradientHopfield("ep", 0.5);
        CellBench cell = CellBench.hidden(StandardActivation.TANH, 1, 0.1);
        Phase phase = Phase.free(Matrix.zeros(1, 1)).withGamma(new double[] {0.5});
        cell.on(phase, 1, 1).drive(0.3).feedback(0.4).activity(0.9);
        rule.correct(cell.state());
        double half = 0.5 * (0.9 + StrictMath.tanh(0.5));
        assertEquals(half, cell.state().activity()[0], 1e-15);
        assertEquals(half, cell.state().backward()[0], 1e-15);

        CellBench linear = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5);
        linear.drive(1.0).target(10.0).activity(2.0);
        rule.correct(linear.state());
        assertEquals(3.5, linear.state().activity()[0], 1e-15);

        CellBench curved = CellBench.output(StandardActivation.TANH, StandardLoss.SQUARED, 0.5);
        curved.drive(0.1).target(1.0).activity(0.2);
        rule.correct(curved.state());
        double goal = StrictMath.tanh(0.1 + 0.5 * 0.8);
        assertEquals(0.5 * (0.2 + goal), curved.state().activity()[0], 1e-15);
    }

    /** Another turn is wanted while the goal is farther than threshold x |beta|. */
    @Test
    void anotherTurnIsWantedUntilTheGoalIsNear() {
        Rule[] rules = {new GradientHopfield("ep", 0.5), new GradientPredictiveCoding(0.5)};
        for (Rule rule : rules) {
            CellBench cell = CellBench.hidden(StandardActivation.LINEAR, 1, 0.0, -0.01);
            cell.drive(1.0, 1.0).feedback(0.0, 0.0).activity(1.0, 1.0 + 1e-5);
            rule.predict(cell.state());
            rule.correct(cell.state()); // half of 1e-5 is left, in the column of beta -.01
            assertTrue(cell.state().moved());
            assertTrue(rule.dynamics().wantsAnotherTurn(cell.state(), 4.9e-4));
            assertFalse(rule.dynamics().wantsAnotherTurn(cell.state(), 5.1e-4));
            cell.activity(1.0, 1.0);
            rule.correct(cell.state());
            assertFalse(cell.state().moved());
            assertFalse(rule.dynamics().wantsAnotherTurn(cell.state(), 0.0));
            cell.activity(Double.NaN, 1.0);
            rule.correct(cell.state());
            assertTrue(cell.state().moved()); // and is left to the guard
            assertFalse(rule.dynamics().wantsAnotherTurn(cell.state(), 0.0));
        }
        assertFalse(new Hopfield("ep").dynamics().wantsAnotherTurn(null, 0.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.1, 1.0001, Double.NaN, Double.POSITIVE_INFINITY})
    void aStepOutOfRangeIsRefused(double step) {
        for (Runnable made :
                new Runnable[] {
                    () -> new GradientHopfield("ep", step), () -> new GradientPredictiveCoding(step)
                }) {
            String said = assertThrows(IllegalArgumentException.class, made::run).getMessage();
            assertTrue(said.contains("step") && said.contains("" + step), said);
        }
        new GradientHopfield("ep", 1.0);
    }

    /** Another way to the same place, for every activation, hidden and at the output. */
    @ParameterizedTest
    @EnumSource
    void theHopfieldStepsEndWhereSequentialSweepsDo(StandardActivation f) {
        Chain net = Chain.of(1, 0.4, f, f);
        for (double beta : new double[] {0.3, -0.3, 0.0}) {
            Lockstep cells = net.cells("block:2", new GradientHopfield("ep", 0.4));
            cells.open(Phase.nudged(net.input, net.target, beta)).settle(5000);
            for (int c = 0; c < B; c++) {
                double[][] swept = HopfieldSweeps.nudged(net, c, beta, 1.0);
                double off = net.distance(cells, c, B, swept);
                assertTrue(off < 1e-13, f + ", beta " + beta + ": off by " + off);
                assertTrue(cells.audit().residual(c) < 1e-12, f.toString());
            }
            Lockstep cut = net.cells("block:2", new GradientHopfield("ep", 0.4));
            cut.open(Phase.nudged(net.input, net.target, beta)).settle(5);
            assertTrue(cut.audit().residual(0) > 1e-4, "five rounds are not enough");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStepsOfPredictiveCodingEndWhereTheErrorFormDoes(StandardActivation f) {
        Chain net = Chain.of(2, 0.4, f, f);
        for (Phase phase :
                new Phase[] {
                    Phase.nudged(net.input, net.target, 0.2),
                    Phase.nudged(net.input, net.target, -0.2),
                    Phase.clamped(net.input, net.target)
                }) {
            Lockstep plain = net.cells("layer", new PredictiveCoding()).open(phase).settle(3000);
            Lockstep cells =
                    net.cells("block:2", new GradientPredictiveCoding(0.4))
                            .open(phase)
                            .settle(5000);
            for (int l = 1; l <= 3; l++) {
                assertArrayEquals(plain.activity(l), cells.activity(l), 1e-13, f + ", layer " + l);
                assertArrayEquals(plain.error(l), cells.error(l), 1e-13, f + ", layer " + l);
            }
            assertTrue(cells.audit().residual(0) < 1e-12, f.toString());
        }
    }

    @Test
    void phasesThatDoNotDescendAreNotAccepted() {
        Phase phase = Phase.nudged(Matrix.zeros(3, 1), Matrix.zeros(2, 1), 0.1);
        Rule hopfield = new GradientHopfield("ep", 0.5);
        assertTrue(hopfield.accepts(phase.startingFrom("free")));
        assertTrue(hopfield.accepts(phase.withGamma(new double[] {0.5})));
        assertFalse(hopfield.accepts(phase.differencesFrom("free")));
        assertFalse(hopfield.accepts(phase.startingFrom("free").displaced()));
        Rule pc = new GradientPredictiveCoding(0.5);
        assertTrue(pc.accepts(phase));
        assertTrue(pc.accepts(Phase.clamped(Matrix.zeros(3, 1), Matrix.zeros(2, 1))));
        assertFalse(pc.accepts(phase.withGamma(new double[] {0.5})));
        assertFalse(pc.accepts(phase.displaced()));
        assertFalse(pc.accepts(phase.differencesFrom("free")));
        assertFalse(pc.accepts(phase.withImaginary(new double[] {0.5})));
        assertEquals(Hopfield.class, hopfield.dynamics().judge(hopfield).getClass());
        assertEquals("ep", hopfield.dynamics().judge(hopfield).optionName());
        assertEquals(PredictiveCoding.class, pc.dynamics().judge(pc).getClass());
        assertEquals(1e-12, pc.dynamics().units().roundOff(phase, 0), 1e-24);
        assertEquals(0.1, pc.dynamics().units().activity(phase, 0, 1));
    }
}
