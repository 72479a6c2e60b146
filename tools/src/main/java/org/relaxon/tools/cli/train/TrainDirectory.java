package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.model.network.Parameters;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.cli.train.TrainingResult.Learned;
import org.relaxon.tools.cli.train.TrainingResult.Point;
import org.relaxon.tools.output.AlignmentPlot;
import org.relaxon.tools.output.LinePlot;
import org.relaxon.tools.output.RunDirectory;

/**
 * The run directory of a training: manifest, arrays, tables and curves.
 *
 * @param result to be written
 * @param problem network and data
 * @param parameters weights and biases at the end
 * @param recorded probes; null for none
 */
record TrainDirectory(
        TrainingResult result, Problem problem, Parameters parameters, Probes recorded) {
    private static final List<String> HEADER =
            List.of(
                    "learner",
                    "step",
                    "epochs",
                    "trainLoss",
                    "trainAccuracy",
                    "testLoss",
                    "testAccuracy",
                    "trainR2",
                    "testR2",
                    "unsettled",
                    "cosineToBackprop",
                    "changed");

    private static final List<String> ALIGNMENT =
            List.of(
                    "step",
                    "examples",
                    "kinksCrossed",
                    "cosine",
                    "oneMinusCosine",
                    "relativeError",
                    "changeError",
                    "changeErrorIn");

    private static final int PARTS_MAX = 8;
    private static final double RIGHT_ANGLE = 90.0;

    private static final List<String> ANGLES = List.of("step", "name", "angleDegrees", "cosine");

    /** Angles to backprop of every evaluation: the whole, and each part. */
    private List<List<String>> angles() {
        List<List<String>> rows = new ArrayList<>();
        for (Alignment one : result.examined()) {
            rows.add(angle(one.step(), "total", one.angleDegrees(), one.cosine()));
            for (ProjectionComparison p : one.parts()) {
                double cosine = p.cosine() == null ? Double.NaN : p.cosine();
                rows.add(angle(one.step(), p.name(), p.angleDegrees(), cosine));
            }
        }
        return rows;
    }

    private static List<String> angle(long step, String name, double degrees, double cosine) {
        return List.of(Long.toString(step), name, text(degrees), text(cosine));
    }

    /**
     * Writes all but the result and its page.
     *
     * @param below directory that holds those of all runs
     * @param stated the result as {@link TrainJson} states it
     * @return the directory
     */
    Path write(Path below, ObjectNode stated) throws IOException {
        RunDirectory directory =
                RunDirectory.create(below, "train", stated, Clock.system(ZoneId.systemDefault()));
        directory.manifest(stated);
        directory.arrays(problem, parameters, null, null);
        List<List<String>> rows = new ArrayList<>();
        for (Learned one : learners()) {
            one.curve().forEach(point -> rows.add(row(one.name(), point)));
        }
        directory.results(HEADER, rows);
        if (result.settled().counts().dropped() > 0) {
            directory.table(
                    "left-out.csv",
                    List.of("step", "examplesLeftOut"),
                    result.settled().curve().stream().map(TrainDirectory::leftOut).toList());
        }
        if (!result.alignments().isEmpty()) {
            directory.table(
                    "alignment.csv",
                    ALIGNMENT,
                    result.alignments().stream().map(TrainDirectory::row).toList());
        }
        if (result.noEnergy().holds()) {
            directory.table("angles.csv", ANGLES, angles());
            drawAngles(directory.path());
        }
        curves(directory.path());
        alignments(directory.path());
        if (recorded != null) {
            recorded.write(directory);
        }
        return directory.path();
    }

    private List<Learned> learners() {
        return result.baseline() == null
                ? List.of(result.settled())
                : List.of(result.settled(), result.baseline());
    }

    private String title() {
        return result.request().network() + ", " + result.request().data().description();
    }

    private void curves(Path directory) throws IOException {
        boolean scored = result.request().data().task().hasAccuracy();
        LinePlot wrong =
                new LinePlot(
                        title(), "epochs", scored ? "wrong answers, %" : "unexplained, 1 - R2");
        LinePlot loss = new LinePlot(title(), "epochs", "mean loss of an example");
        for (Learned one : learners()) {
            double[] epochs = figures(one, Evaluation::epochs);
            add(
                    wrong,
                    one,
                    ", test",
                    epochs,
                    figures(one, e -> scored ? 100 * (1 - e.testAccuracy()) : 1 - e.testR2()));
            add(
                    wrong,
                    one,
                    ", train",
                    epochs,
                    figures(one, e -> scored ? 100 * (1 - e.trainAccuracy()) : 1 - e.trainR2()));
            add(loss, one, ", test", epochs, figures(one, Evaluation::testLoss));
            add(loss, one, ", train", epochs, figures(one, Evaluation::trainLoss));
        }
        wrong.write(directory.resolve("curve.png"));
        loss.write(directory.resolve("loss.png"));
    }

    /** Curves of the baseline can coincide with those of cells, which were drawn first. */
    private void add(LinePlot plot, Learned one, String part, double[] epochs, double[] figures) {
        if (one == result.settled()) {
            plot.add(one.name() + part, epochs, figures);
        } else {
            plot.addBeside(one.name() + part, epochs, figures);
        }
    }

    private void alignments(Path directory) throws IOException {
        AlignmentPlot distance = AlignmentPlot.ofDistances(title());
        AlignmentPlot angle = AlignmentPlot.ofAngles(title());
        for (AlignmentPlot plot : List.of(distance, angle)) {
            plot.add(result.settled().name() + " and backprop", result.alignments());
        }
        distance.write(directory.resolve("distance.png"));
        angle.write(directory.resolve("cosine.png"));
    }

    /** The angle to backprop at every evaluation: of the whole update, and of its first parts. */
    private void drawAngles(Path directory) throws IOException {
        List<Alignment> examined = result.examined();
        double[] steps = examined.stream().mapToDouble(Alignment::step).toArray();
        List<String> parts =
                examined.stream()
                        .flatMap(one -> one.parts().stream().map(ProjectionComparison::name))
                        .distinct()
                        .toList();
        String left =
                parts.size() <= PARTS_MAX
                        ? ""
                        : ": the whole and the first %d of %d parts"
                                .formatted(PARTS_MAX, parts.size());
        LinePlot plot = new LinePlot(title() + left, "step", "angle to backprop, degrees");
        plot.between(0.0, RIGHT_ANGLE);
        plot.add("total", steps, examined.stream().mapToDouble(Alignment::angleDegrees).toArray());
        for (String part : parts.subList(0, Math.min(PARTS_MAX, parts.size()))) {
            plot.add(part, steps, examined.stream().mapToDouble(a -> angle(a, part)).toArray());
        }
        plot.write(directory.resolve("angle.png"));
    }

    private static double angle(Alignment of, String part) {
        return of.parts().stream()
                .filter(p -> p.name().equals(part))
                .mapToDouble(ProjectionComparison::angleDegrees)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double[] figures(Learned one, ToDoubleFunction<Evaluation> figure) {
        return one.curve().stream().map(Point::figures).mapToDouble(figure).toArray();
    }

    private static List<String> row(Alignment a) {
        boolean none = !a.exists();
        return List.of(
                Long.toString(a.step()),
                Integer.toString(a.examples()),
                a.crossed() < 0 ? "" : Integer.toString(a.crossed()),
                none ? "" : Double.toString(a.cosine()),
                none ? "" : Double.toString(a.oneMinusCosine()),
                none ? "" : Double.toString(a.relativeError()),
                a.change() == null ? "" : Double.toString(a.change().error()),
                a.change() == null ? "" : a.change().where());
    }

    private static List<String> row(String who, Point point) {
        Evaluation e = point.figures();
        return List.of(
                who,
                Long.toString(e.step()),
                Double.toString(e.epochs()),
                text(e.trainLoss()),
                text(e.trainAccuracy()),
                text(e.testLoss()),
                text(e.testAccuracy()),
                text(e.trainR2()),
                text(e.testR2()),
                Integer.toString(e.unsettled()),
                text(e.cosine()),
                point.changed());
    }

    private static List<String> leftOut(Point point) {
        return List.of(
                Long.toString(point.figures().step()),
                point.leftOut() == null ? "" : Long.toString(point.leftOut()));
    }

    private static String text(double figure) {
        return Double.isNaN(figure) ? "" : Double.toString(figure);
    }
}
