package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;

/** A cell that is told anything, in any order: what it says stays sound. */
class CellFuzzTest {
    private static final int STEPS = 400;
    private static final int COLUMNS = 3;

    /** Never given anything but finite numbers; its column must not suffer from the others. */
    private static final int CLEAN = 1;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void randomSignalsNeverBreakAnInvariant(boolean poison) {
        for (int seed = 0; seed < 150; seed++) {
            new Run(seed, poison).run();
        }
    }

    /** What was told in the same order gives the same words, to the bit. */
    @Test
    void theSameStoryTwiceGivesTheSameWords() {
        for (int seed = 0; seed < 30; seed++) {
            Run first = new Run(seed, true);
            first.run();
            Run again = new Run(seed, true);
            again.run();
            assertEquals(first.transcript, again.transcript, "seed " + seed);
        }
    }

    private static final class Run {
        private final int seed;
        private final boolean poison;
        private final Wiring wiring;
        private final Cell cell;
        private final long[] heard;
        private final long[] said;
        private final int[] lengths;
        private long phase = 1;
        private long transcript;
        private boolean news = true;
        private int draws;

        Run(int seed, boolean poison) {
            this.seed = seed;
            this.poison = poison;
            StandardActivation[] all = StandardActivation.values();
            Network network =
                    Network.layered(
                            new int[] {2, 1 + below(5), 1 + below(5), 1 + below(4), 2},
                            all[below(all.length)],
                            StandardActivation.LINEAR,
                            below(2) == 0 ? StandardLoss.SQUARED : StandardLoss.CROSS_ENTROPY,
                            Initialisation.uniform(seed));
            wiring = Wiring.of(network, new Granularity(1 + below(4)));
            Rule rule = below(2) == 0 ? new PredictiveCoding() : new FenchelYoung();
            int index = below(wiring.cells().size());
            double threshold = below(2) == 0 ? 0.0 : 1e-3;
            cell = new Cell(wiring, index, rule, Kernels.Kind.STRICT, threshold);
            heard = new long[wiring.slots(index)];
            said = new long[wiring.links().size()];
            lengths = new int[wiring.slots(index)];
            for (Link link : wiring.links()) {
                if (link.to() == index) {
                    CellId sender = wiring.cells().get(link.from());
                    boolean activity = link.kind() == Link.Kind.ACTIVITY;
                    lengths[link.slot()] = COLUMNS * (activity ? sender : cell.id()).size();
                }
            }
            open();
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                int what = below(100);
                if (what < 60 && heard.length > 0) {
                    tell();
                } else if (what < 90) {
                    relax();
                } else if (what < 96) {
                    repeat();
                } else if (what == 99) {
                    phase++;
                    open();
                }
            }
        }

        private void open() {
            Matrix target = Matrix.of(2, COLUMNS, new double[] {1, 0, 1, 0, 1, 0});
            cell.open(phase, Phase.nudged(Matrix.zeros(2, COLUMNS), target, 0.1));
            Arrays.fill(heard, 0);
            Arrays.fill(said, 0);
            news = true;
        }

        private void tell() {
            int slot = below(heard.length);
            long version = 1L + below(40);
            long of = below(10) == 0 ? phase + below(5) - 2 : phase;
            double[] payload = new double[lengths[slot]];
            for (int k = 0; k < payload.length; k++) {
                payload[k] = number(k % COLUMNS);
            }
            Receipt receipt =
                    cell.receive(slot, new Signal(of, version, payload, 0, payload.length));
            Receipt expected =
                    of != phase
                            ? Receipt.LATE
                            : version <= heard[slot] ? Receipt.STALE : Receipt.FRESH;
            assertSame(expected, receipt, "seed " + seed);
            if (receipt == Receipt.FRESH) {
                heard[slot] = version;
                news = true;
            }
            for (int k = 0; k < heard.length; k++) {
                assertEquals(heard[k], cell.lastSignals().receivedVersion(k), "seed " + seed);
            }
        }

        private double number(int column) {
            double z = CounterRandom.normal(seed, 9, draws++);
            if (!poison || column == CLEAN) {
                return z;
            }
            return switch (below(12)) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                case 3 -> z * 1e155;
                case 4 -> z * 1e-310;
                case 5 -> -0.0;
                default -> z;
            };
        }

        private void relax() {
            Heard out = new Heard();
            cell.relax(out);
            check(out);
            assertEquals(out.links.stream().distinct().count(), out.count(), "one signal per link");
            if (!news) {
                assertEquals(0, out.count(), "spoke without news, seed " + seed);
            }
            news = false;
            ColumnFault[] faults = cell.audit().faults();
            boolean diverged = faults[CLEAN] != null && faults[CLEAN].reason() == Reason.DIVERGED;
            assertTrue(!diverged, "seed " + seed + ": the clean column diverged");
            for (int c = 0; c < COLUMNS && !poison; c++) {
                boolean fine = faults[c] == null;
                assertTrue(fine, "seed " + seed);
            }
        }

        private void repeat() {
            List<Link> own = wiring.outgoing(cell.id().index());
            if (!own.isEmpty()) {
                Heard out = new Heard();
                cell.lastSignals().reannounce(own.get(below(own.size())), out);
                assertEquals(1, out.count());
                check(out);
            }
        }

        private void check(Heard out) {
            for (int k = 0; k < out.count(); k++) {
                Link link = wiring.links().get(out.links.get(k));
                Signal signal = out.signals.get(k);
                assertNotNull(signal);
                assertEquals(cell.id().index(), link.from());
                assertEquals(phase, signal.phase());
                assertTrue(signal.version() > said[link.index()], "versions never fall");
                said[link.index()] = signal.version();
                assertEquals(signal.version(), cell.lastSignals().sentVersion(link));
                CellId receiver = wiring.cells().get(link.to());
                CellId shape = link.kind() == Link.Kind.ACTIVITY ? cell.id() : receiver;
                assertEquals(COLUMNS * shape.size(), signal.length());
                for (double v : out.payload(k)) {
                    assertTrue(Double.isFinite(v), "seed " + seed + ": " + v + " left the cell");
                    transcript = 31 * transcript + Double.doubleToLongBits(v);
                }
            }
        }

        private int below(int bound) {
            return (int) (bound * CounterRandom.uniform(seed, 8, draws++));
        }
    }
}
