package org.relaxon.experiments.check;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of a check.
 *
 * @param plan the requested check
 * @param problems one per seed, with its reference
 * @param cases that were run, worst first
 * @param compared pairs of estimates of two cases of the same rule and seed that were compared
 * @param spread largest relative difference between them; NaN if one is NaN, or if there are none
 * @param cancelled true if the check was stopped before all cases were judged
 */
public record CheckResult(
        CheckPlan plan,
        List<ReferenceProblem> problems,
        List<CheckCase> cases,
        long compared,
        double spread,
        boolean cancelled) {

    /**
     * Largest relative difference of two estimates of one rule and seed that counts as agreement,
     * where nothing else is claimed.
     */
    static final double AGREEMENT = 1e-6;

    /** Exit code if the claim holds in every case, or everything stands where none is made. */
    public static final int HOLDS = 0;

    /** Exit code if it does not hold in some case, or cases without a claim do not agree. */
    public static final int DOES_NOT_HOLD = 1;

    /** Exit code if some case did not settle or is not judged, or the check was cancelled. */
    public static final int NOT_SETTLED = 3;

    /**
     * Copies the lists.
     *
     * @param plan the requested check
     * @param problems one per seed, with its reference
     * @param cases that were run, worst first
     * @param compared pairs of estimates of two cases of the same rule and seed
     * @param spread largest relative difference between them
     * @param cancelled true if the check was stopped before all cases were judged
     */
    public CheckResult {
        problems = List.copyOf(problems);
        cases = List.copyOf(cases);
    }

    /**
     * {@return the case that is farthest from holding: not settled, not holding, not judged, or
     * with the largest error; empty without cases}
     */
    public Optional<CheckCase> worst() {
        return cases.stream().min(CheckCase.WORST_FIRST);
    }

    /** {@return true if every case of the plan was judged and holds} */
    public boolean holds() {
        return exitCode() == HOLDS && noClaim().isEmpty();
    }

    /** {@return why nothing is claimed: the network has no energy; empty if it has one} */
    public String noClaim() {
        return problems.stream().map(p -> p.problem().network().noEnergy()).findFirst().orElse("");
    }

    /**
     * {@return whether cases without a claim have the same update on every host, with every
     * granularity and delay, as far as they settled; true where no two can be compared, and where
     * there is a claim to judge instead}
     */
    public boolean agrees() {
        return !noClaim().isEmpty() && compared > 0 ? spread <= AGREEMENT : true; // NaN fails
    }

    /** {@return {@link #HOLDS}, {@link #DOES_NOT_HOLD} or {@link #NOT_SETTLED}} */
    public int exitCode() {
        if (cases.stream().anyMatch(c -> c.settled() && !c.stands()) || !agrees()) {
            return DOES_NOT_HOLD; // a wrong gradient is worse than none
        }
        if (cancelled || cases.isEmpty() || !cases.stream().allMatch(CheckCase::settled)) {
            return NOT_SETTLED;
        }
        return cases.stream().allMatch(c -> c.notJudged().isEmpty()) ? HOLDS : NOT_SETTLED;
    }
}
