package org.relaxon.experiments.reproduction;

import org.relaxon.model.plasticity.UpdateGate;

/**
 * One way to let the synapses of a network change over a training.
 *
 * @param name in tables and files
 * @param probability p with which a synapse changes at a step
 * @param frozen whether the same share p changes at every step
 * @param rateFactor multiple of the learning rate of the synchronous training
 * @param stepsFactor multiple of its number of steps
 * @param role its expected outcome
 */
public record Arm(
        String name,
        double probability,
        boolean frozen,
        double rateFactor,
        double stepsFactor,
        Role role) {
    /** The purpose of an arm. */
    public enum Role {
        /** All others are compared with it. */
        SYNCHRONOUS,
        /** Desynchronised: must not be worse. */
        EQUAL,
        /**
         * Not desynchronised, or with less learning: must be worse, otherwise the comparison is not
         * sensitive.
         */
        WORSE
    }

    /** All synapses at every step. */
    static Arm synchronous() {
        return new Arm("synchronous", 1, false, 1, 1, Role.SYNCHRONOUS);
    }

    /** As many changes of every synapse, over 1 / p as many steps. */
    static Arm sameUpdates(double p) {
        return new Arm("same updates", p, false, 1, 1 / p, Role.EQUAL);
    }

    /** As many steps, with changes 1 / p as large. */
    static Arm samePresentations(double p) {
        return new Arm("same presentations", p, false, 1 / p, 1, Role.EQUAL);
    }

    /**
     * As many changes in total as {@link #sameUpdates}, up to the draw, but of the same synapses.
     */
    static Arm frozen(double p) {
        return new Arm("frozen", p, true, 1, 1 / p, Role.WORSE);
    }

    /** Fewer changes, without compensation. */
    static Arm lessLearning(double p) {
        return new Arm("less learning", p, false, 1, 1, Role.WORSE);
    }

    UpdateGate gate(long seed) {
        return frozen
                ? UpdateGate.frozen(probability, seed)
                : UpdateGate.independent(probability, seed);
    }
}
