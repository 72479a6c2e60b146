package org.relaxon.tools.cli.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.output.OwnReference;
import org.relaxon.tools.output.Version;

/**
 * What is trained, and how: the resolved configuration, before the run.
 *
 * @param command as results record it
 * @param beside whether the same network is also trained by backprop
 * @param version of the program
 * @param seed of weights and order
 * @param network its populations
 * @param data examples and task
 * @param method algorithm, estimator and strength
 * @param settling how every minibatch settles
 * @param schedule when weights change
 * @param motion of the input
 * @param optimiser what becomes of a local update
 * @param pace steps, batches and rate
 * @param remarks on the data
 * @param chosen settings that no option gave, and the basis of each choice
 * @param options everything that determines the result, by option
 * @param delayRemark on the choice of the delay; empty for none
 */
record TrainRequest(
        String command,
        boolean beside,
        String version,
        long seed,
        String network,
        Data data,
        Followed method,
        Settling settling,
        Schedule schedule,
        Motion motion,
        Optimiser optimiser,
        Pace pace,
        List<String> remarks,
        List<String> chosen,
        Map<String, String> options,
        String delayRemark) {

    TrainRequest {
        remarks = List.copyOf(remarks);
        chosen = List.copyOf(chosen);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * The examples.
     *
     * @param description in words
     * @param task how outputs are scored
     * @param inferred whether the task was inferred from the data
     * @param examples to train on
     * @param unusedPerEpoch examples that no minibatch of an epoch has
     * @param unselected examples of the set that were not requested
     * @param classes among which an accuracy distinguishes; 0 if the task has no accuracy
     */
    record Data(
            String description,
            Task task,
            boolean inferred,
            int examples,
            long unusedPerEpoch,
            long unselected,
            int classes) {}

    /**
     * The gradient that is followed.
     *
     * @param algorithm its name, as requested
     * @param standsFor the algorithm for which another name stands; null for an algorithm's own
     * @param variant of the algorithm; empty for the usual one
     * @param estimator its name
     * @param strength nudging strength or gain
     * @param strengthName of the option that sets it; null if there is none
     * @param limit name of the gradient to which updates converge; null where there is none for
     *     want of an energy
     * @param note what a comparison with backprop means; empty if that is the limit
     */
    record Followed(
            String algorithm,
            String standsFor,
            String variant,
            String estimator,
            double strength,
            String strengthName,
            String limit,
            String note) {
        Followed(
                String algorithm,
                String standsFor,
                String variant,
                String estimator,
                double strength,
                String strengthName,
                String limit) {
            this(
                    algorithm,
                    standsFor,
                    variant,
                    estimator,
                    strength,
                    strengthName,
                    limit,
                    OwnReference.note(algorithm, limit));
        }
    }

    /**
     * How every minibatch settles.
     *
     * @param host its name
     * @param granularity neurons per cell
     * @param discipline when cells relax
     * @param threshold least change that is worth a signal
     * @param tolerance largest defect of a settled cell
     * @param resolution largest relative error of the update of a projection; infinite for no limit
     * @param delay as in options
     * @param timing delays and refractory periods that belong to the network
     */
    record Settling(
            String host,
            String granularity,
            String discipline,
            double threshold,
            double tolerance,
            double resolution,
            String delay,
            Timing timing) {}

    /**
     * What becomes of a local update.
     *
     * @param name of the optimiser
     * @param updateProbability with which a change is applied
     * @param weightDecay share of a weight that is lost per change
     */
    record Optimiser(String name, double updateProbability, double weightDecay) {}

    /**
     * The request for one training.
     *
     * @param name of the algorithm, as requested
     */
    static TrainRequest of(
            String command,
            boolean beside,
            String name,
            TrainPlan plan,
            Split split,
            String host,
            List<String> remarks,
            List<String> chosen,
            Map<String, String> options) {
        return new TrainRequest(
                command,
                beside,
                Version.text(),
                plan.seed(),
                plan.network().toString(),
                data(plan.pace(), split),
                followed(name, plan),
                settling(plan.run(), host),
                plan.schedule(),
                plan.motion(),
                new Optimiser(
                        plan.optimiser().optionName(),
                        plan.optimiser().gate().probability(),
                        plan.optimiser().weightDecay()),
                plan.pace(),
                remarks,
                chosen,
                options,
                plan.run().delay().remark());
    }

    private static Data data(Pace pace, Split split) {
        int examples = split.train().size();
        return new Data(
                split.description(),
                split.task(),
                split.inferred(),
                examples,
                pace.lastBatch().unused(examples, pace.batch()),
                split.unselected(),
                split.task().hasAccuracy() ? Math.max(2, split.train().classes()) : 0);
    }

    private static Followed followed(String name, TrainPlan plan) {
        Algorithm algorithm = plan.method().algorithm();
        String own = algorithm.optionName();
        String limit = algorithm.reference().optionName();
        boolean energy = plan.network().noEnergy().isEmpty();
        return new Followed(
                name,
                name.equals(own) ? null : "%s on the schedule %s".formatted(own, plan.schedule()),
                algorithm.variant(),
                plan.method().estimator().optionName(),
                plan.method().strength(),
                AlgorithmOptions.strengthName(algorithm),
                energy ? limit : null,
                energy ? OwnReference.note(name, limit) : "");
    }

    private static Settling settling(RunPlan run, String host) {
        return new Settling(
                host,
                run.granularity().toString(),
                run.discipline().toString(),
                run.signalling().least(),
                run.effectiveTolerance(),
                run.effectiveResolution(),
                run.delay().spec(),
                run.conditions().timing());
    }
}
