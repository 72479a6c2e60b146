package org.relaxon.tools.cli.serve;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.SettlingOptions;
import picocli.CommandLine.Mixin;

/** The options of a settling that the page shows: those of {@code settle}, on the host virtual. */
public final class SceneOptions {
    @Mixin private SettlingOptions options;

    /**
     * Builds the network and checks everything that can be checked before it settles.
     *
     * @return the scene
     * @throws IllegalArgumentException if an option does not fit the others
     * @throws IOException if a file that an option names cannot be read
     */
    Scene scene() throws IOException {
        if (!options.host().equals("virtual")) {
            throw new IllegalArgumentException(
                    "host: %s cannot stop between two events, as pause and step need; the page shows virtual"
                            .formatted(options.host()));
        }
        options.run().requireRead(List.of(options.host()));
        Method method = options.method();
        ProblemSpec stated = options.problem(method.algorithm());
        Problem built = stated.build().in(options.run().kernels().precision());
        RunPlan plan = options.plan(method.algorithm(), stated.timing());
        var unused = options.requireRunnable(built, method, plan);
        return new Scene(
                built,
                stated,
                method,
                plan,
                options.setting(method, stated.timing(), UnaryOperator.identity()));
    }
}
