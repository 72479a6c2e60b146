package org.relaxon.model.state;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.phase.Phase;

/**
 * What the states of a population's cells have in common in a phase; see {@link CellState}.
 *
 * @param phase null: a nudge of real strengths and gain 1
 */
record Setting(
        Activation activation,
        Elementary math,
        Loss loss,
        double[] beta,
        Phase phase,
        int population,
        int height) {

    static Setting of(Activation activation, Elementary math, Loss loss, double[] beta) {
        return new Setting(activation, math, loss, beta, null, 0, 0);
    }

    Setting on(Phase imposed, int where, int above) {
        return new Setting(activation, math, loss, beta, imposed, where, above);
    }

    double strength(int column) {
        return phase == null ? beta[column] : phase.strength(column);
    }

    double betaImaginary(int column) {
        return phase == null ? 0.0 : phase.imaginary(column);
    }

    double gamma(int column) {
        return phase == null ? 1.0 : phase.gamma(column);
    }

    boolean differences() {
        return phase != null && phase.differences();
    }

    Phase.Output output() {
        return phase == null ? Phase.Output.NUDGED : phase.output();
    }
}
