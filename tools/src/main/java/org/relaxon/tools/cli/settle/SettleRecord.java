package org.relaxon.tools.cli.settle;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.CrossedKinks;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;

/**
 * One settling: request and result.
 *
 * @param advice null if it settled
 */
record SettleRecord(
        Problem problem, RunPlan plan, Method method, MinimumJudge judged, Advice advice) {

    GradientEstimate estimate() {
        return judged.estimate();
    }

    /** The reference: {@code against}, or the algorithm's own if that is null. */
    Reference referenceKind(Reference against) {
        return against == null ? method.algorithm().reference() : against;
    }

    ReferenceOf reference(Reference against) {
        return ReferenceOf.estimate(
                method, against, problem, estimate(), plan.effectiveTolerance(), plan.threshold());
    }

    /**
     * Kinks across which the nudge moved units; empty if the network is not at rest, or its free
     * state is not the feedforward pass.
     */
    OptionalInt kinksCrossed() {
        if (method.algorithm().hasFreePhase()
                || !(estimate().verdict() instanceof Conclusive settled)) {
            return OptionalInt.empty();
        }
        int[] crossed =
                CrossedKinks.count(
                        problem.network(),
                        problem.network().parameters(),
                        problem.input(),
                        settled.equilibrium());
        return OptionalInt.of(IntStream.of(crossed).sum());
    }

    /** Units that are held at a kink, over all settled columns. */
    int heldAtKink() {
        if (!(estimate().verdict() instanceof Conclusive settled)) {
            return 0;
        }
        return settled.columns().stream()
                .mapToInt(v -> settled.equilibrium().heldAtKink(v.column()))
                .sum();
    }

    Optional<Certificate> certificate() {
        return method.strength() == 0.0 ? Optional.empty() : Certificates.of(method, problem, plan);
    }
}
