package org.relaxon.tools.cli.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.reproduction.DelayPlan;
import org.relaxon.experiments.reproduction.DelayShape;
import org.relaxon.experiments.reproduction.DelayedInference.Limits;
import org.relaxon.tools.cli.text.Figures;

/**
 * What theory states of a plan before it is run.
 *
 * @param plan of the runs
 * @param all limits, one for each network
 */
record DelayLimits(DelayPlan plan, List<Limits> all) {
    /** The bounds of all networks in one line. */
    String bounds() {
        return "on eta d: lower %s; upper %s; step without delay at most %s"
                .formatted(
                        range(l -> l.bounds().held()),
                        range(l -> l.bounds().free()),
                        range(Limits::step));
    }

    /** What these runs cannot show, one line each; empty if there is something on every side. */
    List<String> doubts() {
        List<String> out = new ArrayList<>();
        double least = plan.products().get(0);
        if (all.stream().noneMatch(l -> least <= l.product())) {
            out.add(
                    "--products: theory promises of no network that it settles at %s or more; its"
                                    .formatted(Figures.number(least))
                            + " limits at this delay are %s".formatted(range(Limits::product)));
        }
        double most =
                Math.max(
                        plan.products().get(plan.products().size() - 1),
                        plan.step() * plan.delays().get(plan.delays().size() - 1));
        if (all.stream().noneMatch(l -> most >= DelayShape.ABOVE * l.bounds().free())) {
            out.add(
                    "--products, --step and --delays: none is %s times an upper bound (%s), so that"
                                    .formatted(
                                            Figures.number(DelayShape.ABOVE),
                                            range(l -> l.bounds().free()))
                            + " no run can show that delays break inference");
        }
        if (all.stream().noneMatch(l -> plan.step() <= l.step())) {
            out.add(
                    "--step: theory promises of no network that it settles by steps of %s, even"
                                    .formatted(Figures.number(plan.step()))
                            + " without delay; the limits are %s".formatted(range(Limits::step)));
        }
        return out;
    }

    /** The least and the largest finite value, and how many networks have none. */
    private String range(ToDoubleFunction<Limits> of) {
        double[] finite = all.stream().mapToDouble(of).filter(Double::isFinite).sorted().toArray();
        int without = all.size() - finite.length;
        if (finite.length == 0) {
            return "none";
        }
        String low = text(finite[0]);
        String high = text(finite[finite.length - 1]);
        return (low.equals(high) ? low : low + " to " + high)
                + (without == 0
                        ? ""
                        : ", none for %d of %d networks".formatted(without, all.size()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
