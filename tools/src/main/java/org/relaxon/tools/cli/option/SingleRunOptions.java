package org.relaxon.tools.cli.option;

import org.relaxon.model.rule.Signalling.Drive;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands in which every run has one algorithm, one host and one placement. */
public final class SingleRunOptions {
    @Mixin private PlacementOptions placement;

    @Option(
            names = "--algorithm",
            paramLabel = "A",
            defaultValue = "pc-nudge",
            description = "See relaxon list. Default ${DEFAULT-VALUE}.")
    private String algorithmName;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "virtual",
            description =
                    "virtual, akka, cluster, synchronous or red-black. Default ${DEFAULT-VALUE}.")
    private String hostName;

    @Option(
            names = "--estimator",
            paramLabel = "E",
            description =
                    "one-sided, negative, centred or shares at multiples of beta such as 2@1/-1@2."
                            + " Default one-sided; roots for hep.")
    private String estimatorName;

    @Option(
            names = "--drive",
            paramLabel = "D",
            description =
                    "How cells multiply by their weights: dense, whole products whenever anything"
                            + " changed, or event-driven, by what changed alone; neurons that"
                            + " moved by no more than the threshold then keep the value last sent."
                            + " Default dense.")
    private String drive;

    /** {@return the name of the algorithm} */
    public String algorithm() {
        return algorithmName;
    }

    /** {@return the name of the host} */
    public String host() {
        return hostName;
    }

    private Drive drive() {
        return drive == null ? Drive.DENSE : ProblemOptions.choice("drive", Drive.values(), drive);
    }

    /** {@return the name of the estimator; null if not given} */
    public String estimator() {
        return estimatorName;
    }

    /**
     * A run as requested.
     *
     * @param defaults of the algorithm
     * @param run the other options
     * @param thresholds whether another option sets the threshold, which the tolerance then follows
     * @param timing delays and refractory periods that belong to the network
     * @return the plan
     */
    public RunPlan plan(RunPlan defaults, RunOptions run, boolean thresholds, Timing timing) {
        return plan(defaults, run, run.threshold(), thresholds, timing);
    }

    /**
     * The same run if no threshold were requested.
     *
     * @param defaults of the algorithm
     * @param run the other options
     * @param timing delays and refractory periods that belong to the network
     * @return the plan
     */
    public RunPlan unthresholded(RunPlan defaults, RunOptions run, Timing timing) {
        return plan(defaults, run, Double.NaN, false, timing);
    }

    private RunPlan plan(
            RunPlan defaults, RunOptions run, double threshold, boolean thresholds, Timing timing) {
        boolean asked = thresholds || !Double.isNaN(threshold) || !Double.isNaN(run.tolerance());
        boolean judged = // a tolerance is that of updates too
                !Double.isNaN(run.tolerance()) || asked && defaults.judgesUpdates();
        RunPlan kept = judged ? defaults.withResolution(Double.NaN) : defaults;
        RunPlan plan = Double.isNaN(threshold) ? kept : kept.withThreshold(threshold);
        return plan.withGranularity(placement.granularity())
                .withKernels(run.kernels())
                .withDrive(drive())
                .withTolerance(asked ? run.tolerance() : defaults.tolerance())
                .withDelay(placement.delay())
                .withConditions(run.conditions(defaults.discipline()).withTiming(timing))
                .withRefractoryNanos(run.refractoryNanos())
                .withAuditRounds(run.auditRounds());
    }
}
