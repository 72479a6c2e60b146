package org.relaxon.experiments.reference;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * The clamped and the nudged populations of one example. An input, a target, and what references
 * call the output have one row per neuron, of all inputs or outputs one after another; states have
 * one array per population.
 *
 * @param network whose inputs and outputs these are
 */
record Ends(Network network) {
    /** The part of an input or target that belongs to one population; null for null. */
    double[] part(Population p, double[] rows) {
        return rows == null ? null : network.rowsOf(rows, 1, p.index());
    }

    /** The state with the rows of an input in its clamped populations; the others are kept. */
    double[][] withInput(double[][] state, double[] input) {
        double[][] out = state.clone();
        network.inputs().forEach(p -> out[p.index()] = part(p, input));
        return out;
    }

    /** The state with given rows in its outputs; the others are kept. */
    double[][] withOutput(double[][] state, double[] output) {
        double[][] out = state.clone();
        network.outputs().forEach(p -> out[p.index()] = part(p, output));
        return out;
    }

    /** The rows of all inputs in a state. */
    double[] inputs(double[][] state) {
        return rows(network.inputs(), network.inputSize(), state);
    }

    /** The rows of all outputs in a state. */
    double[] outputs(double[][] state) {
        return rows(network.outputs(), network.outputSize(), state);
    }

    private static double[] rows(Iterable<Population> ends, int size, double[][] state) {
        double[] out = new double[size];
        int at = 0;
        for (Population p : ends) {
            double[] own = state[p.index()];
            System.arraycopy(own, 0, out, at, own.length);
            at += own.length;
        }
        return out;
    }

    /** The loss summed over all outputs, given their rows. */
    double loss(double[] output, double[] target) {
        OutputLoss loss = new OutputLoss(network.loss());
        double sum = 0.0;
        boolean first = true;
        for (Population p : network.outputs()) {
            double own = loss.value(part(p, output), part(p, target));
            sum = first ? own : sum + own;
            first = false;
        }
        return sum;
    }

    /** dL/dx in the rows of all outputs. */
    double[] error(double[] output, double[] target) {
        double[] out = new double[output.length];
        OutputLoss loss = new OutputLoss(network.loss());
        for (Population p : network.outputs()) {
            double[] own = loss.gradient(part(p, output), part(p, target));
            System.arraycopy(own, 0, out, network.firstRow(p.index()), own.length);
        }
        return out;
    }

    /** The second derivatives of the loss at one output, in a state. */
    OutputLoss.Curvature curvature(Population p, double[][] state, double[] target) {
        return new OutputLoss(network.loss()).curvature(state[p.index()], part(p, target));
    }
}
