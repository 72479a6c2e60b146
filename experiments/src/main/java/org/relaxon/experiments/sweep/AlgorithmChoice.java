package org.relaxon.experiments.sweep;

import org.relaxon.model.algorithm.Algorithm;

/** Finds the algorithms of a grid by name, in the variant that the options of the sweep request. */
@FunctionalInterface
public interface AlgorithmChoice {
    /**
     * {@return the algorithm of a name}
     *
     * @param name such as {@code pc-nudge}
     * @param step of gradient dynamics; NaN for the requested dynamics
     * @throws IllegalArgumentException if there is no such algorithm, or none with such steps
     */
    Algorithm named(String name, double step);
}
