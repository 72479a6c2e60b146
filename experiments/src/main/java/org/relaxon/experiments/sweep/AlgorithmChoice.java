package org.relaxon.experiments.sweep;

import org.relaxon.model.algorithm.Algorithm;

/** Names algorithms for a grid, in the variant that whoever sweeps has asked for. */
@FunctionalInterface
public interface AlgorithmChoice {
    /**
     * {@return the algorithm of a name}
     *
     * @param name such as {@code pc-nudge}
     * @param step of gradient dynamics; NaN for the dynamics asked for
     * @throws IllegalArgumentException if there is no such algorithm, or none with such steps
     */
    Algorithm named(String name, double step);
}
