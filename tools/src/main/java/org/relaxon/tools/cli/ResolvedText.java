package org.relaxon.tools.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.fault.Delivery;
import picocli.CommandLine.Model.CommandSpec;

/** All settings of a run, with defaults resolved, before it starts. */
final class ResolvedText {
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

    ResolvedText(PrintWriter out, CommandSpec spec) {
        this.out = out;
        this.spec = spec;
    }

    /** The criteria for a settled run, its dynamics, and its limits. */
    void print(RunPlan plan, Budget budget, String host) {
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
                                (plan.conditions().repeats()
                                                ? Delivery.RELIABLE_LATEST
                                                : Delivery.BEST_EFFORT)
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', '-'),
                                Durations.format(plan.effectiveRefractoryNanos())));
        conditions(plan.kernels().toString(), plan.signalling().quantum());
        budget(budget, plan.auditRounds(), Catalog.isSweeping(host));
    }

    void threshold(double threshold, boolean refines) {
        line(
                "threshold",
                Figures.number(threshold)
                        + (refines ? ", smaller where a projection needs it" : ""));
    }

    void conditions(String kernels, double quantum) {
        line(
                "arithmetic",
                "%s kernels, %s"
                        .formatted(
                                kernels.toLowerCase(java.util.Locale.ROOT),
                                quantum == 0.0
                                        ? "signals exact"
                                        : "signals in steps of " + Figures.number(quantum)));
        String faults = GivenOptions.of(spec).of(FAULTS).toString().trim();
        line("faults", faults.isEmpty() ? "none" : faults);
    }

    void budget(Budget budget, int auditRounds, boolean sweeps) {
        line(
                "budget",
                "%d messages, %d relaxations, %s, %d in flight, %d audits"
                        .formatted(
                                budget.messages(),
                                budget.relaxations(),
                                sweeps
                                        ? budget.nanos() + " sweeps"
                                        : Durations.format(budget.nanos()),
                                budget.inFlight(),
                                auditRounds));
    }

    /** A budget in which only messages and time matter. */
    void budget(Budget budget, String of) {
        line(
                "budget",
                "%d messages, %d relaxations, %s of %s"
                        .formatted(
                                budget.messages(),
                                budget.relaxations(),
                                Durations.format(budget.nanos()),
                                of));
    }

    /** The content and the place of a run directory. */
    void files(OutputOptions output, String below, List<String> names) {
        String all = String.join(", ", names);
        line(
                "files",
                output.out() == null
                        ? "none; with --out DIR, in DIR/%s/...: %s".formatted(below, all)
                        : "in %s/...: %s".formatted(output.out().resolve(below), all));
    }

    /** Values as a list. */
    static <T> String list(List<T> values, Function<T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(", "));
    }

    void line(String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }

    /** The command of the run of which this is the dry run. */
    void repeat(String command) {
        line("repeat", command);
        out.flush();
    }

    /** The same words without {@code --dry-run}. */
    static String command(String verb, CommandSpec spec) {
        return Launcher.command(verb, GivenOptions.of(spec).without(Set.of("--dry-run")));
    }
}
