package org.relaxon.runtime.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.settling.CellCounters.Incident;

/** One slot without any host. */
class SlotTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 4},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.LAYER);
    private static final Phase PHASE =
            Phase.nudged(
                    Matrix.of(2, 1, new double[] {1.0, -0.5}),
                    Matrix.of(4, 1, new double[] {1.0, 0.0, 2.0, -1.0}),
                    0.1);
    private static final long MS = 1_000_000L;

    /** Writes down what it is asked to do. */
    private static final class Notes implements Line {
        private final List<Long> alarms = new ArrayList<>();
        private final List<Link> asked = new ArrayList<>();
        private final List<Long> confirmed = new ArrayList<>();
        private final List<Parcel> departed = new ArrayList<>();
        private final List<Long> travels = new ArrayList<>();
        private final List<Integer> chains = new ArrayList<>();
        private final List<Parcel> strays = new ArrayList<>();

        @Override
        public void depart(int channel, Parcel parcel, int chain, long travelNanos) {
            departed.add(parcel);
            travels.add(travelNanos);
            chains.add(chain);
        }

        @Override
        public void stray(int channel, Parcel parcel, long travelNanos) {
            strays.add(parcel);
        }

        @Override
        public void acknowledge(int channel, long version, long travelNanos) {
            confirmed.add(version);
        }

        @Override
        public void ask(Link link) {
            asked.add(link);
        }

        @Override
        public void alarm(int cell, long at) {
            alarms.add(at);
        }
    }

    private final Notes notes = new Notes();

    private Slot slot(Faults faults) {
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withFaults(faults)
                        .withDelivery(Delivery.RELIABLE_LATEST);
        Slots slots = new Slots(WIRING, plan);
        Slot slot = slots.around(slots.cells(true, 1)).get(0);
        slot.connect(notes);
        slot.open(1, PHASE);
        slot.wakeUp();
        return slot;
    }

    private static Signal signal(long phase, long version) {
        return new Signal(phase, version, new double[3], 0, 3);
    }

    @Test
    void whatNobodyConfirmsIsRepeatedUntilItIsGivenUp() {
        Slot slot = slot(Faults.NONE.withDrop(0.1));
        slot.relax(0);
        assertEquals(1, slot.unconfirmed());
        for (int k = 0; k < notes.alarms.size(); k++) {
            slot.onAlarm(notes.alarms.get(k));
        }

        assertEquals(0, slot.unconfirmed());
        assertEquals(40, slot.counters().of(Incident.REPEATED));
        assertEquals(1, slot.counters().of(Incident.ABANDONED));
        assertEquals(1, slot.counters().said);
        assertEquals(41, slot.counters().sent + slot.counters().of(Incident.DROPPED));
    }

    @Test
    void whatIsConfirmedIsNotRepeated() {
        Slot slot = slot(Faults.NONE.withDrop(0.1));
        slot.relax(0);
        slot.onAcknowledged(0, 1);
        slot.onAlarm(notes.alarms.get(0));

        assertEquals(0, slot.unconfirmed());
        assertEquals(
                0, slot.counters().of(Incident.REPEATED) + slot.counters().of(Incident.ABANDONED));
        assertEquals(1, notes.alarms.size(), "nothing is left to wait for");
    }

    /** A host does not ring while the cell is handed over, and a thaw may come later than that. */
    @Test
    void anAlarmThatNobodyHeardDoesNotSilenceTheNext() {
        Slot slot = slot(Faults.NONE.withDrop(0.1));
        slot.relax(0);
        slot.onAcknowledged(0, 1);
        assertEquals(1, notes.alarms.size());

        slot.resume(WIRING.outgoing(0), 10 * MS);

        assertEquals(1, slot.unconfirmed());
        assertEquals(2, notes.alarms.size(), "nobody would ever repeat it");
        assertTrue(notes.alarms.get(1) > 10 * MS);
        slot.onAlarm(notes.alarms.get(1));
        assertEquals(1, slot.counters().of(Incident.REPEATED));
    }

    @Test
    void withoutLossesNothingIsConfirmedAndNothingRings() {
        Slot slot = slot(Faults.NONE.withDuplicate(0.5));
        slot.relax(0);
        assertTrue(slot.hear(0, signal(1, 1), 0, 5));

        assertEquals(0, slot.unconfirmed());
        assertEquals(List.of(), notes.alarms);
        assertEquals(List.of(), notes.confirmed);
    }

    @Test
    void everyArrivalIsConfirmedOldOnesTooAndLateOnesNot() {
        Slot slot = slot(Faults.NONE.withDrop(1e-9));
        assertTrue(slot.hear(0, signal(1, 2), 0, 5));
        slot.hear(0, signal(1, 1), 0, 6);
        assertFalse(slot.hear(0, signal(0, 3), 0, 7));

        assertEquals(List.of(2L, 1L), notes.confirmed);
        assertEquals(1, slot.counters().stale);
        assertEquals(1, slot.counters().of(Incident.LATE));
        assertEquals(3, slot.counters().received, "the wake-up and two of this phase");
    }

    @Test
    void aCrashedCellAsksItsNeighboursAndIsGivenUpAfterFiveRestarts() {
        Slot slot = slot(Faults.NONE.withCrashes(List.of(new Crash("1", 2, true))));
        slot.relax(0);
        slot.hear(0, signal(1, 1), 0, 5);
        for (int k = 1; k <= Crash.RESTARTS_MAX; k++) {
            long version = k + 1L;
            assertThrows(CrashedCell.class, () -> slot.hear(0, signal(1, version), 0, 6));
            assertTrue(slot.restart());
            assertEquals(k, notes.asked.size(), "one link leads here");
        }
        assertThrows(CrashedCell.class, () -> slot.hear(0, signal(1, 9), 0, 7));

        assertFalse(slot.restart());
        assertEquals(Crash.RESTARTS_MAX + 1, slot.counters().of(Incident.CRASHED));
        assertEquals(List.of(1L), notes.confirmed, "what struck it down was not heard");
        slot.open(2, PHASE);
        assertTrue(slot.hear(0, signal(2, 1), 0, 0), "the next phase counts anew");
    }

    private static Signal moving(long phase, long version) {
        return new Signal(phase, version, new double[] {0.5, -1.0, version}, 0, 3);
    }

    @Test
    void whatIsKeptBackLeavesBehindTheNextAndCountsAsUnderWay() {
        Slot slot = slot(Faults.NONE.withReorder(1 - 1e-12));
        slot.relax(0);
        assertEquals(List.of(), notes.departed);
        assertEquals(1, slot.counters().sent);
        assertEquals(0, slot.counters().of(Incident.REORDERED));

        slot.hear(0, moving(1, 1), 0, 5);
        slot.relax(6);

        assertEquals(List.of(2L, 1L), notes.departed.stream().map(Parcel::version).toList());
        assertTrue(notes.travels.get(0) <= notes.travels.get(1));
        assertEquals(1, slot.counters().of(Incident.REORDERED));
        assertEquals(2, slot.counters().sent);
    }

    /** A relaxation continues the longest chain that it knows; one without news is none. */
    @Test
    void aChainGrowsByTheRelaxationsThatDependOnEachOther() {
        Slot slot = slot(Faults.NONE);
        slot.relax(0);
        slot.relax(1);
        assertEquals(1, slot.counters().chain, "nothing was new");
        slot.hear(0, moving(1, 1), 7, 5);
        slot.hear(0, moving(0, 9), 90, 5);
        slot.relax(6);
        assertEquals(8, slot.counters().chain, "a parcel of another phase is no cause");
        slot.hear(0, moving(1, 2), 3, 7);
        slot.relax(8);

        assertEquals(9, slot.counters().chain, "the cell's own past is longer");
        assertEquals(List.of(1, 8, 9), notes.chains);
        assertEquals(4, slot.counters().relaxations);
        slot.open(2, PHASE);
        assertEquals(0, slot.counters().chain);
    }

    /** What leaves late belongs to the chain of the moment when it was sent. */
    @Test
    void aParcelThatIsKeptBackKeepsItsChain() {
        Slot slot = slot(Faults.NONE.withReorder(1 - 1e-12));
        slot.relax(0);
        slot.hear(0, moving(1, 1), 40, 5);
        slot.relax(6);

        assertEquals(List.of(2L, 1L), notes.departed.stream().map(Parcel::version).toList());
        assertEquals(List.of(41, 1), notes.chains);
    }

    @Test
    void aParcelThatIsRepeatedKeepsItsChain() {
        Slot slot = slot(Faults.NONE.withDrop(1e-9));
        slot.relax(0);
        slot.hear(0, signal(1, 1), 40, 5);
        slot.onAlarm(notes.alarms.get(0));

        assertEquals(List.of(1, 1), notes.chains);
    }

    @Test
    void whatNothingOvertakesLeavesWhenItsTimeIsUp() {
        Slot slot = slot(Faults.NONE.withReorder(1 - 1e-12));
        slot.relax(0);
        assertEquals(1, notes.alarms.size());
        slot.onAlarm(notes.alarms.get(0) - 1);
        assertEquals(List.of(), notes.departed);

        slot.onAlarm(notes.alarms.get(0));

        assertEquals(1, notes.departed.size());
        assertEquals(0, slot.counters().of(Incident.REORDERED), "nothing has overtaken it");
        assertEquals(1, notes.alarms.size(), "nothing is left to wait for");
    }

    @Test
    void whatIsHeldBeyondItsPhaseIsLostToItAndStrayInTheNext() {
        Slot slot = slot(Faults.NONE.withLate(1 - 1e-12));
        slot.relax(0);
        assertEquals(List.of(), notes.departed);
        assertEquals(1, slot.counters().of(Incident.HELD));
        assertEquals(1, slot.counters().lost());
        assertEquals(0, slot.counters().sent);

        slot.open(2, PHASE);

        assertEquals(1, notes.strays.size());
        assertEquals(1, notes.strays.get(0).phase());
        assertEquals(1, slot.counters().of(Incident.STRAY));
        assertEquals(0, slot.counters().sent, "no part of this phase's balance");
        assertFalse(slot.hear(0, moving(1, 3), 0, 5));
        assertEquals(1, slot.counters().of(Incident.LATE));
        assertEquals(0, slot.counters().received);
        slot.open(3, PHASE);
        assertEquals(1, notes.strays.size(), "once only");
    }
}
