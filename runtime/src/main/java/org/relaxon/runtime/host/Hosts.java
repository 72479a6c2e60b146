package org.relaxon.runtime.host;

import org.relaxon.runtime.Host;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** The hosts of the library. All of them run the same cells and give the same verdicts. */
public final class Hosts {
    private Hosts() {}

    /**
     * {@return a host in virtual time on the calling thread: discrete events in a total order, so
     * that the same (network, plan, phase) gives the same bits on every machine}
     */
    public static Host virtual() {
        return new VirtualHost();
    }

    /**
     * Starts a host on which every cell is an actor, on real threads and in real time, with one
     * thread per processor. It holds threads until it is closed. The JVM needs the option {@code
     * --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}.
     *
     * @return the host
     * @throws IllegalStateException if the JVM was started without that option
     */
    public static Host akka() {
        return new AkkaHost();
    }

    /**
     * Starts the same with a number of threads.
     *
     * @param threads 1 to 1024
     * @return the host
     * @throws IllegalArgumentException if that is not in 1..1024
     * @throws IllegalStateException as of {@link #akka()}
     */
    public static Host akka(int threads) {
        return new AkkaHost(threads);
    }

    /**
     * {@return the baseline with a clock: in every sweep all cells relax on what the previous sweep
     * has sent}
     */
    public static Host synchronous() {
        return new SynchronousHost();
    }

    /**
     * {@return the other baseline with a clock: in every sweep the layers at odd height relax
     * first, then those at even height; layered networks only}
     */
    public static Host redBlack() {
        return new RedBlackHost();
    }
}
