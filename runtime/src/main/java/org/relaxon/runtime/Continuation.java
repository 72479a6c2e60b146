package org.relaxon.runtime;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * Follows the equilibria from the free state to a nudged one at strengths in between. Where they
 * move continuously, the nudged state is on the branch of the free one whatever its energy; where
 * they jump however small the step, it is not.
 */
final class Continuation {
    /** States farther apart than this ask for a strength in between. */
    private static final double NEAR = 0.05;

    /** A jump within this share of the strength is one. */
    private static final double NARROWEST = 1.0 / 1024;

    private static final int SETTLINGS_MAX = 200;

    private final Session session;
    private final Algorithm algorithm;
    private final Estimator estimator;
    private final Matrix input;
    private final Matrix target;
    private final double strength;
    private final Budget budget;
    private int settlings;

    Continuation(
            Session session,
            Algorithm algorithm,
            Estimator estimator,
            Matrix input,
            Matrix target,
            double strength,
            Budget budget) {
        this.session = session;
        this.algorithm = algorithm;
        this.estimator = estimator;
        this.input = input;
        this.target = target;
        this.strength = strength;
        this.budget = budget;
    }

    /** True if a continuous branch was found; the session then holds the nudged state again. */
    boolean leadsTo(Conclusive free, Settled nudged) {
        if (algorithm.strength() != Strength.BETA) {
            return false;
        }
        Equilibrium origin = free.equilibrium();
        Equilibrium goal = nudged.equilibrium();
        boolean found = follows(origin, null, 0.0, goal, 1.0);
        return found && settle(1.0) instanceof Settled;
    }

    /**
     * @param from the state at share {@code low} of the strength; null for the free state
     */
    private boolean follows(
            Equilibrium free, Equilibrium from, double low, Equilibrium to, double high) {
        if (Release.distance(free, from, to) <= NEAR) {
            return true;
        }
        double middle = (low + high) / 2;
        if (high - low <= NARROWEST || ++settlings > SETTLINGS_MAX) {
            return false;
        }
        if (!(settle(middle) instanceof Settled between)) {
            return false;
        }
        Equilibrium there = between.equilibrium();
        return follows(free, from, low, there, middle) && follows(free, there, middle, to, high);
    }

    private Settlement settle(double share) {
        return session.settle(algorithm.nudged(input, target, estimator, share * strength), budget);
    }
}
