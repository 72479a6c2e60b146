package org.relaxon.experiments.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.CrossedKinks;
import org.relaxon.experiments.reference.ReferenceStep;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.observe.Observation;

/**
 * Cells that settle every minibatch and then change their own synapses. Only settled examples are
 * learned from.
 */
final class SettlingLearner implements Learner {
    private static final long SESSION_STREAM = 1L << 54;

    private final TrainPlan plan;
    private final Host host;
    private final TrainCounts counts;
    private final DrawnExamples drawn;
    private final LeftOut leftOut;
    private final Presentations presentations;
    private final IntFunction<Observation> observations;
    private final LongFunction<Observation> probes;
    private volatile Pipeline pipeline; // cancelled from another thread
    private Session session; // its first lane
    private int[] learned = {}; // examples of the last minibatch that took part

    /**
     * @param observations observation of each lane, by lane; null for none
     * @param probes observation of the first lane in one step, by step; null to keep its own
     * @throws IllegalArgumentException if frames should end by the clock of a host without one
     */
    SettlingLearner(
            TrainPlan plan,
            Host host,
            TrainCounts counts,
            IntFunction<Observation> observations,
            LongFunction<Observation> probes) {
        if (plan.motion().hurries() && !host.keepsTime()) {
            throw new IllegalArgumentException(
                    "motion: %s needs time to pass, and on %s none does"
                            .formatted(plan.motion(), host.optionName()));
        }
        this.plan = plan;
        this.host = host;
        this.counts = counts;
        this.drawn = new DrawnExamples(plan, counts);
        this.leftOut = new LeftOut(plan, host, counts);
        this.presentations = new Presentations(plan, counts, drawn, leftOut);
        this.observations = observations;
        this.probes = probes;
        restart(plan.network().parameters(), List.of(), 0);
    }

    @Override
    public int learn(Matrix input, Matrix target, LearningStep step)
            throws UnsettledException, DivergedException {
        Observation probe = probes.apply(step.number());
        if (probe == null) {
            return settleAndLearn(input, target, step);
        }
        session.observe(probe);
        try {
            return settleAndLearn(input, target, step);
        } finally {
            session.observe(observations.apply(0));
        }
    }

    private int settleAndLearn(Matrix input, Matrix target, LearningStep step)
            throws UnsettledException, DivergedException {
        if (!plan.schedule().equals(Schedule.PHASED)) {
            return presentations.present(session, input, target, step);
        }
        Parts parts = new Parts(input.columns(), pipeline.lanes());
        List<GradientEstimate> estimates =
                pipeline.inEach(
                        parts.count(),
                        (k, own) -> phases(own, parts.of(input, k), parts.of(target, k)));
        for (GradientEstimate estimate : estimates) {
            requireNotCancelled(estimate.verdict(), step);
        }
        if (drawn.asks(step.number())) {
            drawn.judge(
                    step.number(),
                    estimates.get(0),
                    pipeline.parameters(),
                    parts.of(input, 0),
                    parts.of(target, 0));
        }
        List<Conclusive> settled = new ArrayList<>();
        IntStream.Builder took = IntStream.builder();
        String why = "";
        for (int k = 0; k < parts.count(); k++) {
            Settlement verdict = estimates.get(k).verdict();
            Conclusive part = settledPart(verdict);
            int[] some = part == null ? new int[0] : settledExamples(part, parts.size(k));
            int count = some.length;
            int first = parts.first(k);
            settled.add(count == 0 ? null : part);
            counts.hold(count == 0 ? null : part);
            leftOut.blame(verdict, parts.size(k) - count);
            IntStream.of(some).forEach(c -> took.add(first + c));
            if (count < parts.size(k) && why.isEmpty()) {
                why = LeftOut.describe(verdict);
                why += leftOut.advice(verdict, session, parts.of(input, k), parts.of(target, k));
            }
        }
        counts.addBeside(estimates);
        learned = took.build().toArray();
        int lost = input.columns() - learned.length;
        if (lost > 0) {
            leftOut.lose(lost, step, why);
        }
        if (learned.length > 0) {
            try {
                pipeline.learn(
                        settled,
                        plan.method().estimator(),
                        over(learned.length, input.columns(), step));
            } catch (ArithmeticException e) {
                throw new DivergedException(step.number(), firstUpdate(settled));
            }
        }
        return learned.length;
    }

    /** The same step with the share that a mean over fewer examples takes. */
    private static LearningStep over(int learned, int batch, LearningStep step) {
        double share = step.share() * batch / learned;
        return new LearningStep(step.optimiser(), step.rate(), share, step.number());
    }

    @Override
    public AppliedChange change(
            Parameters before,
            List<Parameters> memories,
            Matrix input,
            Matrix target,
            LearningStep step) {
        Network network = plan.network();
        boolean compared = plan.schedule().equals(Schedule.PHASED) && network.closing().isEmpty();
        if (!compared || learned.length == 0) {
            return null;
        }
        Parameters gradient =
                Backprop.of(network)
                        .gradient(before, input.select(learned), target.select(learned))
                        .gradient();
        LearningStep own = over(learned.length, input.columns(), step);
        Parameters due = ReferenceStep.of(network, own, before, memories, gradient);
        return AppliedChange.of(network, before, parameters(), due);
    }

    /** Which local update is not finite. */
    private String firstUpdate(List<Conclusive> settled) {
        for (int k = 0; k < settled.size(); k++) {
            if (settled.get(k) != null) {
                Parameters update =
                        pipeline.lane(k)
                                .update(settled.get(k), plan.method().estimator())
                                .gradient();
                String first = NonFinite.first(plan.network(), update);
                if (!first.isEmpty()) {
                    return "the local update of " + first;
                }
            }
        }
        return "the sum of the local updates of a minibatch is not finite";
    }

    /** A minibatch that was cancelled changes no weight and does not count as left out. */
    static void requireNotCancelled(Settlement verdict, LearningStep step)
            throws UnsettledException {
        requireNotCancelled(
                requireNodes(verdict) instanceof NotSettled not ? not.reason() : null, step);
    }

    static void requireNotCancelled(Reason stopped, LearningStep step) throws UnsettledException {
        if (stopped == Reason.CANCELLED) {
            throw new UnsettledException("step %d: stopped".formatted(step.number()));
        }
    }

    /** Examples whose cells were lost are not left out: the training ends. */
    private static Settlement requireNodes(Settlement verdict) {
        if (verdict instanceof NotSettled not && not.reason() == Reason.NODE_LOST) {
            throw new NodeLostException(not.detail());
        }
        return verdict;
    }

    /** The verdict for the settled examples; null if there are none. */
    private static Conclusive settledPart(Settlement verdict) {
        if (requireNodes(verdict) instanceof NotSettled not) {
            return not.settledColumns().orElse(null);
        }
        return (Conclusive) verdict;
    }

    /** The examples that take part. */
    private int[] settledExamples(Conclusive done, int examples) {
        double[] weights = plan.method().estimator().columnWeights(done);
        return IntStream.range(0, examples).filter(c -> weights[c] != 0.0).toArray();
    }

    private GradientEstimate phases(Session own, Matrix input, Matrix target) {
        return GradientEstimate.phases(own, plan.method(), input, target, plan.budget());
    }

    @Override
    public Matrix predict(Matrix input) {
        Parts parts = new Parts(input.columns(), pipeline.lanes());
        List<Matrix> outputs =
                pipeline.inEach(parts.count(), (k, own) -> settledOutput(own, parts.of(input, k)));
        return parts.join(outputs);
    }

    /** NaN where nothing settled. */
    private Matrix settledOutput(Session own, Matrix input) {
        Conclusive part = settledPart(own.settle(plan.method().free(input), plan.budget()));
        Matrix out = Matrix.zeros(plan.network().outputSize(), input.columns());
        for (Population p : plan.network().outputs()) {
            Matrix activity = part == null ? null : part.equilibrium().activity(p.index());
            int from = plan.network().firstRow(p.index()) * out.columns();
            for (int k = 0; k < p.size() * out.columns(); k++) {
                int c = k % out.columns();
                boolean settled = part != null && part.columns().get(c).settled();
                double x = settled ? activity.get(k / out.columns(), c) : Double.NaN;
                out.values()[from + k] = x;
            }
        }
        return out;
    }

    @Override
    public Alignment align(Matrix input, Matrix target, long step) {
        Conclusive done = settledPart(phases(session, input, target).verdict());
        int[] settled = done == null ? new int[0] : settledExamples(done, input.columns());
        if (settled.length == 0 || !plan.network().closing().isEmpty()) {
            return Alignment.none(step);
        }
        Parameters local = session.update(done, plan.method().estimator()).gradient();
        Parameters reference =
                Backprop.of(plan.network())
                        .gradient(
                                session.parameters(), input.select(settled), target.select(settled))
                        .gradient();
        GradientComparison compared = GradientComparison.of(plan.network(), local, reference);
        ProjectionComparison total = compared.total();
        return total.cosine() == null
                ? Alignment.none(step)
                : new Alignment(
                        step,
                        total.cosine(),
                        total.oneMinusCosine(),
                        total.relativeError(),
                        settled.length,
                        crossed(input, done, settled),
                        compared.projections(),
                        null);
    }

    private int crossed(Matrix input, Conclusive done, int[] settled) {
        if (plan.method().algorithm().hasFreePhase()) {
            return -1;
        }
        int[] all =
                CrossedKinks.count(plan.network(), session.parameters(), input, done.equilibrium());
        return IntStream.of(settled).map(c -> all[c]).sum();
    }

    @Override
    public boolean isFinite() {
        return pipeline.hasFiniteWeights();
    }

    @Override
    public Parameters parameters() {
        return session.parameters();
    }

    @Override
    public List<Parameters> memories() {
        return session.memories(plan.optimiser().memories());
    }

    /** A new session, whose delays and pauses are drawn from the seed and the step. */
    @Override
    public void restart(Parameters parameters, List<Parameters> memories, long step) {
        close();
        long seed = CounterRandom.bits(plan.seed(), SESSION_STREAM, step) >>> 1;
        Network network = plan.network().with(parameters);
        pipeline = host.open(network, plan.run().withSeed(seed), plan.pace().inFlight());
        pipeline.loadMemories(memories);
        for (int lane = 0; lane < pipeline.lanes(); lane++) {
            pipeline.lane(lane).observe(observations.apply(lane));
        }
        session = pipeline.lane(0);
        presentations.restart();
    }

    @Override
    public void cancel() {
        pipeline.cancel();
    }

    @Override
    public void close() {
        if (pipeline != null) {
            pipeline.close();
        }
    }
}
