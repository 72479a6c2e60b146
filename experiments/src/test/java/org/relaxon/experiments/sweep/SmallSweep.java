package org.relaxon.experiments.sweep;

import java.util.List;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.virtual.VirtualHost;

/** A sweep that takes a moment, for tests: unequal layers, two axes, two seeds. */
final class SmallSweep {
    static final Grid GRID =
            new Grid(
                    List.of(
                            new Axis("beta", List.of("1e-1", "1e-2", "1e-3")),
                            new Axis("gain", List.of("1", "16"))),
                    List.of(3L, 4L));

    private SmallSweep() {}

    static SweepSettings settings() {
        return new SweepSettings(
                "pc-nudge",
                SmallSweep::algorithm,
                a -> a.estimators().get(0),
                a -> ProblemSpec.defaults().withLayers(5, 7, 3),
                "",
                Double.NaN,
                "exponential",
                p -> p,
                Budget.DEFAULT.withMessages(3000));
    }

    static SweepRun of(Grid grid) {
        return new SweepRun(grid, settings(), VirtualHost::new);
    }

    private static Algorithm algorithm(String name, double step) {
        return switch (name) {
            case "pc-nudge" ->
                    Double.isNaN(step)
                            ? Algorithms.pcNudge()
                            : Algorithms.pcNudge(Algorithms.gradient(step));
            case "fpa-pc" -> {
                if (!Double.isNaN(step)) {
                    throw new IllegalArgumentException("step: " + step + " does not apply");
                }
                yield Algorithms.fixedPrediction();
            }
            case "chl" -> Algorithms.contrastiveHebbian(Form.PLAIN);
            default -> throw new IllegalArgumentException("algorithm: " + name);
        };
    }
}
