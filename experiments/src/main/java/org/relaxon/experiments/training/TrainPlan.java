package org.relaxon.experiments.training;

import java.util.Locale;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.provenance.Components;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * All settings of a training apart from the data.
 *
 * @param network with its initial weights
 * @param method that estimates the gradient
 * @param run how each minibatch settles
 * @param budget of each settling
 * @param optimiser turns gradients into changes of the weights
 * @param pace batch size, length and rate of the training
 * @param schedule when weights change
 * @param unsettled treatment of examples that do not settle
 * @param motion how examples change while they are shown
 * @param seed of the order of examples and of every session
 */
public record TrainPlan(
        Network network,
        Method method,
        RunPlan run,
        Budget budget,
        Optimiser optimiser,
        Pace pace,
        Schedule schedule,
        Unsettled unsettled,
        Motion motion,
        long seed) {

    /** A growth of the weights from which on the learning rate, not a settling, is to blame. */
    public static final double GROWN = 4.0;

    /**
     * Checks that schedule, optimiser, pace and motion fit each other.
     *
     * @param network with its initial weights
     * @param method that estimates the gradient
     * @param run how each minibatch settles
     * @param budget of each settling
     * @param optimiser turns gradients into changes of the weights
     * @param pace batch size, length and rate of the training
     * @param schedule when weights change
     * @param unsettled treatment of examples that do not settle
     * @param motion how examples change while they are shown
     * @param seed of the order of examples and of every session
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public TrainPlan {
        requirePossible(motion, schedule, method.algorithm());
        if (!schedule.equals(Schedule.PHASED) && !optimiser.gate().isOpen()) {
            throw new IllegalArgumentException(
                    "update-probability: %s learning needs every increment, got %s"
                            .formatted(schedule, optimiser.gate().probability()));
        }
        if (!schedule.equals(Schedule.PHASED) && pace.inFlight() > 1) {
            throw new IllegalArgumentException(
                    "in-flight: in %s learning weights change while an example settles, so that only"
                                    .formatted(schedule)
                            + " one can; got "
                            + pace.inFlight());
        }
        requireSteps(network, schedule, optimiser);
        if (!schedule.equals(Schedule.PHASED)) {
            requireOwnWeights(network, run.granularity(), schedule);
        }
        if (!schedule.equals(Schedule.PHASED) && !optimiser.equals(Optimiser.sgd())) {
            throw new IllegalArgumentException(
                    "optimiser: continual learning sums increments, which only sgd allows, not "
                            + optimiser.optionName());
        }
    }

    /**
     * Creates a training on examples that do not change.
     *
     * @param network with its initial weights
     * @param method that estimates the gradient
     * @param run how each minibatch settles
     * @param budget of each settling
     * @param optimiser turns gradients into changes of the weights
     * @param pace batch size, length and rate of the training
     * @param schedule when weights change
     * @param unsettled treatment of examples that do not settle
     * @param seed of the order of examples and of every session
     */
    public TrainPlan(
            Network network,
            Method method,
            RunPlan run,
            Budget budget,
            Optimiser optimiser,
            Pace pace,
            Schedule schedule,
            Unsettled unsettled,
            long seed) {
        this(
                network,
                method,
                run,
                budget,
                optimiser,
                pace,
                schedule,
                unsettled,
                Motion.STILL,
                seed);
    }

    /** Feedback weights that change do so once for every change of all weights. */
    private static void requireSteps(Network network, Schedule schedule, Optimiser optimiser) {
        for (Projection p : network.projections()) {
            if (!p.hasOwnFeedback() || !p.ownFeedback().learns()) {
                continue;
            }
            if (!schedule.equals(Schedule.PHASED)) {
                throw new IllegalArgumentException(
                        "schedule: feedback weights %s of projection %s change at every step, and %s learning has none; need phased learning"
                                .formatted(p.ownFeedback(), p.name(), schedule));
            }
            if (!optimiser.gate().isOpen()) {
                throw new IllegalArgumentException(
                        "update-probability: feedback weights %s of projection %s change at every step of all synapses, got %s"
                                .formatted(
                                        p.ownFeedback(), p.name(), optimiser.gate().probability()));
            }
        }
    }

    /** Several cells with parts of the same weights cannot change them while they settle. */
    private static void requireOwnWeights(
            Network network, Granularity granularity, Schedule schedule) {
        for (Projection p : network.projections()) {
            int neurons = network.population(p.post()).size();
            if (p.isTied()) {
                throw new IllegalArgumentException(
                        "network: in %s learning projections that use the same weights, as %s does, would drift apart; need phased learning"
                                .formatted(schedule, p.name()));
            }
            if (p.connectivity().shares() && granularity.neurons() < neurons) {
                throw new IllegalArgumentException(
                        "granularity: in %s learning the cells of projection %s, which share its weights, would drift apart; need layer cells, got %s"
                                .formatted(schedule, p.name(), granularity));
            }
        }
    }

    private static void requirePossible(Motion motion, Schedule schedule, Algorithm algorithm) {
        int sharing = algorithm.sharing().size();
        if (sharing != 1) {
            throw new IllegalArgumentException(
                    "algorithm: %s has %d phases with a share in the estimate; synapses that learn in place take 1"
                            .formatted(algorithm.optionName(), sharing));
        }
        if (motion.hurries() && schedule.equals(Schedule.PHASED)) {
            throw new IllegalArgumentException(
                    "motion: phased learning waits for rest, and %s does not".formatted(motion));
        }
        if (motion.hurries() && algorithm.hasFreePhase()) {
            throw new IllegalArgumentException(
                    "motion: %s settles without a target before every frame, and %s does not wait"
                            .formatted(algorithm.optionName(), motion));
        }
    }

    /**
     * True if a frame continues from the final state of the one before. With a free phase it does
     * not: an example is contrasted with its own free state.
     */
    boolean carriesState() {
        return !motion.isStill()
                && !schedule.equals(Schedule.PHASED)
                && !method.algorithm().hasFreePhase();
    }

    /**
     * {@return the same with examples that change}
     *
     * @param value how examples change while they are shown
     */
    public TrainPlan withMotion(Motion value) {
        return new TrainPlan(
                network, method, run, budget, optimiser, pace, schedule, unsettled, value, seed);
    }

    /**
     * {@return how many times as large weights and biases are as at the start, as vectors} NaN or
     * infinite if they are not finite.
     *
     * @param now weights and biases of the network
     */
    public double growth(Parameters now) {
        return GradientComparison.norm(network, now)
                / GradientComparison.norm(network, network.parameters());
    }

    /**
     * {@return that the weights have grown so much that the learning rate is the likely cause of
     * what does not settle; empty if they have not}
     *
     * @param now weights and biases of the network
     */
    public String grown(Parameters now) {
        double growth = growth(now);
        return growth < GROWN
                ? ""
                : String.format(
                        Locale.ROOT,
                        "the weights are %.1e times as large as at the start, so that --rate %s is"
                                + " probably too large",
                        growth,
                        Numeral.text(pace.rate()));
    }

    /**
     * {@return the same for another network with the same input and output}
     *
     * @param value with its initial weights
     */
    public TrainPlan withNetwork(Network value) {
        return new TrainPlan(
                value, method, run, budget, optimiser, pace, schedule, unsettled, motion, seed);
    }

    /**
     * {@return the same at another strength}
     *
     * @param value beta or gamma
     */
    public TrainPlan withStrength(double value) {
        return new TrainPlan(
                network,
                method.withStrength(value),
                run,
                budget,
                optimiser,
                pace,
                schedule,
                unsettled,
                motion,
                seed);
    }

    /**
     * {@return the same with another way of settling}
     *
     * @param value how each minibatch settles
     */
    public TrainPlan withRun(RunPlan value) {
        return new TrainPlan(
                network, method, value, budget, optimiser, pace, schedule, unsettled, motion, seed);
    }

    /**
     * {@return the same with another budget}
     *
     * @param value of each settling
     */
    public TrainPlan withBudget(Budget value) {
        return new TrainPlan(
                network, method, run, value, optimiser, pace, schedule, unsettled, motion, seed);
    }

    /**
     * {@return the same at another pace}
     *
     * @param value batch size, length and rate of the training
     */
    public TrainPlan withPace(Pace value) {
        return new TrainPlan(
                network, method, run, budget, optimiser, value, schedule, unsettled, motion, seed);
    }

    /**
     * {@return the same with another schedule}
     *
     * @param value when weights change
     */
    public TrainPlan withSchedule(Schedule value) {
        return new TrainPlan(
                network, method, run, budget, optimiser, pace, value, unsettled, motion, seed);
    }

    /**
     * {@return the same with another treatment of examples that do not settle}
     *
     * @param value the treatment
     */
    public TrainPlan withUnsettled(Unsettled value) {
        return new TrainPlan(
                network, method, run, budget, optimiser, pace, schedule, value, motion, seed);
    }

    /**
     * All settings that determine the learning: all of this plan except its patience and, where the
     * rate of a step does not depend on it, its length.
     *
     * @param data one line that identifies the data
     */
    Provenance provenance(String data) {
        TrainPlan same =
                withPace(
                        new Pace(
                                pace.batch(),
                                pace.lastBatch(),
                                pace.rateSchedule().dependsOnLength() ? pace.steps() : 1,
                                pace.rate(),
                                pace.decay(),
                                pace.rateSchedule(),
                                pace.evaluateEvery(),
                                pace.alignEvery(),
                                0,
                                pace.inFlight()));
        return Components.of(same).with("data", Setting.of(data));
    }
}
