package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.tools.cli.option.ResolvedValues;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Model.CommandSpec;

/** Everything that determines the result of a training, in the words of its options. */
final class ResolvedTraining {
    /** Options that decide where a training is kept and how much memory it may take. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "--checkpoint",
                    "--resume-with",
                    "--budget-memory",
                    "--threads",
                    "--probe",
                    "--probe-every",
                    "--tensorboard");

    /** Options that others state as numbers: steps, and the share that is lost per change. */
    private static final Set<String> RESTATED = Set.of("--epochs", "--l2");

    private ResolvedTraining() {}

    /**
     * Values by option.
     *
     * @param drawn how the weights were drawn
     * @param host its name
     * @throws IOException if a file that an option names cannot be read
     */
    static Map<String, String> of(
            CommandSpec spec, ProblemSpec drawn, TrainPlan plan, Split data, String host)
            throws IOException {
        ResolvedValues out =
                ResolvedValues.of(spec, ELSEWHERE)
                        .without(RESTATED)
                        .network(drawn, plan.network())
                        .method(plan.method())
                        .run(plan.run(), plan.budget(), host)
                        .with("--optimiser", plan.optimiser().optionName())
                        .with("--weight-decay", Figures.number(plan.optimiser().weightDecay()))
                        .with("--rate", Figures.number(plan.pace().rate()))
                        .with("--rate-schedule", plan.pace().rateSchedule().optionName())
                        .with("--schedule", plan.schedule().toString())
                        .with("--batch", Integer.toString(plan.pace().batch()))
                        .with("--iterations", Long.toString(plan.pace().steps()))
                        .with("--evaluate-every", Long.toString(plan.pace().evaluateEvery()))
                        .with("--task", data.task().optionName())
                        .with("--examples", Integer.toString(data.train().size()))
                        .with("--test-examples", Integer.toString(data.test().size()));
        return out.map().containsKey("--inputs")
                ? out.map()
                : out.with("--inputs", drawn.inputs().optionName()).map();
    }
}
