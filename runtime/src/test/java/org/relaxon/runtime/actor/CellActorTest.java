package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellCounters.Incident;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.slot.Slots;

/** The middle one of three layers, alone; nothing here runs on a thread of its own. */
class CellActorTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 2, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.LAYER);
    private static final Phase PHASE =
            Phase.nudged(Matrix.column(1.0, -1.0), Matrix.column(2.0), 0.1);
    private static final int MIDDLE = 1;
    private static final RunPlan PLAN = RunPlan.of(new Unwaiting());

    private final TimerWheel wheel = new TimerWheel("cell-actor-test");
    private final TestInbox<ShardActor.Command> shard = TestInbox.create();
    private final TestInbox<CellActor.Command> below = TestInbox.create();
    private final TestInbox<CellActor.Command> above = TestInbox.create();
    private final CellCounters counters = new CellCounters();
    private final Cell cell =
            new Cell(WIRING, MIDDLE, PLAN.rule(), Kernels.Kind.STRICT, PLAN.threshold());
    private BehaviorTestKit<CellActor.Command> actor;
    private ShardRoom room;

    /** Predictive coding whose cells send at once, before all below have sent. */
    private static final class Unwaiting extends PredictiveCoding {
        @Override
        public Traits traits() {
            return super.traits().without(Trait.HOLDS_ERRORS);
        }
    }

    @BeforeEach
    void create() {
        actor = create(PLAN);
    }

    private final TestInbox<Coordinator.Command> root = TestInbox.create();

    private BehaviorTestKit<CellActor.Command> create(RunPlan plan) {
        Slots slots = new Slots(WIRING, plan);
        Division division = new Division(WIRING.cells().size(), 1);
        Routing routing = new Routing(0, slots, division, wheel, SpanRecorder.ofManyThreads());
        routing.lead(root.getRef());
        room = new ShardRoom(routing, division, 0);
        room.lead(shard.getRef());
        BehaviorTestKit<CellActor.Command> kit = BehaviorTestKit.create(CellActor.create());
        CellActor lane = new CellActor(room, slots.create(cell, counters));
        kit.run(new CellActor.Take(List.of(lane), slots.plansCrashes()));
        routing.add(below.getRef());
        routing.add(kit.getRef());
        routing.add(above.getRef());
        return kit;
    }

    @AfterEach
    void close() {
        wheel.close();
    }

    private void begin(long phaseId) {
        room.open(phaseId, PHASE, System.nanoTime());
        actor.run(CellActor.Begin.NOW);
    }

    /** Lets the actor hear the notes that it has written to itself. */
    private void hearNotes() {
        while (actor.selfInbox().hasMessages()) {
            actor.run(actor.selfInbox().receiveMessage());
        }
    }

    private static CellActor.Deliver activity(long phase, long version, double... values) {
        return new CellActor.Deliver(0, new Signal(phase, version, values, 0, values.length), 0);
    }

    private ShardActor.Report report(long wave) {
        actor.run(new CellActor.Probe(wave));
        return assertInstanceOf(ShardActor.Report.class, shard.receiveMessage());
    }

    private static ShardActor.Report report(
            long wave, long sent, long lost, long wakeUps, long processed, long relaxations) {
        return new ShardActor.Report(
                wave, new Counts(sent + wakeUps, processed, sent + lost, relaxations));
    }

    private static Link link(Link.Kind kind, int to) {
        return WIRING.outgoing(MIDDLE).stream()
                .filter(l -> l.kind() == kind && l.to() == to)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theActorSendsWhatTheCellSaid() {
        begin(1);
        hearNotes();

        var said = assertInstanceOf(CellActor.Deliver.class, above.receiveMessage());
        assertEquals(link(Link.Kind.ACTIVITY, 2).slot(), said.slot());
        assertEquals(1, ((Signal) said.parcel()).phase());
        assertEquals(1, ((Signal) said.parcel()).version());
        assertEquals(2, ((Signal) said.parcel()).length());
        for (int i = 0; i < 2; i++) { // nothing was heard yet: x = tanh(b)
            double bias = NETWORK.parameters().biases(2)[i];
            assertEquals(StrictMath.tanh(bias), ((Signal) said.parcel()).value(i));
        }
        assertFalse(above.hasMessages());
        assertFalse(below.hasMessages(), "there is no error to report yet");
        assertEquals(report(9, 1, 0, 1, 1, 1), report(9));
    }

    @Test
    void feedbackGoesDownAndActivityGoesUp() {
        begin(1);
        hearNotes();
        above.getAllReceived();
        actor.run(
                new CellActor.Deliver(
                        WIRING.slots(MIDDLE) - 1,
                        new Signal(1, 1, new double[] {0.25, -0.5}, 0, 2),
                        7));
        hearNotes();

        var up = assertInstanceOf(CellActor.Deliver.class, above.receiveMessage());
        var down = assertInstanceOf(CellActor.Deliver.class, below.receiveMessage());
        assertEquals(2, ((Signal) up.parcel()).version());
        assertEquals(link(Link.Kind.FEEDBACK, 0).slot(), down.slot());
        assertEquals(3, ((Signal) down.parcel()).length());
        double[][] w = NETWORK.parameters().weights(1);
        double[] b = NETWORK.parameters().biases(2);
        for (int j = 0; j < 3; j++) { // W^T (f' o e) with e = the feedback
            double expected = w[0][j] * slope(b[0]) * 0.25 + w[1][j] * slope(b[1]) * -0.5;
            assertEquals(expected, ((Signal) down.parcel()).value(j), 1e-15);
        }
    }

    private static double slope(double a) {
        double t = StrictMath.tanh(a);
        return 1 - t * t;
    }

    @Test
    void severalSignalsAreOneRelaxation() {
        begin(1);
        hearNotes();
        long before = counters.relaxations;
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        actor.run(activity(1, 3, 0.3, 0.2, 0.1));
        actor.run(activity(1, 2, 9, 9, 9)); // overtaken
        assertEquals(report(1, 1, 0, 1, 1, 1), report(1), "heard but not processed");
        hearNotes();

        assertEquals(before + 1, counters.relaxations);
        assertEquals(1, counters.stale);
        assertEquals(report(2, 2, 0, 1, 4, 2), report(2));
    }

    /** A neighbour that was told to begin first may speak before this cell is told. */
    @Test
    void aSignalThatOvertakesBeginIsNotLost() {
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        actor.run(activity(1, 2, 0.4, 0.5, 0.6));
        assertFalse(actor.selfInbox().hasMessages(), "the cell is not the actor's yet");
        begin(1);
        hearNotes();

        assertEquals(2, cell.lastSignals().receivedVersion(0));
        assertEquals(1, counters.stale, "the overtaken one");
        assertEquals(0, counters.of(Incident.LATE));
        assertEquals(report(1, 1, 0, 1, 3, 1), report(1));
    }

    @Test
    void aSignalThatOvertakesThawIsNotLost() {
        begin(1);
        hearNotes();
        actor.run(CellActor.Freeze.NOW);
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        actor.run(new CellActor.Thaw(List.of()));
        hearNotes();

        assertEquals(1, cell.lastSignals().receivedVersion(0));
        assertEquals(3, counters.received);
        assertEquals(3, counters.processed);
    }

    @Test
    void aSignalOfAnEarlierPhaseThatComesBetweenPhasesIsLate() {
        begin(1);
        hearNotes();
        actor.run(CellActor.Freeze.NOW);
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        begin(2);
        hearNotes();

        assertEquals(0, cell.lastSignals().receivedVersion(0));
        assertEquals(1, counters.of(Incident.LATE));
        assertEquals(1, counters.received, "the wake-up only");
        assertEquals(1, counters.processed);
    }

    /** It was sent in another phase: counted as received it would unbalance this one for good. */
    @Test
    void aSignalOfAnEarlierPhaseThatComesDuringAPhaseIsLateAndNotReceived() {
        begin(2);
        hearNotes();
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        hearNotes();

        assertEquals(0, cell.lastSignals().receivedVersion(0));
        assertEquals(1, counters.of(Incident.LATE));
        assertEquals(1, counters.received);
        assertEquals(1, counters.processed);
        assertEquals(1, counters.relaxations, "nothing to relax upon");
    }

    @Test
    void aNoteOfAnEarlierPhaseIsIgnored() {
        begin(1);
        CellActor.Command old = actor.selfInbox().receiveMessage();
        actor.run(CellActor.Freeze.NOW);
        begin(2);
        actor.run(old);
        assertEquals(0, counters.relaxations);
        assertFalse(above.hasMessages());

        hearNotes();
        assertEquals(1, counters.relaxations);
    }

    @Test
    void aNoteThatComesAfterFreezeDoesNotTouchTheCell() {
        begin(1);
        CellActor.Command note = actor.selfInbox().receiveMessage();
        actor.run(CellActor.Freeze.NOW);
        actor.run(note);

        assertEquals(0, counters.relaxations);
        assertFalse(above.hasMessages());
    }

    @Test
    void freezeIsAnsweredExactlyOnce() {
        begin(1);
        hearNotes();
        actor.run(CellActor.Freeze.NOW);

        assertEquals(List.of(ShardActor.Frozen.ONE), shard.getAllReceived());
    }

    @Test
    void aThawedCellSaysAgainWhatWasNotHeardAsANewVersion() {
        begin(1);
        hearNotes();
        var first = (CellActor.Deliver) above.receiveMessage();
        actor.run(CellActor.Freeze.NOW);
        actor.run(new CellActor.Thaw(List.of(link(Link.Kind.ACTIVITY, 2))));
        hearNotes();

        var again = assertInstanceOf(CellActor.Deliver.class, above.receiveMessage());
        assertEquals(2, ((Signal) again.parcel()).version());
        assertEquals(((Signal) first.parcel()).value(0), ((Signal) again.parcel()).value(0));
        assertFalse(above.hasMessages());
        assertEquals(2, counters.wakeUps);
    }

    @Test
    void aSignalThatACutSwallowsIsCountedAsLostAndNotAsSent() {
        actor = create(PLAN.withCuts(List.of(Cut.parse("2->3"))));
        begin(1);
        hearNotes();

        assertFalse(above.hasMessages());
        assertEquals(report(1, 0, 1, 1, 1, 1), report(1));
    }

    @Test
    void aCellThatFailsIsReportedAndTheActorStillAnswers() {
        begin(1);
        hearNotes();
        actor.run(activity(1, 1, 0.1)); // too short for its link

        var failed = assertInstanceOf(ShardActor.Failed.class, shard.receiveMessage());
        assertTrue(failed.toString().contains("2"), failed.toString());
        assertInstanceOf(IllegalArgumentException.class, failed.cause());
        actor.run(CellActor.Freeze.NOW);
        assertEquals(ShardActor.Frozen.ONE, shard.receiveMessage());
        assertTrue(actor.isAlive());
    }

    @Test
    void countersStartAgainWithEachPhase() {
        begin(1);
        hearNotes();
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        hearNotes();
        actor.run(CellActor.Freeze.NOW);
        begin(2);

        assertEquals(0, counters.sent);
        assertEquals(0, counters.processed);
        assertEquals(1, counters.received);
        assertEquals(1, counters.wakeUps);
    }

    /** The neighbour that asks may have crashed before this cell was told to begin. */
    @Test
    void aQuestionThatOvertakesBeginCountsAsReceived() {
        actor.run(new CellActor.Repeat(link(Link.Kind.ACTIVITY, 2), 1));
        begin(1);
        hearNotes();

        assertEquals(2, counters.received, "wake-up and question");
        assertEquals(2, counters.processed);
        assertInstanceOf(CellActor.Deliver.class, above.receiveMessage());
        assertFalse(above.hasMessages(), "before it has spoken there is nothing to repeat");
    }

    @Test
    void aQuestionThatOvertakesThawIsAnswered() {
        begin(1);
        hearNotes();
        actor.run(CellActor.Freeze.NOW);
        above.getAllReceived();
        actor.run(new CellActor.Repeat(link(Link.Kind.ACTIVITY, 2), 1));
        assertFalse(above.hasMessages(), "the cell is not the actor's");
        actor.run(new CellActor.Thaw(List.of()));
        hearNotes();

        var again = assertInstanceOf(CellActor.Deliver.class, above.receiveMessage());
        assertEquals(2, again.parcel().version());
        assertEquals(3, counters.received);
        assertEquals(3, counters.processed);
    }

    @Test
    void aQuestionOfAnEarlierPhaseIsForgotten() {
        actor.run(new CellActor.Repeat(link(Link.Kind.ACTIVITY, 2), 1));
        begin(2);
        hearNotes();

        assertEquals(1, counters.received);
    }

    /** The actor that comes back hears the second of them while it is being built. */
    @Test
    void everyParcelThatOvertakesBeginMayCrashTheCell() {
        actor = create(PLAN.withFaults(Faults.NONE.withCrashes(List.of(Crash.parse("2@1+")))));
        actor.run(activity(1, 1, 0.1, 0.2, 0.3));
        actor.run(
                new CellActor.Deliver(
                        WIRING.slots(MIDDLE) - 1,
                        new Signal(1, 1, new double[] {0.25, -0.5}, 0, 2),
                        7));
        begin(1);
        hearNotes();

        assertEquals(2, counters.of(Incident.CRASHED));
        assertEquals(
                2,
                below.getAllReceived().stream().filter(CellActor.Repeat.class::isInstance).count());
        assertEquals(
                2,
                above.getAllReceived().stream().filter(CellActor.Repeat.class::isInstance).count());
        assertEquals(counters.received, counters.processed);
    }
}
