package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.experiments.storage.OwnerLock;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.ResumeTerms;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SingleRunOptions;
import org.relaxon.tools.cli.option.TrainOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.OwnReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains a network by settling. */
@Command(
        name = "train",
        resourceBundle = "org.relaxon.tools.cli.train.options",
        description = {
            "Trains a network: every minibatch settles, then every synapse changes by"
                    + " its local update. Examples that did not settle are not learned from.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon train --data strokes --examples 2000 --epochs 3 --beside backprop",
            "  relaxon train --data mnist:DIR --layers 784,256,256,10 --epochs 10 \\",
            "      --checkpoint a.ckpt",
            "  relaxon train --data two-moons --algorithm ep --host akka \\",
            "      --delay exponential:100us"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final Schedule INCREMENTAL = Schedule.incremental(4);

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private ProblemOptions problem;
    @Mixin private AlgorithmOptions variant;
    @Mixin private SingleRunOptions single;
    @Mixin private RunOptions run;
    @Mixin private TrainOptions train;
    @Mixin private OutputOptions output;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description =
                    "Nudging strength. Default by algorithm, 1e-4 for pc-nudge, 0.1 for pc;"
                            + " from 1e-150 to 1e12.")
    private Double beta;

    @Override
    public Integer call() throws IOException {
        run.requireSupported();
        Catalog.requireHost(single.host());
        run.requireRead(List.of(single.host()));
        output.requireWritable();
        train.requireWritable();
        Algorithm algorithm = variant.algorithm(incremental() ? "pc" : single.algorithm());
        boolean besideBackprop = train.besideBackprop();
        Split data = train.split(problem.spec(algorithm));
        ProblemSpec described = described(algorithm, data);
        Problem built = described.build(data);
        TrainPlan plan = plan(algorithm, built, data);
        Words.remark(spec, List.of(plan.run().delay()));
        List<String> remarks = remarks(data);
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            dryRun(described, plan, data, built);
            return ExitCode.DONE;
        }
        BooleanSupplier stop = program.interruption()::asked;
        long begin = System.nanoTime();
        Provenance provenance = ResumeTerms.provenance(spec, plan.pace());
        TrainProgress progress = progress(plan, single.algorithm(), file(""), stop);
        TrainResult settled;
        TrainResult baseline = null;
        double seconds;
        OwnerLock lock = lock();
        try (Host host = Catalog.host(single.host(), run.threads())) {
            settled = settle(host, plan, data, provenance, progress);
            seconds = (System.nanoTime() - begin) / 1e9;
            lost(progress);
            if (besideBackprop && !progress.stops()) {
                baseline = backprop(plan, data, provenance, stop);
            }
        } catch (RuntimeException e) {
            goOn(); // for the line after it
            throw e;
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
        TrainReport report =
                new TrainReport(
                        single.algorithm(),
                        plan,
                        data,
                        built,
                        single.host(),
                        settled,
                        baseline,
                        progress.alignments(),
                        progress.warnings(),
                        remarks,
                        chosen(described, plan),
                        ResolvedTraining.of(spec, described, plan, data, single.host()),
                        seconds);
        return report(report, settled, out);
    }

    /** The default batch is at most all examples; to have none is refused when it is built. */
    private ProblemSpec described(Algorithm algorithm, Split data) {
        int examples = Math.max(1, data.train().size());
        return problem.spec(algorithm, Math.min(TrainingDefaults.BATCH, examples));
    }

    /** Remarks on the classes, printed before the work. */
    private List<String> remarks(Split data) {
        List<String> remarks = ClassRemarks.of(data);
        if (!output.quiet()) {
            PrintWriter err = spec.commandLine().getErr();
            remarks.forEach(remark -> err.println("remark: " + remark));
        }
        return remarks;
    }

    private List<String> chosen(ProblemSpec described, TrainPlan plan) {
        return new ChosenSettings(spec, described, plan, single.algorithm())
                .lines(defaults(plan.method().algorithm(), plan.schedule()));
    }

    private void dryRun(ProblemSpec described, TrainPlan plan, Split data, Problem built)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        chosen(described, plan).forEach(line -> out.println("by default   " + line));
        ResolvedText text = new ResolvedText(out, spec);
        text.print(plan.run(), plan.budget(), single.host());
        text.cells(built, plan.run().granularity(), plan.pace().batch());
        TrainText.printOptions(
                out, ResolvedTraining.of(spec, described, plan, data, single.host()));
        text.repeat(ResolvedText.command("train", spec));
        out.flush();
    }

    private TrainResult settle(
            Host host, TrainPlan plan, Split data, Provenance provenance, TrainProgress progress)
            throws IOException {
        Checkpoint saved = saved(plan, file(""), provenance);
        String reference = plan.method().algorithm().reference().optionName();
        String note = OwnReference.note(single.algorithm(), reference);
        if (!note.isEmpty() && !output.quiet()) {
            spec.commandLine().getErr().println("note: " + note);
        }
        try (TrainProgress shown = output.progress() ? progress.showingMovement() : progress) {
            return new Trainer(plan, data, shown, provenance, train.resumeTerms().mayChange())
                    .settle(host, saved);
        }
    }

    /** A checkpoint that cannot be written ends the training, which is still reported. */
    private void lost(TrainProgress progress) {
        if (progress.lost() != null) {
            output.lost(progress.lost(), train.checkpoint());
        }
    }

    private TrainResult backprop(
            TrainPlan plan, Split data, Provenance provenance, BooleanSupplier stop)
            throws IOException {
        Path file = file(".backprop");
        TrainProgress progress = progress(plan, "backprop", file, stop);
        TrainResult result =
                new Trainer(plan, data, progress, provenance, train.resumeTerms().mayChange())
                        .backprop(saved(plan, file, provenance));
        lost(progress);
        return result;
    }

    /** The right to write checkpoints; null if there are none. */
    private OwnerLock lock() throws IOException {
        Path file = train.checkpoint();
        return file == null ? null : OwnerLock.take(file);
    }

    /** Incremental predictive coding is predictive coding with another schedule. */
    private boolean incremental() {
        return single.algorithm().equals("ipc");
    }

    private TrainProgress progress(TrainPlan plan, String who, Path file, BooleanSupplier stop) {
        PrintWriter err = output.quiet() ? null : spec.commandLine().getErr();
        return new TrainProgress(
                err, who, plan.pace().steps(), file, plan.network(), stop, System::nanoTime);
    }

    private Path file(String suffix) {
        Path named = train.checkpoint();
        return named == null ? null : named.resolveSibling(named.getFileName() + suffix);
    }

    /**
     * The checkpoint to resume from, compared before its state is read: it may be of another
     * network.
     */
    private Checkpoint saved(TrainPlan plan, Path file, Provenance now) throws IOException {
        if (file == null || !Files.exists(file)) {
            return null;
        }
        Provenance before = CheckpointFile.provenance(file);
        Setting learner = before.settings().getOrDefault(Trainer.LEARNER, Setting.NONE);
        Provenance same = now.with(Trainer.LEARNER, learner);
        try {
            before.requireSame(same, "checkpoint: " + file, train.resumeTerms().mayChange());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + train.resumeTerms().allowing(before, same), e);
        }
        Checkpoint found = CheckpointFile.read(file, plan.network());
        if (found.step() > plan.pace().steps()) {
            boolean steps = spec.commandLine().getParseResult().hasMatchedOption("--iterations");
            throw new IllegalArgumentException(
                    "%s: the checkpoint is %d steps old, more than the %d requested"
                            .formatted(
                                    steps ? "iterations" : "epochs",
                                    found.step(),
                                    plan.pace().steps()));
        }
        return found;
    }

    private TrainPlan plan(Algorithm algorithm, Problem built, Split data) {
        Estimator estimator =
                variant.estimator(algorithm, single.estimator(), TrainingDefaults.POINTS);
        Schedule schedule = schedule();
        TrainingDefaults defaults = defaults(algorithm, schedule);
        int depth = built.network().depth();
        double strength = variant.strength(algorithm, beta, defaults.strength());
        Method method = new Method(algorithm, estimator, strength).inRange(depth);
        RunPlan settling =
                single.plan(defaults.run(strength, depth), run, false).withSeed(problem.seed());
        Motion motion = train.motion();
        int perEpoch =
                train.lastBatch().perEpoch(data.train().size(), built.examples()) * motion.frames();
        return new TrainPlan(
                built.network(),
                method,
                settling,
                run.budget(single.host()),
                train.optimiser(problem.seed(), defaults),
                train.pace(built.examples(), perEpoch, defaults),
                schedule,
                train.unsettled(),
                motion,
                problem.seed());
    }

    private Schedule schedule() {
        if (incremental() && train.asksFor(Schedule.PHASED)) {
            throw new IllegalArgumentException(
                    "schedule: ipc is pc with updates at every relaxation; phased, it is"
                            + " --algorithm pc");
        }
        return train.schedule(incremental() ? INCREMENTAL : Schedule.PHASED);
    }

    private TrainingDefaults defaults(Algorithm algorithm, Schedule schedule) {
        boolean sweeps = List.of("synchronous", "red-black").contains(single.host());
        return new TrainingDefaults(algorithm, schedule.equals(Schedule.PHASED), !sweeps);
    }

    /** A written checkpoint can be continued from. */
    private void goOn() {
        if (train.checkpoint() != null && Files.exists(train.checkpoint())) {
            program.interruption().goOnWith(Launcher.running("train", spec));
        }
    }

    /** What a stopped training leaves behind without a checkpoint. */
    private static String keptWithoutCheckpoint(ObjectNode json) {
        String lost = "this training was not kept, for want of --checkpoint FILE";
        return json.has("directory")
                ? lost
                        + "; its weights are in %s, from which --weights begins anew"
                                .formatted(Path.of(json.get("directory").asText(), "arrays.npz"))
                : lost + ", nor its weights, for want of --out DIR";
    }

    private int report(TrainReport report, TrainResult settled, PrintWriter out)
            throws IOException {
        ObjectNode json = report.json();
        json.put("command", Launcher.running("train", spec));
        json.put("beside", train.besideBackprop() ? "backprop" : null);
        output.mark(json);
        goOn();
        output.directory(json, () -> report.write(output, json));
        if (train.checkpoint() == null) {
            program.interruption().keptAlone(keptWithoutCheckpoint(json));
        }
        if (output.prose()) {
            TrainText.print(out, json);
        }
        output.write(json, out);
        if (report.baseline() != null && report.baseline().ending() == Ending.DIVERGED) {
            return ExitCode.NOT_SETTLED;
        }
        return switch (settled.ending()) {
            case DONE, PATIENCE -> ExitCode.DONE;
            case STOPPED, UNSETTLED, DIVERGED -> ExitCode.NOT_SETTLED;
        };
    }
}
