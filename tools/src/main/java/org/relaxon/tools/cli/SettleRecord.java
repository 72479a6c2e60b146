package org.relaxon.tools.cli;

import java.util.Optional;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.claims.Certificates;
import org.relaxon.experiments.claims.ReferenceOf;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;

/** One settling: what was asked for and what came of it. */
record SettleRecord(
        Problem problem,
        RunPlan plan,
        Algorithm algorithm,
        Estimator estimator,
        double strength,
        GradientEstimate estimate) {

    /** What is compared with: {@code against}, or the algorithm's own if that is null. */
    Reference referenceKind(Reference against) {
        return against == null ? algorithm.reference() : against;
    }

    ReferenceOf reference(Reference against) {
        return ReferenceOf.estimate(
                algorithm,
                estimator,
                against,
                problem,
                estimate,
                strength,
                plan.effectiveTolerance());
    }

    Optional<Certificate> certificate() {
        return strength == 0.0
                ? Optional.empty()
                : Certificates.of(algorithm, problem, strength, plan);
    }
}
