package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.reproduction.Arm.Role;
import org.relaxon.model.math.Numeral;

/** The required shape of desynchronised learning, fixed before anything is trained. */
public final class DesynchronisedShape {
    /** Largest relative difference between counts of synaptic changes that should be equal. */
    static final double SAME_COUNT = 0.01;

    /** Largest share of synapses that an independent gate may have kept from changing. */
    static final double ALMOST_NONE = 0.01;

    private final List<DesynchronisedRow> rows;

    /**
     * Judges the rows of one experiment.
     *
     * @param rows of every task, arm and seed
     */
    public DesynchronisedShape(List<DesynchronisedRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * One arm on one task over all seeds.
     *
     * @param task name of the data
     * @param arm how the synapses changed
     * @param runs number of trainings, one per seed
     * @param tests examples in the test set, which bounds the resolution of accuracy
     * @param loss mean test loss at the end
     * @param lossSpread standard deviation between seeds
     * @param accuracy mean test accuracy
     * @param accuracySpread standard deviation between seeds
     * @param updates mean number of changes per synapse
     * @param neverMoved mean share of synapses that never changed
     * @param messages mean number of signals
     */
    public record Outcome(
            String task,
            Arm arm,
            int runs,
            int tests,
            double loss,
            double lossSpread,
            double accuracy,
            double accuracySpread,
            double updates,
            double neverMoved,
            double messages) {}

    /** {@return one outcome per task and arm, in the order of the rows} */
    public List<Outcome> outcomes() {
        List<Outcome> out = new ArrayList<>();
        for (String task : rows.stream().map(DesynchronisedRow::task).distinct().toList()) {
            List<DesynchronisedRow> own = rows.stream().filter(r -> r.task().equals(task)).toList();
            for (Arm arm : own.stream().map(DesynchronisedRow::arm).distinct().toList()) {
                out.add(outcome(task, arm, own.stream().filter(r -> r.arm().equals(arm)).toList()));
            }
        }
        return out;
    }

    private static Outcome outcome(String task, Arm arm, List<DesynchronisedRow> some) {
        return new Outcome(
                task,
                arm,
                some.size(),
                some.get(0).tests(),
                mean(some, DesynchronisedRow::loss),
                spread(some, DesynchronisedRow::loss),
                mean(some, DesynchronisedRow::accuracy),
                spread(some, DesynchronisedRow::accuracy),
                mean(some, r -> (double) r.updates() / r.synapses()),
                mean(some, DesynchronisedRow::neverMoved),
                mean(some, r -> (double) r.messages()));
    }

    private static double mean(
            List<DesynchronisedRow> some, ToDoubleFunction<DesynchronisedRow> figure) {
        return some.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** NaN for fewer than two values. */
    private static double spread(
            List<DesynchronisedRow> some, ToDoubleFunction<DesynchronisedRow> figure) {
        double[] values = some.stream().mapToDouble(figure).toArray();
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /** {@return all checks, task by task} */
    public List<ShapeCheck> checks() {
        List<ShapeCheck> out = new ArrayList<>();
        List<Outcome> all = outcomes();
        for (Outcome base : all) {
            if (base.arm().role() == Role.SYNCHRONOUS) {
                for (Outcome one : all) {
                    if (one != base && one.task().equals(base.task())) {
                        check(base, one, out);
                    }
                }
            }
        }
        return out;
    }

    private static void check(Outcome base, Outcome one, List<ShapeCheck> out) {
        String who = "%s, %s, p = %s".formatted(one.task(), one.arm().name(), p(one.arm()));
        double excess = (one.loss() - base.loss()) / base.lossSpread();
        String measured =
                String.format(
                        Locale.ROOT,
                        "%.5f against %.5f, %+.2f SD",
                        one.loss(),
                        base.loss(),
                        excess);
        if (one.arm().role() == Role.EQUAL) {
            out.add(
                    new ShapeCheck(
                            who + ": loss no worse",
                            "at most 1 SD between seeds above",
                            measured,
                            excess <= 1.0));
            out.add(accuracy(who, base, one));
            out.add(everyOne(who, one));
            if (one.arm().stepsFactor() != 1.0) {
                out.add(count(who, base, one));
            }
        } else {
            out.add(
                    new ShapeCheck(
                            who + ": loss worse",
                            "more than 1 SD between seeds above",
                            measured,
                            excess > 1.0));
        }
    }

    private static ShapeCheck everyOne(String who, Outcome one) {
        return new ShapeCheck(
                who + ": every synapse moves",
                "all but a share of " + Numeral.text(ALMOST_NONE),
                String.format(Locale.ROOT, "%.4f never did", one.neverMoved()),
                one.neverMoved() <= ALMOST_NONE);
    }

    private static ShapeCheck accuracy(String who, Outcome base, Outcome one) {
        double a = base.accuracy();
        double margin = Math.max(base.accuracySpread(), Math.sqrt(a * (1.0 - a) / base.tests()));
        return new ShapeCheck(
                who + ": accuracy no worse",
                String.format(Locale.ROOT, "at most %.2f %% below", 100 * margin),
                String.format(
                        Locale.ROOT, "%.2f %% against %.2f %%", 100 * one.accuracy(), 100 * a),
                one.accuracy() >= a - margin);
    }

    private static ShapeCheck count(String who, Outcome base, Outcome one) {
        double ratio = one.updates() / base.updates();
        return new ShapeCheck(
                who + ": as many changes",
                "within a share of " + Numeral.text(SAME_COUNT),
                String.format(Locale.ROOT, "%.4f times", ratio),
                Math.abs(ratio - 1.0) <= SAME_COUNT);
    }

    private static String p(Arm arm) {
        return Numeral.text(arm.probability());
    }
}
