package org.relaxon.tools.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.relaxon.experiments.baseline.BaselineBackprop;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.actor.TellBaseline;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Ring;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Speed as ratios: each subject and its floor are measured in turn, round by round, in one process,
 * so that a change of the machine's speed affects both.
 */
public final class Benchmarks {
    private static final int LANES = 16;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int FRAMES_KEPT = 1 << 12;

    /** Of one settling: one that needs more is reported, and the next measurement begins. */
    private static final Budget BUDGET =
            Budget.DEFAULT.withMessages(20_000_000L).withNanos(10_000_000_000L);

    private final Rounds rounds;
    private final long nanosPerFigure;
    private final int threads;
    private final Consumer<String> progress;
    private final Budget budget;
    private final BooleanSupplier stop;
    private final Consumer<Runnable> onStop;

    /**
     * @param rounds figures per subject; one more round warms up and is not counted
     * @param nanosPerFigure least time of one figure's measurement
     * @param threads of the actor host
     * @param progress receives the name of each measurement that begins
     * @param stop polled before a session is opened, before every settling and during baseline
     *     measurements; once true, the ratio being measured is null
     * @param onStop receives the action that ends settlings in progress, to be called as long as a
     *     stop is requested
     */
    public Benchmarks(
            int rounds,
            long nanosPerFigure,
            int threads,
            Consumer<String> progress,
            BooleanSupplier stop,
            Consumer<Runnable> onStop) {
        this(rounds, nanosPerFigure, threads, progress, BUDGET, stop, onStop);
    }

    Benchmarks(
            int rounds,
            long nanosPerFigure,
            int threads,
            Consumer<String> progress,
            Budget budget,
            BooleanSupplier stop,
            Consumer<Runnable> onStop) {
        this.onStop = onStop;
        this.budget = budget;
        this.rounds = new Rounds(rounds, nanosPerFigure, stop);
        this.nanosPerFigure = nanosPerFigure;
        this.threads = threads;
        this.progress = progress;
        this.stop = stop;
    }

    private interface Figure {
        double measure(int round) throws IOException;
    }

    /** A measurement on a session, whose settlings are counted. */
    private interface Settling {
        double measure(Settlings settlings) throws IOException;
    }

    /**
     * {@return the rate of delivered signals of neuron cells in virtual time, over that of the bare
     * queue}
     *
     * @throws IOException if a problem cannot be built
     */
    public Ratio virtualSignals() throws IOException {
        if (!begins("virtual: neuron cells against the bare queue")) {
            return null;
        }
        Problem problem = ProblemSpec.defaults().withLayers(64, 80, 80, 40).build();
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.exponential(1_000_000));
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), plan)) {
            onStop.accept(session::cancel);
            return compare(
                    "virtual, 200 neuron cells",
                    "signals/s",
                    settlings -> rate(session, problem, settlings).over(nanosPerFigure),
                    round -> QueueFloor.eventsPerSecond(round, stop),
                    "bare queue, 10,000 pending",
                    true);
        }
    }

    /**
     * {@return the rate of delivered signals of 1,000 neuron cells on actors, over that of raw
     * {@code tell}}
     *
     * @throws IOException if a problem cannot be built
     */
    public Ratio actorSignals() throws IOException {
        if (!begins("akka: 1,000 neuron cells against raw tell over the same links")) {
            return null;
        }
        int[] layers = new int[21];
        Arrays.fill(layers, 50);
        Problem problem = ProblemSpec.defaults().withLayers(layers).build();
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withRefractoryNanos(0);
        Wiring wiring = Wiring.of(problem.network(), Granularity.NEURON);
        try (Host host = new AkkaHost(threads);
                Session session = host.open(problem.network(), plan)) {
            onStop.accept(session::cancel);
            return compare(
                    "akka, 1,000 neuron cells",
                    "signals/s",
                    settlings -> rate(session, problem, settlings).over(nanosPerFigure),
                    round -> TellBaseline.messagesPerSecond(wiring, threads, nanosPerFigure, stop),
                    "raw tell, same links",
                    true);
        }
    }

    /**
     * {@return the rate of delivered signals of 200 neuron cells that an observer reads, over that
     * of the same network unobserved} The observer reads activity, error, energy and the signals in
     * flight of all cells, 30 times a second, into a ring. The expected difference is smaller than
     * the changes of a machine's speed within a round; so the two settle in turn, one settling
     * each.
     *
     * @param hostName {@code virtual} or {@code akka}
     * @throws IOException if a problem cannot be built
     */
    public Ratio observedSignals(String hostName) throws IOException {
        if (!begins("%s: neuron cells, observed against unobserved".formatted(hostName))) {
            return null;
        }
        Problem problem = ProblemSpec.defaults().withLayers(64, 80, 80, 40).build();
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withRefractoryNanos(0);
        Sampling sampling =
                Sampling.everyWallNanos(1_000_000_000L / FRAMES_PER_SECOND)
                        .withQuantities(
                                Quantity.ACTIVITY,
                                Quantity.ERROR,
                                Quantity.ENERGY,
                                Quantity.IN_FLIGHT);
        try (Host host = hostName.equals("akka") ? new AkkaHost(threads) : new VirtualHost();
                Session observed = host.open(problem.network(), plan);
                Session plain = host.open(problem.network(), plan)) {
            observed.observe(new Observation(sampling, new Ring(FRAMES_KEPT)));
            onStop.accept(
                    () -> {
                        observed.cancel();
                        plain.cancel();
                    });
            return rounds.compare(
                    "%s, 200 neuron cells, observed %d times a second"
                            .formatted(hostName, FRAMES_PER_SECOND),
                    "signals/s",
                    (round, settlings) ->
                            Rate.inTurn(
                                    rate(observed, problem, settlings),
                                    rate(plain, problem, new Settlings(stop)),
                                    nanosPerFigure),
                    "unobserved",
                    true);
        }
    }

    /**
     * {@return the time of one learning step, from setting the input to changed weights, over that
     * of a backprop step}
     *
     * @param hostName {@code virtual} or {@code akka}
     * @param kernels which kernels multiply on both sides
     * @throws IOException if a problem cannot be built
     */
    public Ratio learningStep(String hostName, Kernels.Kind kernels) throws IOException {
        return step(hostName, NudgeStep.ofStrokes(), kernels);
    }

    /**
     * {@return the same of a step that is as cheap as an error of 1e-5 in each layer allows}
     *
     * @param hostName {@code virtual} or {@code akka}
     * @throws IOException if a problem cannot be built
     */
    public Ratio resolvedStep(String hostName) throws IOException {
        return step(hostName, NudgeStep.resolved(), Kernels.Kind.STRICT);
    }

    /**
     * {@return the same of one example}
     *
     * @param hostName {@code virtual} or {@code akka}
     * @throws IOException if a problem cannot be built
     */
    public Ratio singleStep(String hostName) throws IOException {
        return step(hostName, NudgeStep.single(), Kernels.Kind.STRICT);
    }

    private Ratio step(String hostName, NudgeStep step, Kernels.Kind kernels) throws IOException {
        String name =
                "%s, %s, %s kernels"
                        .formatted(step.name(), hostName, kernels.name().toLowerCase(Locale.ROOT));
        if (!begins(name + ", against backprop on the same")) {
            return null;
        }
        Problem problem = step.problem();
        BaselineBackprop baseline = new BaselineBackprop(problem.network(), kernels);
        BooleanSupplier backprop =
                () -> {
                    baseline.step(problem.input(), problem.target(), NudgeStep.RATE);
                    return true;
                };
        try (Host host = hostName.equals("akka") ? new AkkaHost(threads) : new VirtualHost();
                Session session = host.open(problem.network(), step.plan(kernels))) {
            onStop.accept(session::cancel);
            return compare(
                    name,
                    "ms",
                    settlings -> rounds.millisPerCall(() -> step.make(session, settlings, budget)),
                    round -> rounds.millisPerCall(backprop),
                    "backprop step",
                    false);
        }
    }

    /**
     * {@return the time of 16 examples that settle separately, all in flight, over that of one
     * after another}
     *
     * @param hostName {@code virtual} or {@code akka}
     * @param delay of signals, as the command line states it
     * @throws IOException if a problem cannot be built
     */
    public Ratio inFlight(String hostName, String delay) throws IOException {
        if (!begins("16 examples in flight on " + hostName + ", delay " + delay)) {
            return null;
        }
        Problem problem =
                ProblemSpec.defaults()
                        .withData("strokes")
                        .withLayers(784, 128, 64, 10)
                        .withBatch(1)
                        .build();
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withDelay(Delays.parse(delay));
        Phase phase = Estimator.ONE_SIDED.phase(problem.input(), problem.target(), NudgeStep.BETA);
        try (Host host = hostName.equals("akka") ? new AkkaHost(threads) : new VirtualHost();
                Pipeline pipeline = host.open(problem.network(), plan, LANES)) {
            onStop.accept(pipeline::cancel);
            return compare(
                    "%d examples in flight, 784-128-64-10, %s, delay %s"
                            .formatted(LANES, hostName, delay),
                    "ms",
                    settlings -> rounds.millisPerCall(() -> allAtOnce(pipeline, phase, settlings)),
                    round -> rounds.millisPerCall(() -> oneAfterAnother(pipeline, phase)),
                    "one after another",
                    false);
        }
    }

    /**
     * {@return time and multiplications of one estimate of {@code ep} in a wide network, driven by
     * events, over those of whole products} Nothing if it was stopped.
     *
     * @throws IOException if the problem cannot be built
     */
    public List<Ratio> drives() throws IOException {
        return begins("ep in blocks of a wide network, event-driven against whole products")
                ? new DriveBenchmark(DriveBenchmark.Setting.WIDE, budget, stop, onStop)
                        .ratios(rounds.count(), nanosPerFigure)
                : List.of();
    }

    /** Reports what begins, unless a stop is requested: then no session is opened. */
    private boolean begins(String what) {
        if (stop.getAsBoolean()) {
            return false;
        }
        progress.accept(what);
        return true;
    }

    private boolean allAtOnce(Pipeline pipeline, Phase phase, Settlings settlings) {
        return pipeline
                .inEach(LANES, (k, lane) -> settlings.settled(lane, phase, budget) != null)
                .stream()
                .allMatch(settled -> settled);
    }

    private boolean oneAfterAnother(Pipeline pipeline, Phase phase) {
        Settlings uncounted = new Settlings(stop);
        for (int k = 0; k < LANES; k++) {
            uncounted.settled(pipeline.lane(k), phase, budget);
        }
        return uncounted.all();
    }

    private Rate rate(Session session, Problem problem, Settlings settlings) {
        Phase phase = Estimator.ONE_SIDED.phase(problem.input(), problem.target(), NudgeStep.BETA);
        return new Rate(session, phase, budget, settlings);
    }

    private Ratio compare(
            String name,
            String unit,
            Settling subject,
            Figure floor,
            String floorName,
            boolean more)
            throws IOException {
        return rounds.compare(
                name,
                unit,
                (round, settlings) ->
                        new double[] {subject.measure(settlings), floor.measure(round)},
                floorName,
                more);
    }
}
