package org.relaxon.model.rule;

import java.util.Arrays;
import java.util.Objects;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * The energy of {@link FenchelYoung} by coordinate minimisation, for nudges so strong that its
 * error form need not contract. The part G*(a) of the postsynaptic energy has a curvature of at
 * most sup f'. Let C_j = sum_i sup f'_i |W_ij| sum_k |W_ik|. A hidden cell moves to the solution of
 * x = f(a + feedback + C (x' - x)), the minimum of a bound that is tight at the received activity
 * x' (De Pierro 1995). This cannot raise the energy when cells take turns, for any activation.
 *
 * <p>The error is x - mu, which costs eps / beta: not for small nudges.
 */
final class CoordinateFenchelYoung extends ErrorForm {
    private static final FenchelYoung JUDGE = new FenchelYoung();

    /**
     * @param moves the moves for which the curvature is valid until it is renewed
     */
    public CoordinateFenchelYoung(Moves moves) {
        this(
                new CurvatureSteps(
                        Objects.requireNonNull(moves, "moves"),
                        JUDGE,
                        (s, curvature) -> Arrays.fill(curvature, s.activation().steepest()),
                        Double.POSITIVE_INFINITY));
    }

    private CoordinateFenchelYoung(CurvatureSteps steps) {
        super(
                TRAITS.without(Trait.HOLDS_ERRORS, Trait.CO_PARENTS_INTERACT).with(steps.traits()),
                steps);
    }

    @Override
    public String optionName() {
        return JUDGE.optionName();
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.FENCHEL_YOUNG_DIVERGENCE);
    }

    @Override
    public void validate(Network network) {
        JUDGE.validate(network);
    }

    @Override
    public void announce(CellState s) {
        JUDGE.announce(s);
    }

    @Override
    protected void hiddenError(CellState s) {
        double[] e = s.error();
        for (int k = 0; k < e.length; k++) {
            double curvature = s.curvature(k);
            double mu = s.prediction()[k];
            double shift = s.pulled(k) - curvature * mu;
            e[k] = OutputNudge.solve(s, s.drive()[k], mu, shift, curvature, 0.0);
        }
    }

    @Override
    protected void outputError(CellState s) {
        JUDGE.outputError(s);
    }
}
