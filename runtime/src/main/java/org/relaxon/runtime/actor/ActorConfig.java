package org.relaxon.runtime.actor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * The settings of the actor systems: no Java serialization, one pool for cells and those that
 * coordinate them, since each thread that has to be woken costs a short step dearly.
 */
public final class ActorConfig {
    private ActorConfig() {}

    /**
     * {@return the settings of one JVM}
     *
     * @param threads threads that run cells
     */
    public static Config of(int threads) {
        return ConfigFactory.parseString(
                        """
                        akka {
                          loglevel = "WARNING"
                          log-dead-letters = 0
                          log-dead-letters-during-shutdown = off
                          jvm-exit-on-fatal-error = off
                          jvm-shutdown-hooks = off
                          io.dns.resolver = inet-address
                          actor.allow-java-serialization = off
                          actor.default-dispatcher {
                            executor = "%s"
                            throughput = 100
                            threads = %d
                          }
                        }
                        """
                                .formatted(FairPool.class.getName(), threads))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }
}
