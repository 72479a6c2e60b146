package org.relaxon.runtime.settling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Faults;
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
        Map<String, String> facts = facts(network, plan);
        out.writeInt(facts.size());
        facts.values().forEach(out::writeText);
        out.writeLong(phaseId);
        Phases.save(phase, network, out);
        Phases.save(budget, out);
        out.writeDouble(lowered);
    }

    /** Reads it; refuses what was saved by a session with another network or plan. */
    static SavedSettling load(Network network, RunPlan plan, StateReader in) {
        Map<String, String> facts = facts(network, plan);
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

    /**
     * What decides how a settling goes on, apart from its state. Of a rule, an activation, a loss,
     * a delay and a clock it is the name; numbers that their names do not show are not compared.
     */
    private static Map<String, String> facts(Network network, RunPlan plan) {
        Map<String, String> out = new LinkedHashMap<>();
        for (Population p : network.populations()) {
            String f = p.role() == Population.Role.INPUT ? "" : p.activation().optionName();
            String value = "%s %d %s %s".formatted(p.name(), p.size(), p.role(), f);
            out.put("population " + p.index(), value);
        }
        for (Projection p : network.projections()) {
            String wires = p.connectivity().spec();
            String value = "%s %d->%d %s".formatted(p.name(), p.pre(), p.post(), wires);
            out.put("projection " + p.index(), value);
        }
        out.put("loss", network.loss().optionName());
        out.put("rule", plan.rule().optionName());
        out.put("granularity", plan.granularity().toString());
        String drive = plan.signalling().isEventDriven() ? ", event-driven" : "";
        out.put("kernels", plan.kernels().name() + drive);
        out.put("threshold", plan.threshold() + (plan.refines() ? ", refined" : ""));
        out.put("quantum", Double.toString(plan.signalling().quantum()));
        out.put("tolerance", Double.toString(plan.effectiveTolerance()));
        out.put("resolution", Double.toString(plan.effectiveResolution()));
        out.put("delay", plan.delay().spec());
        out.put("delay-on", plan.conditions().delaysOn().toString());
        out.put("timing", plan.conditions().timing().toString());
        out.put("discipline", plan.discipline().toString());
        out.put("delivery", plan.conditions().repeats() ? "reliable-latest" : "best-effort");
        out.put("faults", of(plan.faults()));
        out.put("refractory", plan.effectiveRefractoryNanos() + " ns");
        out.put("audit-rounds", Integer.toString(plan.auditRounds()));
        out.put("seed", Long.toString(plan.seed()));
        out.put("probes", Boolean.toString(plan.probes()));
        return out;
    }

    private static String of(Faults f) {
        return List.of(
                        f.drops(),
                        f.duplicates(),
                        f.reorders(),
                        f.lates(),
                        f.cuts(),
                        f.bursts(),
                        f.slow(),
                        f.crashes(),
                        f.starved())
                .toString();
    }
}
