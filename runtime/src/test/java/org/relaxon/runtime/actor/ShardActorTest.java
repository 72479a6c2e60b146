package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.slot.Slots;

/**
 * A coordinator over two shards of two cells each; cells are inboxes that the test answers for, and
 * messages are handed over one at a time, so that every order is a choice of the test.
 */
class ShardActorTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.NEURON);
    private static final Phase PHASE =
            Phase.nudged(Matrix.column(1.0, -1.0), Matrix.column(2.0), 0.1);
    private static final Division TWO = new Division(4, 2);

    /** Trusts one wave. */
    private static final class OneWave implements WaveDetector {
        @Override
        public boolean wave(long sent, long processed) {
            return sent == processed;
        }

        @Override
        public void reset() {
            // remembers nothing
        }

        @Override
        public void save(StateWriter out) {
            // likewise
        }

        @Override
        public void load(StateReader in) {
            // likewise
        }
    }

    private final TimerWheel wheel = new TimerWheel("shard-actor-test");
    private final List<TestInbox<CellActor.Command>> cells = new ArrayList<>();
    private final List<BehaviorTestKit<ShardActor.Command>> shards = new ArrayList<>();
    private final List<List<CellActor.Command>> received = new ArrayList<>(); // by cell
    private final CompletableFuture<Coordinator.Outcome> done = new CompletableFuture<>();
    private BehaviorTestKit<Coordinator.Command> root;

    private void create(WaveDetector detector, RunPlan plan) {
        Slots slots = new Slots(WIRING, plan);
        Routing routing = new Routing(0, slots, TWO, wheel, SpanRecorder.ofManyThreads());
        root = BehaviorTestKit.create(Coordinator.create(routing, detector));
        routing.lead(root.getRef());
        for (int k = 0; k < TWO.parts(); k++) {
            ShardRoom room = new ShardRoom(routing, TWO, k);
            shards.add(BehaviorTestKit.create(ShardActor.create(k, room)));
            room.lead(shards.get(k).getRef());
            routing.addShard(shards.get(k).getRef());
        }
        for (int k = 0; k < TWO.cells(); k++) {
            cells.add(TestInbox.create());
            received.add(new ArrayList<>());
            routing.add(cells.get(k).getRef());
        }
    }

    private void create(WaveDetector detector) {
        create(detector, RunPlan.of(new PredictiveCoding()));
    }

    @AfterEach
    void close() {
        wheel.close();
    }

    /** Hands over what has been sent between coordinator and shards, until nothing is left. */
    private void pass() {
        boolean more = true;
        while (more) {
            more = false;
            for (BehaviorTestKit<ShardActor.Command> shard : shards) {
                for (; shard.selfInbox().hasMessages(); more = true) {
                    shard.run(shard.selfInbox().receiveMessage());
                }
            }
            for (; root.selfInbox().hasMessages(); more = true) {
                root.run(root.selfInbox().receiveMessage());
            }
        }
        for (int k = 0; k < cells.size(); k++) {
            received.get(k).addAll(cells.get(k).getAllReceived());
        }
    }

    private void passUntil(BooleanSupplier reached) {
        for (pass(); !reached.getAsBoolean(); pass()) {
            Thread.onSpinWait(); // the wheel delivers later
        }
    }

    private void start() {
        root.run(new Coordinator.Start(1, PHASE, Budget.DEFAULT, done));
        suggestProbe();
    }

    private void suggestProbe() {
        root.run(Coordinator.Idle.PERHAPS);
        pass();
    }

    private List<Long> probes(int cell) {
        return received.get(cell).stream()
                .filter(CellActor.Probe.class::isInstance)
                .map(p -> ((CellActor.Probe) p).wave())
                .toList();
    }

    private static Counts counts(long sent, long processed) {
        return new Counts(sent, processed, sent, processed);
    }

    /** A cell answers one wave, which may be still to begin. */
    private void answer(long wave, int cell, Counts own) {
        passUntil(() -> probes(cell).contains(wave));
        shards.get(TWO.of(cell)).run(new ShardActor.Report(wave, own));
        pass();
    }

    private void answerAll(long wave, long... sentAndProcessed) {
        for (int k = 0; k < 4; k++) {
            answer(wave, k, counts(sentAndProcessed[2 * k], sentAndProcessed[2 * k + 1]));
        }
    }

    private boolean isFreezing() {
        return received.get(0).contains(CellActor.Freeze.NOW);
    }

    private void freezeAll() {
        for (BehaviorTestKit<ShardActor.Command> shard : shards) {
            shard.run(ShardActor.Frozen.ONE);
            shard.run(ShardActor.Frozen.ONE);
        }
        pass();
    }

    @Test
    void cellsBeginBeforeTheyAreProbedAndReceiveNoPhase() {
        create(new FourCounter());
        start();
        for (List<CellActor.Command> own : received) {
            assertEquals(List.of(CellActor.Begin.NOW, new CellActor.Probe(1)), own);
        }
    }

    @Test
    void aShardAnswersOnceWhenAllItsCellsHave() {
        create(new FourCounter());
        start();
        shards.get(0).run(new ShardActor.Report(1, new Counts(1, 2, 3, 4)));
        assertEquals(List.of(), reports());
        shards.get(0).run(new ShardActor.Report(1, new Counts(5, 6, 7, 8)));
        assertEquals(List.of(new Coordinator.Report(1, new Counts(6, 8, 10, 12))), reports());
    }

    /** What the root has received, but for the ends of its pauses, which a clock sends. */
    private List<Coordinator.Command> reports() {
        return root.selfInbox().getAllReceived().stream()
                .filter(Coordinator.Report.class::isInstance)
                .toList();
    }

    @Test
    void theRootIsQuiescentOnlyAfterAllShardsAre() {
        create(new FourCounter());
        start();
        answerAll(1, 1, 1, 1, 1, 1, 1, 2, 1); // the second shard waits for a signal
        answerAll(2, 1, 1, 1, 1, 1, 1, 2, 1);
        assertFalse(isFreezing());
        answerAll(3, 1, 1, 1, 1, 1, 1, 2, 2);
        assertFalse(isFreezing(), "the wave before has not processed all");
        answer(4, 0, counts(1, 1));
        answer(4, 1, counts(1, 1));
        assertFalse(isFreezing(), "the second shard has not answered");
        answer(4, 2, counts(1, 1));
        answer(4, 3, counts(2, 2));
        assertTrue(isFreezing());

        freezeAll();
        assertTrue(done.isDone());
        assertEquals(4, done.join().waves());
        assertSame(null, done.join().reason());
    }

    /**
     * The first shard answers. Then its cell 0 sends to cell 2 of the second, which processes that
     * and sends a signal back; the second answers before that arrives. One signal sent, one
     * processed, and one is in flight.
     */
    private void crookedWave() {
        start();
        answer(1, 0, counts(0, 0));
        answer(1, 1, counts(0, 0));
        answer(1, 2, counts(1, 1));
        answer(1, 3, counts(0, 0));
    }

    @Test
    void aSignalBetweenShardsThatOneWaveDoesNotSeeIsSeenByTheNext() {
        create(new FourCounter());
        crookedWave();
        assertFalse(isFreezing());
        answerAll(2, 1, 0, 0, 0, 1, 1, 0, 0); // cell 0 has not processed yet
        assertFalse(isFreezing());
        answerAll(3, 1, 1, 0, 0, 1, 1, 0, 0);
        assertFalse(isFreezing());
        answerAll(4, 1, 1, 0, 0, 1, 1, 0, 0);
        assertTrue(isFreezing());
    }

    @Test
    void aRootThatTrustsOneWaveDoesNotSeeIt() {
        create(new OneWave());
        crookedWave();
        assertTrue(isFreezing(), "this order of messages would not tell one wave from two");
    }

    @Test
    void aWaveThatFindsNothingInFlightIsRepeatedAtOnce() {
        create(new FourCounter());
        start();
        answerAll(1, 1, 1, 0, 0, 0, 0, 0, 0);
        assertEquals(List.of(1L, 2L), probes(0));
        assertFalse(isFreezing());
    }

    /** Reports of cells, on which suggestions depend, can be early. */
    @Test
    void noSuggestionEndsARun() {
        create(new FourCounter());
        start();
        for (long wave = 1; wave <= 3; wave++) {
            suggestProbe(); // while a wave is under way: the next one follows at once
            answerAll(wave, 2, 1, 0, 0, 0, 0, 0, 0);
            assertFalse(isFreezing());
        }
        assertEquals(List.of(1L, 2L, 3L, 4L), probes(0));
    }

    @Test
    void theLastAnswerOfAnEarlierRunIsNoWaveOfTheNext() {
        create(new FourCounter());
        start();
        for (int k = 0; k < 3; k++) {
            answer(1, k, counts(1, 1));
        }
        root.run(new Coordinator.Stop(Reason.CANCELLED));
        pass();
        freezeAll();
        received.get(0).clear();
        root.run(new Coordinator.Start(2, PHASE, Budget.DEFAULT, new CompletableFuture<>()));
        pass();
        shards.get(1).run(new ShardActor.Report(1, counts(1, 1)));
        pass();
        suggestProbe();
        answerAll(2, 1, 1, 1, 1, 1, 1, 1, 1);
        assertFalse(isFreezing(), "one wave of this run proves nothing");
        answerAll(3, 1, 1, 1, 1, 1, 1, 1, 1);
        assertTrue(isFreezing());
    }

    @Test
    void aProbeOfAnEarlierRunIsIgnored() {
        create(new FourCounter());
        start();
        answerAll(1, 1, 1, 0, 0, 0, 0, 0, 0);
        passUntil(() -> probes(0).contains(2L));
        shards.get(0).run(new ShardActor.Probe(1));
        pass();
        assertEquals(List.of(1L, 2L), probes(0));
    }

    @Test
    void cellsAreHandedBackWhenAllShardsHaveAll() {
        create(new FourCounter());
        start();
        root.run(new Coordinator.Stop(Reason.CANCELLED));
        pass();
        shards.get(0).run(ShardActor.Frozen.ONE);
        shards.get(0).run(ShardActor.Frozen.ONE);
        shards.get(1).run(ShardActor.Frozen.ONE);
        pass();
        assertFalse(done.isDone());
        shards.get(1).run(ShardActor.Frozen.ONE);
        pass();
        assertEquals(Reason.CANCELLED, done.join().reason());
    }

    @Test
    void linksAreResentByTheCellsThatSendOnThem() {
        create(new FourCounter());
        start();
        Link up = WIRING.outgoing(1).get(0);
        Link down = WIRING.outgoing(3).get(2);
        root.run(new Coordinator.Stop(Reason.CANCELLED));
        pass();
        freezeAll();
        root.run(new Coordinator.Resume(List.of(up, down), 0, new CompletableFuture<>()));
        List<List<Link>> resent = List.of(List.of(), List.of(up), List.of(), List.of(down));
        for (int k = 0; k < 4; k++) {
            int cell = k;
            passUntil(() -> probes(cell).contains(2L));
            assertTrue(received.get(k).contains(new CellActor.Thaw(resent.get(k))), "cell " + k);
        }
    }

    @Test
    void failuresAndLostCellsReachTheRoot() {
        create(new FourCounter());
        start();
        shards.get(1).run(new ShardActor.Failed("cell 2[0]", new ArithmeticException("planted")));
        assertEquals("cell 2[0]", next(Coordinator.Failed.class).where());
        shards.get(1).run(ShardActor.Lost.ONE);
        assertEquals(new Coordinator.Stop(Reason.CELL_LOST), next(Coordinator.Stop.class));
    }

    /** The root's next message of a type; the pause before a wave may end in between. */
    private <T extends Coordinator.Command> T next(Class<T> type) {
        Coordinator.Command message = root.selfInbox().receiveMessage();
        while (!type.isInstance(message)) {
            message = root.selfInbox().receiveMessage();
        }
        return type.cast(message);
    }

    /** The delay of a report is drawn in the shard. */
    @Test
    void aDelayModelThatFailsInAShardEndsTheRun() {
        DelayModel failing =
                new DelayModel() {
                    @Override
                    public long nanos(long seed, long link, long draw) {
                        if ((-1 - link) % 2 == 1) {
                            throw new IllegalStateException("planted");
                        }
                        return 1;
                    }

                    @Override
                    public long typicalNanos() {
                        return 1;
                    }

                    @Override
                    public String spec() {
                        return "failing";
                    }
                };
        create(new FourCounter(), RunPlan.of(new PredictiveCoding()).withDelay(failing));
        start();
        answerAll(1, 0, 0, 0, 0, 0, 0, 0, 0);
        assertTrue(isFreezing());
        freezeAll();
        assertTrue(done.isCompletedExceptionally());
    }
}
