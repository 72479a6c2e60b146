package org.relaxon.runtime.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Whether a process can listen at an address. Found out before its actor system starts, since one
 * that cannot bind its port leaves threads behind and states the reason among lines of its own.
 */
final class Listening {
    private Listening() {}

    /**
     * Refuses an address at which this process cannot listen.
     *
     * @throws IllegalArgumentException stating why, and what to give instead
     */
    static void require(Address listen) {
        InetAddress own = own(listen);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(own, listen.port()));
        } catch (BindException e) {
            throw refusal(listen, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "listen: cannot listen at %s: %s".formatted(listen, e.getMessage()), e);
        }
    }

    private static InetAddress own(Address listen) {
        try {
            InetAddress address = InetAddress.getByName(listen.host());
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "listen: no host has the name %s; give an address of this machine"
                            .formatted(listen.host()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "listen: cannot read the addresses of this machine: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "listen: this machine does not have the address %s; give one that it has, and by which the others reach it"
                        .formatted(listen.host()));
    }

    /** The refusal of a port of this machine. */
    static IllegalArgumentException refusal(Address listen, Exception why) {
        return new IllegalArgumentException(
                listen.port() == 0
                        ? "listen: cannot listen at %s: %s".formatted(listen, why.getMessage())
                        : "listen: port %d of %s is not free: another process listens there, or it is not allowed to this user; give another port, or 0 for a free one"
                                .formatted(listen.port(), listen.host()),
                why);
    }
}
