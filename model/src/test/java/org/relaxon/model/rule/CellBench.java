package org.relaxon.model.rule;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** One cell's state on a bench: its inputs are written by hand and a rule is applied to it. */
final class CellBench {
    private final CellState state;

    private CellBench(CellState state) {
        this.state = state;
    }

    static CellBench hidden(Activation f, int neurons, double... beta) {
        return new CellBench(new CellState(neurons, beta, 1, 1, f, Elementary.STRICT, null, null));
    }

    static CellBench hidden(Activation f, int neurons, int planes, int back, double... beta) {
        return new CellBench(
                new CellState(neurons, beta, planes, back, f, Elementary.STRICT, null, null));
    }

    /** One output neuron. */
    static CellBench output(Activation f, Loss loss, double... beta) {
        return output(f, loss, 1, 1, beta);
    }

    static CellBench output(Activation f, Loss loss, int neurons, int planes, double... beta) {
        double[] target = new double[neurons * beta.length];
        return new CellBench(
                new CellState(neurons, beta, planes, planes, f, Elementary.STRICT, loss, target));
    }

    CellState state() {
        return state;
    }

    CellBench drive(double... values) {
        return copy(values, state.drive());
    }

    CellBench feedback(double... values) {
        return copy(values, state.feedback());
    }

    CellBench target(double... values) {
        return copy(values, state.target());
    }

    CellBench activity(double... values) {
        return copy(values, state.activity());
    }

    CellBench on(Phase phase, int population, int height) {
        state.on(phase, population, height);
        return this;
    }

    CellBench anchor(CellBench saved) {
        state.anchorAt(saved.state);
        return this;
    }

    private CellBench copy(double[] from, double[] into) {
        if (from.length != into.length) {
            throw new AssertionError(from.length + " numbers for " + into.length);
        }
        System.arraycopy(from, 0, into, 0, into.length);
        return this;
    }
}
