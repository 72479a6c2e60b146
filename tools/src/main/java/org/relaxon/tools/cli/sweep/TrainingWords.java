package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.DelayFamily;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;

/**
 * The command lines of the trainings of a grid: the words of the sweep, and the values of its axes.
 */
final class TrainingWords {
    /** Options of a sweep that a training does not have. */
    private static final Set<String> OF_SWEEPS = Set.of("--delay-family", "--own-init");

    private static final Set<String> RATE = Set.of("--rate");

    private final SweepConfig config;
    private final Grid grid;
    private final String usualAlgorithm;
    private final String usualFamily;
    private final UnaryOperator<String> strengths;
    private final Function<Algorithm, ProblemSpec> problems;
    private final AlgorithmOptions variant = new AlgorithmOptions();

    /**
     * @param usualAlgorithm without an axis of algorithms
     * @param usualFamily of delays, without an axis of families
     * @param strengths the option that sets the strength of an algorithm
     * @param problems network and data of an algorithm, before axes and seed change them
     * @throws IllegalArgumentException if an axis does not apply to trainings
     */
    TrainingWords(
            SweepConfig config,
            String usualAlgorithm,
            String usualFamily,
            UnaryOperator<String> strengths,
            Function<Algorithm, ProblemSpec> problems) {
        this.config = config;
        this.grid = config.grid();
        this.usualAlgorithm = usualAlgorithm;
        this.usualFamily = usualFamily;
        this.strengths = strengths;
        this.problems = problems;
        if (given("--checkpoint")) {
            throw new IllegalArgumentException(
                    "checkpoint: a sweep has many trainings; --resume continues a sweep");
        }
        requireValues();
        requireStrengths();
        for (int p = 0; p < grid.points(); p++) {
            of(grid.point(p * grid.seeds().size()));
        }
    }

    /** Every value by itself: what is misspelt is no training that could be refused. */
    private void requireValues() {
        for (Axis axis : grid.axes()) {
            AxisKind kind = AxisKind.named(axis.name());
            for (String text : axis.values()) {
                kind.require(text);
                if (kind == AxisKind.ACTIVATION) {
                    Catalog.activation("activation", text);
                } else if (kind == AxisKind.LOSS) {
                    Catalog.loss(text);
                } else if (kind == AxisKind.ALGORITHM) {
                    Catalog.requireAlgorithm(text);
                }
            }
        }
    }

    /** One name for the strength, valid for every algorithm of the grid. */
    private void requireStrengths() {
        List<String> named =
                List.of("beta", "gamma", "strength").stream()
                        .filter(n -> grid.axis(n) >= 0 || given("--" + n))
                        .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException(
                    "%s: a run has one strength; name one of these".formatted(named));
        }
        for (int p = 0; !named.isEmpty() && p < grid.points(); p++) {
            String algorithm = algorithm(grid.point(p * grid.seeds().size()));
            String own = strengths.apply(algorithm);
            if (!named.get(0).equals("strength") && !own.equals("--" + named.get(0))) {
                throw new IllegalArgumentException(
                        "%s: %s has %s in its place; --axis strength=... sets whichever an algorithm has"
                                .formatted(named.get(0), algorithm, own.substring(2)));
            }
        }
    }

    Grid grid() {
        return grid;
    }

    /** The trainings in words. */
    String description() {
        return "trainings, relaxon train" + Words.without(config.common(), OF_SWEEPS);
    }

    /** The command of one run. */
    String repeat(GridPoint point) {
        return Launcher.recorded("train", Words.without(of(point), Set.of()));
    }

    /** The same with another learning rate. */
    String repeat(GridPoint point, double rate) {
        return Launcher.recorded("train", Words.without(of(point), RATE))
                + " --rate "
                + Figures.number(rate);
    }

    /** How the weights of a run are drawn: scheme and gain, or the name of a file. */
    List<String> weights(GridPoint point) {
        List<String> words = of(point);
        int file = words.indexOf("--weights");
        if (file >= 0 && file + 1 < words.size()) {
            return List.of(words.get(file + 1), "");
        }
        ProblemSpec drawn = problem(point);
        int gain = grid.axis("gain");
        String factor = gain < 0 ? Figures.number(drawn.gain()) : point.values().get(gain);
        return List.of(drawn.scheme().optionName(), factor);
    }

    /** The words after {@code train} for one run. */
    List<String> of(GridPoint point) {
        List<String> out = new ArrayList<>(Words.list(config.common(), OF_SWEEPS));
        for (int a = 0; a < grid.axes().size(); a++) {
            add(out, AxisKind.named(grid.axes().get(a).name()), point, point.values().get(a));
        }
        boolean own = given("--own-init") || given("--init") || given("--gain");
        if (grid.axis("algorithm") >= 0 && !own && !given("--weights")) {
            ProblemSpec shared = problem(point);
            out.addAll(List.of("--init", shared.scheme().optionName()));
            if (grid.axis("gain") < 0) {
                out.addAll(List.of("--gain", Figures.number(shared.gain())));
            }
        }
        out.addAll(List.of("--seed", Long.toString(point.seed())));
        return out;
    }

    private ProblemSpec problem(GridPoint point) {
        return problems.apply(variant.algorithm(Catalog.settling(algorithm(point))));
    }

    /** Why the first network that can be built has no energy; empty if it has one. */
    String noEnergy() {
        for (int p = 0; p < grid.points(); p++) {
            GridPoint point = grid.point(p * grid.seeds().size());
            if (!GridWork.feedsBackByItsOwn(problem(point))) {
                return ""; // which no axis changes
            }
            String why = noEnergy(point);
            if (!why.isEmpty()) {
                return why;
            }
        }
        return "";
    }

    /** Likewise of one training; empty if it is refused, as its row states. */
    private String noEnergy(GridPoint point) {
        int axis = grid.axis("layers");
        ProblemSpec stated = problem(point);
        try {
            ProblemSpec sized =
                    axis < 0
                            ? stated
                            : stated.withLayers(
                                    Stream.of(point.values().get(axis).split("-"))
                                            .mapToInt(Integer::parseInt)
                                            .toArray());
            return sized.build().network().noEnergy();
        } catch (IllegalArgumentException | IOException e) {
            return "";
        }
    }

    private boolean given(String option) {
        return config.isGiven(option);
    }

    /** The algorithm of a run, as options name it. */
    String algorithm(GridPoint point) {
        int axis = grid.axis("algorithm");
        return axis < 0 ? usualAlgorithm : point.values().get(axis);
    }

    private void add(List<String> out, AxisKind kind, GridPoint point, String text) {
        switch (kind) {
            case LAYERS -> out.addAll(List.of("--layers", text.replace('-', ',')));
            case STRENGTH -> out.addAll(List.of(strengths.apply(algorithm(point)), text));
            case STEP -> out.addAll(List.of("--dynamics", "gradient", "--step", text));
            case DELAY_MEAN -> {
                int family = grid.axis("delay-family");
                String name = family < 0 ? usualFamily : point.values().get(family);
                long mean = Durations.parse("delay-mean", text);
                out.addAll(List.of("--delay", DelayFamily.of(name, mean).spec()));
            }
            case DELAY_FAMILY -> DelayFamily.require(text);
            case QUANTUM ->
                    throw new IllegalArgumentException("axis: quantum does not apply to trainings");
            default -> out.addAll(List.of("--" + kind.axisName(), text));
        }
    }
}
