package org.relaxon.tools.cli.option;

import java.util.regex.Pattern;
import org.relaxon.runtime.cluster.Address;

/** Addresses of a cluster as options give them. */
final class Addresses {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1\\]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private static final Pattern ALL = Pattern.compile("0(\\.0)*|\\[[0:.]*\\]");

    private Addresses() {}

    /**
     * {@return the address in an option}
     *
     * @param option named in messages
     * @param text HOST:PORT
     * @throws IllegalArgumentException if it is no address by which others reach a process
     */
    static Address parse(String option, String text) {
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
        if (ALL.matcher(address.host()).matches()) {
            throw new IllegalArgumentException(
                    "%s: %s stands for all addresses of a machine; give the one by which the others reach it"
                            .formatted(option, address.host()));
        }
        return address;
    }

    /** Whether only processes on this machine reach an address. */
    static boolean isLoopback(Address address) {
        return LOOPBACK.matcher(address.host()).matches();
    }
}
