package org.relaxon.runtime.guard;

import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;

/** A source of algorithms whose failures, and those of its rules, are reported by name. */
final class GuardedSource extends Guarded implements AlgorithmSource {
    private final AlgorithmSource part;

    GuardedSource(AlgorithmSource part) {
        super(part, "algorithm", named(part, part::optionName));
        this.part = part;
    }

    @Override
    public String optionName() {
        return name();
    }

    @Override
    public String line() {
        try {
            return given("line", part.line());
        } catch (Throwable thrown) {
            throw failure("line", thrown);
        }
    }

    @Override
    public Algorithm algorithm() {
        try {
            return guarded(given("algorithm", part.algorithm()));
        } catch (Throwable thrown) {
            throw failure("algorithm", thrown);
        }
    }

    @Override
    public AlgorithmSource with(List<Double> parameters) {
        return unlessRefused("with", () -> new GuardedSource(given("with", part.with(parameters))));
    }

    @Override
    public Algorithm bySteps(double step) {
        return unlessRefused("bySteps", () -> guarded(given("bySteps", part.bySteps(step))));
    }

    private Algorithm guarded(Algorithm made) {
        return new Algorithm(
                made.optionName(),
                made.variant(),
                new GuardedRule(given("rule", made.rule())),
                made.phases(),
                made.strength(),
                made.reference(),
                made.order());
    }
}
