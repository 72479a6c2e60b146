package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Recorder;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.LinkPlan;

/**
 * What all actors of a session share and only read: who receives on which link, how long signals
 * travel, and the wheel that carries them.
 */
final class Routing {
    private final int[] receivers;
    private final int[] slots;
    private final LinkPlan links;
    private final TimerWheel wheel;
    private final Recorder inboxWait;
    private final long refractoryNanos;
    private final long seed;
    private final List<ActorRef<CellActor.Command>> cells = new ArrayList<>();

    Routing(Wiring wiring, RunPlan plan, TimerWheel wheel, Recorder inboxWait) {
        receivers = wiring.links().stream().mapToInt(Link::to).toArray();
        slots = wiring.links().stream().mapToInt(Link::slot).toArray();
        links = new LinkPlan(wiring, plan.delay(), plan.cuts(), plan.seed());
        refractoryNanos = plan.effectiveRefractoryNanos();
        seed = plan.seed();
        this.wheel = wheel;
        this.inboxWait = inboxWait;
    }

    /** Called for every cell in order, before the first message is sent. */
    void add(ActorRef<CellActor.Command> cell) {
        cells.add(cell);
    }

    ActorRef<CellActor.Command> receiver(int link) {
        return cells.get(receivers[link]);
    }

    int slot(int link) {
        return slots[link];
    }

    List<ActorRef<CellActor.Command>> cells() {
        return cells;
    }

    LinkPlan links() {
        return links;
    }

    TimerWheel wheel() {
        return wheel;
    }

    Recorder inboxWait() {
        return inboxWait;
    }

    long refractoryNanos() {
        return refractoryNanos;
    }

    long seed() {
        return seed;
    }
}
