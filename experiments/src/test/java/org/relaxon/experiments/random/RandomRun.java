package org.relaxon.experiments.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;

/**
 * One run, a function of its seed alone.
 *
 * @param target near the output of the free network, far from it, or equal to it
 * @param blank what is zero: all inputs, some rows of them, the weights and bias of some units, or
 *     nothing
 */
record RandomRun(
        long seed,
        Method method,
        ProblemSpec spec,
        String target,
        String blank,
        String host,
        String granularity,
        String delay,
        Discipline discipline) {
    private static final int NEURONS_MAX = 200;
    private static final int NEURONS = 80; // of most runs
    private static final double NEAR = 1e-4;
    private static final double[] PRECISIONS = {2, 0.5, 1};

    static RandomRun of(long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        Algorithm algorithm = algorithm(r);
        boolean recurrent = Defaults.of(algorithm).scheme() == Scheme.NORMAL;
        boolean young =
                algorithm.rule().dynamics().judge(algorithm.rule()).optionName().equals("fy-pc");
        StandardActivation activation =
                activation(r, young || algorithm.optionName().equals("hep"));
        boolean plain = algorithm.optionName().matches("dual-propagation|hep|chl.*|coupled");
        Loss loss = !plain && r.nextInt(6) == 0 ? StandardLoss.CROSS_ENTROPY : StandardLoss.SQUARED;
        boolean curved = !plain && loss == StandardLoss.SQUARED && r.nextInt(4) == 0;
        Scheme drawn = r.nextInt(6) == 0 ? Scheme.HE : Scheme.UNIFORM;
        ProblemSpec spec =
                ProblemSpec.defaults()
                        .withLayers(layers(r))
                        .withActivation(activation)
                        .withOutputActivation(curved ? activation : StandardActivation.LINEAR)
                        .withLoss(loss)
                        .withScheme(recurrent ? Scheme.NORMAL : drawn)
                        .withGain(gain(r, recurrent))
                        .withBatch(1 + r.nextInt(3))
                        .withSeed(1 + r.nextInt(1000));
        List<Estimator> all = algorithm.estimators();
        Estimator estimator = all.get(r.nextInt(all.size()));
        String host = r.nextInt(10) < 7 ? "virtual" : pick(r, "akka", "synchronous", "red-black");
        boolean turns = algorithm.rule().traits().has(Trait.NEEDS_TURNS);
        boolean sweeps = !turns && host.matches("synchronous|red-black");
        return new RandomRun(
                seed,
                new Method(algorithm, estimator, strength(r, algorithm)),
                spec,
                pick(r, "near", "far", "equal"),
                r.nextInt(5) == 0 ? pick(r, "input", "rows", "units") : "nothing",
                turns && host.matches("synchronous|red-black") ? "virtual" : host,
                pick(r, "layer", "neuron", "block:2"),
                sweeps ? "none" : pick(r, "none", "exponential:100us", "uniform:0us,200us"),
                turns ? Discipline.TURN_TAKING : sweeps ? Discipline.EAGER : discipline(r));
    }

    private static Discipline discipline(SplittableRandom r) {
        return switch (r.nextInt(8)) {
            case 0 -> Discipline.TURN_TAKING;
            case 1 -> Discipline.HANDSHAKE;
            case 2 -> Discipline.poisson(10_000);
            default -> Discipline.EAGER;
        };
    }

    private static String pick(SplittableRandom r, String... some) {
        return some[r.nextInt(some.length)];
    }

    private static Algorithm algorithm(SplittableRandom r) {
        return switch (r.nextInt(30)) {
            case 0, 1, 2 -> Algorithms.pcNudge();
            case 3 -> Algorithms.pcNudge(Algorithms.coordinate());
            case 4 -> Algorithms.pcNudge(Algorithms.gradient(0.3));
            case 5 -> Algorithms.pcNudge(Algorithms.safeguarded(Moves.ONE_CELL));
            case 6 -> Algorithms.pc(Algorithms.coordinate());
            case 7 -> Algorithms.pc(Algorithms.safeguarded(Moves.ONE_CELL));
            case 8 -> Algorithms.pcClamped(Algorithms.coordinate());
            case 9, 10 -> Algorithms.fenchelYoung();
            case 11 -> Algorithms.fixedPrediction();
            case 12 -> Algorithms.zeroDivergence(1.0);
            case 13 -> Algorithms.dualPropagation();
            case 14, 15 -> Algorithms.equilibriumPropagation(Form.PLAIN);
            case 16, 17 -> Algorithms.equilibriumPropagation(Form.DIFFERENCE);
            case 18 -> Algorithms.equilibriumPropagation(0.3);
            case 19 -> Algorithms.contrastiveHebbian(Form.PLAIN);
            case 20 -> Algorithms.contrastiveHebbian(Form.DIFFERENCE);
            case 21 -> Algorithms.coupled(Form.PLAIN);
            case 22 -> Algorithms.coupled(Form.DIFFERENCE);
            case 23, 24 -> Algorithms.precisionPc(PRECISIONS);
            case 25 -> Algorithms.clampedHebbian(Form.PLAIN);
            case 26 -> Algorithms.clampedHebbian(Form.DIFFERENCE);
            case 27 -> Algorithms.coordinateFenchelYoung(Moves.ONE_CELL);
            case 28 -> Algorithms.pc(Algorithms.gradient(0.3));
            default -> Algorithms.holomorphic();
        };
    }

    private static StandardActivation activation(SplittableRandom r, boolean smooth) {
        StandardActivation[] all = StandardActivation.values();
        StandardActivation found = all[r.nextInt(all.length)];
        return smooth && !found.smooth() ? StandardActivation.TANH : found;
    }

    private static int[] layers(SplittableRandom r) {
        int depth = (int) Math.round(Math.exp(r.nextDouble() * Math.log(60)));
        int neurons = r.nextInt(8) == 0 ? NEURONS_MAX : NEURONS;
        int most = Math.max(2, Math.min(8, neurons / depth));
        int[] out = new int[depth + 1];
        for (int l = 0; l <= depth; l++) {
            out[l] = 1 + r.nextInt(most);
        }
        out[depth] = Math.max(2, out[depth]);
        return out;
    }

    private static double gain(SplittableRandom r, boolean recurrent) {
        double[] some =
                recurrent
                        ? new double[] {0.2, 0.4, 0.4, 0.6, 1, 2}
                        : new double[] {0.3, 0.7, 1, 1, 1.3, 1.6, 2, 4};
        return some[r.nextInt(some.length)];
    }

    private static double strength(SplittableRandom r, Algorithm algorithm) {
        double u = r.nextDouble();
        boolean large = r.nextInt(6) == 0;
        return switch (algorithm.optionName()) {
            case "hep" -> 0.02 + 0.3 * u;
            case "ep" -> large ? 1 + 4 * u : small(algorithm, u);
            case "chl", "coupled" -> small(algorithm, u);
            case "pc-clamped", "fpa-pc", "z-il", "chl-clamped" -> 1.0;
            case "pc" -> large ? Math.pow(10, 2 * u) : Math.pow(10, -4 * u);
            default -> Math.pow(10, (algorithm.variant().isEmpty() ? -10 : -4) * u);
        };
    }

    private static double small(Algorithm algorithm, double u) {
        return Math.pow(10, (algorithm.variant().equals("difference") ? -8 : -4) * u);
    }

    Algorithm algorithm() {
        return method.algorithm();
    }

    Estimator estimator() {
        return method.estimator();
    }

    double strength() {
        return method.strength();
    }

    RunPlan plan(Algorithm algorithm) {
        return Defaults.runPlan(algorithm)
                .withGranularity(Granularity.parse(granularity))
                .withDelay(Delays.parse(delay))
                .withDiscipline(discipline)
                .withSeed(spec.seed());
    }

    /** The phase in which the target acts. */
    Phase nudged(Problem problem) {
        return method.phase(method.algorithm().sharing().get(0), problem.input(), problem.target());
    }

    /** The network and data with what is blank, and the target where it belongs. */
    Problem problem() throws IOException {
        Problem drawn = blanked(spec.build());
        if (target.equals("far")) {
            return drawn;
        }
        Matrix moved = Matrix.zeros(drawn.target().rows(), drawn.examples());
        for (int c = 0; c < drawn.examples(); c++) {
            double[] t = drawn.target().columnValues(c);
            Chain chain = new Chain(drawn.network(), drawn.input().columnValues(c), t);
            double[] out = output(chain);
            for (int i = 0; i < out.length; i++) {
                double near = out[i] + NEAR * (t[i] - out[i]);
                moved.values()[i * drawn.examples() + c] = target.equals("near") ? near : out[i];
            }
        }
        return new Problem(
                drawn.network(), drawn.input(), moved, drawn.data(), drawn.description());
    }

    private Problem blanked(Problem drawn) {
        SplittableRandom r = new SplittableRandom(seed);
        Network network = drawn.network();
        Matrix x = drawn.input();
        int batch = x.columns();
        if (blank.equals("units")) {
            Parameters theta = network.parameters();
            for (int p = 0; p < network.projections().size() - 1; p++) {
                int unit = r.nextInt(theta.biases(p + 1).length);
                Arrays.fill(theta.weights(p)[unit], 0.0);
                theta.biases(p + 1)[unit] = 0.0;
            }
            network = network.with(theta);
        } else if (!blank.equals("nothing")) {
            x = Matrix.of(x.rows(), batch, x.values().clone());
            for (int row = 0; row < x.rows(); row++) {
                if (blank.equals("input") || r.nextBoolean()) {
                    Arrays.fill(x.values(), row * batch, (row + 1) * batch, 0.0);
                }
            }
        }
        return new Problem(network, x, drawn.target(), drawn.data(), drawn.description());
    }

    /** Writes data and weights where {@code --data} and {@code --weights} find them. */
    void keep(Path directory) throws IOException {
        Problem made = problem();
        Matrix x = made.input();
        Matrix t = made.target();
        Path file = directory.resolve("seed-" + seed + ".npz");
        Files.deleteIfExists(file);
        try (NpzWriter out = NpzWriter.create(file)) {
            out.put("x0", x.values(), x.rows(), x.columns());
            out.put("target", t.values(), t.rows(), t.columns());
        }
        if (!blank.equals("units")) {
            return;
        }
        Path weights = directory.resolve("weights-" + seed + ".npz");
        Files.deleteIfExists(weights);
        Parameters theta = made.network().parameters();
        try (NpzWriter out = NpzWriter.create(weights)) {
            for (int p = 0; p < made.network().projections().size(); p++) {
                double[][] w = theta.weights(p);
                double[] flat = Arrays.stream(w).flatMapToDouble(Arrays::stream).toArray();
                out.put("W" + (p + 1), flat, w.length, w[0].length);
                out.put("b" + (p + 1), theta.biases(p + 1), w.length);
            }
        }
    }

    /** What the free network says: a distribution where the loss takes one. */
    double[] output(Chain chain) {
        double[] x = chain.forward()[chain.depth];
        boolean recurrent = Defaults.of(algorithm()).scheme() == Scheme.NORMAL;
        if (recurrent) {
            double[][] all = chain.forward();
            double[] flat = Arrays.stream(all).skip(1).flatMapToDouble(Arrays::stream).toArray();
            double[] free = new Recurrent(chain).free(flat);
            x = free == null ? x : chain.block(free, chain.depth);
        }
        if (spec.loss() == StandardLoss.SQUARED) {
            return x;
        }
        double[] pull = chain.pull(x); // target - softmax
        return IntStream.range(0, x.length).mapToDouble(i -> chain.target[i] - pull[i]).toArray();
    }

    /** What the command line needs to settle the same; a target that was moved is in a file. */
    String command() {
        String layers =
                spec.layers().stream().map(Object::toString).collect(Collectors.joining(","));
        String variant = algorithm().variant();
        String how =
                variant.isEmpty()
                        ? ""
                        : variant.equals("difference")
                                ? " --form difference"
                                : variant.startsWith("gradient:")
                                        ? " --dynamics gradient --step " + variant.substring(9)
                                        : " --dynamics " + variant.split(" ")[0];
        boolean fixed = algorithm().strength() == Algorithm.Strength.NONE;
        String strength = algorithm().strength() == Algorithm.Strength.GAMMA ? "gamma" : "beta";
        return "settle --algorithm %s%s --estimator %s%s --layers %s --activation %s"
                        .formatted(
                                algorithm().optionName(),
                                how,
                                estimator().optionName(),
                                fixed ? "" : " --" + strength + " " + strength(),
                                layers,
                                spec.activation().optionName())
                + " --output-activation %s --loss %s --init %s --gain %s --batch %d --seed %d"
                        .formatted(
                                spec.outputActivation().optionName(),
                                spec.loss().optionName(),
                                spec.scheme().optionName(),
                                spec.gain(),
                                spec.batch(),
                                spec.seed())
                + " --host %s --granularity %s --delay %s --discipline %s%s"
                        .formatted(host, granularity, delay, discipline, files());
    }

    private String files() {
        boolean own = target.equals("far") && !blank.matches("input|rows");
        String data = own ? "" : " --data seed-" + seed + ".npz";
        return blank.equals("units") ? data + " --weights weights-" + seed + ".npz" : data;
    }

    @Override
    public String toString() {
        return "seed %d, target %s, blank %s: %s".formatted(seed, target, blank, command());
    }
}
