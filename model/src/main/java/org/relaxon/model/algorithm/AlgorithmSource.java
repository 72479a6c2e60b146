package org.relaxon.model.algorithm;

import java.util.List;

/**
 * A user's member of the family. A jar that names such classes, each with a constructor without
 * arguments, in {@code META-INF/services/org.relaxon.model.algorithm.AlgorithmSource} makes them
 * available to every verb. An energy stated by one term needs no source; see {@link
 * org.relaxon.model.energy.EnergyTerm}.
 */
public interface AlgorithmSource {
    /** {@return the name in options} */
    String optionName();

    /** {@return one line about it, for lists} */
    String line();

    /** {@return the algorithm, whose own {@link Algorithm#optionName} is that of this source} */
    Algorithm algorithm();

    /**
     * The same source with other parameters, in an order of its own: {@code --parameters}.
     *
     * @param parameters finite numbers, at least one
     * @return the source with these parameters, under the same name
     * @throws IllegalArgumentException naming a parameter that is out of range, or by default:
     *     there are none
     */
    default AlgorithmSource with(List<Double> parameters) {
        throw new IllegalArgumentException(
                "parameters: %s does not apply to %s".formatted(parameters, optionName()));
    }

    /**
     * The same algorithm by gradient steps.
     *
     * @param step greater than 0 and at most 1
     * @return the algorithm under gradient dynamics
     * @throws IllegalArgumentException by default: there is no such variant
     */
    default Algorithm bySteps(double step) {
        throw new IllegalArgumentException(
                "step: %s does not apply to %s".formatted(step, optionName()));
    }
}
