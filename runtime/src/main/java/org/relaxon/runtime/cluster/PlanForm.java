package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Burst;
import org.relaxon.runtime.fault.Chance;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.SlowCell;
import org.relaxon.runtime.fault.Starvation;
import org.relaxon.runtime.settling.Facts;

/**
 * Writes down a plan, every default resolved. Its parts travel as the texts that options have for
 * them; parts of a user's own must be on the class path of every node. What decides how a settling
 * goes on is compared after reading.
 */
final class PlanForm {
    private static final int LIST_MAX = 1 << 16;

    private PlanForm() {}

    static void save(RunPlan plan, Network network, StateWriter out) {
        RuleForm.of(plan.rule()).save(out);
        out.writeText(plan.granularity().toString());
        out.writeConstant(plan.kernels());
        out.writeDouble(plan.threshold());
        out.writeBoolean(plan.refines());
        out.writeDouble(plan.signalling().quantum());
        out.writeConstant(plan.signalling().drive());
        out.writeDouble(plan.effectiveTolerance());
        out.writeDouble(plan.effectiveResolution());
        out.writeText(plan.delay().spec());
        out.writeLong(plan.refractoryNanos());
        out.writeInt(plan.auditRounds());
        out.writeLong(plan.seed());
        out.writeBoolean(plan.probes());
        save(plan.conditions(), out);
        Map<String, String> facts = Facts.of(network, plan);
        facts.values().forEach(out::writeText);
    }

    private static void save(Conditions conditions, StateWriter out) {
        out.writeText(conditions.discipline().toString());
        out.writeText(conditions.delivery() == null ? "" : conditions.delivery().name());
        list(conditions.delaysOn(), out);
        out.writeInt(conditions.timing().delays().size());
        for (Timing.Travel one : conditions.timing().delays()) {
            out.writeText(one.projection());
            out.writeText(one.activity() == null ? "" : one.activity().spec());
            out.writeText(one.feedback() == null ? "" : one.feedback().spec());
        }
        out.writeInt(conditions.timing().pauses().size());
        for (Timing.Pause one : conditions.timing().pauses()) {
            out.writeText(one.population());
            out.writeLong(one.nanos());
        }
        Faults faults = conditions.faults();
        for (List<?> some :
                List.of(
                        faults.drops(),
                        faults.duplicates(),
                        faults.reorders(),
                        faults.lates(),
                        faults.cuts(),
                        faults.bursts(),
                        faults.slow(),
                        faults.crashes(),
                        faults.starved())) {
            list(some, out);
        }
    }

    private static void list(List<?> parts, StateWriter out) {
        out.writeInt(parts.size());
        parts.forEach(part -> out.writeText(part.toString()));
    }

    private static <T> List<T> list(StateReader in, Function<String, T> parse) {
        List<T> out = new ArrayList<>();
        for (int k = in.readCount(LIST_MAX, Integer.BYTES); k > 0; k--) {
            out.add(parse.apply(in.readText()));
        }
        return out;
    }

    static RunPlan load(Network network, StateReader in) {
        RuleForm form = RuleForm.load(in);
        Rule rule = form.make();
        if (rule == null) {
            throw in.refusal("an algorithm of the library, found " + form.name());
        }
        RunPlan plan =
                RunPlan.of(rule)
                        .withGranularity(Granularity.parse(in.readText()))
                        .withKernels(in.readConstant(Kernels.Kind.values()));
        double threshold = in.readDouble();
        plan =
                in.readBoolean()
                        ? plan.withFirstThreshold(threshold)
                        : plan.withThreshold(threshold);
        plan =
                plan.withQuantum(in.readDouble())
                        .withDrive(in.readConstant(Signalling.Drive.values()))
                        .withTolerance(in.readDouble())
                        .withResolution(in.readDouble())
                        .withDelay(Delays.parse(in.readText()));
        long refractory = in.readLong();
        plan = refractory < 0 ? plan : plan.withRefractoryNanos(refractory);
        plan =
                plan.withAuditRounds(in.readInt())
                        .withSeed(in.readLong())
                        .withProbes(in.readBoolean())
                        .withConditions(loadConditions(in));
        Map<String, String> facts = Facts.of(network, plan);
        facts.forEach(
                (name, own) -> {
                    String theirs = in.readText();
                    if (!theirs.equals(own)) {
                        throw in.refusal("%s %s, found %s".formatted(name, own, theirs));
                    }
                });
        return plan;
    }

    private static Conditions loadConditions(StateReader in) {
        Discipline discipline = Discipline.parse(in.readText());
        String delivery = in.readText();
        List<DelayOn> delaysOn = list(in, DelayOn::parse);
        List<Timing.Travel> delays = new ArrayList<>();
        for (int k = in.readCount(LIST_MAX, Integer.BYTES); k > 0; k--) {
            delays.add(
                    new Timing.Travel(in.readText(), model(in.readText()), model(in.readText())));
        }
        List<Timing.Pause> pauses = new ArrayList<>();
        for (int k = in.readCount(LIST_MAX, Integer.BYTES); k > 0; k--) {
            pauses.add(new Timing.Pause(in.readText(), in.readLong()));
        }
        Faults faults =
                new Faults(
                        list(in, text -> Chance.parse("drop", text)),
                        list(in, text -> Chance.parse("duplicate", text)),
                        list(in, text -> Chance.parse("reorder", text)),
                        list(in, text -> Chance.parse("late", text)),
                        list(in, Cut::parse),
                        list(in, Burst::parse),
                        list(in, SlowCell::parse),
                        list(in, Crash::parse),
                        list(in, Starvation::parse));
        return new Conditions(
                discipline,
                delivery.isEmpty() ? null : Delivery.valueOf(delivery),
                faults,
                delaysOn,
                new Timing(delays, pauses));
    }

    private static DelayModel model(String spec) {
        return spec.isEmpty() ? null : Delays.parse(spec);
    }
}
