package org.relaxon.model.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.phase.Phase.Output;
import org.relaxon.model.plasticity.Estimator;

/**
 * One phase of an {@link Algorithm}, stated without data: how the target acts, at which multiples
 * of the strength, where the cells start, and which share the update of this phase has in the
 * estimate. An algorithm settles its phases one after another:
 *
 * <pre>
 * List.of(
 *     PhaseSpec.free("free"),
 *     PhaseSpec.nudged("up").at(+1).startingFrom("free").withShare(0.5),
 *     PhaseSpec.nudged("down").at(-1).startingFrom("free").withShare(0.5))
 * </pre>
 *
 * @param name name under which the settled state is saved, unique within the algorithm
 * @param output how the target acts on the output; null in a free phase, which has no target
 * @param multiples multiples of the strength that settle side by side, with the share of each
 *     within this phase; null for those of the method's estimator
 * @param start name of the earlier phase from whose state this one starts; null for a start at rest
 * @param differences whether cells hold differences from the state of {@code start}
 * @param share factor of the update of this phase in the estimate; 0 if the phase only prepares
 *     later ones
 * @param held populations that are held in this phase beside the inputs, while other phases may
 *     leave them free
 */
public record PhaseSpec(
        String name,
        Output output,
        Estimator multiples,
        String start,
        boolean differences,
        double share,
        List<Held> held) {
    /**
     * A hidden or output population that is held while the others settle.
     *
     * @param population its name
     * @param values its activities
     */
    public record Held(String population, Values values) {}

    /** Activities of a held population, as a function of the examples. */
    @FunctionalInterface
    public interface Values {
        /**
         * {@return the activities, shape (n, B)}
         *
         * @param input shape (n_0, B)
         * @param target shape (n_L, B); null where a free phase predicts without one
         */
        Matrix of(Matrix input, Matrix target);
    }

    /**
     * Checks what one phase alone can show; an {@link Algorithm} checks how its phases fit.
     *
     * @param name name under which the settled state is saved
     * @param output how the target acts on the output; null in a free phase
     * @param multiples multiples of the strength; null for those of the method's estimator
     * @param start name of the earlier phase to start from; null for a start at rest
     * @param differences whether cells hold differences from the state of {@code start}
     * @param share factor of the update of this phase in the estimate
     * @param held populations that are held beside the inputs
     * @throws IllegalArgumentException naming the phase and what does not fit
     */
    public PhaseSpec {
        held = List.copyOf(held);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("phases: every phase needs a name");
        }
        if (!Double.isFinite(share)) {
            throw refusal(name, "share %s: need a finite number".formatted(share));
        }
        if (output == null && share != 0.0) {
            throw refusal(name, "share %s: a free phase has no update of its own".formatted(share));
        }
        if (differences && start == null) {
            throw refusal(name, "differences need an earlier phase to differ from");
        }
        if (output == Output.DISPLACED && start == null) {
            throw refusal(name, "a displaced output needs the free phase it is displaced from");
        }
        if (output == Output.CLAMPED && multiples != null) {
            throw refusal(name, "a clamped output has no strength to multiply by " + multiples);
        }
    }

    /**
     * {@return a phase without a target, which starts at rest and prepares later ones}
     *
     * @param name name under which the settled state is saved
     */
    public static PhaseSpec free(String name) {
        return new PhaseSpec(name, null, null, null, false, 0.0, List.of());
    }

    /**
     * {@return a phase in which the strength times the loss is added to the energy, with the whole
     * update}
     *
     * @param name name under which the settled state is saved
     */
    public static PhaseSpec nudged(String name) {
        return new PhaseSpec(name, Output.NUDGED, null, null, false, 1.0, List.of());
    }

    /**
     * {@return a phase in which the output is held at its free value moved towards the target, with
     * the whole update}
     *
     * @param name name under which the settled state is saved
     * @param start name of the earlier free phase
     */
    public static PhaseSpec displaced(String name, String start) {
        return new PhaseSpec(name, Output.DISPLACED, null, start, false, 1.0, List.of());
    }

    /**
     * {@return a phase in which the output is held at the target, with the whole update}
     *
     * @param name name under which the settled state is saved
     */
    public static PhaseSpec clamped(String name) {
        return new PhaseSpec(name, Output.CLAMPED, null, null, false, 1.0, List.of());
    }

    /**
     * {@return the same phase at one multiple of the strength, whatever the estimator}
     *
     * @param multiple finite and not 0
     */
    public PhaseSpec at(double multiple) {
        for (Estimator known : Estimator.values()) {
            if (known.columnsPerExample() == 1 && known.spread(1.0, 1)[0] == multiple) {
                return at(known);
            }
        }
        return at(Estimator.of(new double[] {multiple}, new double[] {1.0}));
    }

    /**
     * {@return the same phase at multiples of its own, which settle side by side}
     *
     * @param own multiples of the strength, with the share of each within this phase
     */
    public PhaseSpec at(Estimator own) {
        return new PhaseSpec(name, output, own, start, differences, share, held);
    }

    /**
     * {@return the same phase, started from the state of an earlier one, in absolute values}
     *
     * @param phase name of the earlier phase
     */
    public PhaseSpec startingFrom(String phase) {
        return new PhaseSpec(name, output, multiples, phase, false, share, held);
    }

    /**
     * {@return the same phase, in which cells hold differences from the state of an earlier one}
     *
     * @param phase name of the earlier phase
     */
    public PhaseSpec differencesFrom(String phase) {
        return new PhaseSpec(name, output, multiples, phase, true, share, held);
    }

    /**
     * {@return the same phase with another share in the estimate}
     *
     * @param value finite; 0 for a phase that only prepares later ones
     */
    public PhaseSpec withShare(double value) {
        return new PhaseSpec(name, output, multiples, start, differences, value, held);
    }

    /**
     * {@return the same phase, in which a hidden or output population is held} Its own synapses
     * change by the same local rule as if it had moved there by itself. Whether such a phase rests
     * in the basin of the free one is not judged, and no reference of the library knows it: a
     * comparison is refused.
     *
     * @param population name of the population
     * @param values its activities
     */
    public PhaseSpec holding(String population, Values values) {
        List<Held> all = new ArrayList<>(held);
        all.add(new Held(population, values));
        return new PhaseSpec(name, output, multiples, start, differences, share, all);
    }

    /** {@return whether there is no target} */
    public boolean isFree() {
        return output == null;
    }

    /** {@return whether the update of this phase is part of the estimate} */
    public boolean contributes() {
        return share != 0.0;
    }

    /**
     * {@return the multiples of the strength in the columns of this phase}
     *
     * @param estimator the method's estimator, for a phase without multiples of its own
     */
    public Estimator multiples(Estimator estimator) {
        return multiples == null ? estimator : multiples;
    }

    /**
     * {@return the phase to settle}
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B); not read in a free phase
     * @param method its strength and estimator
     */
    Phase impose(Matrix input, Matrix target, Method method) {
        Phase phase = acting(input, target, method);
        int times = phase.columns() / input.columns();
        for (Held one : held) {
            Matrix values = one.values().of(input, target);
            phase = phase.clamping(one.population(), values.tiled(times));
        }
        if (output == Output.DISPLACED) {
            phase = phase.displaced();
        }
        if (start == null) {
            return phase;
        }
        return differences ? phase.differencesFrom(start) : phase.startingFrom(start);
    }

    private Phase acting(Matrix input, Matrix target, Method method) {
        Estimator columns = multiples(method.estimator());
        double value = method.strength();
        boolean gain = method.algorithm().strength() == Algorithm.Strength.GAMMA;
        if (output == Output.CLAMPED) {
            return Phase.clamped(input, target);
        }
        if (gain) {
            int times = columns.columnsPerExample();
            Phase wide =
                    isFree()
                            ? Phase.free(input.tiled(times))
                            : Phase.nudged(input.tiled(times), target.tiled(times), 1.0);
            return wide.withGamma(columns.spread(value, input.columns()));
        }
        if (isFree()) {
            return Phase.free(input);
        }
        boolean whole = method.algorithm().strength() == Algorithm.Strength.NONE;
        return columns.phase(input, target, whole ? 1.0 : value);
    }

    private static IllegalArgumentException refusal(String name, String what) {
        return new IllegalArgumentException("phases: %s: %s".formatted(name, what));
    }
}
