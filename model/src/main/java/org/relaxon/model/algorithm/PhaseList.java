package org.relaxon.model.algorithm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.plasticity.Estimator;

/**
 * Checks that the phases of an algorithm fit each other, and finds the estimator that they amount
 * to together.
 */
final class PhaseList {
    private final List<PhaseSpec> phases;
    private final List<PhaseSpec> sharing;
    private final Map<String, PhaseSpec> byName = new LinkedHashMap<>();

    private PhaseList(List<PhaseSpec> phases) {
        this.phases = phases;
        this.sharing = phases.stream().filter(PhaseSpec::contributes).toList();
    }

    /**
     * Refuses phases that cannot settle one after another, or whose updates do not add up to one
     * estimate.
     */
    static void require(List<PhaseSpec> phases, Strength strength) {
        PhaseList list = new PhaseList(phases);
        list.requireOrder();
        list.requireOneKind(strength);
        list.requireFreeStarts(strength);
        if (list.sharing.get(0).multiples() == null) {
            list.requireOneForTheEstimator();
        } else {
            own(phases); // refuses shares that do not add up
        }
    }

    /** The phases after which one finds what it starts from. */
    private void requireOrder() {
        for (PhaseSpec one : phases) {
            if (one.start() != null && !byName.containsKey(one.start())) {
                throw refusal(
                        one,
                        "starts from \"%s\", which is not one of the phases before it: %s"
                                .formatted(one.start(), byName.keySet()));
            }
            if (byName.put(one.name(), one) != null) {
                throw refusal(one, "two phases have this name");
            }
        }
        if (sharing.isEmpty()) {
            throw new IllegalArgumentException(
                    "phases: none of %s has a share in the estimate".formatted(byName.keySet()));
        }
    }

    /** References know one way in which the target acts, so all that share have the same. */
    private void requireOneKind(Strength strength) {
        PhaseSpec first = sharing.get(0);
        for (PhaseSpec one : sharing) {
            boolean same =
                    one.output() == first.output()
                            && one.differences() == first.differences()
                            && (one.start() == null) == (first.start() == null);
            if (!same) {
                throw refusal(
                        one,
                        "its target or its start acts otherwise than in %s; all phases with a share"
                                        .formatted(first.name())
                                + " must agree");
            }
        }
        for (PhaseSpec one : phases) {
            boolean gain = strength == Strength.GAMMA;
            boolean multiplies = gain || strength == Strength.BETA && !one.isFree();
            if (one.multiples() != null && !multiplies) {
                throw refusal(
                        one,
                        "states multiples %s; a phase %s has no real strength to multiply"
                                .formatted(
                                        one.multiples(),
                                        one.isFree() ? "without target" : "of this algorithm"));
            }
        }
    }

    /** An update contrasts a phase with a free one: the same for all, or one for each. */
    private void requireFreeStarts(Strength strength) {
        long starts = sharing.stream().map(PhaseSpec::start).distinct().count();
        for (PhaseSpec one : sharing) {
            if (one.start() == null) {
                continue;
            }
            PhaseSpec free = byName.get(one.start());
            if (!free.isFree()) {
                throw refusal(
                        one,
                        "has a share and starts from %s, which is not free".formatted(free.name()));
            }
            boolean gains = Objects.equals(free.multiples(), one.multiples());
            if (strength == Strength.GAMMA && !gains) {
                throw refusal(
                        one, "gains of feedback differ from those of %s".formatted(free.name()));
            }
            if (starts != 1 && starts != sharing.size()) {
                throw refusal(
                        one,
                        "phases with a share start from %d phases; allowed: 1, or one for each of %d"
                                .formatted(starts, sharing.size()));
            }
        }
    }

    private void requireOneForTheEstimator() {
        PhaseSpec first = sharing.get(0);
        for (PhaseSpec other : sharing) {
            if (other != first) {
                throw refusal(
                        other,
                        "has a share beside %s, which takes the multiples of the estimator; state multiples in both"
                                .formatted(first.name()));
            }
        }
        if (first.share() != 1.0) {
            throw refusal(first, "share %s: need 1 in the only one".formatted(first.share()));
        }
    }

    /**
     * The estimator that the multiples of all phases amount to; null if they are those of the
     * method's estimator.
     */
    static Estimator own(List<PhaseSpec> phases) {
        List<PhaseSpec> sharing = phases.stream().filter(PhaseSpec::contributes).toList();
        List<Double> multiples = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (PhaseSpec one : sharing) {
            if (one.multiples() == null) {
                if (sharing.get(0).multiples() == null) {
                    return null;
                }
                throw refusal(one, "states no multiples, %s does".formatted(sharing.get(0).name()));
            }
            if (one.multiples().isComplex()) {
                throw refusal(one, "multiples %s are not real".formatted(one.multiples()));
            }
            double[] real = one.multiples().spread(1.0, 1);
            for (int s = 0; s < real.length; s++) {
                multiples.add(real[s]);
                shares.add(one.share() * one.multiples().shares()[s]);
            }
        }
        return known(
                multiples.stream().mapToDouble(m -> m).toArray(),
                shares.stream().mapToDouble(s -> s).toArray());
    }

    /** The one with a name of its own if there is one. */
    private static Estimator known(double[] multiples, double[] shares) {
        for (Estimator one : Estimator.values()) {
            boolean same = java.util.Arrays.equals(one.spread(1.0, 1), multiples);
            if (same && java.util.Arrays.equals(one.shares(), shares)) {
                return one;
            }
        }
        return Estimator.of(multiples, shares);
    }

    private static IllegalArgumentException refusal(PhaseSpec one, String what) {
        return new IllegalArgumentException("phases: %s: %s".formatted(one.name(), what));
    }
}
