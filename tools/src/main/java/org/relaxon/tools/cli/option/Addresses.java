package org.relaxon.tools.cli.option;

import java.util.Set;
import org.relaxon.runtime.cluster.Address;

/** Addresses of a cluster as options give them. */
public final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private Addresses() {}

    /**
     * An address of this machine alone.
     *
     * @param option named in messages
     * @param text HOST:PORT
     * @return the address
     * @throws IllegalArgumentException if it is no address, or that of another machine
     */
    public static Address loopback(String option, String text) {
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
        if (!LOOPBACK.contains(address.host())) {
            throw new IllegalArgumentException(
                    "%s: %s is not on this machine, and connections to others are not encrypted yet; use 127.0.0.1"
                            .formatted(option, address.host()));
        }
        return address;
    }
}
