package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;

/**
 * The true state of the whole network at one moment, gathered once for an audit: activities as the
 * cells hold them, and the feedback that these imply. Shape per population (n, planes x columns).
 */
public final class AuditFrame {
    private final double[][] activity;
    private final double[][] error;
    private final double[][] feedback;
    private final double[][] offKink; // null where nothing is held
    private final int[] heldAtKink;
    private final int[] sizes;
    private final Boolean[] alike; // as in another frame; null where it is not known
    private final List<Map<String, double[]>> memories; // by population and label

    /**
     * Makes an empty frame for one phase. The activity of the input is that of the phase.
     *
     * @param network network that is audited
     * @param phase inputs, targets and strengths imposed
     * @param rule rule of the stated energy
     */
    public AuditFrame(Network network, Phase phase, Rule rule) {
        int count = network.populations().size();
        activity = new double[count][];
        error = new double[count][];
        feedback = new double[count][];
        offKink = new double[count][];
        heldAtKink = new int[phase.columns()];
        sizes = new int[count];
        alike = new Boolean[count];
        memories = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            memories.add(new LinkedHashMap<>());
        }
        for (Population p : network.populations()) {
            int cells = Math.multiplyExact(p.size(), phase.columns());
            sizes[p.index()] = cells;
            if (p.role() == Population.Role.INPUT) {
                activity[p.index()] = network.rowsOf(phase.input(), p.index());
            } else {
                activity[p.index()] = new double[cells * rule.traits().activityPlanes()];
                error[p.index()] = new double[cells * rule.traits().activityPlanes()];
                feedback[p.index()] = new double[cells * rule.traits().feedbackPlanes()];
            }
        }
    }

    /**
     * {@return the activity of a population, as its cells hold it}
     *
     * @param population index of the population
     */
    public double[] activity(int population) {
        return activity[population];
    }

    /** Whether all cells of a population have the activities of another frame, in all bits. */
    boolean isAs(AuditFrame other, int population) {
        if (alike[population] == null) {
            alike[population] = Arrays.equals(activity[population], other.activity[population]);
        }
        return alike[population];
    }

    /** Puts one cell's activity, flat (n, planes x B), into the frame. */
    void activity(CellId id, double[] values) {
        alike[id.population()] = null;
        int at = id.from() * (values.length / id.size());
        System.arraycopy(values, 0, activity[id.population()], at, values.length);
    }

    /** Puts one cell's memories, each flat (n, B), into the frame. */
    void remember(CellId id, Map<String, double[]> held) {
        Map<String, double[]> all = memories.get(id.population());
        held.forEach(
                (label, values) -> {
                    int at = id.from() * (values.length / id.size());
                    double[] into =
                            all.computeIfAbsent(label, key -> new double[sizes[id.population()]]);
                    System.arraycopy(values, 0, into, at, values.length);
                });
    }

    /**
     * {@return the memories that cells hold for their rule, by population and label, each of shape
     * (n, columns)}
     */
    public List<Map<String, Matrix>> memories() {
        return memories.stream().map(this::matrices).toList();
    }

    private Map<String, Matrix> matrices(Map<String, double[]> arrays) {
        Map<String, Matrix> out = new LinkedHashMap<>();
        int columns = heldAtKink.length;
        arrays.forEach(
                (label, values) ->
                        out.put(label, Matrix.of(values.length / columns, columns, values)));
        return out;
    }

    /**
     * {@return the error of a population, as its cells hold it; null for an input}
     *
     * @param population index of the population
     */
    public double[] error(int population) {
        return error[population];
    }

    /**
     * Records that a cell's element k, of (n, B), is held at a kink, and the distance of its drive
     * from it.
     */
    void hold(CellId cell, int k, double distance) {
        int p = cell.population();
        if (offKink[p] == null) {
            offKink[p] = new double[sizes[p]];
        }
        offKink[p][cell.from() * heldAtKink.length + k] = distance;
        heldAtKink[k % heldAtKink.length]++;
    }

    /** Distance of a held drive from its kink; 0 for an element that is not held. */
    double offKink(CellId cell, int k) {
        double[] off = offKink[cell.population()];
        return off == null ? 0.0 : off[cell.from() * heldAtKink.length + k];
    }

    /** {@return the number of neurons held at a kink, by column} */
    public int[] heldAtKink() {
        return heldAtKink;
    }

    /**
     * {@return the feedback that the true states imply; null for an input}
     *
     * @param population index of the population
     */
    public double[] feedback(int population) {
        return feedback[population];
    }

    /**
     * Writes down all that cells have put into this frame.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        for (int p = 0; p < sizes.length; p++) {
            if (error[p] == null) {
                continue; // an input, which the phase states
            }
            out.writeDoubles(activity[p]);
            out.writeDoubles(error[p]);
            out.writeDoubles(feedback[p]);
            out.writeBoolean(offKink[p] != null);
            if (offKink[p] != null) {
                out.writeDoubles(offKink[p]);
            }
            out.writeNamed(memories.get(p), (values, to) -> to.writeDoubles(values));
        }
        out.writeInts(heldAtKink);
    }

    /**
     * Replaces the contents of this frame by what {@link #save} has written of another frame of the
     * same network, phase and rule.
     *
     * @param in source of what was saved
     */
    public void load(StateReader in) {
        for (int p = 0; p < sizes.length; p++) {
            if (error[p] == null) {
                continue;
            }
            in.readDoubles(activity[p]);
            alike[p] = null;
            in.readDoubles(error[p]);
            in.readDoubles(feedback[p]);
            if (in.readBoolean()) {
                offKink[p] = new double[sizes[p]];
                in.readDoubles(offKink[p]);
            } else {
                offKink[p] = null;
            }
            memories.set(p, new LinkedHashMap<>(in.readNamed(StateReader::readDoubles)));
        }
        in.readInts(heldAtKink);
    }
}
