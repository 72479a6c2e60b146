package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.SeedOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.WorkProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * The course that every reproduction takes: plan, dry run or runs, findings.
 *
 * @param <P> what to run
 * @param <R> the result of one run
 */
@Command(resourceBundle = "org.relaxon.tools.cli.reproduce.options")
abstract class FindingCommand<P, R> implements Callable<Integer> {
    private final Reproduction reproduction;
    private final String units;
    private final int usualSeeds;

    @Spec private CommandSpec spec;
    @ParentCommand private ReproduceCommand parent;
    @Mixin private SeedOptions seeds;
    @Mixin private OutputOptions output;

    /**
     * @param units what progress counts, such as settlings
     * @param usualSeeds number of networks if none is given
     */
    FindingCommand(Reproduction reproduction, String units, int usualSeeds) {
        this.reproduction = reproduction;
        this.units = units;
        this.usualSeeds = usualSeeds;
    }

    /**
     * The plan that the options state, checked as far as it can be before the first run.
     *
     * @throws IllegalArgumentException naming the option that is out of range
     */
    abstract P plan() throws IOException;

    /** The number of results of a plan whose runs all end. */
    abstract int runs(P plan);

    /** Prints the settings, from the number of runs to the budget. */
    abstract void describe(P plan, ResolvedText text) throws IOException;

    /** The pictures of a complete run. */
    abstract List<String> pictures(P plan);

    /** What the runs of a plan cannot show, one line each. */
    List<String> doubts(P plan) throws IOException {
        return List.of();
    }

    /** Prints what follows the names of the files, such as the cells. */
    void describeCells(P plan, ResolvedText text) throws IOException {}

    /** The results of all runs that end before a stop. */
    abstract List<R> run(P plan, BooleanSupplier stop, Runnable done) throws IOException;

    abstract Findings findings(P plan, List<R> rows, double seconds);

    /** Adds the settings to the request at the beginning of manifest and JSON. */
    abstract void fill(P plan, ObjectNode config) throws IOException;

    @Override
    public final Integer call() throws IOException {
        output.requireWritable();
        P plan = plan();
        if (output.dryRun()) {
            dryRun(plan);
            return ExitCode.DONE;
        }
        PrintWriter err = spec.commandLine().getErr();
        if (!output.quiet()) {
            doubts(plan).forEach(doubt -> err.println("note: " + doubt));
        }
        long begin = System.nanoTime();
        List<R> rows;
        try (WorkProgress progress = WorkProgress.of(output, err, units, runs(plan)).begun()) {
            rows = run(plan, parent.interruption()::asked, progress::finished);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        ObjectNode config = reproduction.config(spec, firstSeed(), seeds().size());
        fill(plan, config);
        int missing = runs(plan) - rows.size();
        boolean interrupted = parent.interruption().concluded(missing == 0);
        int code =
                reproduction.finish(
                        config,
                        findings(plan, rows, seconds),
                        output,
                        out(),
                        interrupted ? missing : 0);
        if (rows.isEmpty()) {
            parent.interruption().keptAlone("no run had ended: nothing to continue from");
        }
        return code;
    }

    private void dryRun(P plan) throws IOException {
        ResolvedText text = new ResolvedText(out(), spec);
        describe(plan, text);
        for (String doubt : doubts(plan)) {
            text.line("note", doubt);
        }
        String finding = reproduction.finding();
        text.files(output, "reproduce-" + finding, Reproduction.files(pictures(plan)));
        describeCells(plan, text);
        text.repeat(ResolvedText.command("reproduce " + finding, spec));
    }

    /** The class that java starts, for processes of this run's own. */
    final String mainClass() {
        return Program.of(spec).mainClass();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final long firstSeed() {
        return seeds.first();
    }

    final List<Long> seeds() {
        return seeds.all(usualSeeds);
    }

    final int threads() {
        return seeds.threads();
    }
}
