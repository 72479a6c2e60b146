package org.relaxon.experiments.effort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

class EffortTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.DIFFERENCE);

    private static Problem problem(int... layers) throws Exception {
        return ProblemSpec.defaults().withLayers(layers).withGain(0.3).build();
    }

    @Test
    void whatIsAnnouncedIsCountedInEveryScopeAround() {
        GaveUpException inner =
                assertThrows(
                        GaveUpException.class,
                        () ->
                                Effort.within(
                                        100,
                                        () -> {
                                            Effort.within(60, () -> spend(60));
                                            Effort.within(60, () -> spend(40));
                                            return spend(1);
                                        }));
        assertFalse(inner.asked());
        assertTrue(inner.getMessage().contains("1e+02"), inner.getMessage());
        assertEquals(1, spend(Long.MAX_VALUE), "outside of any scope nothing is limited");
    }

    private static int spend(long products) {
        Effort.spend(products);
        return 1;
    }

    @Test
    void aStopIsSeenWithinAMillionProducts() {
        AtomicLong spent = new AtomicLong();
        BooleanSupplier stop = () -> spent.get() >= 5_000_000;
        GaveUpException end =
                assertThrows(
                        GaveUpException.class,
                        () ->
                                Effort.until(
                                        stop,
                                        () -> {
                                            while (true) {
                                                Effort.spend(1000);
                                                spent.addAndGet(1000);
                                            }
                                        }));
        assertTrue(end.asked());
        assertTrue(spent.get() <= 6_001_000, spent + " products");
    }

    /** Every certificate of these announces its products, so each can be stopped on the way. */
    @Test
    void aCertificateThatIsGivenUpSaysSo() throws Exception {
        Problem p = problem(4, 8, 8, 8, 2);
        for (Algorithm one :
                new Algorithm[] {
                    EP,
                    Algorithms.pcNudge(),
                    Algorithms.fenchelYoung(),
                    Algorithms.contrastiveHebbian(Form.PLAIN)
                }) {
            RunPlan plan = RunPlan.of(one.rule());
            var whole =
                    Certificates.of(new Method(one, Estimator.ONE_SIDED, 1e-3), p, plan)
                            .orElseThrow();
            assertFalse(whole.why().contains("gave up"), whole.why());
            var stopped =
                    Effort.within(
                                    2000,
                                    () ->
                                            Certificates.of(
                                                    new Method(one, Estimator.ONE_SIDED, 1e-3),
                                                    p,
                                                    plan))
                            .orElseThrow();
            assertTrue(stopped.why().startsWith("gave up"), one.label() + ": " + stopped.why());
            assertFalse(stopped.certified());
        }
    }

    @Test
    void aReferenceThatIsGivenUpObjectsAndIsNotANumber() throws Exception {
        Problem p = problem(4, 8, 8, 2);
        for (Algorithm one : new Algorithm[] {EP, Algorithms.pc(Algorithms.coordinate())}) {
            Estimator estimator = one.estimators().get(0);
            GradientEstimate estimate = estimate(one, estimator, p);
            ReferenceOf whole =
                    ReferenceOf.estimate(new Method(one, estimator, 1e-2), null, p, estimate, 1e-8);
            assertEquals("", whole.objection());
            ReferenceOf none =
                    Effort.within(
                            1000,
                            () ->
                                    ReferenceOf.estimate(
                                            new Method(one, estimator, 1e-2),
                                            null,
                                            p,
                                            estimate,
                                            1e-8));
            assertTrue(none.objection().contains("gave up"), none.objection());
            assertTrue(Double.isNaN(none.gradient().weights(0)[0][0]));
            GaveUpException asked =
                    assertThrows(
                            GaveUpException.class,
                            () ->
                                    Effort.until(
                                            () -> true,
                                            () -> {
                                                Effort.spend(999_999);
                                                return ReferenceOf.estimate(
                                                        new Method(one, estimator, 1e-2),
                                                        null,
                                                        p,
                                                        estimate,
                                                        1e-8);
                                            }));
            assertTrue(asked.asked(), "a stop is no answer");
        }
    }

    private static GradientEstimate estimate(Algorithm one, Estimator estimator, Problem p) {
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), RunPlan.of(one.rule()))) {
            return GradientEstimate.of(
                    session,
                    new Method(one, estimator, 1e-2),
                    p.input(),
                    p.target(),
                    Budget.DEFAULT);
        }
    }
}
