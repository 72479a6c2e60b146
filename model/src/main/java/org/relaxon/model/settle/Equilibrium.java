package org.relaxon.model.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;

/** The state of the whole network when it settled, gathered once. */
public final class Equilibrium {
    private static final int SHOWN = 4;

    private final long phaseId;
    private final Phase phase;
    private final Matrix[] activity;
    private final Matrix[] error;
    private final double[] energy;
    private final int[] heldAtKink;
    private final List<Map<String, Matrix>> memories; // by population; empty: none anywhere

    /**
     * Makes a state without neurons held at kinks.
     *
     * @param phaseId id of the settling, unique within its session
     * @param phase what was imposed
     * @param activity activity by population, shape (n, planes x columns)
     * @param error prediction error by population, shape (n, planes x columns); null for an input
     * @param energy energy of every column, without the loss; NaN where it is not known
     */
    public Equilibrium(
            long phaseId, Phase phase, Matrix[] activity, Matrix[] error, double[] energy) {
        this(phaseId, phase, activity, error, energy, new int[energy.length]);
    }

    /**
     * Makes a state with neurons held at kinks, see {@link #heldAtKink(int)}.
     *
     * @param phaseId id of the settling, unique within its session
     * @param phase what was imposed
     * @param activity activity by population, shape (n, planes x columns)
     * @param error prediction error by population, shape (n, planes x columns); null for an input
     * @param energy energy of every column, without the loss; NaN where it is not known
     * @param heldAtKink number of neurons held, by column
     */
    public Equilibrium(
            long phaseId,
            Phase phase,
            Matrix[] activity,
            Matrix[] error,
            double[] energy,
            int[] heldAtKink) {
        this.phaseId = phaseId;
        this.phase = phase;
        this.activity = activity.clone();
        this.error = error.clone();
        this.energy = energy.clone();
        this.heldAtKink = heldAtKink.clone();
        this.memories = List.of();
    }

    private Equilibrium(Equilibrium from, List<Map<String, Matrix>> memories) {
        phaseId = from.phaseId;
        phase = from.phase;
        activity = from.activity;
        error = from.error;
        energy = from.energy;
        heldAtKink = from.heldAtKink;
        this.memories = memories.stream().map(Collections::unmodifiableMap).toList();
    }

    /**
     * The same state with the memories that cells held for their rule.
     *
     * @param held memories by population and label, each of shape (n, columns)
     * @return the state
     */
    public Equilibrium remembering(List<Map<String, Matrix>> held) {
        return held.stream().allMatch(Map::isEmpty) ? this : new Equilibrium(this, held);
    }

    /**
     * {@return the memories that the cells of a population held for their rule, by {@link
     * org.relaxon.model.state.RuleMemory#label}, each of shape (n, columns); empty for a rule
     * without memory and for an input}
     *
     * @param population index of the population
     */
    public Map<String, Matrix> memories(int population) {
        return memories.isEmpty() ? Map.of() : memories.get(population);
    }

    /**
     * The states of phases that settled one after another, as columns of one.
     *
     * @param states of one network, at least one
     * @return all columns, in the order of the states; the id is that of the last
     */
    static Equilibrium sideBySide(List<Equilibrium> states) {
        Equilibrium last = states.get(states.size() - 1);
        Matrix[] activity = new Matrix[last.populations()];
        Matrix[] error = new Matrix[activity.length];
        List<Map<String, Matrix>> memories = new ArrayList<>();
        for (int p = 0; p < activity.length; p++) {
            int population = p;
            activity[p] = sideBySide(states, s -> s.activity(population));
            error[p] = last.error[p] == null ? null : sideBySide(states, s -> s.error(population));
            Map<String, Matrix> held = new LinkedHashMap<>();
            for (String label : last.memories(p).keySet()) {
                held.put(label, sideBySide(states, s -> s.memories(population).get(label)));
            }
            memories.add(held);
        }
        return new Equilibrium(
                        last.phaseId,
                        Phase.sideBySide(states.stream().map(Equilibrium::phase).toList()),
                        activity,
                        error,
                        states.stream().flatMapToDouble(s -> Arrays.stream(s.energy)).toArray(),
                        states.stream().flatMapToInt(s -> Arrays.stream(s.heldAtKink)).toArray())
                .remembering(memories);
    }

    /** One array of every state, plane by plane, as columns of one. */
    private static Matrix sideBySide(List<Equilibrium> states, Function<Equilibrium, Matrix> part) {
        List<Matrix> parts = states.stream().map(part).toList();
        int end = states.size() - 1;
        return Matrix.sideBySide(parts, parts.get(end).columns() / states.get(end).energy.length);
    }

    /**
     * {@return the number of neurons of one column whose drive is on a kink of f where their energy
     * has its minimum} Each uses a slope between those of the two sides for its feedback, so that
     * the update is an element of the generalised gradient (Clarke 1975), not that of either side.
     *
     * @param column index of the column, from 0
     */
    public int heldAtKink(int column) {
        return heldAtKink[column];
    }

    /** {@return the id of the settling, unique within its session} */
    public long phaseId() {
        return phaseId;
    }

    /** {@return what was imposed} */
    public Phase phase() {
        return phase;
    }

    /** {@return the number of populations, the input included} */
    public int populations() {
        return activity.length;
    }

    /**
     * {@return the activity x of a population, shape (n, planes x columns)}
     *
     * @param population index of the population
     */
    public Matrix activity(int population) {
        return activity[population];
    }

    /**
     * {@return the prediction error e = x - mu of a population, shape (n, planes x columns); null
     * for an input}
     *
     * @param population index of the population
     */
    public Matrix error(int population) {
        return error[population];
    }

    /**
     * {@return the energy I of one column, dimensionless, without the loss; NaN if it is not known}
     *
     * @param column index of the column, from 0
     */
    public double energy(int column) {
        return energy[column];
    }

    /** For display: the sizes, and the energy of at most {@value #SHOWN} columns. */
    @Override
    public String toString() {
        String energies =
                Arrays.stream(energy)
                        .limit(SHOWN)
                        .mapToObj(e -> Double.isNaN(e) ? "not known" : Numeral.text(e))
                        .collect(Collectors.joining(", "));
        return "state of %d populations, %d columns; energy %s%s"
                .formatted(
                        activity.length,
                        energy.length,
                        energies,
                        energy.length > SHOWN ? ", ..." : "");
    }
}
