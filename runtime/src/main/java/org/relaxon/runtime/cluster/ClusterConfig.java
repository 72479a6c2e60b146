package org.relaxon.runtime.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.relaxon.runtime.actor.ActorConfig;
import org.slf4j.LoggerFactory;

/**
 * The settings of the actor systems of a cluster: Artery over TCP, messages of Relaxon's own form
 * alone, no remote deployment, and a minority that stops itself.
 */
final class ClusterConfig {
    /** The name of all actor systems of a cluster. */
    static final String SYSTEM = "relaxon";

    /** The role of those that hold cells. */
    static final String NODE = "node";

    /** The role of those that open sessions. */
    static final String HEAD = "head";

    /** What other processes may do. */
    private static final String GUARD =
            """
            akka.remote.artery.transport = %s
            akka.remote.deployment.enable-allow-list = on
            akka.remote.deployment.allowed-actor-classes = []
            akka.use-slf4j = off
            akka.loggers = ["%s"]
            """;

    private static final String SETTINGS =
            """
            akka {
              loglevel = "ERROR"
              jvm-shutdown-hooks = off
              actor {
                provider = cluster
                serializers.relaxon = "%s"
                serialization-bindings {
                  "%s" = relaxon
                  "%s" = relaxon
                }
              }
              remote {
                use-unsafe-remote-features-outside-cluster = off
                artery {
                  transport = tcp
                  canonical.hostname = "%s"
                  canonical.port = %d
                  advanced {
                    maximum-frame-size = 256 KiB
                    buffer-pool-size = 64
                    outbound-message-queue-size = 4096
                  }
                }
              }
              cluster {
                roles = ["%s"]
                jmx.enabled = off
                run-coordinated-shutdown-when-down = on
                downing-provider-class = "akka.cluster.sbr.SplitBrainResolverProvider"
                split-brain-resolver {
                  active-strategy = keep-majority
                  keep-majority.role = "%s"
                  stable-after = 5s
                  down-all-when-unstable = off
                }
                failure-detector {
                  heartbeat-interval = 1s
                  acceptable-heartbeat-pause = 6s
                }
                shutdown-after-unsuccessful-join-seed-nodes = off
              }
              coordinated-shutdown {
                exit-jvm = off
                run-by-jvm-shutdown-hook = off
                run-by-actor-system-terminate = on
                default-phase-timeout = 3 s
              }
            }
            """;

    /** Property of the JVM with settings that replace these; for tests. */
    private static final String REPLACED = "relaxon.cluster.settings";

    private ClusterConfig() {}

    /**
     * {@return the settings of one process}
     *
     * @param address where it listens
     * @param role {@link #NODE} or {@link #HEAD}
     * @param threads threads that run cells
     * @param tls whether connections are encrypted
     */
    static Config of(Address address, String role, int threads, boolean tls) {
        LoggerFactory.getILoggerFactory(); // before many threads try to log their first line
        return ConfigFactory.parseString(
                        GUARD.formatted(tls ? "tls-tcp" : "tcp", ClusterLog.class.getName()))
                .withFallback(ConfigFactory.parseString(System.getProperty(REPLACED, "")))
                .withFallback(own(address, role))
                .withFallback(ActorConfig.of(threads));
    }

    private static Config own(Address address, String role) {
        return ConfigFactory.parseString(
                SETTINGS.formatted(
                        ClusterSerializer.class.getName(),
                        Way.Command.class.getName(),
                        NodeActor.Wired.class.getName(),
                        address.host(),
                        address.port(),
                        role,
                        NODE));
    }
}
