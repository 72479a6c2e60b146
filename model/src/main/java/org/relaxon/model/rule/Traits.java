package org.relaxon.model.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.RuleMemory;

/**
 * The traits of a rule, and what its cells remember for it.
 *
 * @param all all traits; not to be changed
 * @param memory memories that every cell holds for the rule, usually none. {@link Rule#correct}
 *     reads and writes them by {@link org.relaxon.model.state.CellState#memory(String)}; a cell
 *     relaxes again while a memory is farther from its rest than the threshold, in the units of its
 *     feedback, and an audit counts that distance as a defect; see {@link RuleMemory#share}.
 * @param parameters numbers that a user has chosen for the rule, in the order in which options give
 *     them: results state them
 */
public record Traits(Set<Trait> all, List<RuleMemory> memory, List<Double> parameters) {
    /** Rules with one of these assume that the free state is a forward pass. */
    private static final Set<Trait> OF_PREDICTIONS =
            EnumSet.of(
                    Trait.ERROR_FORM,
                    Trait.HOLDS_ERRORS,
                    Trait.READS_SLOPE,
                    Trait.SENDS_CURVATURE,
                    Trait.DATAFLOW);

    /** A rule without requirements and promises. */
    public static final Traits NONE = new Traits(Set.of());

    /**
     * Copies set and lists.
     *
     * @param all traits, none twice
     * @param memory memories that every cell holds for the rule
     * @param parameters numbers that a user has chosen for the rule
     */
    public Traits {
        Set<Trait> own = EnumSet.noneOf(Trait.class); // asked for every signal: one bit each
        own.addAll(all);
        all = Collections.unmodifiableSet(own);
        memory = List.copyOf(memory);
        parameters = List.copyOf(parameters);
    }

    /**
     * Traits of a rule without memory.
     *
     * @param all traits, none twice
     */
    public Traits(Set<Trait> all) {
        this(all, List.of(), List.of());
    }

    /**
     * These traits.
     *
     * @param first one trait
     * @param others more of them
     * @return their set
     */
    public static Traits of(Trait first, Trait... others) {
        return new Traits(EnumSet.of(first, others));
    }

    /**
     * These and others.
     *
     * @param others traits to add
     * @return the union
     */
    public Traits with(Trait... others) {
        Set<Trait> more = EnumSet.noneOf(Trait.class);
        more.addAll(all);
        more.addAll(Set.of(others));
        return new Traits(more, memory, parameters);
    }

    /**
     * The same with memories that every cell holds.
     *
     * @param more memories to add
     * @return these traits with all of them
     */
    public Traits remembering(RuleMemory... more) {
        List<RuleMemory> held = new ArrayList<>(memory);
        held.addAll(List.of(more));
        return new Traits(all, held, parameters);
    }

    /**
     * The same of a rule with parameters that a user has chosen.
     *
     * @param chosen numbers in the order in which options give them
     * @return these traits with the numbers
     */
    public Traits choosing(double... chosen) {
        return new Traits(all, memory, Arrays.stream(chosen).boxed().toList());
    }

    /**
     * These and those of another rule or dynamics.
     *
     * @param others traits to add
     * @return the union
     */
    public Traits with(Traits others) {
        return with(others.all.toArray(Trait[]::new))
                .remembering(others.memory.toArray(RuleMemory[]::new));
    }

    /**
     * These traits without others.
     *
     * @param others traits to leave out
     * @return the difference
     */
    public Traits without(Trait... others) {
        Set<Trait> less = EnumSet.noneOf(Trait.class);
        less.addAll(all);
        Set.of(others).forEach(less::remove);
        return new Traits(less, memory, parameters);
    }

    /**
     * True if a trait is among them.
     *
     * @param trait trait to look for
     * @return whether it is
     */
    public boolean has(Trait trait) {
        return all.contains(trait);
    }

    /** {@return whether such a rule is not defined where projections close a cycle} */
    public boolean needForwardPass() {
        return !Collections.disjoint(all, OF_PREDICTIONS);
    }

    /**
     * {@return planes of B columns that travel forward: 1 for a real activity, 2 for a complex one}
     * Plane p of column c stands at p B + c of a row. /
     */
    public int activityPlanes() {
        return has(Trait.COMPLEX) ? 2 : 1;
    }

    /** {@return planes of B columns that travel back} */
    public int feedbackPlanes() {
        return has(Trait.COMPLEX) || has(Trait.SENDS_CURVATURE) ? 2 : 1;
    }

    /**
     * True if a phase ends by running out of work instead of at an energy minimum.
     *
     * @param phase what is imposed
     * @return whether it does
     */
    public boolean isDataflow(Phase phase) {
        return has(Trait.DATAFLOW) && phase.start() != null;
    }

    /**
     * {@return whether a cell acts once in a phase, when the values of all cells to which it
     * projects have arrived}
     *
     * @param phase what is imposed
     */
    public boolean actsOnce(Phase phase) {
        return has(Trait.ACTS_ONCE) && isDataflow(phase);
    }
}
