package org.relaxon.runtime.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.actor.CommandSamples;
import org.relaxon.runtime.actor.Commands;
import org.relaxon.runtime.actor.Coordinator;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/** One message of every kind that goes from one process of a cluster to another. */
final class Samples {
    /**
     * A message, and what reads it.
     *
     * @param bytes whole message
     * @param reader throws if it is anything else, and writes down again what it has read
     */
    record Sample(byte[] bytes, Function<byte[], byte[]> reader) {}

    static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding())
                    .withGranularity(Granularity.parse("layer"))
                    .withDelay(Delays.parse("exponential:100us"));
    private static final Wiring WIRING = Wiring.of(NETWORK, PLAN.granularity());
    private static final Matrix INPUT = Matrix.of(2, 2, new double[] {0.5, -0.0, 1, 2});
    private static final Matrix TARGET = Matrix.of(1, 2, new double[] {0.25, 3});

    private final Map<String, Sample> all = new LinkedHashMap<>();

    private Samples() {}

    /** By name; those of kind SESSION need a running actor system. */
    static Map<String, Sample> of(ActorSystem<?> system) {
        Samples samples = new Samples();
        samples.signals();
        samples.commands();
        samples.reports();
        samples.tasks();
        samples.answers();
        samples.sessions(system);
        return samples.all;
    }

    private <T> void add(
            String name,
            Kind kind,
            Consumer<StateWriter> body,
            Function<StateReader, T> read,
            Function<T, Consumer<StateWriter>> again) {
        all.put(
                name,
                new Sample(
                        Wire.bytes(kind, body),
                        bytes -> {
                            T value = Wire.read(bytes, kind, read);
                            return Wire.bytes(kind, again.apply(value));
                        }));
    }

    private void signals() {
        Outbox outbox = new Outbox(true);
        double[] values = {0.5, -0.25};
        outbox.add(new Abroad.Depart(0, 3, new Signal(7, 4, values, 0, 2), 5));
        outbox.add(new Abroad.Depart(0, 3, new Signal(7, 5, values, 0, 2), 6));
        outbox.add(new Abroad.Confirm(0, 2, 7, 9));
        outbox.add(new Abroad.Ask(0, 1, 7));
        all.put("signals", new Sample(outbox.take(), Samples::again));
    }

    private static byte[] again(byte[] signals) {
        Outbox outbox = new Outbox(true);
        Outbox.deliver(
                signals,
                0,
                (lane, one, older) -> {
                    for (int k = 0; k <= Math.min(older, 3); k++) {
                        outbox.add(one);
                    }
                });
        return outbox.take();
    }

    private void commands() {
        Phase phase = Phase.nudged(INPUT, TARGET, new double[] {0.1, -0.1});
        CommandSamples.toShards(WIRING, phase)
                .forEach(
                        (name, command) ->
                                add(
                                        "command-" + name,
                                        Kind.COMMAND,
                                        command(command),
                                        in -> {
                                            in.readInt(0, 0);
                                            return Commands.loadForShard(WIRING, in);
                                        },
                                        Samples::command));
    }

    private static Consumer<StateWriter> command(ShardActor.Command command) {
        return out -> {
            out.writeInt(0);
            Commands.save(command, WIRING, out);
        };
    }

    private void reports() {
        CommandSamples.toCoordinators()
                .forEach(
                        (name, report) ->
                                add(
                                        "report-" + name,
                                        Kind.REPORT,
                                        report(report),
                                        in -> {
                                            in.readInt(0, 0);
                                            return Commands.loadForCoordinator(in);
                                        },
                                        Samples::report));
    }

    private static Consumer<StateWriter> report(Coordinator.Command report) {
        return out -> {
            out.writeInt(0);
            Commands.save(report, out);
        };
    }

    private record Opening(Network network, RunPlan plan) {}

    private void tasks() {
        add(
                "task-open",
                Kind.TASK,
                opening(new Opening(NETWORK, PLAN)),
                Samples::opening,
                o -> opening(o));
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.1, 0.5, 3);
        add("task-learn", Kind.TASK, learning(step), Samples::learning, s -> learning(s));
        Map<Numbers, double[][]> sums = Map.of(new Numbers(1, 0), new double[][] {{1, 2}, {3}});
        add(
                "task-shared",
                Kind.TASK,
                sums(sums),
                in -> {
                    begin(in, Task.ADD_SHARED);
                    return SharedForm.load(in, SharedForm::loadRows);
                },
                Samples::sums);
    }

    private static Consumer<StateWriter> begun(Task task, Consumer<StateWriter> arguments) {
        return out -> {
            out.writeLong(1);
            out.writeInt(0);
            out.writeConstant(task);
            arguments.accept(out);
        };
    }

    private static void begin(StateReader in, Task task) {
        in.readLong();
        in.readInt(0, 0);
        if (in.readConstant(Task.values()) != task) {
            throw in.refusal(task.toString());
        }
    }

    private static Consumer<StateWriter> opening(Opening opening) {
        return begun(
                Task.OPEN,
                out -> {
                    Network network = opening.network();
                    NetworkForm.save(network, network.parameters(), Rows.all(network), out);
                    PlanForm.save(opening.plan(), opening.network(), out);
                });
    }

    private static Opening opening(StateReader in) {
        begin(in, Task.OPEN);
        Network network = NetworkForm.load(in);
        return new Opening(network, PlanForm.load(network, in));
    }

    private static Consumer<StateWriter> learning(LearningStep step) {
        return begun(Task.LEARN_STEP, out -> StepForm.save(step, out));
    }

    private static LearningStep learning(StateReader in) {
        begin(in, Task.LEARN_STEP);
        return StepForm.load(in);
    }

    private static Consumer<StateWriter> sums(Map<Numbers, double[][]> sums) {
        return begun(Task.ADD_SHARED, out -> SharedForm.save(sums, SharedForm::saveRows, out));
    }

    private void answers() {
        Histogram spans = Histograms.nanos();
        spans.recordValue(5);
        spans.recordValue(1_000_003);
        add(
                "answer-histograms",
                Kind.ANSWER,
                histograms(Map.of("wait", spans)),
                in -> {
                    in.readLong();
                    return in.readBoolean() ? HistogramForm.load(in) : Map.<String, Histogram>of();
                },
                Samples::histograms);
        add(
                "answer-refused",
                Kind.ANSWER,
                refused("no room"),
                in -> {
                    in.readLong();
                    in.readBoolean();
                    in.readBoolean();
                    return in.readText();
                },
                Samples::refused);
    }

    private static Consumer<StateWriter> histograms(Map<String, Histogram> all) {
        return out -> {
            out.writeLong(1);
            out.writeBoolean(true);
            HistogramForm.saving(all).accept(out);
        };
    }

    private static Consumer<StateWriter> refused(String why) {
        return out -> {
            out.writeLong(1);
            out.writeBoolean(false);
            out.writeBoolean(true);
            out.writeText(why);
        };
    }

    private void sessions(ActorSystem<?> system) {
        ClusterSerializer form =
                new ClusterSerializer((ExtendedActorSystem) Adapter.toClassic(system));
        ActorRef<Abroad> actor = system.ignoreRef();
        ActorRef<NodeActor.Reply> answer = system.ignoreRef();
        for (Object message :
                List.of(
                        new NodeActor.Enter("1", 1, 0, 1, true, actor, answer),
                        new NodeActor.Entered(List.of(actor, actor)),
                        new NodeActor.Refused("full"))) {
            String manifest = form.manifest(message);
            String name = message.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
            all.put(
                    "session-" + name,
                    new Sample(
                            form.toBinary(message),
                            bytes -> form.toBinary(form.fromBinary(bytes, manifest))));
        }
    }
}
