package org.relaxon.runtime.cluster;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the messages that an actor system has received and refused to read. */
final class Refusals implements Extension {
    private static final Id ID = new Id();

    private final AtomicLong count = new AtomicLong();

    /** Makes one for each actor system. */
    private static final class Id extends AbstractExtensionId<Refusals> {
        @Override
        public Refusals createExtension(ExtendedActorSystem system) {
            return new Refusals();
        }
    }

    static Refusals of(ActorSystem system) {
        return ID.get(system);
    }

    /** {@return how many there are now} */
    long add() {
        return count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
