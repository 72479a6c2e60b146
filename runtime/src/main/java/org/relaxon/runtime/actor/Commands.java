package org.relaxon.runtime.actor;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.wire.Phases;

/** Writes down what coordinators and shards send to each other. */
public final class Commands {
    private static final int OPEN = 1;
    private static final int THAW = 2;
    private static final int PROBE = 3;
    private static final int FREEZE = 4;
    private static final int REPORT = 1;
    private static final int FROZEN = 2;
    private static final int STOP = 3;
    private static final int FAILED = 4;

    /** What happened in another JVM; its stack stays there. */
    private static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Elsewhere(String message) {
            super(message, null, false, false);
        }

        /** Its class has no meaning here. */
        @Override
        @SuppressWarnings("OverrideThrowableToString")
        public String toString() {
            return getMessage();
        }
    }

    private Commands() {}

    /**
     * Writes down what goes to a shard.
     *
     * @param command what goes there
     * @param wiring cells and links of the network
     * @param out receives it
     */
    public static void save(ShardActor.Command command, Wiring wiring, StateWriter out) {
        if (command instanceof ShardActor.Open open) {
            out.writeInt(OPEN);
            out.writeLong(open.phaseId());
            Phases.save(open.phase(), wiring.network(), out);
        } else if (command instanceof ShardActor.Thaw thaw) {
            out.writeInt(THAW);
            Links.save(thaw.unheard(), out);
        } else if (command instanceof ShardActor.Probe probe) {
            out.writeInt(PROBE);
            out.writeLong(probe.wave());
        } else if (command == ShardActor.Freeze.NOW) {
            out.writeInt(FREEZE);
        } else {
            throw new IllegalArgumentException("no shard receives " + command + " from afar");
        }
    }

    /**
     * {@return what comes next for a shard}
     *
     * @param wiring cells and links of the network
     * @param in source of what was saved
     */
    public static ShardActor.Command loadForShard(Wiring wiring, StateReader in) {
        return switch (in.readInt()) {
            case OPEN -> {
                long id = in.readLong();
                Phase phase = Phases.load(wiring.network(), in);
                yield new ShardActor.Open(id, phase);
            }
            case THAW -> {
                List<Link> unheard = wiring.links().load(in);
                yield new ShardActor.Thaw(unheard);
            }
            case PROBE -> new ShardActor.Probe(in.readLong());
            case FREEZE -> ShardActor.Freeze.NOW;
            default -> throw in.refusal("a command for a shard, 1 to 4");
        };
    }

    /**
     * Writes down what goes to a coordinator.
     *
     * @param command what goes there
     * @param out receives it
     */
    public static void save(Coordinator.Command command, StateWriter out) {
        if (command instanceof Coordinator.Report report) {
            out.writeInt(REPORT);
            out.writeLong(report.wave());
            out.writeLong(report.counts().sent());
            out.writeLong(report.counts().processed());
            out.writeLong(report.counts().signals());
            out.writeLong(report.counts().relaxations());
        } else if (command == Coordinator.Frozen.ONE) {
            out.writeInt(FROZEN);
        } else if (command instanceof Coordinator.Stop stop) {
            out.writeInt(STOP);
            out.writeConstant(stop.reason());
        } else if (command instanceof Coordinator.Failed failed) {
            out.writeInt(FAILED);
            out.writeText(failed.where());
            out.writeText(String.valueOf(failed.cause()));
        } else {
            throw new IllegalArgumentException("no coordinator receives " + command + " from afar");
        }
    }

    /**
     * {@return what comes next for a coordinator}
     *
     * @param in source of what was saved
     */
    public static Coordinator.Command loadForCoordinator(StateReader in) {
        return switch (in.readInt()) {
            case REPORT -> {
                long wave = in.readLong();
                Counts counts =
                        new Counts(in.readLong(), in.readLong(), in.readLong(), in.readLong());
                yield new Coordinator.Report(wave, counts);
            }
            case FROZEN -> Coordinator.Frozen.ONE;
            case STOP -> new Coordinator.Stop(in.readConstant(Reason.values()));
            case FAILED -> {
                String where = in.readText();
                yield new Coordinator.Failed(where, new Elsewhere(in.readText()));
            }
            default -> throw in.refusal("a command for a coordinator, 1 to 4");
        };
    }
}
