package org.relaxon.tools.cli.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.relaxon.experiments.reproduction.StragglerCase;
import org.relaxon.experiments.reproduction.StragglerWay;
import org.relaxon.experiments.reproduction.StragglerWork;
import org.relaxon.tools.output.LinePlot;

/**
 * Times over the slow-down of one node in a picture.
 *
 * @param found what was measured
 */
record StragglerPictures(StragglerFindings found) {
    /** Names of the files. */
    static List<String> files() {
        return List.of("straggler-time.png");
    }

    /** Writes all of them. */
    void write(Path directory) throws IOException {
        double[] factors = found.plan().factors().stream().mapToDouble(f -> f).toArray();
        LinePlot plot =
                new LinePlot(
                                "time to the same gradient, %d hidden layers on %d nodes"
                                        .formatted(
                                                found.plan().hiddenLayers(), found.plan().nodes()),
                                "pauses on one node over those on the others",
                                "seconds, %s"
                                        .formatted(
                                                Findings.over(
                                                        found.plan().seeds().size(), "median")))
                        .doublyLogarithmic(factors);
        for (StragglerWay way : StragglerWay.values()) {
            plot.add(
                    way.reportName() + (way == StragglerWay.SYNCHRONOUS ? "" : ", virtual"),
                    factors,
                    seconds(false, way, factors));
        }
        for (StragglerWay way : StragglerWay.values()) {
            plot.addBeside(way.reportName() + ", on nodes", factors, seconds(true, way, factors));
        }
        plot.write(directory.resolve(files().get(0)));
    }

    /** NaN where nothing was run, and is left out. */
    private double[] seconds(boolean cluster, StragglerWay way, double[] factors) {
        return Arrays.stream(factors)
                .map(
                        f ->
                                cluster && way == StragglerWay.SYNCHRONOUS
                                        ? Double.NaN
                                        : found.shape()
                                                        .medianNanos(
                                                                new StragglerCase(
                                                                        StragglerWork.ACTIVITIES,
                                                                        cluster,
                                                                        way,
                                                                        (int) f))
                                                / 1e9)
                .toArray();
    }
}
