package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import picocli.CommandLine.Option;

/** Options that choose among the variants of an algorithm and its reference. */
public final class AlgorithmOptions {
    private static final int POINTS = 8;

    @Option(
            names = "--dynamics",
            paramLabel = "D",
            description =
                    "fixed-point, coordinate (pc), gradient or gradient:STEP (pc and ep),"
                            + " safeguarded or safeguarded:all (pc and fy-pc, in turns). Default fixed-point;"
                            + " coordinate for pc and pc-clamped.")
    private String dynamics;

    @Option(
            names = "--step",
            paramLabel = "ETA",
            description = "Step of gradient dynamics. Default 0.3.")
    private Double step;

    @Option(
            names = "--form",
            paramLabel = "F",
            description =
                    "plain, or difference: ep, chl, chl-clamped and coupled without cancellation."
                            + " Default plain.")
    private String form;

    @Option(
            names = "--gamma",
            split = ",",
            paramLabel = "X",
            description =
                    "Feedback gains of chl, in place of --beta, from 10^(-150/L) with L weight"
                            + " layers to 1e12. Default 1e-3.")
    private List<Double> gammas;

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "Roots of unity of hep, even. Default 8; 4 in a training.")
    private Integer points;

    @Option(
            names = "--precisions",
            split = ",",
            paramLabel = "P",
            description = "Precision per layer of precision-pc, repeated. Default 2,0.5,1.")
    private List<Double> precisions;

    @Option(
            names = "--parameters",
            split = ",",
            paramLabel = "P",
            description =
                    "Parameters: rho and alpha of pc-alm (default 8,8; alpha above 0 and below 2"
                            + " rho), alpha of dp-top (0) and"
                            + " dual-propagation (0.5), or of an algorithm of your own, in its"
                            + " order.")
    private List<Double> parameters;

    @Option(
            names = "--inference-rate",
            paramLabel = "R",
            description = "Inference rate of z-il. Default 1, the only rate that gives backprop.")
    private Double rate;

    private OwnAlgorithms own; // null until they are needed

    /**
     * The algorithm of that name in the requested variant.
     *
     * @param name as in options
     * @return the algorithm
     * @throws IllegalArgumentException for an unknown name, or an option that does not apply to it
     */
    public Algorithm algorithm(String name) {
        found(); // refuses one of the name of the library's
        requireApplicable(name);
        return switch (name) {
            case "pc-nudge" -> Algorithms.pcNudge(predictiveCoding("fixed-point"));
            case "pc" -> Algorithms.pc(predictiveCoding("coordinate"));
            case "pc-clamped" -> Algorithms.pcClamped(predictiveCoding("coordinate"));
            case "precision-pc" -> Algorithms.precisionPc(precisions());
            case "fy-pc" ->
                    safeguarded()
                            ? Algorithms.coordinateFenchelYoung(moves())
                            : Algorithms.fenchelYoung();
            case "fpa-pc" -> Algorithms.fixedPrediction();
            case "z-il" -> Algorithms.zeroDivergence(rate == null ? 1.0 : rate);
            case "dual-propagation" -> Algorithms.dualPropagation(alpha(0.5));
            case "dp-top" -> Algorithms.dualPropagationTop(alpha(0.0));
            case "ep" ->
                    gradient().isChosen()
                            ? Algorithms.equilibriumPropagation(gradient().value())
                            : Algorithms.equilibriumPropagation(form());
            case "hep" -> Algorithms.holomorphic();
            case "chl" -> Algorithms.contrastiveHebbian(form());
            case "chl-clamped" -> Algorithms.clampedHebbian(form());
            case "coupled" -> Algorithms.coupled(form());
            default -> own(name, gradient().isChosen() ? gradient().value() : Double.NaN);
        };
    }

    private boolean isOwn(String name) {
        return found().names().contains(name);
    }

    /** Users' own algorithms, loaded once for all uses of these options. */
    private OwnAlgorithms found() {
        if (own == null) {
            own = Catalog.ownAlgorithms();
        }
        return own;
    }

    private Algorithm own(String name, double size) {
        Algorithm found = found().find(name, size, parameters);
        if (found == null) {
            throw Catalog.unknownAlgorithm(name);
        }
        return found;
    }

    /**
     * The same with steps of another size.
     *
     * @param name as in options
     * @param size eta; NaN for the requested dynamics
     * @return the algorithm
     */
    public Algorithm algorithm(String name, double size) {
        if (Double.isNaN(size)) {
            return algorithm(name);
        }
        gradient().requireUnstated("an axis of steps");
        return switch (name) {
            case "pc-nudge" -> Algorithms.pcNudge(Algorithms.gradient(size));
            case "pc" -> Algorithms.pc(Algorithms.gradient(size));
            case "pc-clamped" -> Algorithms.pcClamped(Algorithms.gradient(size));
            case "ep" -> Algorithms.equilibriumPropagation(size);
            default -> {
                if (!isOwn(name)) {
                    throw new IllegalArgumentException(
                            "step: %s does not apply to %s".formatted(size, name));
                }
                yield own(name, size);
            }
        };
    }

    /**
     * The estimator of that name, or the algorithm's own; roots of unity for hep.
     *
     * @param algorithm that it is for
     * @param name as in options; null for the algorithm's own
     * @return the estimator
     */
    public Estimator estimator(Algorithm algorithm, String name) {
        return estimator(algorithm, name, POINTS);
    }

    /**
     * The same with another number of roots where none is given.
     *
     * @param algorithm that it is for
     * @param name as in options; null for the algorithm's own
     * @param preset roots of unity, even
     * @return the estimator
     */
    public Estimator estimator(Algorithm algorithm, String name, int preset) {
        Estimator chosen = name == null ? algorithm.estimators().get(0) : Estimator.parse(name);
        if (algorithm.strength() == Strength.COMPLEX) {
            chosen = name == null ? Estimator.roots(points == null ? preset : points) : chosen;
        }
        algorithm.require(chosen);
        return chosen;
    }

    /**
     * The strengths at which an algorithm runs.
     *
     * @param algorithm that has gains, a beta, or neither
     * @param betas requested with another option; null for none
     * @return its gains, or {@code betas}; null for its default
     */
    public List<Double> strengths(Algorithm algorithm, List<Double> betas) {
        if (algorithm.strength() == Strength.GAMMA) {
            if (betas != null) {
                throw new IllegalArgumentException(
                        "beta: chl has no nudging strength; use its feedback gain, --gamma");
            }
            return gammas;
        }
        if (algorithm.strength() == Strength.NONE && betas != null) {
            throw new IllegalArgumentException(
                    "beta: %s has no nudging strength to choose".formatted(algorithm.optionName()));
        }
        return betas;
    }

    /**
     * The strength at which one algorithm runs.
     *
     * @param algorithm that has a gain, a beta, or neither
     * @param beta requested with another option; null for none
     * @return its gain, or {@code beta}, or its default
     */
    public double strength(Algorithm algorithm, Double beta) {
        return strength(algorithm, beta, Defaults.of(algorithm).method().strength());
    }

    /**
     * The same with another default.
     *
     * @param algorithm that has a gain, a beta, or neither
     * @param beta requested with another option; null for none
     * @param preset the default
     * @return its gain, or {@code beta}, or the default
     */
    public double strength(Algorithm algorithm, Double beta, double preset) {
        List<Double> asked = strengths(algorithm, beta == null ? null : List.of(beta));
        if (asked != null && asked.size() != 1) {
            throw new IllegalArgumentException(
                    "gamma: %s are %d values; a single run takes one"
                            .formatted(asked, asked.size()));
        }
        return asked == null ? preset : asked.get(0);
    }

    private PredictiveCoding predictiveCoding(String preset) {
        String chosen = dynamics == null ? preset : dynamics;
        return switch (chosen) {
            case "fixed-point" -> new PredictiveCoding();
            case "coordinate" -> Algorithms.coordinate();
            case "safeguarded", "safeguarded:all" -> Algorithms.safeguarded(moves());
            default -> Algorithms.gradient(gradient().value());
        };
    }

    private boolean safeguarded() {
        return dynamics != null && dynamics.startsWith("safeguarded");
    }

    private Moves moves() {
        return dynamics.endsWith(":all") ? Moves.ALL_CELLS : Moves.ONE_CELL;
    }

    private GradientStep gradient() {
        return new GradientStep(dynamics, step);
    }

    private Form form() {
        return form == null ? Form.PLAIN : ProblemOptions.choice("form", Form.values(), form);
    }

    private double[] precisions() {
        return precisions == null
                ? new double[] {2.0, 0.5, 1.0}
                : precisions.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double alpha(double preset) {
        if (parameters != null && parameters.size() != 1) {
            throw new IllegalArgumentException("parameters: need alpha alone, got " + parameters);
        }
        return parameters == null ? preset : parameters.get(0);
    }

    /** Refuses an option that this algorithm does not have, instead of ignoring it. */
    private void requireApplicable(String name) {
        if (dynamics != null) {
            Catalog.requireDynamics(gradient().kind());
        }
        boolean pc = List.of("pc-nudge", "pc", "pc-clamped").contains(name);
        boolean hopfield = List.of("ep", "chl", "chl-clamped", "coupled").contains(name);
        boolean gradient = gradient().isChosen();
        boolean fixed = dynamics == null || dynamics.equals("fixed-point");
        boolean known =
                pc
                        || gradient && (name.equals("ep") || isOwn(name))
                        || safeguarded() && name.equals("fy-pc");
        require(fixed || known, "dynamics", dynamics, name);
        require(step == null || gradient, "step", step, fixed ? "fixed-point dynamics" : dynamics);
        require(form == null || hopfield, "form", form, name);
        require(!gradient || !"difference".equals(form), "form", form, "gradient dynamics");
        require(gammas == null || name.equals("chl"), "gamma", gammas, name);
        require(points == null || name.equals("hep"), "points", points, name);
        require(precisions == null || name.equals("precision-pc"), "precisions", precisions, name);
        boolean pairs = List.of("dual-propagation", "dp-top").contains(name);
        require(parameters == null || pairs || isOwn(name), "parameters", parameters, name);
        require(rate == null || name.equals("z-il"), "inference-rate", rate, name);
    }

    private static void require(boolean allowed, String option, Object value, String name) {
        if (!allowed) {
            throw new IllegalArgumentException(
                    "%s: %s does not apply to %s".formatted(option, value, name));
        }
    }

    /**
     * The options that select a variant again.
     *
     * @param algorithm in this variant
     * @return names and values in turn
     */
    public static List<String> words(Algorithm algorithm) {
        List<String> out = new ArrayList<>(List.of("--algorithm", algorithm.optionName()));
        String variant = algorithm.variant();
        if (variant.equals("difference")) {
            out.addAll(List.of("--form", variant));
        } else if (variant.startsWith(GradientStep.PREFIX)) {
            String size = variant.substring(GradientStep.PREFIX.length());
            out.addAll(List.of("--dynamics", "gradient", "--step", size));
        } else if (variant.startsWith("rate:")) {
            out.addAll(List.of("--inference-rate", variant.substring("rate:".length())));
        } else if (algorithm.optionName().startsWith("pc") || variant.startsWith("safeguarded")) {
            out.addAll(List.of("--dynamics", variant.isEmpty() ? "fixed-point" : variant));
        }
        List<Double> numbers = algorithm.rule().traits().parameters();
        if (!numbers.isEmpty() && !variant.startsWith("rate:")) {
            out.addAll(List.of("--parameters", Numeral.list(numbers)));
        }
        return out;
    }

    /**
     * {@return name, variant and parameters, for display}
     *
     * @param algorithm in this variant
     */
    public static String label(Algorithm algorithm) {
        List<Double> numbers = algorithm.rule().traits().parameters();
        return numbers.isEmpty() || algorithm.variant().startsWith("rate:")
                ? algorithm.label()
                : algorithm.label() + " --parameters " + Numeral.list(numbers);
    }

    /**
     * {@return the option that sets the strength of an algorithm, without its dashes; null for
     * none}
     *
     * @param algorithm that has a gain, a beta, or neither
     */
    public static String strengthName(Algorithm algorithm) {
        return switch (algorithm.strength()) {
            case NONE -> null;
            case GAMMA -> "gamma";
            case BETA, COMPLEX -> "beta";
        };
    }

    /**
     * {@return what several algorithms call their strength; "strength" where the names differ}
     *
     * @param algorithms that run at one strength
     */
    public static String strengthName(List<Algorithm> algorithms) {
        List<String> all =
                algorithms.stream()
                        .map(AlgorithmOptions::strengthName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        return all.size() == 1 ? all.get(0) : "strength";
    }

    /** {@return the names of all options of this group} */
    public static List<String> names() {
        return Arrays.asList(
                "--dynamics",
                "--step",
                "--form",
                "--gamma",
                "--points",
                "--precisions",
                "--parameters",
                "--inference-rate");
    }
}
