package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;

/** What the safeguarded rules send and do, neuron by neuron. */
class SafeguardedMessagesTest {
    private static final int B = Descent.B;

    /**
     * Curvatures onto layer "b" of a linear network: |W_ij| times the sum of |W_ik| over the cell
     * of neuron j, or over all.
     */
    @ParameterizedTest
    @CsvSource({"neuron, 1", "block:2, 2", "layer, 5"})
    void theCurvatureOfOneCellSumsOverThatCell(String granularity, int size) {
        for (Moves moves : Moves.values()) {
            for (boolean squared : new boolean[] {true, false}) {
                Rule rule =
                        squared
                                ? new SafeguardedPredictiveCoding(moves)
                                : new CoordinateFenchelYoung(moves);
                Descent net =
                        new Descent(StandardActivation.LINEAR, rule, granularity, 1.0, 1.0, 3);
                double[][] w = net.network.parameters().weights(1);
                double[] expected = new double[w[0].length];
                for (int j = 0; j < expected.length; j++) {
                    int from = moves == Moves.ALL_CELLS ? 0 : j / size * size;
                    int to = moves == Moves.ALL_CELLS ? 5 : Math.min(5, from + size);
                    for (double[] row : w) {
                        double sum = 0.0;
                        for (int k = from; k < to; k++) {
                            sum += Math.abs(row[k]);
                        }
                        expected[j] += Math.abs(row[j]) * sum;
                    }
                }
                assertArrayEquals(expected, said(net), 1e-13, granularity + " " + moves);
            }
        }
    }

    /** Curvatures of column 0 that all cells of layer "b" last sent to layer "a". */
    private static double[] said(Descent net) {
        double[] out = new double[5];
        for (Cell cell : net.cells.cells()) {
            for (Link link : net.cells.wiring().outgoing(cell.id().index())) {
                Cell to = net.cell(link.to());
                if (cell.id().population() == 2 && to.id().population() == 1) {
                    cell.lastSignals()
                            .reannounce(
                                    link,
                                    (l, signal) -> {
                                        for (int j = 0; j < to.id().size(); j++) {
                                            out[to.id().from() + j] += signal.value(j * 2 * B + B);
                                        }
                                    });
                }
            }
        }
        return out;
    }

    @Test
    void aNeuronUnderInfiniteCurvatureStays() {
        CellBench cell = CellBench.hidden(StandardActivation.LINEAR, 2, 1, 2, 0.5);
        cell.on(Phase.free(Matrix.zeros(1, 1)), 1, 1).drive(1.0, 1.0).activity(0.25, 0.25);
        double fixed = SafeguardedPredictiveCoding.FIXED;
        cell.feedback(0.25 * fixed, fixed, 4.0, 3.0);
        Rule rule = new SafeguardedPredictiveCoding(Moves.ONE_CELL);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {0.25, 1.25}, cell.state().activity());
    }

    /** x = 1 + 2 + 4 - 3 x, at 7/4; a ReLU that is driven below 0 rests at 0. */
    @Test
    void aFenchelYoungUnitSolvesItsEquation() {
        CellBench cell = CellBench.hidden(StandardActivation.RELU, 2, 1, 2, 0.5);
        cell.on(Phase.free(Matrix.zeros(1, 1)), 1, 1).drive(1.0, 1.0);
        cell.feedback(6.0, 3.0, -5.0, 3.0);
        Rule rule = new CoordinateFenchelYoung(Moves.ONE_CELL);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {1.75, 0.0}, cell.state().activity(), 1e-15);
    }

    @Test
    void whatTheySayAboutThemselves() {
        PredictiveCoding one = Algorithms.safeguarded(Moves.ONE_CELL);
        Rule all = Algorithms.safeguarded(Moves.ALL_CELLS);
        assertEquals("pc safeguarded", Algorithms.pc(one).label());
        assertTrue(
                one.traits().has(Trait.CO_PARENTS_INTERACT)
                        && one.traits().has(Trait.CURVATURE_OF_ONE_CELL));
        assertFalse(
                all.traits().has(Trait.CO_PARENTS_INTERACT)
                        || all.traits().has(Trait.CURVATURE_OF_ONE_CELL));
        assertEquals(PredictiveCoding.class, one.dynamics().judge(one).getClass());
        Algorithm convex = Algorithms.coordinateFenchelYoung(Moves.ALL_CELLS);
        assertEquals("fy-pc safeguarded:all", convex.label());
        assertEquals(FenchelYoung.class, convex.rule().dynamics().judge(convex.rule()).getClass());
        assertFalse(new CoordinatePredictiveCoding().traits().has(Trait.CURVATURE_OF_ONE_CELL));
        assertThrows(NullPointerException.class, () -> new SafeguardedPredictiveCoding(null));
    }

    /** At a small beta both coordinate rules give the backprop gradient. */
    @Test
    void atSmallBetaTheUpdateIsBackprop() {
        Chain net = Chain.of(2, 0.8, StandardActivation.TANH);
        Parameters truth = net.backprop();
        for (double beta : new double[] {1e-4, 0.3}) {
            Phase phase = Phase.nudged(net.input, net.target, beta);
            for (Rule rule :
                    new Rule[] {
                        new SafeguardedPredictiveCoding(Moves.ALL_CELLS),
                        new CoordinateFenchelYoung(Moves.ALL_CELLS)
                    }) {
                Parameters found =
                        net.cells("layer", rule).open(phase).settle(20_000).update(1, 1, 1);
                double off = Chain.relative(found, truth, net.depth);
                assertTrue(beta < 0.01 ? off < 1e-3 : off > 1e-2, "beta " + beta + ": " + off);
            }
        }
    }
}
