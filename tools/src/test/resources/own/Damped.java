package own;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.*;
import org.relaxon.model.state.CellState;

/** Predictive coding whose errors move half of the way at every relaxation. */
public class Damped extends PredictiveCoding implements AlgorithmSource {
    @Override
    public String optionName() {
        return "damped-pc";
    }

    @Override
    public String line() {
        return "half steps of the error; backprop, order 1 or 2";
    }

    @Override
    public Algorithm algorithm() {
        return new Algorithm(optionName(), "", this, Algorithm.Start.REST, Phase.Output.NUDGED,
                Algorithm.Strength.BETA, Reference.BACKPROP, Algorithm.ESTIMATOR);
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.of(StatedEnergy.Kind.SQUARED_DIVERGENCE);
    }

    @Override
    protected void hiddenError(CellState s) {
        boolean moved = false;
        for (int k = 0; k < s.error().length; k++) {
            double off = s.feedback()[k] - s.error()[k];
            moved |= Math.abs(off) > 1e-13 * Math.abs(s.feedback()[k]);
            s.error()[k] += 0.5 * off;
        }
        s.moved(moved);
    }

    /** How it moves, and the rule that judges where it rests. */
    @Override
    public Dynamics dynamics() {
        return new Dynamics() {
            @Override
            public Rule judge(Rule own) {
                return new PredictiveCoding();
            }

            @Override
            public boolean wantsAnotherTurn(CellState s, double threshold) {
                return s.moved() && !s.isOutput(); // nothing need arrive before the next half step
            }
        };
    }
}
