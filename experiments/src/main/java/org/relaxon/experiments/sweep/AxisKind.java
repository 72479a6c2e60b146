package org.relaxon.experiments.sweep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.Unsettled;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * The quantities that can change along an axis. A new kind is one constant here; one that changes
 * how a run settles, such as a fault or a discipline, needs no more than {@code draft.plan(p ->
 * p.with...)}.
 */
public enum AxisKind {
    /** The algorithm, by its name. */
    ALGORITHM((draft, text) -> draft.algorithm(text)),
    /** Sizes of all layers. */
    LAYERS((draft, text) -> layers(draft, text)),
    /** Factor of every initial weight. */
    GAIN((draft, text) -> gain(draft, number("gain", text))),
    /** Nudging strength. */
    BETA((draft, text) -> draft.strength("beta", positive("beta", text))),
    /** Feedback gain. */
    GAMMA((draft, text) -> draft.strength("gamma", positive("gamma", text))),
    /** Nudging strength or feedback gain, whichever the algorithm has. */
    STRENGTH((draft, text) -> draft.strength("strength", positive("strength", text))),
    /** Step eta of gradient dynamics. */
    STEP((draft, text) -> draft.step(positive("step", text))),
    /** Neurons per cell. */
    GRANULARITY((draft, text) -> granularity(draft, Granularity.parse(text))),
    /** Change of an activity that is worth a signal. */
    THRESHOLD((draft, text) -> threshold(draft, number("threshold", text))),
    /** Mean pause of a cell between two relaxations. */
    REFRACTORY((draft, text) -> refractory(draft, Durations.parse("refractory", text))),
    /** Delay model. */
    DELAY((draft, text) -> delay(draft, text)),
    /** Mean delay, of a model of the delay family. */
    DELAY_MEAN((draft, text) -> mean(draft, Durations.parse("delay-mean", text))),
    /** Family of delays of one mean. */
    DELAY_FAMILY((draft, text) -> draft.delayFamily(text)),
    /** Chance that a parcel is dropped. */
    DROP((draft, text) -> faults(draft, "drop", text)),
    /** Chance that a parcel is duplicated. */
    DUPLICATE((draft, text) -> faults(draft, "duplicate", text)),
    /** Chance that a parcel is overtaken by the next on its link. */
    REORDER((draft, text) -> faults(draft, "reorder", text)),
    /** Chance that a parcel arrives in a later phase. */
    LATE((draft, text) -> faults(draft, "late", text)),
    /** When a cell may relax. */
    DISCIPLINE((draft, text) -> discipline(draft, Discipline.parse(text))),
    /** How parcels are delivered. */
    DELIVERY((draft, text) -> delivery(draft, text)),
    /** Step of the grid that signals are rounded to; 0 for exact values. */
    QUANTUM((draft, text) -> quantum(draft, number("quantum", text))),
    /** Learning rate. */
    RATE(text -> positive("rate", text)),
    /** Factor of the rate after each epoch. */
    RATE_DECAY(text -> share("rate-decay", text)),
    /** Weight decay of the optimiser. */
    WEIGHT_DECAY(text -> number("weight-decay", text)),
    /** Probability that a synapse changes at a step. */
    UPDATE_PROBABILITY(text -> share("update-probability", text)),
    /** Number of epochs. */
    EPOCHS(text -> whole("epochs", text)),
    /** Number of steps. */
    ITERATIONS(text -> whole("iterations", text)),
    /** Examples of a minibatch. */
    BATCH(text -> whole("batch", text)),
    /** Parts of a minibatch that settle at the same time. */
    IN_FLIGHT(text -> whole("in-flight", text)),
    /** The optimiser that turns gradients into changes of the weights. */
    OPTIMISER(false, Optimiser::parse),
    /** When weights change. */
    SCHEDULE(false, Schedule::parse),
    /** How examples change while they are shown. */
    MOTION(false, Motion::parse),
    /** Treatment of examples that do not settle. */
    UNSETTLED(false, AxisKind::unsettled),
    /** Activation of hidden layers, whose names are read where networks are made. */
    ACTIVATION(false, text -> {}),
    /** Loss at the output, whose name is read there too. */
    LOSS(false, text -> {});

    private interface Change {
        void apply(RunDraft draft, String text);
    }

    /** Refuses a text that is no value of its kind. */
    private interface Check {
        void require(String text);
    }

    private final Change change;
    private final boolean training;
    private final boolean number;

    AxisKind(Change change) {
        this.change = change;
        training = false;
        number = false;
    }

    /** Of trainings, a number. */
    AxisKind(Check check) {
        this(true, check);
    }

    /** Of trainings. */
    AxisKind(boolean number, Check check) {
        change = (draft, text) -> check.require(text);
        training = true;
        this.number = number;
    }

    /** {@return true if only trainings have such an axis} */
    public boolean isOfTrainings() {
        return training;
    }

    /** {@return the name of an axis of this kind, such as {@code delay-mean}} */
    public String axisName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return all names, in the order of declaration} */
    public static List<String> names() {
        return List.of(values()).stream().map(AxisKind::axisName).toList();
    }

    /**
     * {@return the kind of a name}
     *
     * @param name as {@link #axisName}
     * @throws IllegalArgumentException naming it and the allowed names
     */
    public static AxisKind named(String name) {
        for (AxisKind kind : values()) {
            if (kind.axisName().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "axis: \"%s\" is not one of %s".formatted(name, String.join(", ", names())));
    }

    /** {@return true if equal distances along this axis should be equal factors} */
    public boolean isQuantity() {
        if (isOfTrainings()) {
            return number;
        }
        return this != ALGORITHM
                && this != LAYERS
                && this != GRANULARITY
                && this != DELAY
                && this != DISCIPLINE
                && this != DELIVERY
                && this != DELAY_FAMILY;
    }

    /**
     * Refuses a text that is not a value of this kind, whatever the other values of a run are.
     *
     * @param text as in an axis
     * @throws IllegalArgumentException naming the kind, the text and what is allowed
     */
    public void require(String text) {
        change.apply(RunDraft.unresolved(), text);
    }

    /**
     * Changes a run.
     *
     * @throws IllegalArgumentException if this text is not a value of this kind
     */
    void apply(RunDraft draft, String text) {
        if (isOfTrainings()) {
            throw new IllegalArgumentException(
                    "axis: %s is one of trainings; this sweep settles".formatted(axisName()));
        }
        change.apply(draft, text);
    }

    private static void layers(RunDraft draft, String text) {
        if (!text.matches("[0-9]{1,9}(-[0-9]{1,9})+")) {
            throw new IllegalArgumentException(
                    "layers: \"%s\" is not of the form 8-16-4".formatted(text));
        }
        int[] sizes = List.of(text.split("-")).stream().mapToInt(Integer::parseInt).toArray();
        draft.problem(p -> p.withLayers(sizes));
    }

    private static void gain(RunDraft draft, double gain) {
        draft.problem(p -> p.withGain(gain));
    }

    private static void granularity(RunDraft draft, Granularity granularity) {
        draft.plan(p -> p.withGranularity(granularity));
    }

    private static void threshold(RunDraft draft, double threshold) {
        draft.plan(p -> p.withThreshold(threshold));
    }

    private static void refractory(RunDraft draft, long nanos) {
        draft.plan(p -> p.withRefractoryNanos(nanos));
    }

    private static void faults(RunDraft draft, String option, String text) {
        double p = parsed(text);
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException(
                    "%s: need a number >= 0 and < 1, got %s".formatted(option, text));
        }
        draft.plan(plan -> plan.withFaults(with(plan.faults(), option, p)));
    }

    private static Faults with(Faults faults, String option, double p) {
        return switch (option) {
            case "drop" -> faults.withDrop(p);
            case "duplicate" -> faults.withDuplicate(p);
            case "reorder" -> faults.withReorder(p);
            case "late" -> faults.withLate(p);
            default -> throw new AssertionError(option);
        };
    }

    private static void discipline(RunDraft draft, Discipline discipline) {
        draft.plan(p -> p.withDiscipline(discipline));
    }

    private static void delivery(RunDraft draft, String text) {
        Delivery chosen =
                switch (text) {
                    case "best-effort" -> Delivery.BEST_EFFORT;
                    case "reliable-latest" -> Delivery.RELIABLE_LATEST;
                    default ->
                            throw new IllegalArgumentException(
                                    "delivery: \"%s\" is not one of best-effort, reliable-latest"
                                            .formatted(text));
                };
        draft.plan(p -> p.withDelivery(chosen));
    }

    private static void quantum(RunDraft draft, double quantum) {
        draft.plan(p -> p.withQuantum(quantum));
    }

    private static void delay(RunDraft draft, String text) {
        var model = Delays.parse(text);
        draft.plan(p -> p.withDelay(model));
    }

    private static void mean(RunDraft draft, long nanos) {
        if (nanos > Delays.NANOS_MAX / 2) {
            throw new IllegalArgumentException(
                    "delay-mean: %s is not in 0..%s"
                            .formatted(
                                    Durations.format(nanos),
                                    Durations.format(Delays.NANOS_MAX / 2)));
        }
        draft.delayMean(nanos);
    }

    private static void unsettled(String text) {
        List<String> allowed =
                Stream.of(Unsettled.values()).map(u -> u.name().toLowerCase(Locale.ROOT)).toList();
        if (!allowed.contains(text)) {
            throw new IllegalArgumentException(
                    "unsettled: \"%s\" is not one of %s"
                            .formatted(text, String.join(", ", allowed)));
        }
    }

    private static double number(String field, String text) {
        double value = parsed(text);
        if (!(value >= 0)) {
            throw new IllegalArgumentException(
                    "%s: need a finite number >= 0, got %s".formatted(field, text));
        }
        return value;
    }

    private static double positive(String field, String text) {
        double value = parsed(text);
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "%s: need a finite number > 0, got %s".formatted(field, text));
        }
        return value;
    }

    private static void share(String field, String text) {
        double value = parsed(text);
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "%s: need a number > 0 and <= 1, got %s".formatted(field, text));
        }
    }

    private static void whole(String field, String text) {
        if (!text.matches("[+]?0*[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "%s: need a whole number of 1 to 999999999, got %s".formatted(field, text));
        }
    }

    /** NaN for a text that is not a finite number. */
    private static double parsed(String text) {
        if (text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
            try {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) ? value : Double.NaN;
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return Double.NaN;
    }
}
