package org.relaxon.runtime.settling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Faults;

/**
 * What decides how a settling goes on, apart from its state. Of a rule, an activation, a loss, a
 * delay and a clock it is the name; numbers that their names do not show are not compared.
 */
public final class Facts {
    private Facts() {}

    /**
     * {@return them, by name}
     *
     * @param network network that settles
     * @param plan everything else about the run
     */
    public static Map<String, String> of(Network network, RunPlan plan) {
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
