package org.relaxon.tools.cli.reproduce;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.relaxon.experiments.reproduction.DelayPlan;
import org.relaxon.experiments.reproduction.DelayRow;
import org.relaxon.experiments.reproduction.DelayShape.Threshold;
import org.relaxon.experiments.reproduction.Inference;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.LinePlot;

/** Settlings under delays in pictures. */
record DelayPictures(DelayFindings found) {
    static final List<String> FILES = List.of("share-settled.png", "messages.png");

    private static final int FINE = 400; // points of a line of theory

    /** Writes both pictures. */
    void write(Path directory) throws IOException {
        DelayPlan plan = found.plan();
        drawShare(plan, directory.resolve(FILES.get(0)));
        LinePlot messages =
                new LinePlot(
                                ("Messages over the delay, step eta = %s; a curve ends where not all"
                                                + " networks settle")
                                        .formatted(Figures.number(plan.step())),
                                "delay d in ticks",
                                plan.seeds().size() == 1
                                        ? "messages, one seed"
                                        : "messages, median")
                        .logarithmic();
        double[] ticks = plan.delays().stream().mapToDouble(d -> d).toArray();
        for (Inference inference : Inference.values()) {
            messages.add(
                    inference.reportName(),
                    ticks,
                    Arrays.stream(ticks).map(d -> whole(found.at(inference, (int) d))).toArray());
        }
        messages.write(directory.resolve(FILES.get(1)));
    }

    /**
     * The measured share lies between those of networks of which theory promises that they settle
     * and those of which it does not exclude it: both near the free state and for small steps.
     */
    private void drawShare(DelayPlan plan, Path file) throws IOException {
        LinePlot plot =
                new LinePlot(
                                "Gradient steps under a delay of %s, %s"
                                        .formatted(
                                                Figures.count(plan.ticks(), "tick"),
                                                Figures.count(plan.seeds().size(), "network")),
                                "step times delay, eta d",
                                "share that settles")
                        .between(-0.05, 1.05);
        double[] products = plan.products().stream().mapToDouble(p -> p).toArray();
        plot.add(
                "gradient steps, measured",
                products,
                Arrays.stream(products).map(p -> DelayFindings.share(found.at(p))).toArray());
        double most = products[products.length - 1];
        double[] fine = IntStream.rangeClosed(0, FINE).mapToDouble(k -> most * k / FINE).toArray();
        List<Threshold> all = found.shape().thresholds();
        plot.law(
                "theory, local, for small steps: settle",
                Color.BLUE,
                fine,
                Arrays.stream(fine).map(x -> share(all, t -> x < t.predicted().held())).toArray());
        plot.law(
                "theory, local, for small steps: may settle",
                Color.DARK_GRAY,
                fine,
                Arrays.stream(fine).map(x -> share(all, t -> x < t.predicted().free())).toArray());
        plot.write(file);
    }

    private static double share(List<Threshold> all, Predicate<Threshold> which) {
        return all.stream().filter(which).count() / (double) all.size();
    }

    /** No point where not all runs settled. */
    private static double whole(List<DelayRow> rows) {
        return DelayFindings.share(rows) == 1.0 ? DelayFindings.medianMessages(rows) : Double.NaN;
    }
}
