package org.relaxon.model.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithm.Start;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.phase.Phase.Output;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;

/** An algorithm states its phases; a list that gives no estimate is refused by name. */
class PhaseListTest {
    private static final PhaseSpec FREE = PhaseSpec.free("free");
    private static final PhaseSpec UP =
            PhaseSpec.nudged("up").at(+1.0).startingFrom("free").withShare(0.5);
    private static final PhaseSpec DOWN =
            PhaseSpec.nudged("down").at(-1.0).startingFrom("free").withShare(0.5);

    private final Matrix input = Matrix.of(1, 2, new double[] {1, 2});
    private final Matrix target = Matrix.of(1, 2, new double[] {3, 4});

    private static Algorithm algorithm(Strength strength, PhaseSpec... phases) {
        return new Algorithm(
                "own",
                "",
                new Hopfield("ep"),
                List.of(phases),
                strength,
                Reference.IMPLICIT,
                Algorithm.ESTIMATOR);
    }

    private static void refused(String what, Strength strength, PhaseSpec... phases) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> algorithm(strength, phases),
                                what)
                        .getMessage();
        assertTrue(message.contains(what), message);
    }

    @Test
    void phasesInTurnAmountToTheEstimatorOfTheirMultiples() {
        Algorithm own = algorithm(Strength.BETA, FREE, UP, DOWN);
        assertEquals(List.of(Estimator.CENTRED), own.estimators());
        assertEquals(2, own.order(Estimator.CENTRED));
        assertEquals(Start.FREE, own.start());
        assertEquals(Output.NUDGED, own.output());
        assertTrue(own.hasFreePhase() && own.subtractsProducts());
        assertThrows(IllegalArgumentException.class, () -> own.require(Estimator.ONE_SIDED));

        Method method = new Method(own, Estimator.CENTRED, 0.1);
        assertEquals(1, method.columnsPerExample());
        List<Phase> phases = method.phases(input, target);
        assertEquals(3, phases.size());
        assertNull(phases.get(0).target());
        assertArrayEquals(new double[] {0.1, 0.1}, phases.get(1).betas());
        assertArrayEquals(new double[] {-0.1, -0.1}, phases.get(2).betas());
        assertEquals("free", phases.get(2).start());
    }

    @Test
    void richardsonInTurnHasTheOrderOfRichardson() {
        Algorithm own =
                algorithm(
                        Strength.BETA,
                        FREE,
                        UP.withShare(2.0),
                        PhaseSpec.nudged("twice").at(2.0).startingFrom("free").withShare(-1.0));
        assertEquals(List.of(Estimator.parse("2@1/-1@2")), own.estimators());
        assertEquals(2, own.order(own.estimators().get(0)));
    }

    @Test
    void gainsNeedAFreePhaseForEachMultiple() {
        PhaseSpec free = PhaseSpec.free("rest up").at(+1.0);
        PhaseSpec other = PhaseSpec.free("rest down").at(-1.0);
        PhaseSpec up = PhaseSpec.displaced("up", "rest up").at(+1.0).withShare(0.5);
        PhaseSpec down = PhaseSpec.displaced("down", "rest down").at(-1.0).withShare(0.5);
        Algorithm own = algorithm(Strength.GAMMA, free, other, up, down);
        Phase last = new Method(own, Estimator.CENTRED, 0.1).phases(input, target).get(3);
        assertEquals(-0.1, last.gamma(1));
        assertEquals(1.0, last.beta(1));
        assertEquals(Output.DISPLACED, last.output());
        refused(
                "down: gains of feedback differ from those of rest up",
                Strength.GAMMA,
                free,
                up,
                down.startingFrom("rest up"));
    }

    @Test
    void theUsualPhasesAreAFreeOneAndOneUnderTheTarget() {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        assertEquals(
                List.of(
                        PhaseSpec.free(Algorithm.FREE),
                        PhaseSpec.nudged("nudged").differencesFrom(Algorithm.FREE)),
                ep.phases());
        assertEquals(List.of(PhaseSpec.nudged("nudged")), Algorithms.pcNudge().phases());
        assertFalse(Algorithms.pcNudge().hasFreePhase());
    }

    @Test
    void aListThatCannotSettleInTurnIsRefusedByName() {
        refused("up: starts from \"free\"", Strength.BETA, UP, FREE);
        refused("free: two phases have this name", Strength.BETA, FREE, FREE, UP);
        refused("none of [free] has a share", Strength.BETA, FREE);
        refused(
                "up: has a share and starts from before, which is not free",
                Strength.BETA,
                PhaseSpec.nudged("before").withShare(0.0),
                UP.startingFrom("before").withShare(1.0));
        refused(
                "down: its target or its start acts otherwise than in up",
                Strength.BETA,
                FREE,
                UP,
                DOWN.differencesFrom("free"));
        refused(
                "phases with a share start from 2 phases; allowed: 1, or one for each of 3",
                Strength.BETA,
                FREE,
                PhaseSpec.free("other"),
                UP,
                DOWN,
                PhaseSpec.nudged("third").at(3.0).startingFrom("other").withShare(1.0));
    }

    @Test
    void sharesAndMultiplesThatDoNotAddUpAreRefused() {
        refused("shares have the sum 1.5", Strength.BETA, FREE, UP, DOWN.withShare(1.0));
        refused("multiple 1.0 is there twice", Strength.BETA, FREE, UP, DOWN.at(1.0));
        refused("share 0.5: need 1", Strength.BETA, PhaseSpec.nudged("one").withShare(0.5));
        refused(
                "down: has a share beside whole",
                Strength.BETA,
                FREE,
                PhaseSpec.nudged("whole").startingFrom("free"),
                DOWN);
        refused("down: states no multiples, up does", Strength.BETA, FREE, UP, DOWN.at(null));
        refused("up: states multiples one-sided", Strength.NONE, FREE, UP.withShare(1.0));
        refused("free: states multiples one-sided", Strength.BETA, FREE.at(1.0), UP, DOWN);
        refused(
                "up: multiples roots:4 are not real",
                Strength.BETA,
                FREE,
                UP.at(Estimator.roots(4)));
    }

    @Test
    void aPhaseThatIsNoneIsRefusedByName() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            refusedSpec("up: share " + bad, () -> UP.withShare(bad));
        }
        refusedSpec("free: share 1.0", () -> FREE.withShare(1.0));
        refusedSpec("held: a clamped output", () -> PhaseSpec.clamped("held").at(1.0));
        refusedSpec("d: a displaced output", () -> PhaseSpec.displaced("d", null));
        refusedSpec("up: differences need", () -> UP.differencesFrom(null));
        refusedSpec("every phase needs a name", () -> PhaseSpec.free(" "));
        refusedSpec("multiple 0.0", () -> UP.at(0.0));
    }

    private static void refusedSpec(String what, org.junit.jupiter.api.function.Executable make) {
        String message = assertThrows(IllegalArgumentException.class, make, what).getMessage();
        assertTrue(message.contains(what), message);
    }
}
