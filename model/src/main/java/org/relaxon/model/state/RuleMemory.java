package org.relaxon.model.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relaxon.model.math.Numeral;

/**
 * A memory of a rule's own, declared by name: numbers that every cell holds besides activity and
 * error, such as Lagrange multipliers or traces. They are part of the state: zero at rest, lost in
 * a crash, saved in snapshots, restored bit for bit where a phase starts from one. A network has
 * settled only when every memory is at rest, that is when relaxing again leaves it unchanged.
 *
 * <p>What is judged is how far a memory is from its rest, which one relaxation shows only if it
 * goes the whole way. A memory that moves by a part of the way declares that part as its share, and
 * moves are divided by it: a multiplier with lambda += alpha r, where r = (u - lambda) / rho, has
 * the share alpha / rho.
 *
 * @param name lower case letters, digits and dashes, from a letter, at most {@value #LENGTH_MAX}
 * @param extent which numbers a cell holds
 * @param share smallest part of its distance from rest by which a number moves in one relaxation
 *     while the cell's neighbours keep still, greater than 0 and at most 1
 */
public record RuleMemory(String name, Extent extent, double share) {
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
     * Checks name and share.
     *
     * @param name see above
     * @param extent which numbers a cell holds
     * @param share see above
     * @throws IllegalArgumentException naming a name or a share that is not allowed
     */
    public RuleMemory {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    ("memory: \"%s\" is not a name; need 1 to %d lower case letters, digits and"
                                    + " dashes, from a letter")
                            .formatted(name, LENGTH_MAX));
        }
        if (!(share > 0.0 && share <= 1.0)) {
            throw new IllegalArgumentException(
                    "memory %s: share %s is not in 0..1, 0 excluded"
                            .formatted(name, Numeral.text(share)));
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
        return new RuleMemory(name, Extent.NEURONS, 1.0);
    }

    /**
     * One number per neuron and column for every projection that reaches the cell.
     *
     * @param name name of the memory
     * @return the declaration
     */
    public static RuleMemory perProjection(String name) {
        return new RuleMemory(name, Extent.PROJECTIONS, 1.0);
    }

    /**
     * The same memory, of which one relaxation moves only a part of the way.
     *
     * @param value greater than 0 and at most 1
     * @return the declaration
     * @throws IllegalArgumentException naming a share that is not allowed
     */
    public RuleMemory withShare(double value) {
        return new RuleMemory(name, extent, value);
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

    /**
     * {@return the share of the memory to which an array belongs}
     *
     * @param declared memories of a rule
     * @param label of an array, see {@link #label}
     * @throws IllegalArgumentException naming a label of none of them
     */
    public static double share(List<RuleMemory> declared, String label) {
        for (RuleMemory one : declared) {
            if (label.equals(one.name) || label.startsWith(one.name + ".")) {
                return one.share;
            }
        }
        throw new IllegalArgumentException("memory: \"%s\" is not declared".formatted(label));
    }
}
