package org.relaxon.tools.cli.reproduce;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.relaxon.experiments.reproduction.ChainInference;
import org.relaxon.experiments.reproduction.DepthPlan;
import org.relaxon.experiments.reproduction.DepthRow;
import org.relaxon.model.activation.Activation;
import org.relaxon.tools.cli.reproduce.DepthFindings.Cost;
import org.relaxon.tools.output.LinePlot;

/** The cost of settling over the depth of chains, in pictures. */
record DepthPictures(DepthFindings found) {
    private static final List<Cost> DRAWN = List.of(Cost.MESSAGES, Cost.CRITICAL_PATH);

    /** Names of the files, one for each activation and cost. */
    static List<String> files(DepthPlan plan) {
        List<String> out = new ArrayList<>();
        for (Activation activation : plan.activations()) {
            DRAWN.forEach(cost -> out.add(file(cost, activation)));
        }
        return out;
    }

    private static String file(Cost cost, Activation activation) {
        return "depth-%s-%s.png".formatted(cost.fileName(), activation.optionName());
    }

    /** Writes all of them. */
    void write(Path directory) throws IOException {
        for (Activation activation : found.plan().activations()) {
            for (Cost cost : DRAWN) {
                draw(cost, activation, directory.resolve(file(cost, activation)));
            }
        }
    }

    private void draw(Cost cost, Activation activation, Path file) throws IOException {
        double[] depths = found.plan().depths().stream().mapToDouble(d -> d).toArray();
        LinePlot plot =
                new LinePlot(
                                "%s until every layer has its gradient, %s chains of width %d"
                                        .formatted(
                                                cost.words(),
                                                activation.optionName(),
                                                found.plan().width()),
                                "hidden layers L",
                                "%s, %s"
                                        .formatted(
                                                cost.words(),
                                                Findings.over(
                                                        found.plan().seeds().size(), "median")))
                        .doublyLogarithmic(depths);
        for (ChainInference way : found.plan().ways()) {
            List<DepthRow> rows = found.of(way, activation);
            plot.add(
                    way.reportName(),
                    depths,
                    Arrays.stream(depths)
                            .map(d -> DepthFindings.median(rows, (int) d, cost))
                            .toArray());
        }
        if (cost == Cost.MESSAGES) { // whose laws these are
            law(plot, "2 L", Color.BLUE, depths, l -> 2.0 * l);
            law(plot, "3 L^2 / 2", Color.DARK_GRAY, depths, l -> 1.5 * l * l);
        }
        plot.write(file);
    }

    private static void law(
            LinePlot plot, String name, Color colour, double[] depths, DoubleUnaryOperator law) {
        plot.law(name, colour, depths, Arrays.stream(depths).map(law).toArray());
    }
}
