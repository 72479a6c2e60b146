package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * The middle cell "2" of a chain 1-1-1-1 with weights 1 and biases 0: slot 0 takes the activity of
 * "1", slot 1 the feedback of "3"; it sends activity to "3" and feedback to "1". Two columns.
 */
class CellTest {
    private static final int ACTIVITY = 0;
    private static final int FEEDBACK = 1;
    private static final Phase PHASE = phase(0.5, 0.25);

    private final Wiring wiring = chain(StandardActivation.LINEAR);
    private final Link toThree = link(wiring, "2->3");
    private final Link toOne = link(wiring, "2->1");
    private final Cell cell = middle(wiring, new UnwaitingPredictiveCoding(), 0.0);

    @Test
    void slotsAreNumberedActivityFirst() {
        assertEquals(ACTIVITY, link(wiring, "1->2").slot());
        assertEquals(FEEDBACK, link(wiring, "3->2").slot());
        assertEquals("2", cell.id().name());
    }

    @Test
    void anOlderActivityNeverReplacesANewerOne() {
        assertSame(Receipt.FRESH, tell(cell, ACTIVITY, 2, 0.5, -0.5));
        assertSame(Receipt.STALE, tell(cell, ACTIVITY, 1, 9, 9));
        assertEquals(2, cell.lastSignals().receivedVersion(ACTIVITY));
        assertArrayEquals(new double[] {0.5, -0.5}, saidTo(toThree, relax(cell)));
    }

    @Test
    void anOlderFeedbackNeverReplacesANewerOne() {
        assertSame(Receipt.FRESH, tell(cell, FEEDBACK, 7, 0.5, -0.5));
        assertSame(Receipt.STALE, tell(cell, FEEDBACK, 6, 9, 9));
        assertEquals(7, cell.lastSignals().receivedVersion(FEEDBACK));
        assertArrayEquals(new double[] {0.5, -0.5}, saidTo(toOne, relax(cell)));
    }

    @Test
    void theSameSignalTwiceIsTheSameAsOnce() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        relax(cell);
        assertSame(Receipt.STALE, tell(cell, ACTIVITY, 1, 0.5, -0.5));
        assertEquals(0, relax(cell).count());
        assertEquals(1, cell.lastSignals().receivedVersion(ACTIVITY));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 8, -7, 0})
    void aSignalOfAnotherPhaseIsLateAndChangesNothing(long phase) {
        relax(cell);
        Signal other = new Signal(phase, 1, new double[] {1, 1}, 0, 2);
        assertSame(Receipt.LATE, cell.receive(ACTIVITY, other));
        assertSame(Receipt.LATE, cell.receive(FEEDBACK, other));
        assertEquals(0, cell.lastSignals().receivedVersion(ACTIVITY));
        assertEquals(0, cell.lastSignals().receivedVersion(FEEDBACK));
        assertEquals(0, relax(cell).count());
    }

    @Test
    void aPayloadOfTheWrongLengthIsRefusedAndTheSlotStaysAsItWas() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        tell(cell, FEEDBACK, 1, 0.5, -0.5);
        for (int slot = 0; slot < 2; slot++) {
            for (int length : new int[] {0, 1, 3}) {
                Signal wrong = new Signal(7, 2, new double[9], 0, length);
                int at = slot;
                String said =
                        assertThrows(IllegalArgumentException.class, () -> cell.receive(at, wrong))
                                .getMessage();
                assertTrue(said.contains("carries " + length) && said.contains("takes 2"), said);
                assertEquals(1, cell.lastSignals().receivedVersion(slot));
            }
        }
        assertSame(Receipt.FRESH, tell(cell, ACTIVITY, 2, 1, 1)); // version 2 was not used up
    }

    @Test
    void aPayloadMayStandAnywhereInASharedArray() {
        cell.receive(ACTIVITY, new Signal(7, 1, new double[] {9, 9, 9, 1, 2, 9}, 3, 2));
        assertArrayEquals(new double[] {1, 2}, saidTo(toThree, relax(cell)));
    }

    @Test
    void aSlotThatDoesNotExistIsRefusedByName() {
        for (int slot : new int[] {2, 5}) {
            String said =
                    assertThrows(IndexOutOfBoundsException.class, () -> tell(cell, slot, 1, 0, 0))
                            .getMessage();
            assertTrue(said.contains("cell 2") && said.contains("" + slot), said);
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> cell.lastSignals().receivedVersion(slot));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> tell(cell, -1, 1, 0, 0));
    }

    @Test
    void withoutNewsNothingIsSaid() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        assertEquals(1, relax(cell).count());
        long operations = cell.work().synaptic();
        assertEquals(0, relax(cell).count());
        assertEquals(operations, cell.work().synaptic());
        tell(cell, ACTIVITY, 2, 0.5, -0.5); // a new version of the same numbers
        assertEquals(0, relax(cell).count());
        assertTrue(cell.work().synaptic() > operations);
    }

    /** Version 1 is the first on each link; x = a + e, and W^T v = e here. */
    @Test
    void activityGoesUpAndFeedbackGoesDown() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        tell(cell, FEEDBACK, 1, 0.25, 0);
        Heard heard = relax(cell);
        assertEquals(List.of(toThree.index(), toOne.index()), heard.links);
        assertArrayEquals(new double[] {0.75, -0.5}, heard.payload(0));
        assertArrayEquals(new double[] {0.25, 0}, heard.payload(1));
        for (Signal s : heard.signals) {
            assertEquals(7, s.phase());
            assertEquals(1, s.version());
        }
        assertEquals(1, cell.lastSignals().sentVersion(toThree));
        tell(cell, ACTIVITY, 2, 1, -0.5);
        heard = relax(cell);
        assertEquals(List.of(toThree.index()), heard.links); // the feedback did not change
        assertEquals(2, cell.lastSignals().sentVersion(toThree));
        assertEquals(1, cell.lastSignals().sentVersion(toOne));
    }

    @Test
    void whatWasSaidIsNeverWrittenToAgain() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        tell(cell, FEEDBACK, 1, 0.25, 0);
        Heard first = relax(cell);
        for (int version = 2; version < 6; version++) {
            tell(cell, ACTIVITY, version, version, version);
            tell(cell, FEEDBACK, version, version, version);
            relax(cell);
        }
        cell.open(8, PHASE);
        relax(cell);
        assertArrayEquals(new double[] {0.75, -0.5}, first.payload(0));
        assertArrayEquals(new double[] {0.25, 0}, first.payload(1));
    }

    @Test
    void thresholdZeroSaysAnyChangedBit() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        tell(cell, FEEDBACK, 1, 0, 0);
        relax(cell);
        tell(cell, ACTIVITY, 2, 0.5, Math.nextUp(-0.5));
        assertEquals(List.of(toThree.index()), relax(cell).links);
        tell(cell, FEEDBACK, 2, Double.MIN_VALUE, 0);
        assertEquals(List.of(toOne.index()), relax(cell).links);
    }

    /** A change of exactly the threshold is not said; the next double is. */
    @Test
    void anActivityIsSaidWhenItMovedByMoreThanTheThreshold() {
        Cell coarse = middle(wiring, new UnwaitingPredictiveCoding(), 0.5);
        tell(coarse, ACTIVITY, 1, 0.5, -0.5);
        assertEquals(0, relax(coarse).count());
        tell(coarse, ACTIVITY, 2, 0.5, Math.nextDown(-0.5));
        assertEquals(List.of(toThree.index()), relax(coarse).links);
        tell(coarse, ACTIVITY, 3, 1.0, -0.5); // 0.5 from what was last said, not from zero
        assertEquals(0, relax(coarse).count());
        tell(coarse, ACTIVITY, 4, Math.nextUp(1.0), -0.5);
        assertEquals(List.of(toThree.index()), relax(coarse).links);
    }

    /** Small steps add up: what counts is the distance from the last statement. */
    @Test
    void manySmallChangesAreSaidOnceTheyAddUp() {
        Cell coarse = middle(wiring, new UnwaitingPredictiveCoding(), 0.5);
        int said = 0;
        for (int k = 1; k <= 16; k++) {
            tell(coarse, ACTIVITY, k, k / 8.0, 0);
            said += relax(coarse).count();
        }
        assertEquals(3, said); // at 5/8, 10/8 and 15/8
    }

    /** Threshold 1/2 and beta 1/2, 1/1024, 0: feedback counts from 1/4, 1/2048, 1/2. */
    @Test
    void theFeedbackThresholdIsScaledByTheBetaOfItsColumn() {
        Phase phase = phase(0.5, -1.0 / 1024, 0.0);
        double[] bar = {0.25, 1.0 / 2048, 0.5};
        for (int c = 0; c < 3; c++) {
            Cell coarse = middle(wiring, new UnwaitingPredictiveCoding(), 0.5);
            coarse.open(7, phase);
            double[] e = new double[3];
            e[c] = -bar[c];
            coarse.receive(FEEDBACK, new Signal(7, 1, e.clone(), 0, 3));
            assertEquals(0, relax(coarse).count(), "column " + c);
            e[c] = Math.nextDown(-bar[c]);
            coarse.receive(FEEDBACK, new Signal(7, 2, e.clone(), 0, 3));
            assertTrue(relax(coarse).links.contains(toOne.index()), "column " + c);
        }
    }

    /** Threshold 1/2: an error counts that moved by more than half its size, whatever its size. */
    @Test
    void anErrorIsSaidWhenItMovedByMoreThanAShareOfItself() {
        for (double size : new double[] {1.0, 0x1p-60, 0x1p-900}) {
            Cell coarse = middle(wiring, new PredictiveCoding(), 0.5);
            tell(coarse, ACTIVITY, 1, 0, 0);
            tell(coarse, FEEDBACK, 1, size, 0);
            assertTrue(relax(coarse).links.contains(toOne.index()), "from nothing to " + size);
            tell(coarse, FEEDBACK, 2, 2 * size, 0);
            assertFalse(relax(coarse).links.contains(toOne.index()), "half of what it is now");
            tell(coarse, FEEDBACK, 3, Math.nextUp(2 * size), 0);
            assertTrue(relax(coarse).links.contains(toOne.index()), "more than half");
        }
    }

    /** The twin: feedback that is an activity counts in units of the phase. */
    @Test
    void anActivityThatTravelsBackIsSaidBeyondAThresholdInUnitsOfThePhase() {
        Cell coarse = middle(wiring, PredictiveCoding.coordinate(), 0.5);
        coarse.receive(FEEDBACK, new Signal(7, 2, new double[] {0x1p-60, 0, 0, 0}, 0, 4));
        assertFalse(relax(coarse).links.contains(toOne.index()));
        coarse.receive(FEEDBACK, new Signal(7, 3, new double[] {4, 0, 0, 0}, 0, 4));
        assertTrue(relax(coarse).links.contains(toOne.index()));
    }

    /** Before every cell below has spoken a prediction is made of part of its input. */
    @Test
    void nothingIsSaidBeforeTheFirstWordOfEveryCellBelow() {
        Network network = layered(StandardActivation.TANH, 2, 3, 2, 1);
        Wiring w = Wiring.of(network, Granularity.NEURON);
        Cell two = new Cell(w, 3, new PredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        two.open(7, nudged(2, 1, 1));
        for (int k = 0; k < 3; k++) {
            assertEquals(0, relax(two).count(), k + " of 3 heard");
            two.receive(k, new Signal(7, 1, new double[] {0.0}, 0, 1));
        }
        assertEquals(1, relax(two).count()); // even if it is a rest state
        two.restart();
        assertEquals(0, relax(two).count());
    }

    @Test
    void anActivitySentToManyLinksIsOneSignalWithOneVersion() {
        Network network = layered(StandardActivation.TANH, 2, 3, 4, 2);
        Wiring w = Wiring.of(network, Granularity.NEURON);
        Cell one = new Cell(w, 0, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        one.open(1, Phase.free(Matrix.column(1, 2)));
        Heard heard = relax(one);
        assertEquals(4, heard.count());
        for (Signal s : heard.signals) {
            assertSame(heard.signals.get(0), s);
        }
        assertEquals(w.outgoing(0).stream().map(Link::index).toList(), heard.links);
        for (Link link : w.outgoing(0)) {
            assertEquals(1, one.lastSignals().sentVersion(link));
        }
    }

    /** After a snapshot under way nobody knows what was heard, after one at rest everybody does. */
    @Test
    void aPhaseThatGoesOnFromAMovingStateBeginsWithEverybodysWord() {
        Network network = layered(StandardActivation.TANH, 2, 3, 4, 2);
        Wiring w = Wiring.of(network, Granularity.LAYER);
        Cell two = new Cell(w, 1, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        Phase phase = Phase.nudged(Matrix.column(1, 2), Matrix.column(1, 0), 0.1);
        two.open(1, phase);
        relax(two);
        two.snapshot("rest");
        two.snapshotMoving("moving");
        double[] activity = two.activity();

        two.open(2, phase.startingFrom("rest"));
        assertEquals(0, relax(two).count());
        two.open(3, phase.startingFrom("moving"));
        two.lastSignals()
                .reannounce(w.outgoing(1).get(0), new Heard()); // has nothing to repeat yet
        assertEquals(0, two.lastSignals().sentVersion(w.outgoing(1).get(0)));
        Heard heard = relax(two);
        assertEquals(w.outgoing(1).size(), heard.count());
        assertArrayEquals(activity, two.activity());
    }

    @Test
    void reannouncingRepeatsWhatWasLastSaidAsANewVersion() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        tell(cell, FEEDBACK, 1, 0.25, 0);
        relax(cell);
        tell(cell, ACTIVITY, 2, 9, 9); // heard, but not yet relaxed: not said either
        for (int round = 2; round < 5; round++) {
            for (Link link : List.of(toThree, toOne)) {
                Heard heard = new Heard();
                cell.lastSignals().reannounce(link, heard);
                assertEquals(List.of(link.index()), heard.links);
                assertEquals(round, heard.signals.get(0).version());
                assertEquals(7, heard.signals.get(0).phase());
                assertEquals(round, cell.lastSignals().sentVersion(link));
                double[] expected =
                        link == toThree ? new double[] {0.75, -0.5} : new double[] {0.25, 0};
                assertArrayEquals(expected, heard.payload(0));
            }
        }
        assertEquals(5, relax(cell).signals.get(0).version());
    }

    /**
     * A link repeated alone runs ahead; the next statement is still newer there, and one for all.
     */
    @Test
    void afterOneLinkWasRepeatedTheNextStatementIsNewOnEveryLink() {
        Network network = layered(StandardActivation.TANH, 1, 2, 3, 2);
        Wiring w = Wiring.of(network, Granularity.NEURON);
        Cell one = new Cell(w, 0, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        one.open(1, Phase.free(Matrix.column(1)));
        relax(one);
        Link repeated = w.outgoing(0).get(1);
        one.lastSignals().reannounce(repeated, new Heard());
        one.lastSignals().reannounce(repeated, new Heard());
        one.receive(0, new Signal(1, 1, new double[] {0.5}, 0, 1));
        Heard heard = relax(one);
        assertEquals(3, heard.count());
        for (Signal s : heard.signals) {
            assertEquals(4, s.version());
        }
    }

    /** A state at rest is zeros, which is what a receiver that heard nothing believes. */
    @Test
    void reannouncingBeforeAnythingWasSaidSaysTheStateAtRest() {
        for (Link link : List.of(toThree, toOne)) {
            Heard heard = new Heard();
            cell.lastSignals().reannounce(link, heard);
            assertArrayEquals(new double[2], heard.payload(0));
            assertEquals(1, heard.signals.get(0).version());
        }
    }

    @Test
    void aLinkOfAnotherCellIsRefusedByName() {
        Link foreign = link(wiring, "1->2");
        for (Runnable step :
                List.<Runnable>of(
                        () -> cell.lastSignals().sentVersion(foreign),
                        () -> cell.lastSignals().reannounce(foreign, new Heard()))) {
            String said = assertThrows(IllegalArgumentException.class, step::run).getMessage();
            assertTrue(said.contains("cell 2"), said);
        }
    }

    @Test
    void aNewPhaseForgetsWhatWasHeardAndSaid() {
        tell(cell, ACTIVITY, 5, 0.5, -0.5);
        tell(cell, FEEDBACK, 5, 0.25, 0);
        relax(cell);
        cell.open(8, PHASE);
        assertEquals(0, cell.lastSignals().receivedVersion(ACTIVITY));
        assertEquals(0, cell.lastSignals().sentVersion(toThree));
        assertEquals(0, cell.lastSignals().sentVersion(toOne));
        assertEquals(0, cell.work().synaptic());
        assertEquals(0, relax(cell).count()); // all zeros, as everybody believes already
        assertSame(Receipt.LATE, tell(cell, ACTIVITY, 6, 1, 1));
        assertSame(
                Receipt.FRESH, cell.receive(ACTIVITY, new Signal(8, 1, new double[] {1, 1}, 0, 2)));
    }

    @Test
    void aPhaseMayHaveAnotherNumberOfColumns() {
        tell(cell, ACTIVITY, 1, 0.5, -0.5);
        relax(cell);
        for (int columns : new int[] {1, 5, 2}) {
            cell.open(9 + columns, phase(new double[columns]));
            double[] x = new double[columns];
            x[columns - 1] = 3;
            cell.receive(ACTIVITY, new Signal(9 + columns, 1, x, 0, columns));
            assertArrayEquals(x, saidTo(toThree, relax(cell)));
            assertEquals(columns, cell.audit().faults().length);
        }
    }

    /** Drive once and feedback once, over 4 x 3 weights and 2 columns; clamped weights are free. */
    @Test
    void synapticOperationsCountMultiplicationsByAWeight() {
        Network network = layered(StandardActivation.TANH, 2, 3, 4, 2);
        Wiring w = Wiring.of(network, Granularity.LAYER);
        Cell two = new Cell(w, 1, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        Cell one = new Cell(w, 0, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        for (Cell c : List.of(one, two)) {
            c.open(1, Phase.free(Matrix.zeros(2, 2)));
            relax(c);
        }
        assertEquals(2 * 12 * 2, two.work().synaptic());
        assertEquals(0, one.work().synaptic());
        two.receive(1, new Signal(1, 1, new double[8], 0, 8)); // feedback only: no new drive
        relax(two);
        assertEquals(3 * 12 * 2, two.work().synaptic());
    }

    @Test
    void aColumnThatDivergesIsSilencedAndNamedWhileTheOthersGoOn() {
        tell(cell, ACTIVITY, 1, 0.5, 2 * ColumnFaults.ACTIVITY_MAX);
        tell(cell, FEEDBACK, 1, 0.25, 1);
        Heard heard = relax(cell);
        assertArrayEquals(new double[] {0.75, 0}, heard.payload(0));
        assertArrayEquals(new double[] {0.25, 0}, heard.payload(1));
        assertNull(cell.audit().faults()[0]);
        assertEquals(new ColumnFault(1, Reason.DIVERGED, cell.id(), 0), cell.audit().faults()[1]);

        tell(cell, ACTIVITY, 2, 1, 1); // what comes later does not bring it back
        assertArrayEquals(new double[] {1.25, 0}, saidTo(toThree, relax(cell)));
        assertEquals(Reason.DIVERGED, cell.audit().faults()[1].reason());
        cell.audit().faults()[1] = null;
        assertEquals(Reason.DIVERGED, cell.audit().faults()[1].reason());
        cell.open(8, PHASE);
        assertNull(cell.audit().faults()[1]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 1.0 / 0.0, -1.0 / 0.0, 1.0000001e150, -1.0000001e150})
    void whatIsNotFiniteOrTooLargeNeverLeaves(double bad) {
        for (int slot = 0; slot < 2; slot++) {
            for (Rule rule : List.of(new UnwaitingPredictiveCoding(), new FenchelYoung())) {
                Cell one = middle(wiring, rule, 0.0);
                tell(one, 1 - slot, 1, 0, 0);
                tell(one, slot, 1, 0.5, bad);
                Heard heard = relax(one);
                for (int k = 0; k < heard.count(); k++) {
                    assertEquals(0.0, heard.payload(k)[1]);
                }
                assertEquals(Reason.DIVERGED, one.audit().faults()[1].reason());
                assertNull(one.audit().faults()[0]);
            }
        }
    }

    /** x = mu + e may be small by chance; what would travel back is not. */
    @Test
    void anErrorBeyondTheBoundIsDivergenceEvenIfTheActivityIsSmall() {
        tell(cell, ACTIVITY, 1, 1.5 * ColumnFaults.ACTIVITY_MAX, 0.5);
        tell(cell, FEEDBACK, 1, -1.5 * ColumnFaults.ACTIVITY_MAX, 0.25);
        Heard heard = relax(cell);
        assertEquals(Reason.DIVERGED, cell.audit().faults()[0].reason());
        assertArrayEquals(new double[] {0, 0.25}, saidTo(toOne, heard));
        assertNull(cell.audit().faults()[1]);
    }

    @Test
    void theLargestActivityThatIsAllowedIsAllowed() {
        tell(cell, ACTIVITY, 1, ColumnFaults.ACTIVITY_MAX, -ColumnFaults.ACTIVITY_MAX);
        relax(cell);
        assertNull(cell.audit().faults()[0]);
        assertNull(cell.audit().faults()[1]);
    }

    @Test
    void aDivergedNeuronIsNamedByItsPlaceInThePopulation() {
        Network network = layered(StandardActivation.LINEAR, 2, 3, 7, 2);
        Wiring w = Wiring.of(network, Granularity.parse("block:2"));
        CellId id = w.cellsOf(2).get(2); // neurons 4 and 5
        Cell block =
                new Cell(w, id.index(), new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        block.open(7, Phase.free(Matrix.zeros(2, 3)));
        int feedbackSlot = w.cellsOf(1).size();
        double[] feedback = new double[6];
        feedback[3 + 2] = Double.NaN; // the second neuron, column 2
        block.receive(feedbackSlot, new Signal(7, 1, feedback, 0, 6));
        relax(block);
        assertEquals(new ColumnFault(2, Reason.DIVERGED, id, 5), block.audit().faults()[2]);
    }

    @Test
    void aNeuronThatJumpsTooOftenAcrossAKinkKeepsItsSlopeAndIsNamed() {
        Wiring relu = chain(StandardActivation.RELU);
        Cell one = middle(relu, new UnwaitingPredictiveCoding(), 0.0);
        int version = 0;
        tell(one, ACTIVITY, ++version, -1, 1); // column 1 stays where it is
        relax(one);
        for (int flip = 1; flip <= Kinks.FLIPS_MAX; flip++) {
            assertNull(one.audit().held()[0], "after " + (flip - 1) + " flips");
            tell(one, ACTIVITY, ++version, flip % 2 == 1 ? 1 : -1, 1);
            relax(one);
        }
        assertEquals(new ColumnFault(0, Reason.KINK, one.id(), 0), one.audit().held()[0]);
        assertNull(one.audit().held()[1]);
        assertNull(one.audit().faults()[0], "an audit tells whether it rests");

        // the 64th flip ended on the flat piece, and its slope is kept from now on
        tell(one, FEEDBACK, 1, 0.5, 0.5);
        tell(one, ACTIVITY, ++version, 1, 1);
        assertArrayEquals(new double[] {0, 0.5}, saidTo(link(relu, "2->1"), relax(one)));
        tell(one, ACTIVITY, ++version, -1, 1);
        assertArrayEquals(new double[] {0.5, 1.5}, saidTo(link(relu, "2->3"), relax(one)));
    }

    /** The first piece ever seen is where a neuron starts, not where it jumped to. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, 1})
    void jumpsAreCountedFromWhereverTheNeuronStarts(double start) {
        Wiring relu = chain(StandardActivation.RELU);
        Parameters p = relu.network().parameters().copy();
        p.biases(2)[0] = start;
        Wiring biased = Wiring.of(relu.network().with(p), Granularity.LAYER);
        Cell one = new Cell(biased, 1, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        one.open(7, PHASE);
        relax(one); // at rest the drive is the bias
        for (int flip = 1; flip <= Kinks.FLIPS_MAX; flip++) {
            assertNull(one.audit().held()[0], "after " + (flip - 1) + " flips");
            tell(one, ACTIVITY, flip, flip % 2 == 1 ? -2 * start : 0, 0);
            relax(one);
        }
        assertEquals(Reason.KINK, one.audit().held()[0].reason());
    }

    @Test
    void standingStillOnAPieceIsNotAJump() {
        Cell one = middle(chain(StandardActivation.RELU), new UnwaitingPredictiveCoding(), 0.0);
        for (int k = 1; k < 5 * Kinks.FLIPS_MAX; k++) {
            tell(one, ACTIVITY, k, k, -k);
            tell(one, FEEDBACK, k, -k, k);
            relax(one);
        }
        assertNull(one.audit().held()[0]);
        assertNull(one.audit().held()[1]);
    }

    /** Fenchel-Young uses no slope, and a smooth slope does not jump: nothing is watched there. */
    @Test
    void onlyARuleThatUsesAJumpingSlopeIsWatched() {
        Cell fy = middle(chain(StandardActivation.RELU), new FenchelYoung(), 0.0);
        Cell smooth = middle(chain(StandardActivation.TANH), new UnwaitingPredictiveCoding(), 0.0);
        for (Cell one : List.of(fy, smooth)) {
            for (int k = 1; k < 5 * Kinks.FLIPS_MAX; k++) {
                tell(one, ACTIVITY, k, k % 2 == 0 ? 1 : -1, 1);
                relax(one);
            }
            assertNull(one.audit().held()[0]);
        }
    }

    @Test
    void divergenceIsAFaultBesideAKink() {
        Cell one = middle(chain(StandardActivation.RELU), new UnwaitingPredictiveCoding(), 0.0);
        int version = 0;
        for (int k = 0; k <= Kinks.FLIPS_MAX; k++) {
            tell(one, ACTIVITY, ++version, k % 2 == 0 ? 1 : -1, 1);
            relax(one);
        }
        assertEquals(Reason.KINK, one.audit().held()[0].reason());
        tell(one, ACTIVITY, ++version, Double.NaN, Double.NaN);
        relax(one);
        assertEquals(Reason.DIVERGED, one.audit().faults()[0].reason());
        for (int k = 0; k <= 2 * Kinks.FLIPS_MAX; k++) {
            tell(one, ACTIVITY, ++version, 1, k % 2 == 0 ? 1 : -1);
            relax(one);
        }
        assertEquals(Reason.DIVERGED, one.audit().faults()[1].reason());
    }

    /**
     * Feedback that is truly 1/2 more than what was heard, at beta 4, -1/2 and 0: the error is off
     * by 1/2, so the defect is 1/8, 1 and 1/2; the activity is judged with the error that is held.
     */
    @Test
    void theDefectOfAnErrorIsCountedInUnitsOfBeta() {
        double[] betas = {4.0, -0.5, 0.0};
        Lockstep net =
                new Lockstep(
                        wiring.network(), Granularity.LAYER, new UnwaitingPredictiveCoding(), 0);
        Phase nudged = phase(betas);
        net.open(nudged);
        net.cells().forEach(net::relax);
        AuditFrame frame =
                new AuditFrame(wiring.network(), nudged, new UnwaitingPredictiveCoding());
        net.cells().forEach(c -> c.audit().publish(frame));
        Cell two = net.cells().get(1);
        CellState truth = two.audit().recompute(frame, new UnwaitingPredictiveCoding());
        double[] defect = new double[3];
        two.audit().defect(frame, truth, new UnwaitingPredictiveCoding(), defect);
        assertArrayEquals(new double[3], defect);
        Arrays.fill(frame.feedback(2), 0.5);
        two.audit().defect(frame, truth, new UnwaitingPredictiveCoding(), defect);
        assertArrayEquals(new double[] {0.5, 1.0, 0.5}, defect);
        two.audit()
                .defect(
                        frame,
                        truth,
                        new UnwaitingPredictiveCoding(),
                        defect); // raised, not added up
        assertArrayEquals(new double[] {0.5, 1.0, 0.5}, defect);
    }

    @Test
    void whatIsLearntIsMinusTheRateTimesTheUpdate() {
        for (String granularity : List.of("neuron", "block:2", "layer")) {
            Network network = layered(StandardActivation.TANH, 3, 5, 4, 2);
            Lockstep net =
                    new Lockstep(
                            network,
                            Granularity.parse(granularity),
                            new UnwaitingPredictiveCoding(),
                            0.0);
            net.open(nudged(3, 2, 3)).settle(200);
            double[] shares = {0.5, 1.0, 0.0};
            Parameters gradient = network.zeros();
            net.cells().forEach(c -> c.learning().update(shares, gradient));
            net.cells().forEach(c -> c.learning().learn(shares, 0.125));
            Parameters learnt = network.zeros();
            net.cells().forEach(c -> c.learning().save(learnt));
            double changed = 0;
            for (int p = 0; p < 3; p++) {
                double[][] before = network.parameters().weights(p);
                for (int i = 0; i < before.length; i++) {
                    for (int j = 0; j < before[i].length; j++) {
                        double step = 0.125 * gradient.weights(p)[i][j];
                        changed += Math.abs(step);
                        assertEquals(before[i][j] - step, learnt.weights(p)[i][j], 1e-15);
                    }
                    double step = 0.125 * gradient.biases(p + 1)[i];
                    double bias = network.parameters().biases(p + 1)[i];
                    assertEquals(bias - step, learnt.biases(p + 1)[i], 1e-15);
                }
            }
            assertTrue(changed > 0.01);
        }
    }

    @Test
    void weightsGoInAndOutUnchanged() {
        for (String granularity : List.of("neuron", "block:2", "layer")) {
            Network network = layered(StandardActivation.TANH, 3, 5, 4, 2);
            Lockstep net =
                    new Lockstep(
                            network,
                            Granularity.parse(granularity),
                            new UnwaitingPredictiveCoding(),
                            0.0);
            Parameters out = network.zeros();
            net.cells().forEach(c -> c.learning().save(out));
            assertSameNumbers(network.parameters(), out);
            Parameters other =
                    Network.layered(
                                    new int[] {3, 5, 4, 2},
                                    StandardActivation.TANH,
                                    StandardActivation.LINEAR,
                                    StandardLoss.SQUARED,
                                    Initialisation.uniform(77))
                            .parameters();
            net.cells().forEach(c -> c.learning().load(other));
            Parameters again = network.zeros();
            net.cells().forEach(c -> c.learning().save(again));
            assertSameNumbers(other, again);
            again.weights(0)[0][0] = 9; // copies, both ways
            other.weights(1)[0][0] = 9;
            Parameters last = network.zeros();
            net.cells().forEach(c -> c.learning().save(last));
            assertFalse(last.weights(0)[0][0] == 9 || last.weights(1)[0][0] == 9);
        }
    }

    private static void assertSameNumbers(Parameters expected, Parameters actual) {
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < expected.weights(p).length; i++) {
                assertArrayEquals(expected.weights(p)[i], actual.weights(p)[i]);
            }
            assertArrayEquals(expected.biases(p + 1), actual.biases(p + 1));
        }
    }

    private static Receipt tell(Cell cell, int slot, long version, double... payload) {
        return cell.receive(slot, new Signal(7, version, payload, 0, payload.length));
    }

    private static Heard relax(Cell cell) {
        Heard heard = new Heard();
        cell.relax(heard);
        return heard;
    }

    private static double[] saidTo(Link link, Heard heard) {
        assertTrue(heard.links.contains(link.index()), "nothing was said on this link");
        return heard.payload(heard.links.indexOf(link.index()));
    }

    private static Cell middle(Wiring wiring, Rule rule, double threshold) {
        Cell cell = new Cell(wiring, 1, rule, Kernels.Kind.STRICT, threshold);
        cell.open(7, PHASE);
        relax(cell); // at rest nothing is said
        return cell;
    }

    private static Phase phase(double... betas) {
        return Phase.nudged(Matrix.zeros(1, betas.length), Matrix.zeros(1, betas.length), betas);
    }

    static Phase nudged(int nIn, int nOut, int columns) {
        double[] x = new double[nIn * columns];
        double[] t = new double[nOut * columns];
        for (int k = 0; k < x.length; k++) {
            x[k] = CounterRandom.normal(1, 1, k);
        }
        for (int k = 0; k < t.length; k++) {
            t[k] = CounterRandom.normal(1, 2, k);
        }
        return Phase.nudged(Matrix.of(nIn, columns, x), Matrix.of(nOut, columns, t), 0.1);
    }

    private static Link link(Wiring wiring, String name) {
        return wiring.links().stream()
                .filter(l -> wiring.name(l).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Wiring chain(Activation hidden) {
        Network network = layered(hidden, 1, 1, 1, 1);
        Parameters ones = network.zeros();
        for (int p = 0; p < 3; p++) {
            ones.weights(p)[0][0] = 1.0;
        }
        return Wiring.of(network.with(ones), Granularity.LAYER);
    }

    private static Network layered(Activation hidden, int... sizes) {
        return Network.layered(
                sizes,
                hidden,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }
}
