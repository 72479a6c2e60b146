package org.relaxon.experiments.certificate;

import java.util.Locale;
import java.util.stream.Collectors;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * The part of a Hopfield energy in the free phase that belongs to linear neurons. With all others
 * at any values it is 1/2 x^T (1 - Wsym) x plus a term that is linear in x, and so has the same
 * second derivative everywhere. An eigenvalue below 0 leaves the whole energy without a minimum:
 * the second derivative at one has no such block.
 */
final class LinearPart {
    /** Eigenvalues this near 0 may be 0. */
    private static final double ROUND_OFF = 1e-9;

    private static final int NAMED_MAX = 6;

    private final Synapses synapses;
    private final Network network;

    LinearPart(Synapses synapses) {
        this.synapses = synapses;
        this.network = synapses.network();
    }

    /** Why the energy has no minimum; empty if this part does not show it. */
    String whyUnbounded() {
        int n =
                network.populations().stream()
                        .filter(this::isLinear)
                        .mapToInt(Population::size)
                        .sum();
        if (n == 0 || n > SymmetricSpectrum.DENSE_MAX) {
            return ""; // power iteration only bounds an eigenvalue
        }
        double smallest = SymmetricSpectrum.dense(this::product, n).smallest();
        return smallest < -ROUND_OFF // NaN shows nothing
                ? String.format(
                        Locale.ROOT,
                        "its energy has no minimum: in the linear populations %s it is quadratic, with"
                                + " the eigenvalue %.3g wherever the others are, and falls without"
                                + " bound",
                        names(),
                        smallest)
                : "";
    }

    private boolean isLinear(Population p) {
        return p.role() != Population.Role.INPUT && p.activation() == StandardActivation.LINEAR;
    }

    private String names() {
        int all = (int) network.populations().stream().filter(this::isLinear).count();
        String first =
                network.populations().stream()
                        .filter(this::isLinear)
                        .limit(NAMED_MAX)
                        .map(Population::name)
                        .collect(Collectors.joining(", "));
        return all <= NAMED_MAX ? first : first + ", ... (%d)".formatted(all);
    }

    /** (1 - Wsym) x of the linear neurons, one population after the other. */
    private double[] product(double[] flat) {
        int count = network.populations().size();
        double[][] x = new double[count][];
        int at = 0;
        for (Population p : network.populations()) {
            if (isLinear(p)) {
                x[p.index()] = java.util.Arrays.copyOfRange(flat, at, at + p.size());
                at += p.size();
            }
        }
        double[] out = new double[flat.length];
        int to = 0;
        for (Population p : network.populations()) {
            if (isLinear(p)) {
                double[] down = synapses.drive(p.index(), x);
                double[] up = synapses.feedback(p.index(), x);
                for (int i = 0; i < p.size(); i++) {
                    out[to + i] = x[p.index()][i] - down[i] - up[i];
                }
                to += p.size();
            }
        }
        return out;
    }
}
