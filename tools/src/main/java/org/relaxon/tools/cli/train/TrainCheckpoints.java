package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.experiments.storage.OwnerLock;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.tools.cli.option.ResumeTerms;
import org.relaxon.tools.cli.text.Figures;

/**
 * The files that a training is kept in and continued from.
 *
 * @param ofSettling the checkpoint of the training by settling; null if nothing is kept
 * @param terms which settings may differ when it continues
 * @param stepsOption name of the option that sets the number of steps
 */
record TrainCheckpoints(Path ofSettling, ResumeTerms terms, String stepsOption) {
    /** The checkpoint of the training by backprop; null if nothing is kept. */
    Path ofBackprop() {
        return ofSettling == null
                ? null
                : ofSettling.resolveSibling(ofSettling.getFileName() + ".backprop");
    }

    /** Whether there is a checkpoint to continue from. */
    boolean exist() {
        return ofSettling != null && Files.exists(ofSettling);
    }

    /** The right to write them; null if nothing is kept. */
    OwnerLock lock() throws IOException {
        return ofSettling == null ? null : OwnerLock.take(ofSettling);
    }

    /**
     * The checkpoint to resume from, compared before its state is read: it may be of another
     * network.
     *
     * @param file one of these
     * @param now all that determines the training
     * @return null if there is none
     */
    Checkpoint saved(TrainPlan plan, Path file, Provenance now) throws IOException {
        if (file == null || !Files.exists(file)) {
            return null;
        }
        Provenance before = CheckpointFile.provenance(file);
        Setting learner = before.settings().getOrDefault(Trainer.LEARNER, Setting.NONE);
        Provenance same = now.with(Trainer.LEARNER, learner);
        try {
            before.requireSame(same, "checkpoint: " + file, terms.mayChange());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + terms.allowing(before, same), e);
        }
        Checkpoint found = CheckpointFile.read(file, plan.network());
        if (found.step() > plan.pace().steps()) {
            throw new IllegalArgumentException(
                    "%s: the checkpoint is %s old, more than the %d requested"
                            .formatted(
                                    stepsOption,
                                    Figures.count(found.step(), "step"),
                                    plan.pace().steps()));
        }
        return found;
    }

    /**
     * What a training would continue from, one line per file that it would read.
     *
     * @param now all that determines the training
     * @param beside whether it trains by backprop too
     * @throws IllegalArgumentException if a file is of another training
     * @throws IOException if a file cannot be read, or is not whole
     */
    List<String> describe(TrainPlan plan, Provenance now, boolean beside) throws IOException {
        List<String> out = new ArrayList<>();
        if (ofSettling == null) {
            return out;
        }
        for (Path file : beside ? List.of(ofSettling, ofBackprop()) : List.of(ofSettling)) {
            Checkpoint found = saved(plan, file, now);
            out.add(
                    found == null
                            ? file + ": does not exist; the training begins with its first step"
                            : "%s: the training goes on from step %d"
                                    .formatted(file, found.step()));
        }
        return out;
    }

    /**
     * What a training that was stopped leaves behind without a checkpoint.
     *
     * @param directory of the run; null if there is none
     */
    static String keptWithout(Path directory) {
        String lost = "this training was not kept, for want of --checkpoint FILE";
        return directory == null
                ? lost + ", nor its weights, for want of --out DIR"
                : lost
                        + "; its weights are in %s, from which --weights begins a new training"
                                .formatted(directory.resolve("arrays.npz"));
    }
}
