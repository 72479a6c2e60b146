package org.relaxon.runtime.actor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.quiescence.Counts;

/** One of each command that travels between coordinators and shards, by name. */
public final class CommandSamples {
    private CommandSamples() {}

    /** To a shard. */
    public static Map<String, ShardActor.Command> toShards(Wiring wiring, Phase phase) {
        Map<String, ShardActor.Command> some = new TreeMap<>();
        some.put("open", new ShardActor.Open(7, phase));
        some.put("thaw", new ShardActor.Thaw(List.of(wiring.links().get(0))));
        some.put("probe", new ShardActor.Probe(12));
        some.put("freeze", ShardActor.Freeze.NOW);
        return some;
    }

    /** To a coordinator. */
    public static Map<String, Coordinator.Command> toCoordinators() {
        Map<String, Coordinator.Command> some = new TreeMap<>();
        some.put("counts", new Coordinator.Report(3, new Counts(10, 9, 8, 7)));
        some.put("frozen", Coordinator.Frozen.ONE);
        some.put("stop", new Coordinator.Stop(Reason.DIVERGED));
        some.put("failed", new Coordinator.Failed("cell 2", new ArithmeticException("why")));
        return some;
    }
}
