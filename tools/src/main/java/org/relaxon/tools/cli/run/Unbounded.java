package org.relaxon.tools.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.text.Figures;

/**
 * A run that ended because its energy has no minimum: no option of the same algorithm makes it
 * settle.
 *
 * @param why the proof in one line; empty if there is none
 */
public record Unbounded(String why) {
    private static final Set<Reason> GROWTH =
            Set.of(
                    Reason.MESSAGE_BUDGET,
                    Reason.RELAXATION_BUDGET,
                    Reason.TIME_BUDGET,
                    Reason.DIVERGED);

    /**
     * {@return a proof, looked for if the run ended as such runs do}
     *
     * @param reason why it did not settle
     * @param method that settled
     * @param problem network and batch
     */
    public static Unbounded of(Reason reason, Method method, Problem problem) {
        return new Unbounded(
                GROWTH.contains(reason)
                        ? Certificates.whyUnbounded(method.algorithm(), problem)
                        : "");
    }

    /** {@return whether there is a proof} */
    public boolean isProven() {
        return !why.isEmpty();
    }

    /**
     * {@return the same judgement with the proof in its detail}
     *
     * @param judged a run that did not settle
     * @param verdict its verdict
     */
    public MinimumJudge explained(MinimumJudge judged, NotSettled verdict) {
        GradientEstimate own = judged.estimate();
        return new MinimumJudge(
                new GradientEstimate(own.free(), verdict.with("; " + why), null, own.report()),
                judged.minima(),
                judged.saddles(),
                judged.unknown(),
                judged.why(),
                judged.unjudged(),
                judged.whyUnjudged());
    }

    /**
     * {@return predictive coding on the same weights, whose energy is bounded below, if a trial
     * settles}
     *
     * @param settling judges the trial by the reference of the other algorithm
     * @param host that settles it
     * @param refused the run without a minimum
     * @param stated initial weights of the run, as its algorithm has them
     */
    public static Advice advice(
            JudgedSettling settling, Host host, Setting refused, ProblemSpec stated) {
        Method usual = Defaults.of(Algorithms.pcNudge()).method();
        boolean freeAlone = refused.method().strength() == 0.0;
        Method other = freeAlone ? usual.withStrength(0.0) : usual;
        List<String> same = new ArrayList<>(freeAlone ? List.of("--beta", "0") : List.of());
        if (stated.weights().isEmpty()) {
            same.addAll(List.of("--init", stated.scheme().optionName()));
            same.addAll(List.of("--gain", Figures.number(stated.gain())));
        }
        List<String> replaced = new ArrayList<>(AlgorithmOptions.names());
        replaced.addAll(
                List.of("--estimator", "--beta", "--lambda", "--init", "--gain", "--against"));
        return settling.instead(host, refused, other, same, replaced);
    }
}
