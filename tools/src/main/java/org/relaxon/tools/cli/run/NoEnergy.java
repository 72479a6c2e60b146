package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.relaxon.model.network.Network;

/**
 * Whether a network has no energy, as results of a run state it. Without one no gradient is
 * claimed, and no minimum is judged.
 *
 * @param why feedback weights of its own; empty if there is an energy
 */
public record NoEnergy(String why) {
    /**
     * The statement on a network.
     *
     * @param network of the run
     * @return why it has no energy, or that it has one
     */
    public static NoEnergy of(Network network) {
        return new NoEnergy(network.noEnergy());
    }

    /** {@return true if there is no energy} */
    public boolean holds() {
        return !why.isEmpty();
    }

    /**
     * States it in a line, unless there is an energy.
     *
     * @param out receives it
     */
    public void print(PrintWriter out) {
        if (holds()) {
            out.printf("no energy    %s; no gradient is claimed%n", why);
        }
    }

    /**
     * States it in JSON, where null stands for an energy.
     *
     * @param node receives it
     */
    public void fill(ObjectNode node) {
        node.put("noEnergy", holds() ? why : null);
    }
}
