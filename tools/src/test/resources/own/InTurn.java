package own;

import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.algorithm.Reference;

/** Equilibrium propagation whose nudges of +beta and -beta settle one after the other. */
public class InTurn implements AlgorithmSource {
    @Override
    public String optionName() {
        return "ep-in-turn";
    }

    @Override
    public String line() {
        return "ep, +beta and -beta in turn; implicit gradient, order 2";
    }

    @Override
    public Algorithm algorithm() {
        PhaseSpec free = PhaseSpec.free("free");
        PhaseSpec up = PhaseSpec.nudged("up").differencesFrom("free").withShare(0.5);
        PhaseSpec down = PhaseSpec.nudged("down").differencesFrom("free").withShare(0.5);
        return new Algorithm(optionName(), "", Algorithms.equilibriumPropagation(Form.DIFFERENCE).rule(),
                List.of(free, up.at(+1), down.at(-1)), Algorithm.Strength.BETA, Reference.IMPLICIT,
                Algorithm.ESTIMATOR);
    }
}
