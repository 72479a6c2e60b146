package org.relaxon.tools.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Model.CommandSpec;

/** The settings of a training that were chosen by default, and the basis of each choice. */
final class ChosenSettings {
    private final CommandSpec spec;
    private final ProblemSpec drawn;
    private final TrainPlan plan;
    private final String algorithm;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param drawn how the weights are drawn
     * @param algorithm its name, as requested
     */
    ChosenSettings(CommandSpec spec, ProblemSpec drawn, TrainPlan plan, String algorithm) {
        this.spec = spec;
        this.drawn = drawn;
        this.plan = plan;
        this.algorithm = algorithm;
    }

    /** One entry per setting that no option gave, in the form of the options. */
    List<String> lines(TrainingDefaults defaults) {
        lines.clear();
        network();
        if (!given("--estimator") && !given("--points")) {
            add("estimator %s (of %s)", plan.method().estimator().optionName(), algorithm);
        }
        String strength = AlgorithmOptions.strengthName(plan.method().algorithm());
        if (strength != null && !given("--" + strength)) {
            add("%s %s (of %s)", strength, Figures.inSentence(plan.method().strength()), algorithm);
        }
        if (!given("--optimiser")) {
            String basis = defaults.softens() ? "of " + algorithm : "schedule " + plan.schedule();
            add("optimiser %s (%s)", plan.optimiser().optionName(), basis);
        }
        if (!given("--rate")) {
            add(
                    "rate %s (%s)",
                    Figures.inSentence(plan.pace().rate()), plan.optimiser().optionName());
        }
        RateSchedule falling = plan.pace().rateSchedule();
        if (!given("--rate-schedule") && falling != RateSchedule.CONSTANT) {
            add("rate-schedule %s (of %s)", falling.optionName(), algorithm);
        }
        double weightDecay = plan.optimiser().weightDecay();
        if (!given("--weight-decay") && !given("--l2") && weightDecay > 0) {
            add("weight-decay %s (of %s)", Figures.inSentence(weightDecay), algorithm);
        }
        if (!given("--batch")) {
            int batch = plan.pace().batch();
            add("batch %d%s", batch, batch < TrainingDefaults.BATCH ? " (all examples)" : "");
        }
        if (!given("--epochs") && !given("--iterations")) {
            add("epochs %d", TrainingDefaults.EPOCHS);
        }
        settling(defaults);
        return List.copyOf(lines);
    }

    private void network() {
        Network network = plan.network();
        if (!given("--network") && !given("--activation") && network.populations().size() > 2) {
            add("activation %s", network.population(1).activation().optionName());
        }
        if (!given("--network") && !given("--output-activation")) {
            add("output-activation %s", network.output().activation().optionName());
        }
        if (!given("--loss")) {
            add("loss %s", network.loss().optionName());
        }
        if (!given("--init") && !given("--gain") && !given("--weights")) {
            String gain = Figures.number(drawn.gain());
            add("init %s with gain %s (of %s)", drawn.scheme().optionName(), gain, algorithm);
        }
    }

    private void settling(TrainingDefaults defaults) {
        RunPlan run = plan.run();
        if (!given("--threshold") && !given("--tolerance")) {
            add(
                    "threshold %s (%s)",
                    Figures.inSentence(run.signalling().least()),
                    defaults.thresholdBasis(plan.method().strength(), plan.network().depth()));
            add("tolerance %s (100 x threshold)", Figures.inSentence(run.effectiveTolerance()));
        }
        if (!given("--discipline")) {
            add("discipline %s (of %s)", run.discipline(), algorithm);
        }
        if (!given("--budget-messages")) {
            add("budget %d messages per settling", plan.budget().messages());
        }
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
