package org.relaxon.runtime.cluster;

/**
 * Where a process of a cluster listens.
 *
 * @param host name or address
 * @param port 0 to 65535; 0 takes a free one
 */
public record Address(String host, int port) {
    private static final int PORT_MAX = 65_535;

    /**
     * Checks both.
     *
     * @param host name or address
     * @param port 0 to 65535
     * @throws IllegalArgumentException naming the one that is wrong
     */
    public Address {
        if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+\\]")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name or address of a host".formatted(host));
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port %d is not in 0..%d".formatted(port, PORT_MAX));
        }
    }

    /**
     * {@return the address that a text states}
     *
     * @param text HOST:PORT
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new Address(
                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not HOST:PORT: %s".formatted(text, e.getMessage()), e);
        }
        throw new IllegalArgumentException(
                "\"%s\" is not HOST:PORT, such as 127.0.0.1:25520".formatted(text));
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
