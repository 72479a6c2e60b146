package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.state.CellState;

/**
 * Zero-divergence inference learning, Z-IL (Song, Lukasiewicz, Xu and Bogacz 2020), as dataflow:
 * from the settled forward pass the output takes its target, and every other cell makes exactly one
 * step, when the errors of all cells that it projects to have arrived. Its synapses change at that
 * moment. With inference rate 1 the changes are the backprop gradient; with another rate r the
 * error of a cell k projections below the output is r^k times the exact one.
 */
final class ZeroDivergenceInference extends FixedPrediction {
    private static final Traits USUAL = TRAITS.with(Trait.ACTS_ONCE);

    private final double rate;

    /**
     * @param rate inference rate, finite and greater than 0; 1 for backprop's gradient
     */
    public ZeroDivergenceInference(double rate) {
        super(rate == 1.0 ? USUAL : USUAL.choosing(rate));
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "inference-rate: need a finite number > 0, got " + rate);
        }
        this.rate = rate;
    }

    @Override
    public String optionName() {
        return "z-il";
    }

    /** A wave needs a first and a last layer for every path, as layered networks have. */
    @Override
    public void validate(Network network) {
        super.validate(network);
        network.requireLayered(optionName());
    }

    @Override
    protected void hiddenError(CellState s) {
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.anchor() == null ? s.feedback()[k] : rate * s.feedback()[k];
        }
    }
}
