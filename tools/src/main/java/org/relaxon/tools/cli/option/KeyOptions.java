package org.relaxon.tools.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** With which keys the processes of a cluster connect, or that they need none. */
public final class KeyOptions {
    @Option(
            names = "--tls",
            paramLabel = "DIR",
            description =
                    "Encrypt the connections of the cluster and require certificates at both ends,"
                            + " with the keys in DIR; see relaxon node --make-keys. All members need"
                            + " it.")
    private Path tls;

    @Option(
            names = "--insecure",
            description =
                    "Allow an address that other machines reach without --tls: every process that"
                            + " reaches the port can read and change everything.")
    private boolean insecure;

    /** {@return the directory of the keys; null for none} */
    public Path tls() {
        return tls;
    }

    /** {@return whether connections without keys are wanted} */
    public boolean isInsecure() {
        return insecure;
    }

    /** {@return the name of an option that was given, for messages; null if none was} */
    public String given() {
        return tls != null ? "tls" : insecure ? "insecure" : null;
    }

    /**
     * Refuses both options together.
     *
     * @throws IllegalArgumentException if both were given
     */
    public void requireOne() {
        if (tls != null && insecure) {
            throw new IllegalArgumentException("insecure: contradicts --tls; give one of them");
        }
    }
}
