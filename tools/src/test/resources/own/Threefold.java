package own;

import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;

/** Predictive coding for 3/2 e^2, with relaxation and feedback of its own. */
public class Threefold extends ErrorForm implements AlgorithmSource {
    @Override
    public String optionName() {
        return "threefold";
    }

    @Override
    public String line() {
        return "3/2 e^2; backprop, order 1 or 2";
    }

    @Override
    public Algorithm algorithm() {
        return new Algorithm(optionName(), "", this, Algorithm.Start.REST, Phase.Output.NUDGED,
                Algorithm.Strength.BETA, Reference.BACKPROP, Algorithm.ESTIMATOR);
    }

    @Override
    public StatedEnergy energy() {
        return new StatedEnergy(StatedEnergy.Kind.SQUARED_DIVERGENCE, List.of(3.0));
    }

    @Override
    public Traits traits() {
        return super.traits().with(Trait.READS_SLOPE); // f'(a) is part of what is sent back
    }

    @Override
    public void announce(CellState s) {
        for (int k = 0; k < s.backward().length; k++) {
            s.backward()[k] = s.slope()[k] * 3.0 * s.error()[k];
        }
    }

    @Override
    protected void hiddenError(CellState s) {
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.feedback()[k] / 3.0;
        }
    }

    @Override
    protected void outputError(CellState s) {
        nudgeByLoss(s, 1.0 / 3.0);
    }
}
