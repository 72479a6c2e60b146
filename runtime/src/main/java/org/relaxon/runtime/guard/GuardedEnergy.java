package org.relaxon.runtime.guard;

import org.relaxon.model.network.Network;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.state.CellState;

/** An energy value whose failures are reported by name. */
final class GuardedEnergy extends Guarded implements StatedEnergy.Value {
    private final StatedEnergy.Value part;

    GuardedEnergy(StatedEnergy.Value part, String name) {
        super(part, "algorithm", name);
        this.part = part;
    }

    @Override
    public void add(CellState state, double[] energy) {
        try {
            part.add(state, energy);
        } catch (Throwable thrown) {
            throw failure("add", thrown);
        }
    }

    @Override
    public double loss(Network network, double[] output, double[] target) {
        try {
            return part.loss(network, output, target);
        } catch (Throwable thrown) {
            throw failure("loss", thrown);
        }
    }
}
