package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.guard.Guarded;
import org.relaxon.runtime.guard.OwnParts;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** All names that options take, each with one line: the content of {@code list}. */
public final class Catalog {
    /**
     * A name with its line.
     *
     * @param <T> kind of part
     * @param name as in options
     * @param line its description
     * @param value the part
     */
    public record Entry<T>(String name, String line, T value) {}

    private static final List<Entry<String>> ALGORITHMS =
            List.of(
                    line("pc-nudge", "predictive coding, one small nudge; backprop, order 1 or 2"),
                    line(
                            "pc",
                            "predictive coding at any beta; exact gradient of (F(beta)-F(0))/beta"),
                    line(
                            "pc-clamped",
                            "the same, output held at the target; gradient of F(clamped)"),
                    line("fpa-pc", "predictive coding, fixed predictions; backprop exactly"),
                    line("z-il", "zero-divergence inference learning; backprop exactly"),
                    line(
                            "precision-pc",
                            "predictive coding with precisions; backprop, order 1 or 2"),
                    line("fy-pc", "Fenchel-Young predictive coding; backprop, order 1 or 2"),
                    line("dual-propagation", "pairs of states; backprop, order 2"),
                    line("dp-top", "pairs of states, asymmetric nudge; backprop, order 1"),
                    line("ep", "equilibrium propagation; implicit gradient, order 1 or 2"),
                    line("hep", "holomorphic equilibrium propagation; implicit, order N"),
                    line("chl", "contrastive Hebbian, feedback gain gamma; backprop, order 1 or 2"),
                    line(
                            "chl-clamped",
                            "contrastive Hebbian, gain 1; gradient of F(clamped)-F(free)"),
                    line("coupled", "coupled learning; metric-weighted implicit, order 1 or 2"));

    private static final List<Entry<IntFunction<Host>>> HOSTS =
            List.of(
                    new Entry<>(
                            "virtual",
                            "discrete events in virtual time, bit-identical replays",
                            threads -> new VirtualHost()),
                    new Entry<>(
                            "akka",
                            "one actor per cell, real threads and wall-clock delays",
                            AkkaHost::new),
                    new Entry<>(
                            ClusterOptions.CLUSTER,
                            "the same actors on several machines, see relaxon node",
                            threads -> new ClusterOptions().open(new CellPlacement())),
                    new Entry<>(
                            "synchronous",
                            "baseline with a clock: all cells at once, no delays",
                            threads -> new SynchronousHost()),
                    new Entry<>(
                            "red-black",
                            "baseline with a clock: odd and even layers in turn, no delays",
                            threads -> new RedBlackHost()));

    private Catalog() {}

    /**
     * The refusal of an unknown algorithm.
     *
     * @param name as given
     * @return its message names the algorithms
     */
    static IllegalArgumentException unknownAlgorithm(String name) {
        if (name.equals("ipc")) {
            return new IllegalArgumentException(
                    "algorithm: ipc changes weights while it settles and claims no gradient; use"
                            + " relaxon train");
        }
        List<String> known = new ArrayList<>(ownAlgorithms().names());
        known.addAll(0, ALGORITHMS.stream().map(Entry::name).toList());
        return unknown("algorithm", name, known);
    }

    /**
     * The algorithm by which a training settles.
     *
     * @param name as in options
     * @return the same, but pc for ipc, whose weights change while pc settles
     */
    public static String settling(String name) {
        return name.equals("ipc") ? "pc" : name;
    }

    /**
     * Refuses an unknown algorithm of a training.
     *
     * @param name as given
     * @throws IllegalArgumentException naming the option, and the algorithms
     */
    public static void requireAlgorithm(String name) {
        if (algorithms().stream().noneMatch(a -> a.name().equals(settling(name)))) {
            throw unknownAlgorithm(name);
        }
    }

    /** Users' own algorithms. */
    static OwnAlgorithms ownAlgorithms() {
        return new OwnAlgorithms(ALGORITHMS.stream().map(Entry::name).toList());
    }

    /** {@return the library's algorithms and users' own} */
    public static List<Entry<String>> algorithms() {
        List<Entry<String>> out = new ArrayList<>(ALGORITHMS);
        out.addAll(ownAlgorithms().lines());
        return out;
    }

    /**
     * A host.
     *
     * @param name as in options
     * @param threads of a host that has several
     * @return the host, to be closed
     */
    public static Host host(String name, int threads) {
        return find("host", HOSTS, name).apply(threads);
    }

    /**
     * Whether a host counts sweeps instead of time.
     *
     * @param host its name
     * @return whether it has a clock of its own
     */
    public static boolean isSweeping(String host) {
        return host.equals("synchronous") || host.equals("red-black");
    }

    /**
     * Refuses an unknown host.
     *
     * @param name as given
     * @throws IllegalArgumentException naming the option, and the hosts
     */
    public static void requireHost(String name) {
        find("host", HOSTS, name);
    }

    static void requireDynamics(String name) {
        find("dynamics", dynamics(), name);
    }

    /**
     * An activation, the library's or a user's own.
     *
     * @param option named in the message
     * @param name as in options
     * @return the activation
     */
    public static Activation activation(String option, String name) {
        return allActivations().find(option, name);
    }

    private static Installed<Activation> allActivations() {
        return Installed.of(
                Activation.class,
                Activation::optionName,
                Guarded::of,
                Activation::with,
                List.of(StandardActivation.values()));
    }

    /**
     * A loss, the library's or a user's own.
     *
     * @param name as in options
     * @return the loss
     */
    public static Loss loss(String name) {
        return allLosses().find("loss", name);
    }

    private static Installed<Loss> allLosses() {
        return Installed.of(
                Loss.class,
                Loss::optionName,
                Guarded::of,
                Loss::with,
                List.of(StandardLoss.values()));
    }

    /** {@return all names by kind, in the order in which they are printed} */
    public static Map<String, List<Entry<?>>> all() {
        Map<String, List<Entry<?>>> out = new LinkedHashMap<>();
        out.put("algorithms (--algorithm)", List.copyOf(algorithms()));
        out.put("hosts (--host)", List.copyOf(HOSTS));
        out.put("granularities (--granularity)", List.copyOf(granularities()));
        out.put("delays (--delay)", List.copyOf(syntax(Delays.syntax())));
        out.put("disciplines (--discipline)", List.copyOf(syntax(Discipline.syntax())));
        out.put("activations (--activation)", List.copyOf(activations()));
        out.put("losses (--loss)", List.copyOf(losses()));
        out.put("estimators (--estimator)", List.copyOf(estimators()));
        out.put("schedules of train (--schedule)", List.copyOf(syntax(Schedule.SYNTAX)));
        out.put("motions of train (--motion)", List.copyOf(syntax(Motion.SYNTAX)));
        out.put("dynamics (--dynamics)", List.copyOf(dynamics()));
        out.put("forms (--form)", List.copyOf(forms()));
        out.put("references (--against)", List.copyOf(references()));
        out.put("initialisations (--init)", List.copyOf(schemes()));
        out.put("data (--data)", List.copyOf(data()));
        out.put("kernels (--kernels)", List.copyOf(kernels()));
        out.put("precisions (--precision)", List.copyOf(precisions()));
        return out;
    }

    private static List<Entry<String>> granularities() {
        return List.of(
                line("neuron", "one neuron per cell"),
                line("block:K", "K neurons per cell"),
                line("layer", "one layer per cell"));
    }

    private static List<Entry<String>> syntax(List<String> lines) {
        List<Entry<String>> out = new ArrayList<>();
        for (String syntax : lines) {
            int gap = syntax.indexOf(' ');
            out.add(line(syntax.substring(0, gap), syntax.substring(gap).trim()));
        }
        return out;
    }

    private static List<Entry<String>> activations() {
        List<Entry<String>> out = new ArrayList<>();
        for (StandardActivation f : StandardActivation.values()) {
            out.add(
                    line(
                            f.optionName(),
                            f.smooth() ? "smooth" : "has kinks; a column may end as not settled"));
        }
        out.addAll(allActivations().lines());
        return out;
    }

    private static List<Entry<String>> losses() {
        List<Entry<String>> out = new ArrayList<>();
        out.add(line("squared", "1/2 |x - T|^2"));
        out.add(line("cross-entropy", "-T log softmax(x), linear output in one cell"));
        out.addAll(allLosses().lines());
        return out;
    }

    private static List<Entry<String>> estimators() {
        return List.of(
                line("one-sided", "+beta, error of order beta"),
                line("negative", "-beta, error of order beta"),
                line("centred", "half +beta, half -beta, error of order beta^2"),
                line("2@1/-1@2", "shares at multiples of beta, any that sum to 1 (Richardson)"));
    }

    private static List<Entry<String>> dynamics() {
        return List.of(
                line("fixed-point", "moves at once to the value that the messages imply"),
                line("coordinate", "pc: moves to the minimum in x by curvature; any beta"),
                line(
                        "gradient",
                        "pc, ep: moves by steps, gradient:STEP or --step, at a cell's own pace"),
                line("safeguarded", "pc, fy-pc in turns: the energy never rises; any beta"),
                line("safeguarded:all", "the same where cells with a common target move at once"));
    }

    private static List<Entry<String>> forms() {
        return List.of(
                line("plain", "products of absolute activities are subtracted: loses eps/beta"),
                line("difference", "cells hold differences from the free state: loses nothing"));
    }

    private static List<Entry<String>> references() {
        return List.of(
                line("backprop", "gradient of the feedforward network's loss"),
                line("implicit", "of the loss at the free equilibrium (Almeida-Pineda)"),
                line("metric-weighted", "the same, output error weighted as in coupled learning"),
                line("finite-difference", "of (F(beta) - F(0))/beta, exact at every beta"),
                line("linear", "predictive coding on a linear network, closed form"));
    }

    private static List<Entry<String>> schemes() {
        return List.of(
                line("uniform", "W, b ~ U(+-1/sqrt(fan-in))"),
                line("normal", "W ~ N(0, 1/fan-in), b ~ .1 N(0, 1)"),
                line("he", "W ~ N(0, 2/fan-in), b = 0"),
                line("glorot", "W ~ U(+-sqrt(6/(fan-in + fan-out))), b = 0"),
                line(
                        "ntp",
                        "W ~ N(0, 1), b = 0, scale 1/sqrt(v K): fan-in v, K projections onto a population"),
                line(
                        "depth-mup",
                        "the same; 1/sqrt(v K L) beside a skip, depth L; 1/(v sqrt(K)) onto an output"));
    }

    private static List<Entry<String>> data() {
        List<Entry<String>> out = new ArrayList<>(libraryData());
        for (DataSet own : OwnParts.load(DataSet.class)) {
            out.add(line(own.name(), "from " + own.getClass().getName()));
        }
        return out;
    }

    private static List<Entry<String>> libraryData() {
        return List.of(
                line("random", "inputs N(0, 1), targets U(-.8, .8)"),
                line("strokes", "28 x 28 digits drawn from strokes, 10 classes"),
                line("two-moons", "two interleaved half circles, 2 classes"),
                line("mnist:DIR", "MNIST training images from IDX(.gz) files"),
                line("fashion-mnist:DIR", "Fashion-MNIST, same files"),
                line("idx:DIR", "any other collection of IDX(.gz) files, such as EMNIST"),
                line("FILE.npz", "arrays x0 (n, B) and target (k, B) or labels (B); docs/data.md"));
    }

    private static List<Entry<String>> kernels() {
        return List.of(
                line("strict", "same bits on every machine"),
                line("fast", "processor intrinsics for exp and tanh"));
    }

    private static List<Entry<String>> precisions() {
        return List.of(
                line("double", "53 bits"),
                line("float", "24 bits for weights and their products; docs/performance.md"));
    }

    private static Entry<String> line(String name, String line) {
        return new Entry<>(name, line, name);
    }

    private static <T> T find(String option, List<Entry<T>> entries, String name) {
        for (Entry<T> entry : entries) {
            if (entry.name().equals(name)) {
                return entry.value();
            }
        }
        throw unknown(option, name, entries.stream().map(Entry::name).toList());
    }

    /**
     * The refusal of an unknown name.
     *
     * @param option that has the name
     * @param name as given
     * @param allowed all names
     * @return its message names them all
     */
    static IllegalArgumentException unknown(String option, String name, List<String> allowed) {
        return new IllegalArgumentException(
                "%s: \"%s\" is not one of %s".formatted(option, name, String.join(", ", allowed)));
    }
}
