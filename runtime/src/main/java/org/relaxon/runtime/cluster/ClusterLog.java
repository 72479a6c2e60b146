package org.relaxon.runtime.cluster;

import akka.actor.AbstractActor;
import akka.dispatch.RequiresMessageQueue;
import akka.event.LoggerMessageQueueSemantics;
import akka.event.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log gets from Akka: errors. Those about messages that could not be read are counted, and
 * only every tenfold number makes a line, so that a stranger cannot fill the disk.
 */
final class ClusterLog extends AbstractActor
        implements RequiresMessageQueue<LoggerMessageQueueSemantics> {
    private static final String READER = "akka.remote.artery.Deserializer";
    private static final int TEXT_MAX = 300;
    private static final int BASE = 10;

    private final Logger log = LoggerFactory.getLogger(ClusterLog.class);

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(
                        Logging.InitializeLogger.class,
                        first -> getSender().tell(Logging.loggerInitialized(), getSelf()))
                .match(Logging.Error.class, this::onError)
                .matchAny(other -> {})
                .build();
    }

    private void onError(Logging.Error error) {
        if (!error.logClass().getName().startsWith(READER)) {
            log.error("{}: {}", error.logClass().getSimpleName(), error.message(), error.cause());
            return;
        }
        long count = Refusals.of(getContext().getSystem()).add();
        if (isPowerOfTen(count)) {
            log.warn("{} messages refused: {}", count, text(error));
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % BASE == 0) {
            rest /= BASE;
        }
        return rest == 1;
    }

    /** Strangers have written part of it. */
    private static String text(Logging.Error error) {
        String text = error.message() + " " + error.cause().getMessage();
        return text.substring(0, Math.min(text.length(), TEXT_MAX)).replaceAll("\\p{Cntrl}", "?");
    }
}
