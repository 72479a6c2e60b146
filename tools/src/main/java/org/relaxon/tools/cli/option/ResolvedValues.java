package org.relaxon.tools.cli.option;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every option that determines a result, with the value that was in force: as given, by default, or
 * as the algorithm, the data or the schedule chose it. It begins with all options of the command,
 * so that one added later is stated as well. An option without a value is left out. Immutable.
 */
public final class ResolvedValues {
    private final Map<String, String> values;

    private ResolvedValues(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The options of a command as typed, or their fixed defaults; files are named with a hash of
     * their content.
     *
     * @param spec a command that has been parsed
     * @param elsewhere names of options that do not determine the result
     * @return values by option
     * @throws IOException if a file that an option names cannot be read
     */
    public static ResolvedValues of(CommandSpec spec, Set<String> elsewhere) throws IOException {
        Map<String, String> out = new TreeMap<>();
        ResolvedOptions.of(spec, elsewhere)
                .settings()
                .forEach(
                        (name, setting) -> {
                            boolean none =
                                    setting.equals(Setting.NONE)
                                            || setting.value().equals("[]")
                                            || name.equals("version"); // stated on its own
                            if (!none) {
                                out.put(name, setting.shown());
                            }
                        });
        return new ResolvedValues(out);
    }

    /**
     * {@return the same with the network and its initial weights}
     *
     * @param drawn how weights are drawn
     * @param network as built
     */
    public ResolvedValues network(ProblemSpec drawn, Network network) {
        ResolvedValues out = with("--loss", network.loss().optionName());
        if (drawn.feedback().isPresent()) {
            out = out.with("--feedback", drawn.feedback().get().spec());
        }
        if (drawn.graph().isEmpty()) { // a network file states its own sizes
            String sizes =
                    network.populations().stream()
                            .map(p -> Integer.toString(p.size()))
                            .collect(Collectors.joining(","));
            out = out.with("--layers", sizes);
        }
        return drawn.weights().isEmpty()
                ? out.with("--init", drawn.scheme().optionName())
                        .with("--gain", Figures.number(drawn.gain()))
                : loaded(out, drawn);
    }

    /** Of weights from a file the scheme matters only for its scales. */
    private static ResolvedValues loaded(ResolvedValues out, ProblemSpec drawn) {
        ResolvedValues plain = out.without(Set.of("--init", "--gain"));
        return drawn.scheme().scales() ? plain.with("--init", drawn.scheme().optionName()) : plain;
    }

    /**
     * {@return the same with the variant of the algorithm, its estimator and its strength}
     *
     * @param method in force
     */
    public ResolvedValues method(Method method) {
        Algorithm algorithm = method.algorithm();
        ResolvedValues out = this;
        List<String> words = AlgorithmOptions.words(algorithm);
        for (int k = 0; k < words.size(); k += 2) {
            if (!words.get(k).equals("--algorithm")) { // stays as asked for: ipc stands for pc
                out = out.with(words.get(k), words.get(k + 1));
            }
        }
        out =
                algorithm.strength() == Strength.COMPLEX
                        ? out.with("--points", Integer.toString(method.estimator().order()))
                        : out.with("--estimator", method.estimator().optionName());
        String strength = AlgorithmOptions.strengthName(algorithm);
        return strength == null
                ? out
                : out.with("--" + strength, Figures.number(method.strength()));
    }

    /**
     * {@return the same with what every settling is made with} Threshold and tolerance stay as
     * given: audits may lower a threshold that was not, so that typing its value is another run.
     *
     * @param plan of the run
     * @param budget of one settling
     * @param host its name
     */
    public ResolvedValues run(RunPlan plan, Budget budget, String host) {
        boolean sweeps = Catalog.isSweeping(host);
        boolean follows = !plan.conditions().timing().isEmpty() && plan.refractoryNanos() < 0;
        ResolvedValues paused =
                follows // the delays that the network states
                        ? this
                        : with("--refractory", Durations.format(plan.effectiveRefractoryNanos()));
        return paused.with("--discipline", plan.discipline().toString())
                .with("--delivery", delivery(plan))
                .with("--budget-messages", Long.toString(budget.messages()))
                .with("--budget-relaxations", Long.toString(budget.relaxations()))
                .with(
                        sweeps ? "--budget-sweeps" : "--budget-time",
                        sweeps ? Long.toString(budget.nanos()) : Durations.format(budget.nanos()));
    }

    /**
     * {@return how senders handle losses, in the words of the option}
     *
     * @param plan of the run
     */
    public static String delivery(RunPlan plan) {
        Delivery delivery =
                plan.conditions().repeats() ? Delivery.RELIABLE_LATEST : Delivery.BEST_EFFORT;
        return delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the same with one option}
     *
     * @param name of the option, with its dashes
     * @param value in force
     */
    public ResolvedValues with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new ResolvedValues(more);
    }

    /**
     * {@return the same without some options}
     *
     * @param names of options that have no effect
     */
    public ResolvedValues without(Set<String> names) {
        Map<String, String> fewer = new TreeMap<>(values);
        fewer.keySet().removeAll(names);
        return new ResolvedValues(fewer);
    }

    /** {@return values by option, with its dashes} */
    public Map<String, String> map() {
        return values;
    }
}
