package org.relaxon.model.rule;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.state.CellState;

/**
 * Which energy a rule minimises, for code that judges it independently: references, predicted
 * errors, certificates and second derivatives follow from this statement, and from nothing else
 * about the rule. A rule that states no energy settles and is audited like the others; a command
 * that needs its energy refuses it by name.
 *
 * @param kind of energy
 * @param precisions of a layered divergence by population, from the first that is not clamped on
 *     and used again from the start if there are more; empty if all are 1
 * @param term of every neuron, if the energy is a {@link Kind#TERM}; null for all others
 * @param value of an {@link Kind#OWN} energy; null if it is not stated, and for all others, whose
 *     value follows from the kind
 * @param pair how the two states of a {@link Kind#PAIR_OF_STATES} part; null for all others
 */
public record StatedEnergy(
        Kind kind, List<Double> precisions, EnergyTerm term, Value value, Pair pair) {
    /** An energy of unknown kind and value. */
    public static final StatedEnergy OWN = of(Kind.OWN);

    /**
     * The value of an energy of which nothing else is known. From the value of a sum over neurons
     * of a function of activity and drive, the gradients {@code finite-difference} and {@code
     * implicit} follow by differences; a rule with another value settles, and is refused by name
     * where these are needed.
     */
    public interface Value {
        /**
         * Adds one cell's share to every column. A comparison also calls this at activities where
         * no cell rests, with activity, drive and prediction f(a) set, and as error the activity
         * minus prediction under {@link Trait#ERROR_FORM} and the activity elsewhere; slope,
         * feedback, backward, target and beta are NaN there.
         *
         * @param state at rest, or in a comparison near it
         * @param energy length B
         */
        void add(CellState state, double[] energy);

        /**
         * The factor of beta in a nudged phase, for one example: by default the network's loss.
         *
         * @param output activity of the output, shape (n_L)
         * @param target shape (n_L)
         * @param network network of the run
         * @return the loss
         */
        default double loss(Network network, double[] output, double[] target) {
            return network.loss().value(output, target, target.length, 1, 0);
        }
    }

    /**
     * How the two states of a neuron part under its feedback u: s+ = f(a + up u) and s- = f(a - (1
     * - up) u), with the mean weight s+ + (1 - weight) s-. The fixed point is a saddle of one
     * function where both numbers are equal.
     *
     * @param weight of the first state in the mean, from 0 to 1
     * @param up share of the feedback that moves the first state, from 0 to 1
     */
    public record Pair(double weight, double up) {
        /** Symmetric. */
        public static final Pair EVEN = new Pair(0.5, 0.5);

        /**
         * Checks both.
         *
         * @param weight of the first state in the mean, from 0 to 1
         * @param up share of the feedback that moves the first state, from 0 to 1
         * @throws IllegalArgumentException if one is out of range
         */
        public Pair {
            if (!(weight >= 0.0 && weight <= 1.0 && up >= 0.0 && up <= 1.0)) {
                throw new IllegalArgumentException("alpha: " + weight + " is not in 0..1");
            }
        }

        /** {@return whether the fixed point is a saddle of one function of all states} */
        public boolean isSaddle() {
            return weight == up;
        }

        /**
         * {@return whether both states of a linear output under the squared loss are minima, or the
         * one that the loss repels is a maximum}
         *
         * @param beta nudging strength
         */
        public boolean accepts(double beta) {
            return 1.0 + up * beta > 0.0 && 1.0 - (1.0 - up) * beta > 0.0;
        }

        /** {@return the range that {@link #accepts} states, in words} */
        public String betaRange() {
            String least = up > 0.0 ? "greater than " + Numeral.text(-1.0 / up) : "";
            String most = up < 1.0 ? "less than " + Numeral.text(1.0 / (1.0 - up)) : "";
            return least + (least.isEmpty() || most.isEmpty() ? "" : " and ") + most;
        }
    }

    /** Energies with a known theory. */
    public enum Kind {
        /** Half the squared distance of activities from predictions, times precisions. */
        SQUARED_DIVERGENCE,
        /** Fenchel-Young divergences of activities from drives. */
        FENCHEL_YOUNG_DIVERGENCE,
        /**
         * Squared distances from the predictions of the forward pass: a wave, without a minimum.
         */
        FORWARD_PASS,
        /** Pairs of states, at a saddle if {@link Pair#isSaddle}. */
        PAIR_OF_STATES,
        /** Hopfield energy over real activities. */
        HOPFIELD,
        /** Hopfield energy continued to complex activities. */
        COMPLEX_HOPFIELD,
        /** A sum over neurons of a term that is stated with its derivatives. */
        TERM,
        /** An unknown energy. */
        OWN
    }

    /**
     * Copies the precisions.
     *
     * @param kind kind of energy
     * @param precisions by population, may be empty
     * @param term needed for {@link Kind#TERM}, null elsewhere
     * @param value allowed for {@link Kind#OWN}, null elsewhere
     * @param pair needed for {@link Kind#PAIR_OF_STATES}, null elsewhere
     * @throws IllegalArgumentException if term or value does not fit the kind
     */
    public StatedEnergy {
        precisions = List.copyOf(precisions);
        if ((kind == Kind.TERM) != (term != null)) {
            throw new IllegalArgumentException("term: needed for kind TERM, and for no other");
        }
        if (value != null && kind != Kind.OWN) {
            throw new IllegalArgumentException("value: that of " + kind + " is known");
        }
        if ((kind == Kind.PAIR_OF_STATES) != (pair != null)) {
            throw new IllegalArgumentException("pair: needed for pairs of states, and no other");
        }
    }

    /**
     * An energy without a pair to state; pairs of states are symmetric then.
     *
     * @param kind kind of energy
     * @param precisions by population, may be empty
     * @param term needed for {@link Kind#TERM}, null elsewhere
     * @param value allowed for {@link Kind#OWN}, null elsewhere
     */
    public StatedEnergy(Kind kind, List<Double> precisions, EnergyTerm term, Value value) {
        this(kind, precisions, term, value, kind == Kind.PAIR_OF_STATES ? Pair.EVEN : null);
    }

    /**
     * A layered divergence with precisions.
     *
     * @param kind kind of energy
     * @param precisions by population, may be empty
     */
    public StatedEnergy(Kind kind, List<Double> precisions) {
        this(kind, precisions, null, null);
    }

    /**
     * States an energy with precisions of 1.
     *
     * @param kind kind of energy, not {@link Kind#TERM}
     * @return the statement
     */
    public static StatedEnergy of(Kind kind) {
        return new StatedEnergy(kind, List.of());
    }

    /**
     * An energy of which only the value is known.
     *
     * @param value value of the energy
     * @return the statement
     */
    public static StatedEnergy own(Value value) {
        return new StatedEnergy(Kind.OWN, List.of(), null, value);
    }

    /**
     * States pairs of states.
     *
     * @param pair how the two states part
     * @return the statement
     */
    static StatedEnergy of(Pair pair) {
        return new StatedEnergy(Kind.PAIR_OF_STATES, List.of(), null, null, pair);
    }

    /**
     * States a sum of terms.
     *
     * @param term phi(x, a) of every neuron
     * @return the statement
     */
    public static StatedEnergy of(EnergyTerm term) {
        return new StatedEnergy(Kind.TERM, List.of(), term, null);
    }

    /**
     * The statement of a rule of this package. A user's class that extends one may have changed the
     * energy, and must state it itself.
     */
    static StatedEnergy unlessExtended(Rule rule, Kind kind) {
        boolean own = rule.getClass().getPackage() != Rule.class.getPackage();
        return own ? OWN : of(kind);
    }

    /**
     * Adds one cell's share of the energy to every column.
     *
     * @param state at rest
     * @param energy length B; NaN where the value is not known
     */
    public void add(CellState state, double[] energy) {
        switch (kind) {
            case SQUARED_DIVERGENCE, FORWARD_PASS -> addSquares(state, energy);
            case FENCHEL_YOUNG_DIVERGENCE -> FenchelYoungEnergy.add(state, energy);
            case HOPFIELD -> HopfieldEnergy.add(state, energy);
            case TERM -> addTerms(state, energy);
            case PAIR_OF_STATES, COMPLEX_HOPFIELD -> Arrays.fill(energy, Double.NaN);
            case OWN -> {
                if (value == null) {
                    Arrays.fill(energy, Double.NaN);
                } else {
                    value.add(state, energy);
                }
            }
        }
    }

    /**
     * {@return why {@link #add} knows no value: "not stated", or that it is not a real number;
     * empty if it knows one}
     */
    public String missing() {
        return switch (kind) {
            case PAIR_OF_STATES ->
                    pair.isSaddle()
                            ? "none: the state is a saddle over pairs of states"
                            : "none: pairs of states under such a nudge follow no one function";
            case COMPLEX_HOPFIELD -> "no real number: activities are complex";
            case OWN -> value == null ? "not stated" : "";
            default -> "";
        };
    }

    /**
     * The factor of beta in a nudged phase, for one example and one output: see {@link Value#loss}.
     *
     * @param network network of the run
     * @param output activity of one output, shape (n_L)
     * @param target shape (n_L)
     * @return the loss
     */
    public double loss(Network network, double[] output, double[] target) {
        return value == null
                ? network.loss().value(output, target, target.length, 1, 0)
                : value.loss(network, output, target);
    }

    /** Half the squared error, weighted. */
    private void addSquares(CellState s, double[] energy) {
        double half = 0.5 * precision(s.population());
        double[] row = new double[energy.length];
        for (int at = 0; at < s.error().length; at += row.length) {
            System.arraycopy(s.error(), at, row, 0, row.length); // vectors need equal indices
            for (int c = 0; c < row.length; c++) {
                energy[c] += half * row[c] * row[c];
            }
        }
    }

    private void addTerms(CellState s, double[] energy) {
        for (int k = 0; k < s.activity().length; k++) {
            Drive drive = new Drive(s.drive()[k], s.prediction()[k], s.slope()[k]);
            energy[k % energy.length] += term.value(s.activity()[k], drive);
        }
    }

    /** {@return true for sums over populations of a divergence of activities from predictions} */
    public boolean isLayered() {
        return kind == Kind.SQUARED_DIVERGENCE
                || kind == Kind.FENCHEL_YOUNG_DIVERGENCE
                || kind == Kind.FORWARD_PASS;
    }

    /** {@return true if nothing but the value of the energy is known} */
    public boolean isGivenByValue() {
        return value != null;
    }

    /** {@return true for Hopfield energies} */
    public boolean isHopfield() {
        return kind == Kind.HOPFIELD || kind == Kind.COMPLEX_HOPFIELD;
    }

    /**
     * Precision of a population; the clamped input is population 0.
     *
     * @param population index of the population
     * @return P
     */
    public double precision(int population) {
        int n = precisions.size();
        return n == 0 ? 1.0 : precisions.get(Math.floorMod(population - 1, n));
    }
}
