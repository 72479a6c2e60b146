package org.relaxon.model.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;

/**
 * How a gradient is estimated: what settles, at which multiples of a strength, and the strength.
 *
 * @param algorithm which phases to settle
 * @param estimator multiples of the strength, with the share of each
 * @param strength beta or gamma; not read if the algorithm has none. 0 stands for the free phase
 *     alone where a command accepts that
 */
public record Method(Algorithm algorithm, Estimator estimator, double strength) {
    /**
     * Checks that the algorithm is defined with the estimator.
     *
     * @param algorithm which phases to settle
     * @param estimator multiples of the strength, with the share of each
     * @param strength beta or gamma; not read if the algorithm has none
     * @throws IllegalArgumentException naming both if it is not
     */
    public Method {
        algorithm.require(estimator);
    }

    /**
     * Refuses a strength outside the range of the algorithm.
     *
     * @param depth weight layers on the longest path
     * @return this method
     * @throws IllegalArgumentException naming strength, value and range
     */
    public Method inRange(int depth) {
        algorithm.requireStrength(strength, depth);
        return this;
    }

    /**
     * Refuses a strength at which a phase multiplies the loss by a number that the loss does not
     * accept.
     *
     * @param loss loss at the output
     * @throws IllegalArgumentException naming the number, the allowed range and a strength that is
     *     accepted
     */
    public void requireStrengths(Loss loss) {
        double[] refused = refused(loss);
        if (refused.length == 0) {
            return;
        }
        String range = loss.betaRange();
        throw new IllegalArgumentException(
                refused[0] == strength
                        ? "beta: %s must be %s".formatted(strength, range)
                        : "beta: %s with the estimator %s nudges by %s, which must be %s%s"
                                .formatted(
                                        strength,
                                        estimator.optionName(),
                                        refused[0],
                                        range,
                                        smaller(loss)));
    }

    /** The multiples of the loss that it does not accept, in the order of the phases. */
    private double[] refused(Loss loss) {
        Matrix one = Matrix.zeros(1, 1);
        return phases(one, one).stream()
                .flatMapToDouble(phase -> Arrays.stream(phase.betas()))
                .filter(beta -> !loss.accepts(beta))
                .toArray();
    }

    /** The largest of a few smaller strengths that is accepted; empty if none is. */
    private String smaller(Loss loss) {
        return DoubleStream.of(1.0, 0.5, 0.1)
                .filter(beta -> beta < strength)
                .filter(beta -> withStrength(beta).refused(loss).length == 0)
                .mapToObj("; %s is accepted"::formatted)
                .findFirst()
                .orElse("");
    }

    /**
     * {@return the same with another algorithm}
     *
     * @param value which phases to settle
     * @throws IllegalArgumentException if it is not defined with the estimator
     */
    public Method withAlgorithm(Algorithm value) {
        return new Method(value, estimator, strength);
    }

    /**
     * {@return the same with another estimator}
     *
     * @param value multiples of the strength, with the share of each
     * @throws IllegalArgumentException if the algorithm is not defined with it
     */
    public Method withEstimator(Estimator value) {
        return new Method(algorithm, value, strength);
    }

    /**
     * {@return the same at another strength}
     *
     * @param value beta or gamma
     */
    public Method withStrength(double value) {
        return new Method(algorithm, estimator, value);
    }

    /**
     * {@return one phase of the algorithm, with data}
     *
     * @param spec one of the algorithm's phases
     * @param input shape (n_0, B)
     * @param target shape (n_L, B); not read in a free phase
     */
    public Phase phase(PhaseSpec spec, Matrix input, Matrix target) {
        return spec.impose(input, target, this);
    }

    /**
     * {@return all phases of the algorithm with data, in the order in which they settle}
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     */
    public List<Phase> phases(Matrix input, Matrix target) {
        return algorithm.phases().stream().map(spec -> phase(spec, input, target)).toList();
    }

    /**
     * {@return the phase without a target: the algorithm's first free one, or a free phase at rest}
     *
     * @param input shape (n_0, B)
     */
    public Phase free(Matrix input) {
        return algorithm.phases().stream()
                .filter(PhaseSpec::isFree)
                .findFirst()
                .map(spec -> phase(spec, input, null))
                .orElseGet(() -> Phase.free(input));
    }

    /** {@return the largest number of columns that settle side by side for each example} */
    public int columnsPerExample() {
        return algorithm.phases().stream()
                .filter(spec -> !spec.isFree())
                .mapToInt(spec -> spec.multiples(estimator).columnsPerExample())
                .max()
                .orElseThrow();
    }

    /** The label of the algorithm, the estimator and the strength, for display. */
    @Override
    public String toString() {
        return "%s, %s, strength %s"
                .formatted(algorithm.label(), estimator, Numeral.text(strength));
    }
}
