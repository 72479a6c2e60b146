package org.relaxon.model.rule;

import java.util.Objects;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.state.CellState;

/**
 * The coordinate minimisation of {@link CoordinatePredictiveCoding} with steps that cannot raise
 * the energy when cells take turns, whatever the nudge, the weights and the activation. It replaces
 * f'^2 by the curvature of a parabola that touches the postsynaptic energy (x - f(a))^2 / 2 and
 * lies above it everywhere ({@link Activation#majorant}), made separable in the presynaptic neurons
 * (De Pierro 1995): a hidden cell moves to the minimum of a bound of its energy that is tight at
 * its present state.
 *
 * <p>At a kink that no parabola covers a neuron does not move. If the gradient of one side does not
 * vanish there, an audit finds a defect. A jump of f' does not keep a cell from resting.
 */
final class SafeguardedPredictiveCoding extends PredictiveCoding {
    /** Curvature of a neuron that does not move. */
    static final double FIXED = 1e100;

    /**
     * @param moves the moves for which the curvature is valid until it is renewed
     */
    public SafeguardedPredictiveCoding(Moves moves) {
        this(
                new CurvatureSteps(
                        Objects.requireNonNull(moves, "moves"),
                        new PredictiveCoding(),
                        SafeguardedPredictiveCoding::majorants,
                        FIXED));
    }

    /** It reads the slope, but where f' jumps the curvature grows and steps become small. */
    private SafeguardedPredictiveCoding(CurvatureSteps steps) {
        super(
                TRAITS.without(Trait.HOLDS_ERRORS, Trait.READS_SLOPE, Trait.CO_PARENTS_INTERACT)
                        .with(steps.traits()),
                steps);
    }

    private static void majorants(CellState s, double[] curvature) {
        for (int k = 0; k < curvature.length; k++) {
            double a = s.drive()[k];
            double mu = s.prediction()[k];
            curvature[k] = s.activation().majorant(a, mu, s.activity()[k], s.math());
        }
    }

    /** Every hidden or output activation needs a majorant. */
    @Override
    public void validate(Network network) {
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                requireMajorant(p.activation());
            }
        }
    }

    private void requireMajorant(Activation f) {
        double value = f.value(1.0, Elementary.STRICT);
        if (Double.isNaN(f.majorant(1.0, value, 1.0, Elementary.STRICT))) {
            throw new IllegalArgumentException(
                    "%s %s: activation %s has no known majorant"
                            .formatted(optionName(), variant(), f.optionName()));
        }
    }

    @Override
    protected void hiddenError(CellState s) {
        double[] e = s.error();
        for (int k = 0; k < e.length; k++) {
            double curvature = s.curvature(k);
            double mu = s.prediction()[k];
            boolean stays = curvature >= FIXED;
            e[k] = (stays ? s.activity()[k] : (mu + s.pulled(k)) / (1.0 + curvature)) - mu;
        }
    }
}
