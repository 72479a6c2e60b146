package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.storage.OwnerLock;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.ResumeTerms;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SingleRunOptions;
import org.relaxon.tools.cli.option.TrainOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
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
    private static final Set<String> RATES = Set.of("--rate", "--learning-rate", "--lr");
    private static final Schedule INCREMENTAL = Schedule.incremental(4);

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private ProblemOptions problem;
    @Mixin private AlgorithmOptions variant;
    @Mixin private SingleRunOptions single;
    @Mixin private RunOptions run;
    @Mixin private TrainOptions train;
    @Mixin private TrainProbes probes;
    @Mixin private TrainBoard board;
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
        Catalog.requireHost(single.host());
        run.requireRead(List.of(single.host()));
        output.requireWritable();
        train.requireWritable();
        board.requireWritable();
        Algorithm algorithm = variant.algorithm(incremental() ? "pc" : single.algorithm());
        Split data = train.split(problem.spec(algorithm));
        ProblemSpec described = described(algorithm, data);
        Problem built = described.build(data).in(run.kernels().precision());
        TrainPlan plan = plan(algorithm, built, data);
        plan.run()
                .signalling()
                .requireSupported(built.network(), plan.run().rule(), plan.run().kernels());
        NetworkTiming.requireDelayRead(spec, built.network(), plan.run().conditions());
        Words.remark(spec, List.of(plan.run().delay()));
        requireBackprop(built.network(), plan);
        List<String> remarks = remarks(data);
        PrintWriter out = spec.commandLine().getOut();
        Probes recorded = probes.recorded(plan, perEpoch(data, built), output.out());
        if (output.dryRun()) {
            dryRun(described, plan, data, built);
            return ExitCode.DONE;
        }
        TrainRequest request =
                TrainRequest.of(
                        Launcher.running("train", spec),
                        train.besideBackprop(),
                        single.algorithm(),
                        plan,
                        data,
                        single.host(),
                        remarks,
                        chosen(described, plan),
                        ResolvedTraining.of(spec, described, plan, data, single.host()));
        Trained trained = trained(plan, data, recorded, request.method().note());
        goOn();
        TrainingResult result = trained.result(request, program.interruption().stated());
        return report(
                result,
                new TrainDirectory(result, built, trained.settled().parameters(), recorded),
                out);
    }

    /** What compares with backprop is refused where there is no forward pass. */
    private void requireBackprop(Network network, TrainPlan plan) {
        if (train.besideBackprop()) {
            network.requireAcyclic("beside: backprop");
        }
        if (plan.pace().alignEvery() > 0) {
            network.requireAcyclic("align-every: backprop");
        }
    }

    /** Trains by settling, and on request by backprop as well. */
    private Trained trained(TrainPlan plan, Split data, Probes recorded, String note)
            throws IOException {
        BooleanSupplier stop = program.interruption()::asked;
        long begin = System.nanoTime();
        Provenance provenance = ResumeTerms.provenance(spec, plan);
        TrainProgress progress =
                progress(plan, single.algorithm(), checkpoints().ofSettling(), stop)
                        .recording(recorded);
        TrainResult baseline = null;
        OwnerLock lock = checkpoints().lock();
        try (Host host = run.host(single.host())) {
            checkpoints().describe(plan, provenance, train.besideBackprop()); // refuses all at once
            TrainResult settled = settle(host, plan, data, provenance, progress, note);
            double seconds = (System.nanoTime() - begin) / 1e9;
            lost(progress);
            SmallerRate.Found advice = advice(host, plan, data, settled, stop);
            settled = settled.with(advice.clause());
            if (settled.ending() == TrainResult.Ending.STOPPED) {
                settled = settled.with(progress.resumption(settled.counts().steps()));
            }
            if (train.besideBackprop() && !progress.stops()) {
                baseline = backprop(plan, data, provenance, stop);
            }
            return new Trained(
                    plan,
                    settled,
                    baseline,
                    progress.alignments(),
                    progress.examined(),
                    progress.warnings(),
                    progress.leftOut(),
                    progress.recorded(),
                    seconds,
                    again(advice, settled));
        } catch (RuntimeException e) {
            goOn(); // for the line after it
            throw e;
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Not tried with a checkpoint, from which a training with another rate would go on. */
    private SmallerRate.Found advice(
            Host host, TrainPlan plan, Split data, TrainResult ended, BooleanSupplier stop)
            throws IOException {
        boolean own = spec.commandLine().getParseResult().hasMatchedOption("--optimiser");
        double usual = defaults(plan.method().algorithm(), plan.schedule()).rate(own);
        SmallerRate smaller = new SmallerRate(plan, data, host, stop);
        if (train.checkpoint() == null) {
            return smaller.advice(ended, usual);
        }
        return smaller.isToBlame(ended)
                ? new SmallerRate.Found(SmallerRate.withNewCheckpoint(), Double.NaN)
                : SmallerRate.Found.NONE;
    }

    /** This command as advised, as results record it; null for none. */
    private String again(SmallerRate.Found smaller, TrainResult ended) {
        if (!Double.isNaN(smaller.rate())) {
            return Launcher.recorded("train", Words.without(Words.after("train", spec), RATES))
                    + " --rate "
                    + Numeral.text(smaller.rate());
        }
        List<String> tried = ended.counts().advised();
        boolean begins = train.checkpoint() == null; // which belongs to the other settings
        if (ended.ending() != TrainResult.Ending.UNSETTLED || tried.isEmpty() || !begins) {
            return null;
        }
        Set<String> replaced = Set.copyOf(ended.counts().advisedWithout());
        return Launcher.recorded("train", GivenOptions.of(spec).without(replaced).with(tried));
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
        text.print(plan.run(), plan.network(), plan.budget(), single.host());
        text.cells(built, plan.run(), plan.pace().batch());
        checkpoints()
                .describe(plan, ResumeTerms.provenance(spec, plan), train.besideBackprop())
                .forEach(line -> text.line("checkpoint", line));
        TrainText.printOptions(
                out, ResolvedTraining.of(spec, described, plan, data, single.host()));
        text.repeat(ResolvedText.command("train", spec));
        out.flush();
    }

    private TrainResult settle(
            Host host,
            TrainPlan plan,
            Split data,
            Provenance provenance,
            TrainProgress progress,
            String note)
            throws IOException {
        TrainCheckpoints kept = checkpoints();
        Checkpoint saved = kept.saved(plan, kept.ofSettling(), provenance);
        if (!note.isEmpty() && !output.quiet()) {
            spec.commandLine().getErr().println("note: " + note);
        }
        progress.advising(SlowSteps.advice(plan));
        try (TrainProgress shown =
                        output.progress() && host.takesFrames()
                                ? progress.showingMovement()
                                : progress.showingTime();
                BoardListener seen = board.beside(shown, single.algorithm())) {
            return new Trainer(plan, data, seen, provenance, train.resumeTerms().mayChange())
                    .settle(host, saved);
        }
    }

    /** A checkpoint that cannot be written ends the training, which is still reported. */
    private void lost(TrainProgress progress) {
        if (progress.lost() != null) {
            output.lost(progress.lost(), train.checkpoint());
        }
        board.report(output);
    }

    private TrainResult backprop(
            TrainPlan plan, Split data, Provenance provenance, BooleanSupplier stop)
            throws IOException {
        TrainCheckpoints kept = checkpoints();
        Path file = kept.ofBackprop();
        TrainProgress progress = progress(plan, "backprop", file, stop);
        TrainResult result;
        try (BoardListener seen = board.beside(progress, "backprop")) {
            result =
                    new Trainer(plan, data, seen, provenance, train.resumeTerms().mayChange())
                            .backprop(kept.saved(plan, file, provenance));
        }
        lost(progress);
        return result.ending() == TrainResult.Ending.STOPPED
                ? result.with(progress.resumption(result.counts().steps()))
                : result;
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

    private TrainCheckpoints checkpoints() {
        boolean steps = spec.commandLine().getParseResult().hasMatchedOption("--iterations");
        return new TrainCheckpoints(
                train.checkpoint(), train.resumeTerms(), steps ? "iterations" : "epochs");
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
                single.plan(
                                defaults.run(strength, depth, run.kernels()),
                                run,
                                false,
                                problem.spec(algorithm).timing())
                        .withSeed(problem.seed());
        return new TrainPlan(
                built.network(),
                method,
                settling,
                run.budget(single.host()),
                train.optimiser(problem.seed(), defaults),
                train.pace(built.examples(), perEpoch(data, built), defaults),
                schedule,
                train.unsettled(),
                train.motion(),
                problem.seed());
    }

    /** Steps of an epoch. */
    private int perEpoch(Split data, Problem built) {
        return train.lastBatch().perEpoch(data.train().size(), built.examples())
                * train.motion().frames();
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
        if (checkpoints().exist()) {
            program.interruption().goOnWith(Launcher.running("train", spec));
        }
    }

    private int report(TrainingResult result, TrainDirectory directory, PrintWriter out)
            throws IOException {
        ObjectNode json = TrainJson.of(result);
        output.directory(json, below -> directory.write(below, json));
        if (train.checkpoint() == null) {
            Path kept = json.has("directory") ? Path.of(json.get("directory").asText()) : null;
            program.interruption().keptAlone(TrainCheckpoints.keptWithout(kept));
        }
        if (output.prose()) {
            TrainText.print(out, result);
            OutputOptions.announce(out, json);
            board.announce(out);
        }
        output.write(json, out);
        return result.exitCode();
    }
}
