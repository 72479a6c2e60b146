package org.relaxon.tools.cli.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.relaxon.experiments.reproduction.AsyncPlan;
import org.relaxon.experiments.reproduction.AsyncRow;
import org.relaxon.experiments.reproduction.AsyncRow.Part;
import org.relaxon.experiments.reproduction.published.Alignment;
import org.relaxon.tools.output.LinePlot;

/** The alignment of every layer, mean over seeds, in pictures. */
record AsyncPictures(List<AsyncRow> all) {
    private static final double MOST = 1.5;

    /** Names of the files. */
    static List<String> files() {
        return List.of(
                "async-depth-cosine.png", "async-depth-length.png", "async-depth-stale-reads.png");
    }

    /** Writes all of them. */
    void write(Path directory) throws IOException {
        int seeds = (int) new AsyncTables(all).seeds();
        String depth = "L = %d, %s".formatted(AsyncPlan.BASE, Findings.over(seeds, "mean"));
        List<Part> compared = List.of(Part.SCHEDULES, Part.CELLS);
        plot("cosine with backprop, " + depth, "cosine", 0.0, 1.0)
                .of(compared, AsyncTables::cosines)
                .write(directory.resolve(files().get(0)));
        plot(
                        "length over that of backprop, " + depth,
                        "length / that of backprop, above 1.5 as 1.5",
                        0.0,
                        MOST)
                .of(compared, Alignment::norms)
                .write(directory.resolve(files().get(1)));
        plot("cosine with backprop where one read is stale, " + depth, "cosine", 0.0, 1.0)
                .of(List.of(Part.STALE_READS), AsyncTables::cosines)
                .write(directory.resolve(files().get(2)));
    }

    /** A plot that is being filled. */
    private final class Layers {
        private final LinePlot plot;
        private boolean hasCells;

        Layers(LinePlot plot) {
            this.plot = plot;
        }

        LinePlot of(List<Part> parts, Function<Alignment, double[]> figure) {
            for (Part part : parts) {
                Set<String> schemes = new LinkedHashSet<>();
                all.stream().filter(r -> r.part() == part).forEach(r -> schemes.add(r.scheme()));
                if (part == Part.CELLS) { // one curve: they differ by less than a line is thick
                    schemes.removeIf(s -> !s.endsWith("2 sweeps"));
                }
                for (String scheme : schemes) {
                    add(part, scheme, figure);
                }
            }
            return plot;
        }

        private void add(Part part, String scheme, Function<Alignment, double[]> figure) {
            List<double[]> curves =
                    all.stream()
                            .filter(r -> r.part() == part && r.scheme().equals(scheme))
                            .filter(r -> r.depth() == AsyncPlan.BASE && r.settled())
                            .map(r -> figure.apply(r.outcome().alignment()))
                            .toList();
            int layers = AsyncPlan.BASE;
            double[] x = IntStream.rangeClosed(1, layers).asDoubleStream().toArray();
            double[] y =
                    IntStream.range(0, layers)
                            .mapToDouble(
                                    l ->
                                            curves.stream()
                                                    .mapToDouble(c -> Math.min(MOST, c[l]))
                                                    .average()
                                                    .orElse(Double.NaN))
                            .toArray();
            String name = part == Part.CELLS ? "cells, " + scheme : scheme;
            if (part == Part.CELLS && hasCells) {
                plot.addBeside(name, x, y); // coincides with the one before
            } else {
                plot.add(name, x, y);
            }
            hasCells |= part == Part.CELLS;
        }
    }

    private Layers plot(String title, String axis, double least, double most) {
        return new Layers(new LinePlot(title, "layer from the input", axis).between(least, most));
    }
}
