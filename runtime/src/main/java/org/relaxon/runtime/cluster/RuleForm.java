package org.relaxon.runtime.cluster;

import java.util.List;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.FixedPrediction;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PrecisionPredictiveCoding;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;

/**
 * What makes a rule of the library again in another JVM.
 *
 * @param name its name in options
 * @param dynamics name of its dynamics; empty for the fixed point
 * @param numbers numbers that were chosen for it
 */
record RuleForm(String name, String dynamics, List<Double> numbers) {
    private static final String GRADIENT = "gradient:";

    /**
     * {@return the form of a rule}
     *
     * @throws IllegalArgumentException if it is not one of the library's
     */
    static RuleForm of(Rule rule) {
        RuleForm form =
                new RuleForm(rule.optionName(), rule.dynamics().optionName(), numbers(rule));
        Rule again = form.make();
        if (again == null || again.getClass() != rule.getClass()) {
            throw new IllegalArgumentException(
                    ("host: cluster runs the algorithms of the library, and %s is one of your own;"
                                    + " use --host akka or virtual")
                            .formatted(rule.optionName()));
        }
        return form;
    }

    private static List<Double> numbers(Rule rule) {
        StatedEnergy energy = rule.energy();
        if (!energy.precisions().isEmpty()) {
            return energy.precisions();
        }
        return energy.kind() == StatedEnergy.Kind.PAIR_OF_STATES
                ? List.of(energy.pair().weight())
                : rule.traits().parameters();
    }

    void save(StateWriter out) {
        out.writeText(name);
        out.writeText(dynamics);
        out.writeDoubles(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static RuleForm load(StateReader in) {
        String name = in.readText();
        String dynamics = in.readText();
        return new RuleForm(
                name, dynamics, java.util.Arrays.stream(in.readDoubles()).boxed().toList());
    }

    /** {@return the rule; null if the library has none of that name} */
    Rule make() {
        return switch (name) {
            case "pc-nudge" -> predictiveCoding();
            case "fy-pc" -> fenchelYoung();
            case "precision-pc" ->
                    new PrecisionPredictiveCoding(
                            numbers.stream().mapToDouble(Double::doubleValue).toArray());
            case "fpa-pc" -> new FixedPrediction();
            case "z-il" -> FixedPrediction.zeroDivergence(numbers.isEmpty() ? 1.0 : numbers.get(0));
            case "dual-propagation" -> DualPropagation.asymmetric(numbers.get(0));
            case "dp-top" -> DualPropagation.top(numbers.get(0));
            case "hep" -> Hopfield.holomorphic();
            case "ep", "chl", "chl-clamped", "coupled" ->
                    isByGradient() ? Hopfield.gradient(name, step()) : new Hopfield(name);
            case "pc-alm" -> lagrangian();
            default -> null;
        };
    }

    private boolean isByGradient() {
        return dynamics.startsWith(GRADIENT);
    }

    private double step() {
        return Double.parseDouble(dynamics.substring(GRADIENT.length()));
    }

    private Rule predictiveCoding() {
        return switch (dynamics) {
            case "" -> new PredictiveCoding();
            case "coordinate" -> PredictiveCoding.coordinate();
            case "safeguarded" -> PredictiveCoding.safeguarded(Moves.ONE_CELL);
            case "safeguarded:all" -> PredictiveCoding.safeguarded(Moves.ALL_CELLS);
            default -> isByGradient() ? PredictiveCoding.gradient(step()) : null;
        };
    }

    private Rule fenchelYoung() {
        return switch (dynamics) {
            case "" -> new FenchelYoung();
            case "safeguarded" -> FenchelYoung.coordinate(Moves.ONE_CELL);
            case "safeguarded:all" -> FenchelYoung.coordinate(Moves.ALL_CELLS);
            default -> null;
        };
    }

    private Rule lagrangian() {
        AlgorithmSource source = new PcAlm();
        source = numbers.isEmpty() ? source : source.with(numbers);
        return isByGradient() ? source.bySteps(step()).rule() : source.algorithm().rule();
    }
}
