package org.relaxon.model.cell;

import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.state.CellState;

/**
 * The parts of one cell, whatever phase is open.
 *
 * @param id which slice of which population
 * @param network it belongs to
 * @param rule that the cell follows
 * @param kernels arithmetic, with scratch memory of the cell's own
 * @param height of the population in the network
 * @param ports ends of its links
 * @param synapses its weights and biases
 * @param thresholds which changes are worth a signal
 * @param announcer sends its state
 */
record CellParts(
        CellId id,
        Network network,
        Rule rule,
        Kernels kernels,
        int height,
        Ports ports,
        Synapses synapses,
        SendThresholds thresholds,
        Announcer announcer) {

    /**
     * The parts of one cell of a wiring.
     *
     * @param original whose synapses are shared; null for weights of zeros
     */
    static CellParts of(
            Wiring wiring,
            int index,
            Rule rule,
            Kernels.Kind kind,
            Signalling signalling,
            CellParts original) {
        CellId id = wiring.cells().get(index);
        Kernels kernels = new Kernels(kind);
        int height = wiring.height(id.population());
        Ports ports = Ports.of(wiring, id, original == null ? null : original.ports);
        int planes = rule.traits().activityPlanes();
        Synapses synapses =
                original == null
                        ? new Synapses(id, ports.afferents(), kernels, rule.localRule(), planes)
                        : new Synapses(original.synapses, ports.afferents(), kernels);
        SendThresholds thresholds = new SendThresholds(signalling, rule, height);
        Announcer announcer = new Announcer(rule, ports, kernels, synapses, thresholds);
        return new CellParts(
                id,
                wiring.network(),
                rule,
                kernels,
                height,
                ports,
                synapses,
                thresholds,
                announcer);
    }

    Population population() {
        return network.population(id.population());
    }

    /** Number of projections that reach this cell. */
    int projections() {
        return network.into(id.population()).size();
    }

    boolean isOutput() {
        return population().role() == Population.Role.OUTPUT;
    }

    /** Writes biases and W x of all recorded activities; returns the multiplications. */
    long drive(CellState state) {
        long operations = 0;
        synapses.fillBias(state);
        for (Afferent a : ports.afferents()) {
            a.addDrive(kernels, state.drive());
            operations += a.operations(state.columns());
        }
        return operations;
    }
}
