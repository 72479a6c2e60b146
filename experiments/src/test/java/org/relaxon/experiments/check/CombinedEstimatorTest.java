package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.virtual.VirtualHost;

/** Estimates at several multiples of beta have the predicted error, of the order of their sums. */
class CombinedEstimatorTest {
    private static final Estimator SECOND = Estimator.parse("2@1/-1@2");
    private static final Estimator THIRD = Estimator.parse("3@1/-3@2/1@3");

    static Stream<Case> cases() {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        Algorithm coupled = Algorithms.coupled(Form.DIFFERENCE);
        Algorithm chl = Algorithms.contrastiveHebbian(Form.DIFFERENCE);
        return Stream.of(
                new Case(Algorithms.pcNudge(), SECOND, 1e-3),
                new Case(Algorithms.pcNudge(), THIRD, 1e-2),
                new Case(Algorithms.fenchelYoung(), SECOND, 1e-3),
                new Case(Algorithms.precisionPc(2.0, 0.5, 1.0), SECOND, 1e-3),
                new Case(ep, SECOND, 1e-3),
                new Case(ep, THIRD, 1e-2),
                new Case(coupled, SECOND, 1e-3),
                new Case(chl, SECOND, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theErrorIsThePredictedOne(Case one) throws IOException {
        CheckCase found = run(one, one.strength(), null);
        assertTrue(found.holds(), found.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theErrorFallsInItsOrder(Case one) throws IOException {
        double large = run(one, one.strength(), null).relativeError();
        double small = run(one, one.strength() / 2.0, null).relativeError();
        double order = Math.log(large / small) / Math.log(2.0);
        assertEquals(one.estimator().order(), order, 0.1);
    }

    @Test
    void anotherReferenceDoesNotHold() throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        assertFalse(run(new Case(ep, SECOND, 1e-3), 1e-3, Reference.BACKPROP).holds());
    }

    private static CheckCase run(Case one, double strength, Reference against) throws IOException {
        ProblemSpec spec = Defaults.of(one.algorithm()).applyTo(ProblemSpec.defaults());
        CheckPlan plan =
                CheckPlan.of(spec, List.of(new VirtualHost()))
                        .withAlgorithms(one.algorithm())
                        .withEstimator(one.estimator())
                        .withStrength(strength)
                        .withSeeds(List.of(1L, 2L));
        return new LocalUpdatesMatchReference(against == null ? plan : plan.withAgainst(against))
                .run()
                .cases()
                .get(0);
    }

    private record Case(Algorithm algorithm, Estimator estimator, double strength) {}
}
