package org.relaxon.tools.cli.paper;

import java.io.PrintWriter;
import java.util.Locale;
import org.relaxon.tools.cli.paper.PaperTrainingResult.Training;
import org.relaxon.tools.cli.text.Figures;

/** The outcome of {@code paper-training} as text. */
final class PaperTrainingText {
    private PaperTrainingText() {}

    /** A line per training, a remark on the kinks of each, and what was published. */
    static void print(PrintWriter out, PaperTrainingResult result) {
        out.println("data: " + result.data());
        out.printf(
                "%-6s %-7s %11s %8s %12s %12s %11s %10s %10s %9s %9s%n",
                "seed",
                "beta",
                "minibatches",
                "compared",
                "1-cos median",
                "1-cos most",
                ">= .999999",
                "distance",
                "largest",
                "accuracy",
                "backprop");
        result.trainings().forEach(r -> line(out, r));
        for (Training r : result.trainings()) {
            out.printf(
                    Locale.ROOT,
                    "seed %d, beta %s: the nudge carried a ReLU unit over its kink in %d minibatches;"
                            + " in all others 1-cos is at most %.1e%n",
                    r.seed(),
                    Figures.number(r.beta()),
                    r.crossed(),
                    r.apartMostUncrossed());
        }
        out.println(PaperTrainingResult.PUBLISHED);
        out.flush();
    }

    private static void line(PrintWriter out, Training r) {
        out.printf(
                Locale.ROOT,
                "%-6d %-7s %11d %8d %12.1e %12.1e %10.1f%% %10.1e %10.1e %8.2f%% %8.2f%%%n",
                r.seed(),
                Figures.number(r.beta()),
                r.alignments().size(),
                r.compared(),
                r.apartMedian(),
                r.apartMost(),
                100 * r.aligned(),
                r.distanceMedian(),
                r.distanceMost(),
                100 * r.testAccuracy(),
                100 * r.backpropTestAccuracy());
    }
}
