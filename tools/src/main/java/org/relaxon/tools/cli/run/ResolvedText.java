package org.relaxon.tools.cli.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ResolvedValues;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import picocli.CommandLine.Model.CommandSpec;

/** All settings of a run, with defaults resolved, before it starts. */
public final class ResolvedText {
    private static final Set<String> FAULTS =
            Set.of(
                    "--drop",
                    "--duplicate",
                    "--reorder",
                    "--late",
                    "--cut",
                    "--burst",
                    "--slow",
                    "--crash",
                    "--starve",
                    "--delay-on");

    private final PrintWriter out;
    private final CommandSpec spec;

    /**
     * The settings of one command.
     *
     * @param out to print to
     * @param spec the command, parsed
     */
    public ResolvedText(PrintWriter out, CommandSpec spec) {
        this.out = out;
        this.spec = spec;
    }

    /**
     * Prints the criteria for a settled run, its dynamics, and its limits.
     *
     * @param plan of the run
     * @param network that it settles
     * @param budget of one settling
     * @param host its name
     */
    public void print(RunPlan plan, Network network, Budget budget, String host) {
        threshold(plan.threshold(), plan.refines());
        line(
                "tolerance",
                "%s for defects, %s for the update of a projection"
                        .formatted(
                                Figures.number(plan.effectiveTolerance()),
                                plan.judgesUpdates()
                                        ? Figures.number(plan.effectiveResolution())
                                        : "no limit"));
        line(
                "discipline",
                "%s, delivery %s, pause of a cell %s"
                        .formatted(
                                plan.discipline(),
                                ResolvedValues.delivery(plan),
                                NetworkTiming.text(NetworkTiming.pauses(plan, network))));
        NetworkTiming.print(out, plan.conditions().timing());
        String drive = plan.signalling().isEventDriven() ? "event-driven products, " : "";
        conditions(plan.kernels(), drive, plan.signalling().quantum());
        budget(budget, plan.auditRounds(), Catalog.isSweeping(host));
    }

    /**
     * Prints the change that is worth a signal.
     *
     * @param threshold of the plan
     * @param refines whether cells take smaller ones on their own
     */
    public void threshold(double threshold, boolean refines) {
        line(
                "threshold",
                Figures.inSentence(threshold)
                        + (refines ? ", smaller where a projection needs it" : ""));
    }

    /**
     * Prints the arithmetic and the faults.
     *
     * @param kernels kind of arithmetic
     * @param quantum step of signals; 0 for exact ones
     */
    public void conditions(Kernels.Kind kernels, double quantum) {
        conditions(kernels, "", quantum);
    }

    private void conditions(Kernels.Kind kernels, String drive, double quantum) {
        line(
                "arithmetic",
                "%s kernels, %s%s%s"
                        .formatted(
                                kernels.functions(),
                                kernels.precision() == Kernels.Precision.FLOAT
                                        ? "weights and their products in float, "
                                        : "",
                                drive,
                                quantum == 0.0
                                        ? "signals exact"
                                        : "signals in steps of " + Figures.number(quantum)));
        String faults = GivenOptions.of(spec).of(FAULTS).toString().trim();
        line("faults", faults.isEmpty() ? "none" : faults);
    }

    /**
     * Prints all limits of a settling.
     *
     * @param budget of one settling
     * @param auditRounds largest number of audits
     * @param sweeps whether the host counts sweeps instead of time
     */
    public void budget(Budget budget, int auditRounds, boolean sweeps) {
        line(
                "budget",
                "%d messages, %d relaxations, %s, %d in flight, %d audits"
                        .formatted(
                                budget.messages(),
                                budget.relaxations(),
                                sweeps ? sweeps(budget) : Durations.format(budget.nanos()),
                                budget.inFlight(),
                                auditRounds));
    }

    /** Without an option a limit of sweeps is that of nanoseconds, which none reaches. */
    private static String sweeps(Budget budget) {
        return budget.nanos() == Budget.DEFAULT.nanos()
                ? "any number of sweeps"
                : budget.nanos() + " sweeps";
    }

    /**
     * Prints a budget in which only messages, relaxations and time matter.
     *
     * @param budget of one settling
     * @param of name of what it limits
     */
    public void budget(Budget budget, String of) {
        line(
                "budget",
                "%d messages, %d relaxations, %s of %s"
                        .formatted(
                                budget.messages(),
                                budget.relaxations(),
                                Durations.format(budget.nanos()),
                                of));
    }

    /**
     * Prints cells, links and memory of a network.
     *
     * @param problem with the network
     * @param grain neurons per cell
     * @param columns of the widest phase
     */
    public void cells(Problem problem, Granularity grain, int columns) {
        cells(grain, MemoryEstimate.of(problem.network(), grain, columns));
    }

    /**
     * Prints cells, links and memory of a run.
     *
     * @param problem with the network
     * @param plan of the run
     * @param columns of the widest phase
     */
    public void cells(Problem problem, RunPlan plan, int columns) {
        cells(plan.granularity(), MemoryEstimate.of(problem.network(), plan, columns, 1));
    }

    private void cells(Granularity grain, MemoryEstimate need) {
        out.printf(
                "  %-8s %d cells, %d links (each carries at least one message), about %.1f MiB%n",
                grain, need.cells(), need.links(), need.bytes() / 1048576.0);
    }

    /**
     * Prints the content and the place of a run directory.
     *
     * @param output where it is to be
     * @param below name of the directory of all such runs
     * @param names of the files
     */
    public void files(OutputOptions output, String below, List<String> names) {
        String all = String.join(", ", names);
        line(
                "files",
                output.out() == null
                        ? "none; with --out DIR, in DIR/%s/...: %s".formatted(below, all)
                        : "in %s/...: %s".formatted(output.out().resolve(below), all));
    }

    /**
     * Values as a list.
     *
     * @param <T> kind of value
     * @param values in order
     * @param text of one value
     * @return the texts, separated by commas, or by semicolons if one of them has a comma
     */
    public static <T> String list(List<T> values, Function<T, String> text) {
        List<String> all = values.stream().map(text).toList();
        return String.join(all.stream().anyMatch(one -> one.contains(",")) ? "; " : ", ", all);
    }

    /**
     * Prints one setting.
     *
     * @param name of the setting
     * @param value as text
     */
    public void line(String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }

    /**
     * Prints the command of the run of which this is the dry run.
     *
     * @param command as results record it
     */
    public void repeat(String command) {
        line("repeat", Launcher.typed(command));
        out.flush();
    }

    /**
     * The same words without {@code --dry-run}.
     *
     * @param verb words of the subcommand
     * @param spec the command, parsed
     * @return the command, as for a shell
     */
    public static String command(String verb, CommandSpec spec) {
        return Launcher.recorded(verb, GivenOptions.of(spec).without(Set.of("--dry-run")));
    }
}
