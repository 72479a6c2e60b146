package org.relaxon.tools.cli.check;

import java.io.IOException;
import java.util.List;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.run.DryNodeRun;

/**
 * Plays one node in each network and granularity of a check. Estimators and strengths are those of
 * the algorithms: they change no cell.
 */
record CheckDryNodes(ProblemOptions problem, AlgorithmOptions variant, RunOptions run) {
    int run(List<String> algorithms, List<String> granularities, DryNodeRun dry)
            throws IOException {
        for (String name : algorithms) {
            Algorithm algorithm = variant.algorithm(name);
            for (String granularity : granularities) {
                RunPlan plan =
                        Defaults.runPlan(algorithm)
                                .withGranularity(Granularity.parse(granularity))
                                .withKernels(run.kernels())
                                .withConditions(
                                        run.conditions()
                                                .withTiming(problem.spec(algorithm).timing()));
                dry.run(problem.spec(algorithm), Defaults.of(algorithm).method(), plan);
            }
        }
        dry.write("check");
        return ExitCode.DONE;
    }
}
