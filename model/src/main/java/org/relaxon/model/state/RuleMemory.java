package org.relaxon.model.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A memory of a rule's own, declared by name: numbers that every cell holds besides activity and
 * error, such as Lagrange multipliers or traces. They are part of the state: zero at rest, lost in
 * a crash, saved in snapshots, restored bit for bit where a phase starts from one. A network has
 * settled only when every memory is at rest, that is when relaxing again leaves it unchanged.
 *
 * @param name lower case letters, digits and dashes, from a letter, at most {@value #LENGTH_MAX}
 * @param extent which numbers a cell holds
 */
public record RuleMemory(String name, Extent extent) {
    /** The longest name. */
    public static final int LENGTH_MAX = 32;

    /** Which numbers a cell of n neurons holds in a phase of B columns. */
    public enum Extent {
        /** One per neuron and column, shape (n, B). */
        NEURONS,
        /** One per neuron and column for every incoming projection, each of shape (n, B). */
        PROJECTIONS
    }

    /**
     * Checks the name.
     *
     * @param name see above
     * @param extent which numbers a cell holds
     * @throws IllegalArgumentException naming a name that is not allowed
     */
    public RuleMemory {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    ("memory: \"%s\" is not a name; need 1 to %d lower case letters, digits and"
                                    + " dashes, from a letter")
                            .formatted(name, LENGTH_MAX));
        }
    }

    private static boolean isName(String name) {
        boolean letters = name.chars().allMatch(RuleMemory::isAllowed);
        return letters && !name.isEmpty() && name.length() <= LENGTH_MAX && name.charAt(0) >= 'a';
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    /**
     * One number per neuron and column.
     *
     * @param name name of the memory
     * @return the declaration
     */
    public static RuleMemory perNeuron(String name) {
        return new RuleMemory(name, Extent.NEURONS);
    }

    /**
     * One number per neuron and column for every projection that reaches the cell.
     *
     * @param name name of the memory
     * @return the declaration
     */
    public static RuleMemory perProjection(String name) {
        return new RuleMemory(name, Extent.PROJECTIONS);
    }

    /**
     * Refuses two memories of one name.
     *
     * @param declared memories of a rule
     * @throws IllegalArgumentException naming the second one
     */
    public static void requireDistinct(List<RuleMemory> declared) {
        Set<String> names = new HashSet<>();
        for (RuleMemory one : declared) {
            if (!names.add(one.name)) {
                throw new IllegalArgumentException(
                        "memory: \"%s\" is declared twice".formatted(one.name));
            }
        }
    }

    /**
     * {@return the number of arrays of shape (n, B) in a cell}
     *
     * @param projections number of projections that reach the cell
     */
    public int arrays(int projections) {
        return extent == Extent.NEURONS ? 1 : projections;
    }

    /**
     * {@return the name of one array: that of the memory, followed for one of several projections
     * by a dot and its position}
     *
     * @param projection position among the projections that reach the cell, from 0
     */
    public String label(int projection) {
        return extent == Extent.NEURONS ? name : name + "." + projection;
    }
}
