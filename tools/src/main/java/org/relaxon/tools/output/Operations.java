package org.relaxon.tools.output;

/** What the counts of operations mean, in the words of every page that has one. */
public final class Operations {
    /** Their name on pages. */
    public static final String NAME = "synaptic operations";

    /** The definition of a synaptic operation, with products that are left out. */
    public static final String MEANING =
            "synaptic operations: multiplications by a weight in the relaxations of all cells, forth"
                    + " and back. The product of the clamped input, made once per phase, audits and"
                    + " changes of weights are not counted.";

    private Operations() {}
}
