package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;

/** Fixed predictions and zero-divergence inference: phases that run out of work. */
class DataflowTest {
    private static final int B = Chain.COLUMNS;

    private static Lockstep second(Chain net, String granularity, Rule rule, double beta) {
        Lockstep cells = net.cells(granularity, rule);
        cells.open(Phase.free(net.input)).settle(100).save("free");
        return cells.open(Phase.nudged(net.input, net.target, beta).startingFrom("free"));
    }

    /** Backprop itself, at every beta, for every activation, hidden and at the output. */
    @ParameterizedTest
    @EnumSource
    void fixedPredictionsGiveBackpropExactly(StandardActivation f) {
        Chain net = Chain.of(2, 0.9, f, f);
        Parameters backprop = net.backprop();
        for (double beta : new double[] {1.0, 0.3, 7.0}) {
            for (String granularity : new String[] {"neuron", "block:2", "layer"}) {
                Lockstep cells = second(net, granularity, new FixedPrediction(), beta);
                cells.settle(100);
                Parameters found = cells.update(1, 1, 1);
                double off = Chain.relative(found, backprop, net.depth);
                assertTrue(off < 5e-15, f + ", beta " + beta + ": off by " + off);
                double twin = Chain.relative(cells.update(1, 1, 0.99), backprop, net.depth);
                assertTrue(twin > 1e-4, f + ": a share is not seen: " + twin);
                for (int c = 0; c < B; c++) {
                    assertTrue(cells.audit().residual(c) < 1e-14, f.toString());
                    assertTrue(net.distance(cells, c, B, net.forward(c)) < 1e-15, "it moved");
                }
            }
        }
    }

    /** The error k projections below the output is r^k times what it should be. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 0.5, 2.0})
    void theWaveScalesTheErrorByItsRateAtEveryProjection(double rate) {
        for (StandardActivation f : StandardActivation.values()) {
            Chain net = Chain.of(2, 0.9, f, f);
            Parameters expected = net.backprop();
            Parameters backprop = net.backprop();
            for (int l = 1; l <= net.depth; l++) {
                double factor = Math.pow(rate, net.depth - l);
                for (double[] row : expected.weights(l - 1)) {
                    scale(row, factor);
                }
                scale(expected.biases(l), factor);
            }
            for (String granularity : new String[] {"neuron", "layer"}) {
                Rule rule = new ZeroDivergenceInference(rate);
                Lockstep cells = second(net, granularity, rule, 1.0).settle(100);
                double off = Chain.relative(cells.update(1, 1, 1), expected, net.depth);
                assertTrue(off < 1e-14, f + ", rate " + rate + ": off by " + off);
                double twin = Chain.relative(cells.update(1, 1, 1), backprop, net.depth);
                assertTrue(rate == 1.0 || twin > 1e-2, "the rate is not seen: " + twin);
            }
        }
    }

    private static void scale(double[] values, double factor) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
    }

    /** Every feedback link carries one signal and every activity link none. */
    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void inTheWaveEveryCellSpeaksExactlyOnce(String granularity) {
        Chain net = Chain.of(3, 0.9, StandardActivation.TANH);
        Lockstep cells = second(net, granularity, new ZeroDivergenceInference(1.0), 1.0);
        cells.settle(100);
        long feedback =
                cells.wiring().links().stream().filter(l -> l.kind() == Link.Kind.FEEDBACK).count();
        assertEquals(feedback, cells.signals());
        for (Link link : cells.wiring().links()) {
            long once = link.kind() == Link.Kind.FEEDBACK ? 1 : 0;
            assertEquals(once, cells.cells().get(link.from()).lastSignals().sentVersion(link));
        }
        double[] e = cells.error(1);
        cells.wiring().links().stream()
                .filter(l -> l.kind() == Link.Kind.FEEDBACK)
                .forEach(cells::reannounce);
        cells.settle(100);
        assertArrayEquals(e, cells.error(1)); // what is said again moves nobody a second time
        assertEquals(2 * feedback, cells.signals());
    }

    /** The output's last cell is silent: nobody below it acts, however often it is asked. */
    @Test
    void inTheWaveACellWaitsForAllCellsThatItProjectsTo() {
        Chain net = Chain.of(4, 0.9, StandardActivation.TANH);
        Lockstep cells = second(net, "neuron", new ZeroDivergenceInference(1.0), 1.0);
        List<Cell> layer = new ArrayList<>();
        for (Cell cell : cells.cells()) {
            if (cell.id().population() == 2) {
                layer.add(cell);
            }
        }
        int last = cells.cells().size() - 1;
        cells.cells().subList(0, last).forEach(cells::relax);
        cells.deliver();
        layer.forEach(c -> assertFalse(cells.relax(c)));
        assertEquals(0, cells.deliver(), "a cell spoke after half of what it waits for");
        assertArrayEquals(new double[4 * B], cells.error(2));
        cells.relax(cells.cells().get(last));
        assertEquals(4, cells.deliver());
        layer.forEach(cells::relax);
        assertEquals(4 * 5, cells.deliver());
        for (double e : cells.error(2)) {
            assertTrue(e != 0.0);
        }
    }

    /** The twin: fixed predictions do not wait, and pay with more signals for the same result. */
    @Test
    void fixedPredictionsDoNotWait() {
        Chain net = Chain.of(4, 0.9, StandardActivation.TANH);
        Lockstep cells = second(net, "neuron", new FixedPrediction(), 1.0);
        cells.cells().subList(0, cells.cells().size() - 1).forEach(cells::relax);
        cells.deliver();
        cells.cells().forEach(cells::relax);
        assertTrue(cells.deliver() > 4, "nobody spoke");
        cells.settle(100);
        double off = Chain.relative(cells.update(1, 1, 1), net.backprop(), net.depth);
        assertTrue(off < 1e-14, "off by " + off);
    }

    @Test
    void onlyTheSecondPhaseIsDataflow() {
        Phase free = Phase.free(Matrix.zeros(3, 1));
        Phase second = Phase.nudged(Matrix.zeros(3, 1), Matrix.zeros(2, 1), 1.0).startingFrom("x");
        Rule fixed = new FixedPrediction();
        Rule wave = new ZeroDivergenceInference(1.0);
        for (Rule rule : List.of(fixed, wave)) {
            assertFalse(rule.traits().isDataflow(free));
            assertTrue(rule.traits().isDataflow(second));
            assertTrue(rule.accepts(second) && rule.accepts(free));
            assertFalse(rule.accepts(second.displaced()));
            assertFalse(rule.accepts(Phase.clamped(free.input(), second.target())));
        }
        assertFalse(fixed.traits().actsOnce(second));
        assertTrue(wave.traits().actsOnce(second));
        assertFalse(wave.traits().actsOnce(free));
        assertFalse(new PredictiveCoding().traits().isDataflow(second));
        assertEquals("fpa-pc", fixed.optionName());
        assertEquals("z-il", wave.optionName());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatIsNotPositiveAndFiniteIsRefused(double rate) {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ZeroDivergenceInference(rate))
                        .getMessage();
        assertTrue(said.contains("inference-rate") && said.contains("" + rate), said);
    }

    @Test
    void theWaveRefusesAShortcutByName() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 2)
                        .hidden("a", 2, StandardActivation.TANH)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-out", "a", "out")
                        .project("shortcut", "in", "out")
                        .build(Initialisation.uniform(1));
        new FixedPrediction().validate(network);
        Rule wave = new ZeroDivergenceInference(1.0);
        String said =
                assertThrows(IllegalArgumentException.class, () -> wave.validate(network))
                        .getMessage();
        assertTrue(said.contains("z-il") && said.contains("shortcut"), said);
    }
}
