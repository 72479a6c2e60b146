package org.relaxon.runtime.guard;

import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/** A local rule whose failures are reported by name. */
final class GuardedLocalRule extends Guarded implements LocalRule {
    private final LocalRule part;

    GuardedLocalRule(LocalRule part, String name) {
        super(part, "algorithm", name);
        this.part = part;
    }

    @Override
    public void postsynaptic(CellState state, double[] columnWeights, double[] factor) {
        try {
            part.postsynaptic(state, columnWeights, factor);
        } catch (Throwable thrown) {
            throw failure("postsynaptic", thrown);
        }
    }

    @Override
    public boolean anchored(CellState state, double[] columnWeights, double[] factor) {
        try {
            return part.anchored(state, columnWeights, factor);
        } catch (Throwable thrown) {
            throw failure("anchored", thrown);
        }
    }

    @Override
    public boolean isContrast() {
        try {
            return part.isContrast();
        } catch (Throwable thrown) {
            throw failure("isContrast", thrown);
        }
    }
}
