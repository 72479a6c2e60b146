package org.relaxon.runtime.cluster;

import akka.actor.AbstractActor;
import akka.actor.ActorSelection;
import akka.actor.ActorSystem;
import akka.actor.Deploy;
import akka.actor.Props;
import akka.remote.RemoteScope;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** A process with Akka that is no member of a cluster, allows itself everything, and sends. */
final class Rogue implements AutoCloseable {
    /** How often code of its choice has run where it was sent. */
    static final AtomicInteger RUN = new AtomicInteger();

    /** Runs when it is read. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUN.incrementAndGet();
        }
    }

    /** An actor to be deployed elsewhere. */
    static final class Planted extends AbstractActor {
        Planted() {
            RUN.incrementAndGet();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().build();
        }
    }

    /** Of the serializer of relaxon, but of a kind that it does not have. */
    record UnknownKind() {}

    /** Of a serializer that relaxon does not have. */
    record UnknownForm() {}

    /** Writes what no process of a cluster writes. */
    abstract static class Writer extends SerializerWithStringManifest {
        @Override
        public String manifest(Object message) {
            return "zz\n";
        }

        @Override
        public byte[] toBinary(Object message) {
            return new byte[] {1, 2, 3};
        }

        @Override
        public Object fromBinary(byte[] bytes, String manifest) {
            throw new UnsupportedOperationException();
        }
    }

    /** Under the number of the serializer of relaxon. */
    static final class KindWriter extends Writer {
        @Override
        public int identifier() {
            return 782_211;
        }
    }

    /** Under a number of its own. */
    static final class FormWriter extends Writer {
        @Override
        public int identifier() {
            return 999_999;
        }
    }

    private final ActorSystem system;
    private final Address to;

    Rogue(Address to) {
        this.to = to;
        Config own =
                ConfigFactory.parseString(
                        """
                        akka {
                          loglevel = OFF
                          stdout-loglevel = OFF
                          actor {
                            provider = remote
                            allow-java-serialization = on
                            warn-about-java-serializer-usage = off
                            serializers { kind = "%s", form = "%s" }
                            serialization-bindings {
                              "%s" = kind
                              "%s" = form
                            }
                          }
                          remote {
                            use-unsafe-remote-features-outside-cluster = on
                            warn-unsafe-watch-outside-cluster = off
                            artery { transport = tcp, canonical { hostname = "127.0.0.1", port = 0 } }
                          }
                        }
                        """
                                .formatted(
                                        KindWriter.class.getName(),
                                        FormWriter.class.getName(),
                                        UnknownKind.class.getName(),
                                        UnknownForm.class.getName()));
        system =
                ActorSystem.create(
                        ClusterConfig.SYSTEM,
                        own.withFallback(ConfigFactory.defaultReference()).resolve());
    }

    private akka.actor.Address address() {
        return new akka.actor.Address("akka", ClusterConfig.SYSTEM, to.host(), to.port());
    }

    private ActorSelection node() {
        return system.actorSelection(address() + "/user");
    }

    /** Messages overtake none on their way to a node. */
    void send(Object... messages) {
        for (Object message : messages) {
            node().tell(message, akka.actor.ActorRef.noSender());
        }
    }

    /** Has an actor made in the node. */
    void plant() {
        var unused =
                system.actorOf(
                        Props.create(Planted.class, Planted::new)
                                .withDeploy(new Deploy(new RemoteScope(address()))));
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
