package org.relaxon.runtime.settling;

import java.util.Map;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.wire.Phases;

/**
 * What precedes the states in the bytes of a settling: the network and the plan that they fit, and
 * what was requested of the settling.
 *
 * @param phaseId its number in its session
 * @param phase inputs, targets and strengths imposed
 * @param budget limits of the settling
 * @param lowered factor of the plan's threshold in all phases of the session
 */
record SavedSettling(long phaseId, Phase phase, Budget budget, double lowered) {
    void save(Network network, RunPlan plan, StateWriter out) {
        Map<String, String> facts = Facts.of(network, plan);
        out.writeInt(facts.size());
        facts.values().forEach(out::writeText);
        out.writeLong(phaseId);
        Phases.save(phase, network, out);
        Phases.save(budget, out);
        out.writeDouble(lowered);
    }

    /** Reads it; refuses what was saved by a session with another network or plan. */
    static SavedSettling load(Network network, RunPlan plan, StateReader in) {
        Map<String, String> facts = Facts.of(network, plan);
        in.readInt(facts.size(), facts.size());
        facts.forEach(
                (name, value) -> {
                    String found = in.readText();
                    if (!found.equals(value)) {
                        throw in.refusal(
                                "%s %s as in this session, found %s".formatted(name, value, found));
                    }
                });
        long phaseId = in.readLong(1, Long.MAX_VALUE);
        Phase phase = Phases.load(network, in);
        return new SavedSettling(phaseId, phase, Phases.loadBudget(in), in.readDouble());
    }
}
