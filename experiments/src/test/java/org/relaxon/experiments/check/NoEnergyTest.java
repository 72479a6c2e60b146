package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.provenance.Components;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.PredictedDistance;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.Unsettled;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;

/** What rests on an energy is withdrawn where feedback weights are their own, and only there. */
class NoEnergyTest {
    private static final Method METHOD =
            new Method(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-3);

    private static ProblemSpec spec(FeedbackWeights own) {
        ProblemSpec plain = ProblemSpec.defaults().withLayers(5, 4, 3, 2);
        return own == null ? plain : plain.withFeedback(own);
    }

    private static Problem problem(FeedbackWeights own) throws IOException {
        return spec(own).build();
    }

    private static RunPlan plan() {
        return RunPlan.of(METHOD.algorithm().rule());
    }

    @Test
    void certificatesPredictionsAndMinimaAreWithdrawnWithTheReason() throws IOException {
        for (boolean own : new boolean[] {true, false}) {
            Problem problem = problem(own ? FeedbackWeights.random(1) : null);
            String why = problem.network().noEnergy();
            assertEquals(own, !why.isEmpty());
            Certificate found = Certificates.of(METHOD, problem, plan()).orElseThrow();
            assertEquals(own, found.why().equals(why));
            assertTrue(!own || !found.certified() && Double.isNaN(found.contraction()));
            GradientEstimate estimate;
            try (Host host = Hosts.virtual();
                    Session session = host.open(problem.network(), plan())) {
                estimate =
                        GradientEstimate.withinOneBasin(
                                session, METHOD, problem.input(), problem.target(), Budget.DEFAULT);
            }
            MinimumJudge judged =
                    MinimumJudge.of(
                            METHOD.algorithm().rule(), problem, estimate, 1e-8, () -> false);
            assertEquals(own ? 0 : 1, judged.minima());
            assertEquals(own ? why : "", judged.whyUnjudged());
            Optional<PredictedDistance> distance = PredictedDistance.of(METHOD, problem, estimate);
            assertEquals(own, distance.isEmpty());
        }
    }

    @Test
    void claimsAreWithdrawnAndOtherReferencesRefused() throws IOException {
        Network own = problem(FeedbackWeights.random(1)).network();
        Network plain = problem(null).network();
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        Claim withdrawn = Claim.of(ep, Estimator.CENTRED, null, own);
        assertTrue(
                withdrawn.bound() == Double.POSITIVE_INFINITY
                        && withdrawn.reference() == Reference.BACKPROP);
        Claim usual = Claim.of(ep, Estimator.CENTRED, null, plain);
        assertTrue(Double.isNaN(usual.bound()), usual.toString());
        assertEquals(Reference.IMPLICIT, usual.reference());
        String why =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Claim.of(ep, Estimator.CENTRED, Reference.IMPLICIT, own))
                        .getMessage();
        assertTrue(why.startsWith("against: implicit"), why);
    }

    private static CheckResult result(FeedbackWeights own) throws IOException {
        CheckPlan plan =
                CheckPlan.of(spec(own), List.of(Hosts.virtual(), Hosts.synchronous()))
                        .withMethods(METHOD)
                        .withDelays(Delays.none())
                        .withSeeds(List.of(1L, 2L));
        return new LocalUpdatesMatchReference(plan).run();
    }

    private static CheckResult with(CheckResult found, long compared, double spread) {
        return new CheckResult(
                found.plan(), found.problems(), found.cases(), compared, spread, false);
    }

    @Test
    void aCheckStandsOnAuditsAndAgreementAlone() throws IOException {
        CheckResult own = result(FeedbackWeights.random(1));
        assertEquals(CheckResult.HOLDS, own.exitCode());
        assertFalse(own.holds());
        assertTrue(own.spread() <= 1e-8, "spread " + own.spread());
        for (CheckCase c : own.cases()) {
            assertFalse(c.holds());
            assertTrue(c.stands() && c.settled(), c.toString());
            assertTrue(c.angleDegrees() > 10.0 && c.relativeError() > 0.1, c.toString());
            assertTrue(c.toString().endsWith(c.noClaim()), c.toString());
        }
        assertEquals(2, own.compared());
        assertEquals(CheckResult.DOES_NOT_HOLD, with(own, 1, 1e-3).exitCode());
        assertEquals(CheckResult.DOES_NOT_HOLD, with(own, 1, Double.NaN).exitCode());
        assertEquals(CheckResult.HOLDS, with(own, 0, Double.NaN).exitCode());
        CheckResult plain = result(null);
        assertTrue(plain.holds() && plain.noClaim().isEmpty());
        assertEquals(CheckResult.HOLDS, with(plain, 1, 1e-3).exitCode());
    }

    /** Exact is a claim as well: without one there is no order. */
    @Test
    void anOrderIsDeclaredOnlyWhereAGradientIsClaimed() throws IOException {
        for (CheckCase c : result(FeedbackWeights.random(1)).cases()) {
            assertNull(c.declaredOrder(), c.toString());
        }
        for (CheckCase c : result(null).cases()) {
            assertEquals(1, c.declaredOrder());
        }
    }

    @Test
    void aDifferenceThatIsNaNIsNotForgotten() throws IOException {
        Spread none = Spread.of(List.of(), List.of());
        assertEquals(0, none.compared());
        assertEquals(1e-3, none.with(1e-3).with(1e-9).largest());
        assertTrue(Double.isNaN(none.with(1e-3).with(Double.NaN).with(1e-9).largest()));
        assertTrue(Double.isNaN(none.with(Double.NaN).with(1e-9).largest()));
    }

    /** A check that was stopped before its first case claims as little as one that was not. */
    @Test
    void aCheckThatWasStoppedAtOnceClaimsNothing() throws IOException {
        for (boolean own : new boolean[] {true, false}) {
            CheckPlan plan =
                    CheckPlan.of(
                                    spec(own ? FeedbackWeights.random(1) : null),
                                    List.of(Hosts.virtual()))
                            .withMethods(METHOD);
            CheckResult found =
                    new LocalUpdatesMatchReference(plan).run(CheckListener.SILENT, () -> true);
            assertTrue(found.cases().isEmpty() && found.cancelled());
            assertEquals(own, !found.noClaim().isEmpty());
        }
    }

    private static TrainPlan training(FeedbackWeights own, Schedule schedule, Optimiser optimiser)
            throws IOException {
        return new TrainPlan(
                problem(own).network(),
                METHOD,
                plan(),
                Budget.DEFAULT,
                optimiser,
                Pace.of(20, 10, 0.02),
                schedule,
                Unsettled.FAIL,
                1);
    }

    /** Two kinds with the same draw are two trainings; without a kind that setting is empty. */
    @Test
    void theKindIsPartOfTheIdentityOfATraining() throws IOException {
        Provenance plain = identity(null);
        Provenance random = identity(FeedbackWeights.random(1));
        Provenance drawnSo = identity(FeedbackWeights.random(2));
        Provenance following = identity(FeedbackWeights.kolenPollack(0.1, 1));
        Provenance faster = identity(FeedbackWeights.kolenPollack(0.2, 1));
        String setting = "network.projections.1.ownFeedback";
        assertTrue(random.settings().keySet().stream().anyMatch(k -> k.startsWith(setting)));
        assertEquals("", plain.settings().get(setting).value());
        assertEquals(
                random.settings().get("network.parameters"),
                following.settings().get("network.parameters"));
        assertNotEquals(
                plain.settings().get("network.parameters"),
                random.settings().get("network.parameters"));
        List<Provenance> all = List.of(plain, random, drawnSo, following, faster);
        for (int k = 0; k < all.size(); k++) {
            for (int j = 0; j < k; j++) {
                assertNotEquals(all.get(j).settings(), all.get(k).settings());
            }
        }
    }

    private static Provenance identity(FeedbackWeights own) throws IOException {
        return Components.of(training(own, Schedule.PHASED, Optimiser.sgd()));
    }

    @Test
    void kindsThatChangeNeedSteps() throws IOException {
        Optimiser gated = Optimiser.sgd().withGate(UpdateGate.independent(0.5, 1));
        for (FeedbackWeights own :
                List.of(
                        FeedbackWeights.kolenPollack(0.1, 1),
                        FeedbackWeights.homeostasis(1.0, 1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> training(own, Schedule.CONTINUAL, Optimiser.sgd()));
            assertThrows(
                    IllegalArgumentException.class, () -> training(own, Schedule.PHASED, gated));
        }
        training(FeedbackWeights.random(1), Schedule.CONTINUAL, Optimiser.sgd());
        training(FeedbackWeights.random(1), Schedule.PHASED, gated);
    }

    /** At both ends the angle keeps its digits: a cosine alone has none below 1e-8. */
    @Test
    void anglesAreRightAtBothEnds() {
        assertEquals(90.0, ProjectionComparison.angleDegrees(0.0, 1.0), 1e-13);
        assertEquals(180.0, ProjectionComparison.angleDegrees(-1.0, 2.0), 1e-13);
        double small = 1e-9; // radians: 1 - cosine = small^2 / 2
        double found = ProjectionComparison.angleDegrees(1.0, small * small / 2.0);
        assertEquals(Math.toDegrees(small), found, 1e-15 * Math.toDegrees(small) + 1e-22);
        assertTrue(Double.isNaN(ProjectionComparison.angleDegrees(Double.NaN, Double.NaN)));
    }
}
