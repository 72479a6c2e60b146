package org.relaxon.model.rule;

import org.relaxon.model.activation.Holomorphic;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.HebbianRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * The Hopfield energy with complex activities, for holomorphic equilibrium propagation (Laborieux
 * and Zenke 2022): a nudge of strength beta w with w a root of unity moves the network off the real
 * line, and the mean over all roots leaves only the powers 0, N, 2N, ... of the error. Linear
 * output, squared loss. Nothing is conjugated anywhere.
 *
 * <p>Plane 0 holds real parts, plane 1 imaginary parts.
 */
final class HolomorphicHopfield implements Rule {
    private static final Traits TRAITS = Traits.of(Trait.COMPLEX, Trait.NUDGES_BESIDE_FEEDBACK);
    private static final Dynamics AT_ONCE = Dynamics.fixedPoint(Units.OF_ACTIVITIES);

    @Override
    public String optionName() {
        return "hep";
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.COMPLEX_HOPFIELD);
    }

    @Override
    public void validate(Network network) {
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                Holomorphic.of(p.activation());
            }
        }
        for (Population output : network.outputs()) {
            boolean linear = output.activation() == StandardActivation.LINEAR;
            if (!linear || network.loss() != StandardLoss.SQUARED) {
                throw new IllegalArgumentException(
                        "hep: needs a linear output and the squared loss, got %s and %s"
                                .formatted(
                                        output.activation().optionName(),
                                        network.loss().optionName()));
            }
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        return !phase.differences() && phase.output() == Phase.Output.NUDGED && phase.hasUnitGain();
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public Dynamics dynamics() {
        return AT_ONCE;
    }

    @Override
    public void predict(CellState s) {
        // as for real activities, feedback moves the activity as much as drive does
    }

    @Override
    public void correct(CellState s) {
        int columns = s.columns();
        Holomorphic f = Holomorphic.of(s.activation());
        for (int i = 0; i < s.neurons(); i++) {
            for (int c = 0; c < columns; c++) {
                int re = 2 * i * columns + c;
                int im = re + columns;
                if (s.isOutput()) {
                    output(s, i * columns + c, c, re, im);
                } else {
                    f.value(
                            s.drive()[re] + s.feedback()[re],
                            s.drive()[im] + s.feedback()[im],
                            s.activity(),
                            re,
                            im);
                }
            }
        }
        Hopfield.publish(s);
    }

    /** s = (h + beta T) / (1 + beta), with h the drive plus any feedback. */
    private static void output(CellState s, int target, int c, int re, int im) {
        double p = s.beta()[c];
        double q = s.betaImaginary(c);
        boolean free = p == 0.0 && q == 0.0;
        double t = free ? 0.0 : s.target()[target];
        double x = s.drive()[re] + s.feedback()[re] + p * t;
        double y = s.drive()[im] + s.feedback()[im] + q * t;
        double size = (1.0 + p) * (1.0 + p) + q * q;
        s.activity()[re] = (x * (1.0 + p) + y * q) / size;
        s.activity()[im] = (y * (1.0 + p) - x * q) / size;
    }

    @Override
    public void announce(CellState s) {
        System.arraycopy(s.error(), 0, s.backward(), 0, s.backward().length);
    }

    @Override
    public LocalRule localRule() {
        return HebbianRule.INSTANCE;
    }
}
