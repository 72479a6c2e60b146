package org.relaxon.runtime;

import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * Follows the equilibria from the free state to a nudged one at intermediate strengths. If they
 * move continuously, the nudged state is on the branch of the free one whatever its energy; if they
 * jump however small the step, it is not.
 */
final class Continuation {
    /** States farther apart than this need an intermediate strength. */
    private static final double NEAR = 0.05;

    /** A jump within this share of the strength counts as one. */
    private static final double NARROWEST = 1.0 / 1024;

    private static final int SETTLINGS_MAX = 200;

    private final Session session;
    private final Method method;
    private final PhaseSpec spec;
    private final Matrix input;
    private final Matrix target;
    private Budget left;
    private int settlings;
    private String gaveUp = "";

    /**
     * All settlings of one branch together spend no more than {@code budget}.
     *
     * @param spec the phase whose state may be on the branch
     */
    Continuation(
            Session session,
            Method method,
            PhaseSpec spec,
            Matrix input,
            Matrix target,
            Budget budget) {
        this.session = session;
        this.method = method;
        this.spec = spec;
        this.input = input;
        this.target = target;
        left = budget;
    }

    /** Why it is not known whether a branch exists; empty if it is known. */
    String gaveUp() {
        return gaveUp;
    }

    /** True if a continuous branch was found; the session then holds the nudged state again. */
    boolean leadsTo(Conclusive free, Settled nudged) {
        if (method.algorithm().strength() != Strength.BETA) {
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
        if (high - low <= NARROWEST) {
            return false;
        }
        if (!(settle(middle) instanceof Settled between)) {
            return false;
        }
        Equilibrium there = between.equilibrium();
        return follows(free, from, low, there, middle) && follows(free, there, middle, to, high);
    }

    /** Null if the budget is spent. */
    private Settlement settle(double share) {
        if (settlings >= SETTLINGS_MAX || left == null) {
            gaveUp = giveUp("");
            return null;
        }
        settlings++;
        Method weaker = method.withStrength(share * method.strength());
        Settlement verdict = session.settle(weaker.phase(spec, input, target), left);
        left = left.without(session.report());
        if (verdict instanceof NotSettled not && not.reason().isBudget()) {
            gaveUp = giveUp(", " + not.reason().reportName());
        }
        return verdict;
    }

    private String giveUp(String what) {
        return "whether a continuous branch leads there is not known: given up after %d settlings%s"
                .formatted(settlings, what);
    }
}
