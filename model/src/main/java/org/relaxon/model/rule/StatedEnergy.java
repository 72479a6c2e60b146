package org.relaxon.model.rule;

import java.util.List;
import org.relaxon.model.energy.EnergyTerm;

/**
 * Which energy a rule says it minimises, for those who judge it by code of their own: references,
 * predicted errors, certificates and second derivatives follow from it, and from nothing else about
 * the rule. A rule that states none settles and is audited like the others; what would need to know
 * its energy is refused by name.
 *
 * @param kind of energy
 * @param precisions of a layered divergence by population, from the first that is not clamped on
 *     and used again from the start if there are more; empty if all are 1
 * @param term of every neuron, if the energy is a {@link Kind#TERM}; null for all others
 */
public record StatedEnergy(Kind kind, List<Double> precisions, EnergyTerm term) {
    /** None that is known elsewhere. */
    public static final StatedEnergy OWN = of(Kind.OWN);

    /** Energies of which there is a theory. */
    public enum Kind {
        /** Half the squared distance of activities from predictions, times precisions. */
        SQUARED_DIVERGENCE,
        /** Fenchel-Young divergences of activities from drives. */
        FENCHEL_YOUNG_DIVERGENCE,
        /** Squared distances from the predictions of the forward pass: a wave, and no minimum. */
        FORWARD_PASS,
        /** A saddle over pairs of states. */
        PAIR_OF_STATES,
        /** Hopfield energy over real activities. */
        HOPFIELD,
        /** Hopfield energy continued to complex activities. */
        COMPLEX_HOPFIELD,
        /** A sum over neurons of a term that is stated with its derivatives. */
        TERM,
        /** One that is not known. */
        OWN
    }

    /** Copies the precisions. */
    public StatedEnergy {
        precisions = List.copyOf(precisions);
        if ((kind == Kind.TERM) != (term != null)) {
            throw new IllegalArgumentException("term: needed for kind TERM, and for no other");
        }
    }

    /** A layered divergence with precisions. */
    public StatedEnergy(Kind kind, List<Double> precisions) {
        this(kind, precisions, null);
    }

    /** One with precisions of 1. */
    public static StatedEnergy of(Kind kind) {
        return new StatedEnergy(kind, List.of());
    }

    /** A sum of terms. */
    public static StatedEnergy of(EnergyTerm term) {
        return new StatedEnergy(Kind.TERM, List.of(), term);
    }

    /**
     * What a rule of this package states. A class from elsewhere that extends one may have changed
     * the energy, and has to state it by itself.
     */
    static StatedEnergy unlessExtended(Rule rule, Kind kind) {
        boolean own = rule.getClass().getPackage() != Rule.class.getPackage();
        return own ? OWN : of(kind);
    }

    /** True for sums over populations of a divergence of activities from predictions. */
    public boolean isLayered() {
        return kind == Kind.SQUARED_DIVERGENCE
                || kind == Kind.FENCHEL_YOUNG_DIVERGENCE
                || kind == Kind.FORWARD_PASS;
    }

    /** True for Hopfield energies. */
    public boolean isHopfield() {
        return kind == Kind.HOPFIELD || kind == Kind.COMPLEX_HOPFIELD;
    }

    /** Precision of a population; the clamped input is population 0. */
    public double precision(int population) {
        int n = precisions.size();
        return n == 0 ? 1.0 : precisions.get(Math.floorMod(population - 1, n));
    }
}
