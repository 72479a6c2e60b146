package org.relaxon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * The conditions under which cells exchange signals, apart from the usual delay.
 *
 * @param discipline when a cell may relax
 * @param delivery how senders handle losses; null for the delivery that the discipline needs
 * @param faults faults that the run injects
 * @param delaysOn links with travel times of their own
 * @param timing travel times and refractory periods that belong to the network
 */
public record Conditions(
        Discipline discipline,
        Delivery delivery,
        Faults faults,
        List<DelayOn> delaysOn,
        Timing timing) {
    /** Eager cells without faults. */
    public static final Conditions PLAIN =
            new Conditions(Discipline.EAGER, null, Faults.NONE, List.of());

    /**
     * Travel times per projection and direction, and refractory periods per population. They belong
     * to one network and override the usual delay, {@link Conditions#delaysOn} and the usual
     * refractory period. A projection whose delay is stated in one direction has the usual delay in
     * the other.
     *
     * @param delays at most one for each projection
     * @param pauses at most one for each population
     */
    public record Timing(List<Travel> delays, List<Pause> pauses) {
        /** Nothing is stated. */
        public static final Timing NONE = new Timing(List.of(), List.of());

        /**
         * {@return whether the delay of every projection that carries signals is stated, in both
         * directions}
         *
         * @param network that settles
         */
        public boolean statesAllDelays(Network network) {
            return !delays.isEmpty()
                    && network.projections().stream()
                            .filter(
                                    e ->
                                            network.population(e.pre()).role()
                                                    != Population.Role.INPUT)
                            .allMatch(e -> states(e.name()));
        }

        private boolean states(String projection) {
            return delays.stream()
                    .filter(t -> t.projection().equals(projection))
                    .anyMatch(t -> t.activity() != null && t.feedback() != null);
        }

        /**
         * How long the signals of one projection travel.
         *
         * @param projection its name
         * @param activity from its start to its end; null for the usual delay
         * @param feedback from its end to its start; null for the usual delay
         */
        public record Travel(String projection, DelayModel activity, DelayModel feedback) {
            @Override
            public String toString() {
                return projection
                        + ": "
                        + Stream.of(stated("delay", activity), stated("feedback-delay", feedback))
                                .filter(s -> !s.isEmpty())
                                .collect(Collectors.joining(", "));
            }

            private static String stated(String name, DelayModel model) {
                return model == null ? "" : name + " " + model.spec();
            }
        }

        /**
         * How long the cells of one population pause after a relaxation.
         *
         * @param population its name
         * @param nanos mean refractory period in nanoseconds, jittered by half, at least 0
         */
        public record Pause(String population, long nanos) {
            /**
             * Checks the period.
             *
             * @param population name of the population
             * @param nanos mean refractory period in nanoseconds, at least 0
             * @throws IllegalArgumentException if it is out of range
             */
            public Pause {
                if (nanos < 0 || nanos > Delays.NANOS_MAX) {
                    throw new IllegalArgumentException(
                            "refractory: %d ns of population %s is not in 0..%d ns"
                                    .formatted(nanos, population, Delays.NANOS_MAX));
                }
            }

            @Override
            public String toString() {
                return population + ": refractory " + Durations.format(nanos);
            }
        }

        /**
         * Copies the lists.
         *
         * @param delays at most one for each projection
         * @param pauses at most one for each population
         * @throws IllegalArgumentException if a name occurs twice
         */
        public Timing {
            delays = List.copyOf(delays);
            pauses = List.copyOf(pauses);
            requireOnce("delay", delays, Travel::projection);
            requireOnce("refractory", pauses, Pause::population);
        }

        private static <T> void requireOnce(String what, List<T> all, Function<T, String> name) {
            List<String> names = all.stream().map(name).toList();
            for (String one : names) {
                if (names.indexOf(one) != names.lastIndexOf(one)) {
                    throw new IllegalArgumentException(
                            "%s: stated twice for %s".formatted(what, one));
                }
            }
        }

        /**
         * {@return the same with the travel times of one more projection}
         *
         * @param projection its name
         * @param activity from its start to its end; null for the usual delay
         * @param feedback from its end to its start; null for the usual delay
         */
        public Timing withDelay(String projection, DelayModel activity, DelayModel feedback) {
            List<Travel> more = new ArrayList<>(delays);
            more.add(new Travel(projection, activity, feedback));
            return new Timing(more, pauses);
        }

        /**
         * {@return the same with the refractory period of one more population}
         *
         * @param population its name
         * @param nanos mean refractory period in nanoseconds, at least 0
         */
        public Timing withRefractoryNanos(String population, long nanos) {
            List<Pause> more = new ArrayList<>(pauses);
            more.add(new Pause(population, nanos));
            return new Timing(delays, more);
        }

        /**
         * {@return what is stated for the signals of a projection, if anything is}
         *
         * @param projection its name
         */
        public Optional<Travel> delayOf(String projection) {
            return delays.stream().filter(t -> t.projection.equals(projection)).findFirst();
        }

        /**
         * {@return what is stated for the cells of a population, if anything is}
         *
         * @param population its name
         */
        public Optional<Pause> refractoryOf(String population) {
            return pauses.stream().filter(p -> p.population.equals(population)).findFirst();
        }

        /** {@return whether nothing is stated} */
        public boolean isEmpty() {
            return equals(NONE);
        }

        /**
         * {@return the slowest of a delay and all that are stated, by their typical travel times}
         *
         * @param usual the delay of links without one of their own
         */
        public DelayModel slowest(DelayModel usual) {
            return slower(usual, delays.stream().flatMap(t -> models(t)));
        }

        private static Stream<DelayModel> models(Travel travel) {
            return Stream.of(travel.activity, travel.feedback).filter(model -> model != null);
        }

        /**
         * Refuses names that are not those of a network, and statements without effect in it.
         *
         * @param network to which they are to belong
         * @throws IllegalArgumentException naming the projection or population
         */
        public void requireFit(Network network) {
            Pauses.requireFit(this, network);
        }

        /**
         * {@return the mean refractory period of every population in force, nanoseconds, by index}
         * One that is not stated is {@link RunPlan#effectiveRefractoryNanos}; where that was not
         * given either and cells are eager, it follows the delays of the network: the typical delay
         * of the slowest links to the population's cells.
         *
         * @param plan of the run
         * @param network to which this timing belongs
         * @throws IllegalArgumentException if a given period has no effect, as all are stated
         */
        public long[] refractoryNanos(RunPlan plan, Network network) {
            return new Pauses(this, plan, network).all();
        }

        @Override
        public String toString() {
            return isEmpty()
                    ? "none"
                    : Stream.concat(
                                    delays.stream().map(Travel::toString),
                                    pauses.stream().map(Pause::toString))
                            .collect(Collectors.joining("; "));
        }
    }

    /**
     * Copies the list.
     *
     * @param discipline when a cell may relax
     * @param delivery how senders handle losses; null for the delivery that the discipline needs
     * @param faults faults that the run injects
     * @param delaysOn links with travel times of their own
     * @param timing travel times and refractory periods that belong to the network
     */
    public Conditions {
        delaysOn = List.copyOf(delaysOn);
    }

    /**
     * Conditions for any network.
     *
     * @param discipline when a cell may relax
     * @param delivery how senders handle losses; null for the delivery that the discipline needs
     * @param faults faults that the run injects
     * @param delaysOn links with travel times of their own
     */
    public Conditions(
            Discipline discipline, Delivery delivery, Faults faults, List<DelayOn> delaysOn) {
        this(discipline, delivery, faults, delaysOn, Timing.NONE);
    }

    /** {@return whether cells are eager and no fault is planned} */
    public boolean isPlain() {
        return equals(PLAIN);
    }

    /**
     * {@return the same conditions with other faults}
     *
     * @param value faults of the run
     */
    public Conditions withFaults(Faults value) {
        return new Conditions(discipline, delivery, value, delaysOn, timing);
    }

    /**
     * {@return the same conditions with the timing of another network}
     *
     * @param value travel times and refractory periods
     */
    public Conditions withTiming(Timing value) {
        return new Conditions(discipline, delivery, faults, delaysOn, value);
    }

    Conditions withDelivery(Delivery value) {
        return new Conditions(discipline, value, faults, delaysOn, timing);
    }

    Conditions withDiscipline(Discipline value) {
        return new Conditions(value, delivery, faults, delaysOn, timing);
    }

    /**
     * {@return whether every signal travels by a delay that the network states, so that the usual
     * one is not read}
     *
     * @param network that settles
     */
    public boolean statesAllDelays(Network network) {
        return !repeats() && timing.statesAllDelays(network);
    }

    /** {@return whether senders repeat parcels that are not confirmed} */
    public boolean repeats() {
        return delivery == null ? discipline.isInStep() : delivery == Delivery.RELIABLE_LATEST;
    }

    /**
     * {@return the slowest of a delay and all exceptions to it, by their typical travel times}
     *
     * @param usual the delay of links without one of their own
     */
    public DelayModel slowest(DelayModel usual) {
        return slower(timing.slowest(usual), delaysOn.stream().map(DelayOn::model));
    }

    private static DelayModel slower(DelayModel usual, Stream<DelayModel> others) {
        return others.reduce(usual, (a, b) -> a.typicalNanos() >= b.typicalNanos() ? a : b);
    }

    /**
     * Refuses conditions that cannot work together.
     *
     * @throws IllegalArgumentException naming them
     */
    void requireConsistent() {
        if (discipline.isInStep() && !repeats()) {
            throw new IllegalArgumentException(
                    "delivery: %s needs reliable-latest, because a lost turn is a deadlock"
                            .formatted(discipline));
        }
        if (faults.overtakes() && discipline.kind() == Discipline.Kind.TURN_TAKING) {
            throw new IllegalArgumentException(
                    "reorder: under turn-taking a cell sends nothing before it is answered,"
                            + " so nothing can be overtaken");
        }
        for (Timing.Pause pause : timing.pauses()) {
            if (discipline.clock() != null && pause.nanos() > 0) {
                throw new IllegalArgumentException(
                        "refractory of population %s: under %s a cell has a clock of its own and no"
                                        .formatted(pause.population(), discipline)
                                + " refractory period");
            }
        }
    }
}
