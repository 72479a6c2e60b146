package org.relaxon.model.connectivity;

import org.relaxon.model.math.Numeral;
import org.relaxon.model.weights.Weights;

/**
 * A connectivity whose synapses have the strength s w, where w is the stored number. Fixed
 * strengths are scaled as well.
 *
 * @param unscaled which neuron reaches which
 * @param scale s
 */
record Scaled(Connectivity unscaled, double scale) implements Connectivity {
    static final String PREFIX = "scaled:";

    Scaled {
        if (!(scale > 0.0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "scale: %s is not a finite number above 0".formatted(Numeral.text(scale)));
        }
        if (unscaled instanceof Scaled) {
            throw new IllegalArgumentException(
                    "scale: %s has one already".formatted(unscaled.spec()));
        }
    }

    /** Of a text that begins with the prefix. */
    static Connectivity parse(String text) {
        String rest = text.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        double scale;
        try {
            scale = Double.parseDouble(rest.substring(0, Math.max(colon, 0)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "connectivity \"%s\": scaled needs a number and a connectivity: scaled:0.125:all-to-all"
                            .formatted(text),
                    e);
        }
        return Connectivity.scaled(ConnectivityText.read(rest.substring(colon + 1)), scale);
    }

    @Override
    public String spec() {
        return PREFIX + scale + ":" + unscaled.spec();
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        unscaled.requireFit(presynaptic, postsynaptic);
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        return unscaled.onto(neuron, presynaptic);
    }

    @Override
    public Onto checkedOnto(int neuron, int presynaptic) {
        return unscaled.checkedOnto(neuron, presynaptic);
    }

    @Override
    public int fanIn(int presynaptic) {
        return unscaled.fanIn(presynaptic);
    }

    @Override
    public int rows(int postsynaptic) {
        return unscaled.rows(postsynaptic);
    }

    @Override
    public int rowLength(int presynaptic) {
        return unscaled.rowLength(presynaptic);
    }

    @Override
    public boolean shares() {
        return unscaled.shares();
    }

    @Override
    public double fixed() {
        return scale * unscaled.fixed(); // NaN stays NaN: the strengths are stored
    }

    @Override
    public boolean isAmongOthers() {
        return unscaled.isAmongOthers();
    }

    @Override
    public boolean isMatrix() {
        return false; // what is stored is not what the synapses multiply by
    }

    @Override
    public long synapses(int presynaptic, int postsynaptic) {
        return unscaled.synapses(presynaptic, postsynaptic);
    }

    @Override
    public Weights zeros(int from, int to, int presynaptic) {
        return isFixed()
                ? StructuredWeights.zeros(this, from, to, presynaptic, null)
                : new ScaledWeights(unscaled.zeros(from, to, presynaptic), scale);
    }

    @Override
    public Weights zeros(int from, int to, int presynaptic, int[] linked) {
        return isFixed()
                ? StructuredWeights.zeros(this, from, to, presynaptic, linked)
                : new ScaledWeights(unscaled.zeros(from, to, presynaptic, linked), scale);
    }
}
