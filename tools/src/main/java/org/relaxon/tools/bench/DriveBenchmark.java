package org.relaxon.tools.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Signalling.Drive;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * One estimate of equilibrium propagation in a wide network, driven by events and by whole
 * products: the time and the multiplications of both. The event-driven cells have a slightly
 * smaller threshold, at which no layer's cosine is lower than with whole products: neurons that are
 * held back are all off by up to the threshold, those of a whole signal only until it is sent.
 */
final class DriveBenchmark {
    private static final double BETA = 0.01;
    private static final double EXACT_BETA = 1e-4;
    private static final double EXACT = 1e-11;
    private static final double MILLION = 1e6;

    /**
     * What is compared.
     *
     * @param layers numbers of neurons
     * @param cells granularity, as text
     * @param dense threshold of whole products
     * @param events threshold of products that are driven by events
     */
    record Setting(int[] layers, String cells, double dense, double events) {
        /** The setting of the command. */
        static final Setting WIDE =
                new Setting(new int[] {784, 2000, 2000, 10}, "block:400", 1e-4, 7e-5);
    }

    private final Setting setting;
    private final Budget budget;
    private final BooleanSupplier stop;
    private final Consumer<Runnable> onStop;
    private final Method method =
            new Method(
                    Algorithms.equilibriumPropagation(Form.DIFFERENCE), Estimator.ONE_SIDED, BETA);

    DriveBenchmark(
            Setting setting, Budget budget, BooleanSupplier stop, Consumer<Runnable> onStop) {
        this.setting = setting;
        this.budget = budget;
        this.stop = stop;
        this.onStop = onStop;
    }

    /** Figures of one side, one per round. */
    private static final class Side {
        private final List<Double> millis = new ArrayList<>();
        private final List<Double> multiplications = new ArrayList<>();
        private final Settlings settlings;
        private double cosine = Double.NaN;

        Side(BooleanSupplier stop) {
            settlings = new Settlings(stop);
        }
    }

    /** {@return time and multiplications, event-driven over dense; nothing if it was stopped} */
    List<Ratio> ratios(int rounds, long nanosPerFigure) throws IOException {
        Problem problem =
                ProblemSpec.defaults()
                        .withData("strokes")
                        .withLayers(setting.layers())
                        .withActivation(StandardActivation.RELU)
                        .withScheme(Initialisation.Scheme.NORMAL)
                        .withGain(0.5)
                        .withBatch(1)
                        .build();
        Parameters exact = exact(problem);
        Side events = new Side(stop);
        Side dense = new Side(stop);
        try (Host host = new VirtualHost();
                Session one = host.open(problem.network(), plan(Drive.EVENT_DRIVEN));
                Session other = host.open(problem.network(), plan(Drive.DENSE))) {
            onStop.accept(
                    () -> {
                        one.cancel();
                        other.cancel();
                    });
            for (int round = 0; round <= rounds && !stop.getAsBoolean(); round++) {
                boolean counts = round > 0; // the first round warms up
                measure(one, problem, events, counts ? nanosPerFigure : 0, counts);
                measure(other, problem, dense, counts ? nanosPerFigure : 0, counts);
            }
            events.cosine = cosine(one, problem, exact);
            dense.cosine = cosine(other, problem, exact);
        }
        return stop.getAsBoolean() ? List.of() : List.of(time(events, dense), work(events, dense));
    }

    private RunPlan plan(Drive drive) {
        boolean events = drive == Drive.EVENT_DRIVEN;
        return RunPlan.of(method.algorithm().rule())
                .withKernels(Kernels.Kind.FAST)
                .withGranularity(Granularity.parse(setting.cells()))
                .withDelay(Delays.parse("exponential:1ms"))
                .withThreshold(events ? setting.events() : setting.dense())
                .withTolerance(100 * setting.dense())
                .withResolution(Double.POSITIVE_INFINITY) // the cosines are stated
                .withDrive(drive);
    }

    private void measure(Session session, Problem p, Side side, long least, boolean counts) {
        long begin = System.nanoTime();
        double made = 0.0;
        int estimates = 0;
        boolean settled = true;
        do {
            GradientEstimate one =
                    GradientEstimate.phases(session, method, p.input(), p.target(), budget);
            settled &= side.settlings.count(one.verdict()) != null;
            made += one.report().synapticOperations();
            estimates++;
        } while (settled && System.nanoTime() - begin < least && !stop.getAsBoolean());
        if (counts) {
            double millis = (System.nanoTime() - begin) / MILLION / estimates;
            side.millis.add(settled ? millis : Double.NaN);
            side.multiplications.add(settled ? made / MILLION / estimates : Double.NaN);
        }
    }

    /** What both estimates tend to: centred differences at a small strength and threshold. */
    private Parameters exact(Problem p) {
        Method centred = new Method(method.algorithm(), Estimator.CENTRED, EXACT_BETA);
        RunPlan plan = RunPlan.of(method.algorithm().rule()).withThreshold(EXACT);
        try (Host host = new SynchronousHost();
                Session session = host.open(p.network(), plan)) {
            onStop.accept(session::cancel);
            GradientEstimate found =
                    GradientEstimate.of(session, centred, p.input(), p.target(), budget);
            return found.isConclusive() ? found.update().gradient() : null;
        }
    }

    /** Least cosine of any projection's update with the exact one; NaN if there is none. */
    private double cosine(Session session, Problem p, Parameters exact) {
        GradientEstimate found =
                GradientEstimate.of(session, method, p.input(), p.target(), budget);
        if (exact == null || !found.isConclusive()) {
            return Double.NaN;
        }
        Network network = p.network();
        return GradientComparison.of(network, found.update().gradient(), exact)
                .projections()
                .stream()
                .filter(c -> c.name().startsWith("W"))
                .mapToDouble(c -> 1.0 - c.oneMinusCosine())
                .min()
                .orElse(Double.NaN);
    }

    private Ratio time(Side events, Side dense) {
        return ratio("time of an estimate", "ms", events, events.millis, dense, dense.millis);
    }

    private Ratio work(Side events, Side dense) {
        return ratio(
                "multiplications of an estimate",
                "million",
                events,
                events.multiplications,
                dense,
                dense.multiplications);
    }

    private Ratio ratio(
            String what, String unit, Side a, List<Double> ours, Side b, List<Double> theirs) {
        String layers =
                Arrays.stream(setting.layers())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("-"));
        return new Ratio(
                String.format(
                        Locale.ROOT,
                        "%s, ep %s relu in %s, exponential:1ms, event-driven; least cosine of a"
                                + " layer %.5f",
                        what,
                        layers,
                        setting.cells(),
                        a.cosine),
                unit,
                ours,
                theirs,
                String.format(Locale.ROOT, "whole products, %.5f,", b.cosine),
                false,
                a.settlings.settled(),
                a.settlings.count(),
                a.settlings.why());
    }
}
