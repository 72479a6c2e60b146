package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relaxon.runtime.actor.Abroad;

/** A node takes part in sessions of heads of its own release, as long as they live. */
class NodeActorTest {
    private final List<NodeSession> sessions = new CopyOnWriteArrayList<>();
    private final ActorSystem<NodeActor.Command> system =
            ActorSystem.create(
                    NodeActor.create(1, sessions),
                    ClusterConfig.SYSTEM,
                    ClusterConfig.of(LocalCluster.ANY, ClusterConfig.NODE, 1, false));

    @AfterEach
    void end() {
        system.terminate();
    }

    /** Ends with the first message. */
    private ActorRef<Abroad> head() {
        return system.systemActorOf(
                Behaviors.receiveMessage(m -> Behaviors.stopped()), "head", Props.empty());
    }

    private NodeActor.Reply enter(String version, int index, int nodes, ActorRef<Abroad> head) {
        return AskPattern.<NodeActor.Command, NodeActor.Reply>ask(
                        system,
                        answer -> new NodeActor.Enter(version, 1, index, nodes, true, head, answer),
                        Duration.ofSeconds(60),
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    @Test
    void aHeadOfAnotherReleaseIsRefusedByName() {
        NodeActor.Reply reply = enter("0", 0, 1, head());

        String why = assertInstanceOf(NodeActor.Refused.class, reply).why();
        assertTrue(why.contains("version " + NodeActor.VERSION), why);
        assertTrue(why.contains("the head version 0"), why);
        assertEquals(0, sessions.size());
    }

    @Test
    void aPlaceThatASessionDoesNotHaveIsRefused() {
        assertInstanceOf(NodeActor.Refused.class, enter(NodeActor.VERSION, 2, 2, head()));
        assertEquals(0, sessions.size());
    }

    @Test
    void aSessionEndsWithItsHead() {
        ActorRef<Abroad> head = head();
        NodeActor.Reply reply = enter(NodeActor.VERSION, 1, 3, head);

        assertEquals(3, assertInstanceOf(NodeActor.Entered.class, reply).ways().size());
        assertEquals(1, sessions.size());
        head.tell(new Way.Taken(0));
        Until.holds("the session is freed", 60, () -> sessions.size() == 0);
    }
}
