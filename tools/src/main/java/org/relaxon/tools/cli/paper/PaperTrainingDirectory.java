package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.tools.cli.paper.PaperTrainingResult.Training;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.AlignmentPlot;
import org.relaxon.tools.output.RunDirectory;

/**
 * The run directory of {@code paper-training}: a row per training, a row per minibatch, pictures.
 *
 * @param result to be written
 */
record PaperTrainingDirectory(PaperTrainingResult result) {
    /** The names of its files. */
    static final List<String> FILES =
            List.of(
                    "manifest.json",
                    "results.csv",
                    "alignment.csv",
                    "distance.png",
                    "cosine.png",
                    "result.json",
                    "report.html");

    private static final String TITLE = "Local updates against backprop while training";

    private static final List<String> HEADER =
            List.of(
                    "seed",
                    "beta",
                    "minibatches",
                    "compared",
                    "comparedInPart",
                    "examplesDropped",
                    "cosineMedian",
                    "cosineLeast",
                    "oneMinusCosineMost",
                    "crossed",
                    "oneMinusCosineMostUncrossed",
                    "shareAligned",
                    "distanceMedian",
                    "distanceMost",
                    "testAccuracy",
                    "backpropTestAccuracy");

    private static final List<String> ALIGNMENT =
            List.of(
                    "seed",
                    "beta",
                    "step",
                    "examples",
                    "kinksCrossed",
                    "cosine",
                    "oneMinusCosine",
                    "distance");

    /**
     * Writes all but the result and its page.
     *
     * @param below directory that holds those of all runs
     * @param stated the result as {@link PaperTrainingJson} states it
     * @return the directory
     */
    Path write(Path below, ObjectNode stated) throws IOException {
        RunDirectory directory =
                RunDirectory.create(
                        below, "paper-training", stated, Clock.system(ZoneId.systemDefault()));
        directory.manifest(stated);
        directory.results(
                HEADER, result.trainings().stream().map(PaperTrainingDirectory::cells).toList());
        directory.table("alignment.csv", ALIGNMENT, minibatches());
        plot(AlignmentPlot.ofDistances(TITLE), directory.path().resolve("distance.png"));
        plot(AlignmentPlot.ofAngles(TITLE), directory.path().resolve("cosine.png"));
        return directory.path();
    }

    private void plot(AlignmentPlot plot, Path file) throws IOException {
        for (Training r : result.trainings()) {
            plot.add("beta " + Figures.number(r.beta()) + ", seed " + r.seed(), r.alignments());
        }
        plot.write(file);
    }

    private static List<String> cells(Training r) {
        return List.of(
                Long.toString(r.seed()),
                Double.toString(r.beta()),
                Integer.toString(r.alignments().size()),
                Long.toString(r.compared()),
                Long.toString(r.comparedInPart()),
                Long.toString(r.dropped()),
                Double.toString(r.cosineMedian()),
                Double.toString(r.cosineLeast()),
                Double.toString(r.apartMost()),
                Long.toString(r.crossed()),
                Double.toString(r.apartMostUncrossed()),
                Double.toString(r.aligned()),
                Double.toString(r.distanceMedian()),
                Double.toString(r.distanceMost()),
                Double.toString(r.testAccuracy()),
                Double.toString(r.backpropTestAccuracy()));
    }

    private List<List<String>> minibatches() {
        List<List<String>> out = new ArrayList<>();
        for (Training r : result.trainings()) {
            for (Alignment a : r.alignments()) {
                boolean none = !a.exists();
                out.add(
                        List.of(
                                Long.toString(r.seed()),
                                Double.toString(r.beta()),
                                Long.toString(a.step()),
                                Integer.toString(a.examples()),
                                Integer.toString(a.crossed()),
                                none ? "" : Double.toString(a.cosine()),
                                none ? "" : Double.toString(a.oneMinusCosine()),
                                none ? "" : Double.toString(a.relativeError())));
            }
        }
        return out;
    }
}
