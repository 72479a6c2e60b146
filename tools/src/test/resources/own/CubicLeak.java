package own;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.*;
import org.relaxon.model.rule.*;
import org.relaxon.model.state.CellState;

/** A rule of the energy x^2/2 + x^4/4 - x a, of which it states the value and nothing else. */
public class CubicLeak implements Rule, AlgorithmSource {
    public String optionName() { return "cubic-leak"; }
    public String line() { return "x^2/2 + x^4/4 - x a; implicit gradient, order 1 or 2"; }

    public Algorithm algorithm() {
        return new Algorithm(optionName(), "", this, Algorithm.Start.FREE, Phase.Output.NUDGED,
                Algorithm.Strength.BETA, Reference.IMPLICIT, Algorithm.ESTIMATOR);
    }

    public StatedEnergy energy() {
        return StatedEnergy.own((s, energy) -> {
            for (int k = 0; k < s.activity().length; k++) {
                double x = s.activity()[k];
                energy[k % s.columns()] += 0.5 * x * x + 0.25 * x * x * x * x - x * s.drive()[k];
            }
        });
    }

    public void correct(CellState s) { // x + x^3 = a + u, at the output + beta (target - x)
        for (int k = 0; k < s.activity().length; k++) {
            double beta = s.isOutput() ? s.beta()[k % s.columns()] : 0.0;
            double right = s.drive()[k] + (beta == 0.0 ? s.feedback()[k] : beta * s.target()[k]);
            double x = right / (1.0 + beta); // beyond the root: Newton's method falls to it
            double from;
            do {
                from = x;
                double next = x - ((1.0 + beta) * x + x * x * x - right) / (1.0 + beta + 3.0 * x * x);
                x = Math.abs(next) < Math.abs(x) ? next : x;
            } while (x != from);
            s.activity()[k] = s.error()[k] = s.backward()[k] = x;
        }
    }

    public void announce(CellState s) {
        System.arraycopy(s.error(), 0, s.backward(), 0, s.error().length);
    }

    public void predict(CellState s) {}
    public void validate(Network network) {
        if (network.loss() != StandardLoss.SQUARED) { // by which correct nudges
            throw new IllegalArgumentException("loss: cubic-leak needs squared");
        }
    }
    public Traits traits() { return Traits.NONE; }
    public Dynamics dynamics() { return Dynamics.fixedPoint(Units.OF_ACTIVITIES); }
    public LocalRule localRule() { return HebbianRule.INSTANCE; }
}
