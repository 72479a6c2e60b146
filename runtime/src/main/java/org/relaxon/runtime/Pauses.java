package org.relaxon.runtime;

import java.util.Arrays;
import java.util.Optional;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Pause;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;

/**
 * The refractory periods of the populations of one network in one run.
 *
 * @param timing what the network states
 * @param plan of the run
 * @param network to which the timing belongs
 */
record Pauses(Timing timing, RunPlan plan, Network network) {
    static void requireFit(Timing timing, Network network) {
        for (Travel travel : timing.delays()) {
            Projection p =
                    network.projections().stream()
                            .filter(e -> e.name().equals(travel.projection()))
                            .findFirst()
                            .orElseThrow(() -> none("delay: no projection", travel.projection()));
            if (isInput(network, p.pre())) {
                throw new IllegalArgumentException(
                        "delay of projection %s: none from an input, which is clamped and sends nothing"
                                .formatted(travel.projection()));
            }
        }
        for (Pause pause : timing.pauses()) {
            Population p =
                    network.populations().stream()
                            .filter(e -> e.name().equals(pause.population()))
                            .findFirst()
                            .orElseThrow(
                                    () -> none("refractory: no population", pause.population()));
            if (isInput(network, p.index())) {
                throw new IllegalArgumentException(
                        "refractory of population %s: none for an input, which is clamped"
                                .formatted(pause.population()));
            }
        }
    }

    private static boolean isInput(Network network, int population) {
        return network.population(population).role() == Population.Role.INPUT;
    }

    private static IllegalArgumentException none(String what, String name) {
        return new IllegalArgumentException("%s is called %s".formatted(what, name));
    }

    /** See {@link Timing#refractoryNanos}. */
    long[] all() {
        long[] out = new long[network.populations().size()];
        Arrays.fill(out, plan.effectiveRefractoryNanos());
        boolean follows =
                plan.refractoryNanos() < 0
                        && plan.discipline().kind() == Discipline.Kind.EAGER
                        && !timing.delays().isEmpty();
        boolean idle = plan.refractoryNanos() >= 0; // no population takes what was given
        for (Population p : network.populations()) {
            Optional<Pause> stated = timing.refractoryOf(p.name());
            if (stated.isPresent()) {
                out[p.index()] = stated.get().nanos();
            } else if (p.role() != Population.Role.INPUT) {
                idle = false;
                out[p.index()] = follows ? following(p) : out[p.index()];
            }
        }
        if (idle) {
            throw new IllegalArgumentException(
                    "refractory: has no effect, as the network states that of every population");
        }
        return out;
    }

    /** The period that the plan would have if all signals took as long as the slowest to p do. */
    private long following(Population p) {
        long slowest = -1;
        for (Projection e : network.projections()) {
            if (isInput(network, e.pre())) {
                continue; // carries no signal
            }
            Optional<Travel> stated = timing.delayOf(e.name());
            if (e.post() == p.index()) {
                slowest = Math.max(slowest, typical(stated.map(Travel::activity)));
            }
            if (e.pre() == p.index()) {
                slowest = Math.max(slowest, typical(stated.map(Travel::feedback)));
            }
        }
        return slowest < 0
                ? plan.effectiveRefractoryNanos()
                : plan.withDelay(Delays.constant(slowest)).effectiveRefractoryNanos();
    }

    private long typical(Optional<DelayModel> own) {
        return own.orElse(plan.delay()).typicalNanos();
    }
}
