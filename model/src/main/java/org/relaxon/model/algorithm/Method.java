package org.relaxon.model.algorithm;

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
     * {@return the free phase}
     *
     * @param input shape (n_0, B)
     */
    public Phase free(Matrix input) {
        return algorithm.free(input, estimator, strength);
    }

    /**
     * {@return the nudged phase}
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     */
    public Phase nudged(Matrix input, Matrix target) {
        return algorithm.nudged(input, target, estimator, strength);
    }

    /** {@return the number of columns that settle side by side for each example} */
    public int columnsPerExample() {
        return estimator.columnsPerExample();
    }

    /** The label of the algorithm, the estimator and the strength, for display. */
    @Override
    public String toString() {
        return "%s, %s, strength %s"
                .formatted(algorithm.label(), estimator, Numeral.text(strength));
    }
}
