package org.relaxon.tools.cli.option;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.TrainPlan;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Defines when two trainings are the same: a checkpoint of another training is refused, except for
 * options that may change its continuation.
 *
 * @param resumeWith names of options that may differ, as given
 */
public record ResumeTerms(List<String> resumeWith) {
    /** Options that do not affect the steps of the training. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "--epochs",
                    "--iterations",
                    "--patience",
                    "--threads",
                    "--join",
                    "--nodes",
                    "--budget-memory",
                    "--beside",
                    "--probe",
                    "--probe-every",
                    "--tensorboard",
                    "--checkpoint",
                    "--resume-with");

    /** Options that change the continuation of a checkpoint, allowed on request. */
    private static final List<String> CHANGEABLE =
            List.of("rate", "rate-decay", "evaluate-every", "align-every");

    /**
     * All settings that determine the learning, including the content of files, and the length if
     * the rate depends on it. Those that no option gave are stated where their default depends on
     * others, so that a default that is typed is no other setting.
     *
     * @param spec the command, parsed
     * @param plan of the training
     * @return values by option
     * @throws IOException if a file that an option names cannot be read
     */
    public static Provenance provenance(CommandSpec spec, TrainPlan plan) throws IOException {
        Pace pace = plan.pace();
        Provenance options =
                ResolvedOptions.of(spec, ELSEWHERE)
                        .withText("--rate", Double.toString(pace.rate()))
                        .withText("--optimiser", plan.optimiser().optionName());
        return pace.rateSchedule().dependsOnLength()
                ? options.withText("--iterations", Long.toString(pace.steps()))
                : options;
    }

    /** {@return the options in which a checkpoint may differ} */
    public Set<String> mayChange() {
        Set<String> out = new HashSet<>();
        for (String name : resumeWith) {
            if (!CHANGEABLE.contains(name)) {
                throw new IllegalArgumentException(
                        "resume-with: \"%s\" is not one of %s; nothing else may differ from a checkpoint: to train with it, name another --checkpoint"
                                .formatted(name, String.join(", ", CHANGEABLE)));
            }
            out.add("--" + name);
        }
        return out;
    }

    /**
     * The option that would allow the differences that may be allowed, and those that never are.
     *
     * @param before of the checkpoint
     * @param now of this training
     * @return the end of a message; empty for none
     */
    public String allowing(Provenance before, Provenance now) {
        List<String> names =
                before.differences(now).stream()
                        .map(d -> d.name().replaceFirst("^--", ""))
                        .filter(name -> !resumeWith.contains(name))
                        .toList();
        String words =
                names.stream()
                        .filter(CHANGEABLE::contains)
                        .map(name -> " --resume-with " + name)
                        .collect(Collectors.joining());
        List<String> never = names.stream().filter(name -> !CHANGEABLE.contains(name)).toList();
        if (words.isEmpty()) {
            return "";
        }
        return never.isEmpty()
                ? "; allow the change with" + words
                : ";%s allows a part, but never a change of %s"
                        .formatted(words, String.join(", ", never));
    }
}
