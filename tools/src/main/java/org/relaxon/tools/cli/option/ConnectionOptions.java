package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.runtime.cluster.Address;
import org.relaxon.runtime.cluster.ClusterTls;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a process of a cluster listens, and who may connect. */
public final class ConnectionOptions {
    private static final String ANY_PORT = "127.0.0.1:0";

    @Mixin private KeyOptions keys;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Where this process of a cluster listens: an address of this machine by which"
                            + " the other members reach it; port 0 takes a free one. Default"
                            + " 127.0.0.1:0, which this machine alone reaches. Any other address"
                            + " needs --tls.")
    private String listen;

    /**
     * How a process takes part.
     *
     * @param listen where it listens
     * @param join the member to join; null for none
     * @param tls its connections; null without encryption
     */
    public record Connection(Address listen, Address join, ClusterTls tls) {}

    /**
     * {@return the connection of this process; a warning on stderr where it is open to others}
     *
     * @param join text of the member to join; null for none
     * @throws IllegalArgumentException naming the option that is wrong
     */
    public Connection connection(String join) {
        Address own = Addresses.parse("listen", listen == null ? ANY_PORT : listen);
        Address other = join == null ? null : Addresses.parse("join", join);
        boolean remote = other != null && !Addresses.isLoopback(other);
        if (remote && Addresses.isLoopback(own)) {
            throw new IllegalArgumentException(
                    "listen: %s is on another machine, which must reach this one: give --listen HOST:0 with an address of this machine"
                            .formatted(other));
        }
        boolean open = remote || !Addresses.isLoopback(own);
        keys.requireOne();
        if (open && keys.given() == null) {
            throw new IllegalArgumentException(
                    "%s: other machines reach %s: give --tls DIR (relaxon node --make-keys DIR makes the keys), or --insecure on a network that you trust"
                            .formatted(
                                    remote ? "join" : "listen",
                                    remote ? other.host() : own.host()));
        }
        if (keys.isInsecure()) {
            System.err.printf(
                    "relaxon: insecure: every process that reaches %s can read and change"
                            + " everything%n",
                    own.host());
        }
        return new Connection(own, other, keys.tls() == null ? null : ClusterTls.of(keys.tls()));
    }

    /**
     * {@return the words of the command by which another node joins this one}
     *
     * @param member address of this node
     */
    public List<String> joining(Address member) {
        List<String> words = new ArrayList<>(List.of("node", "--join", member.toString()));
        if (!Addresses.isLoopback(member)) {
            words.addAll(List.of("--listen", "HOST:0"));
        }
        if (keys.tls() != null) {
            words.addAll(List.of("--tls", "DIR")); // keys of its own, or a copy of these
        } else if (keys.isInsecure()) {
            words.add("--insecure");
        }
        return words;
    }

    /** {@return the name of an option that was given, for messages; null if none was} */
    public String given() {
        return listen != null ? "listen" : keys.given();
    }
}
