package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.energy.StatedTerm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.ContrastRule;
import org.relaxon.model.plasticity.DeltaRule;

/** What a cell does follows from the term of its energy. */
class TermRuleTest {
    /** x + x^3 = a + feedback, here 2 and 10 with x = 1 and 2; x travels both ways. */
    @Test
    void aHiddenCellGoesWhereItsShareIsLeast() {
        Rule rule = new TermRule(Terms.QUARTIC);
        CellBench cell = CellBench.hidden(StandardActivation.TANH, 1, 0.1, 0.1);
        cell.drive(1.5, 3.0).feedback(0.5, 7.0).activity(9.0, -9.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {1.0, 2.0}, cell.state().activity(), 1e-15);
        assertArrayEquals(new double[] {1.0, 2.0}, cell.state().backward(), 1e-15);
        double[] energy = new double[2];
        rule.energy().add(cell.state(), energy);
        assertArrayEquals(new double[] {0.75 - 1.5, 6.0 - 6.0}, energy, 1e-14);
    }

    /** The library's own rule of the same energy: e = feedback, v = f' e. */
    @Test
    void agreesWithPredictiveCoding() {
        CellBench one = CellBench.hidden(StandardActivation.TANH, 1, 0.1, 0.1);
        CellBench other = CellBench.hidden(StandardActivation.TANH, 1, 0.1, 0.1);
        for (CellBench cell : new CellBench[] {one, other}) {
            cell.drive(0.3, -0.7).feedback(0.02, -0.01);
            Rule rule = cell == one ? new TermRule(Terms.SQUARED) : new PredictiveCoding();
            rule.predict(cell.state());
            rule.correct(cell.state());
        }
        double ulps = 2.0 * Math.ulp(1.0); // of the activities, which are held
        assertArrayEquals(other.state().error(), one.state().error(), ulps);
        assertArrayEquals(other.state().backward(), one.state().backward(), ulps);
    }

    /** tanh(x - mu) = 2 has no solution, and what is not a number is left to the guard. */
    @Test
    void whatHasNoMinimumIsNotANumber() {
        Rule rule = new TermRule(Terms.LOG_COSH);
        CellBench cell = CellBench.hidden(StandardActivation.LINEAR, 1, 0.1, 0.1, 0.1);
        cell.drive(0.0, Double.NaN, 0.0).feedback(2.0, 0.0, 0.5);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertTrue(Double.isNaN(cell.state().activity()[0]));
        assertTrue(Double.isNaN(cell.state().activity()[1]));
        double third = 0.5 * StrictMath.log((1.0 + 0.5) / (1.0 - 0.5)); // artanh .5
        assertEquals(third, cell.state().activity()[2], 1e-15);
    }

    /** (mu + beta T) / (1 + beta) for the squared term; a free column goes to mu. */
    @Test
    void aNudgedOutputMinimisesTermAndLoss() {
        Rule rule = new TermRule(Terms.SQUARED);
        CellBench cell =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5, 0.0);
        cell.drive(1.0, 3.0).target(10.0, 10.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        assertArrayEquals(new double[] {4.0, 3.0}, cell.state().activity(), 1e-14);
        assertArrayEquals(new double[] {3.0, 0.0}, cell.state().error(), 1e-14);
    }

    /** Evaluations of the derivative are what an own energy costs. */
    @ParameterizedTest
    @EnumSource
    void aMinimumIsFoundToRoundOffInFewEvaluations(Terms term) {
        Counted counted = new Counted(term, new AtomicInteger());
        int searches = 0;
        for (int k = 0; k < 400; k++) {
            double a = CounterRandom.normal(1, 0, k);
            Drive drive = Drive.of(a, StandardActivation.TANH, Elementary.STRICT);
            double size = StrictMath.pow(10.0, -12.0 * k / 400.0);
            double there = drive.prediction() + size * CounterRandom.normal(1, 1, k);
            double feedback = term.byActivity(there, drive);
            double found = counted.minimiser(feedback, drive);
            double ulp = Math.ulp(Math.max(1.0, Math.max(Math.abs(a), Math.abs(there))));
            double curvature = term.byActivityTwice(there, drive);
            assertEquals(there, found, 16.0 * ulp / Math.min(1.0, curvature), "at " + k);
            searches++;
        }
        double each = counted.calls().get() / (double) searches;
        assertTrue(each <= 10.0, each + " evaluations");
    }

    /** Of a nudged output: once rounding decides, steps are not halved for their own sake. */
    @Test
    void aNudgeStopsWhereRoundingDecides() {
        Counted counted = new Counted(Terms.LOG_COSH, new AtomicInteger());
        Rule rule = new TermRule(counted);
        CellBench cell = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 1e-4);
        cell.drive(0.3).target(1.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        double x = cell.state().activity()[0];
        assertEquals(1e-4 * (1.0 - x), StrictMath.tanh(x - 0.3), 4.0 * Math.ulp(0.3));
        assertTrue(counted.calls().get() <= 30, counted.calls() + " evaluations");
    }

    /** A term that counts how often its derivative is asked. */
    private record Counted(EnergyTerm term, AtomicInteger calls) implements EnergyTerm {
        @Override
        public String optionName() {
            return term.optionName();
        }

        @Override
        public double value(double x, Drive a) {
            return term.value(x, a);
        }

        @Override
        public double byActivity(double x, Drive a) {
            calls.incrementAndGet();
            return term.byActivity(x, a);
        }

        @Override
        public double byDrive(double x, Drive a) {
            return term.byDrive(x, a);
        }

        @Override
        public boolean isDivergence() {
            return term.isDivergence();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stepsEndWhereTheRuleGoesAtOnce(Terms term) {
        TermRule atOnce = new TermRule(term);
        TermRule steps = TermRule.bySteps(term, 0.5);
        CellBench there = CellBench.hidden(StandardActivation.TANH, 1, 0.1);
        CellBench cell = CellBench.hidden(StandardActivation.TANH, 1, 0.1);
        there.drive(0.4).feedback(0.1);
        cell.drive(0.4).feedback(0.1).activity(0.0);
        atOnce.predict(there.state());
        atOnce.correct(there.state());
        steps.predict(cell.state());
        int turns = 0;
        do {
            steps.correct(cell.state());
            turns++;
        } while (steps.dynamics().wantsAnotherTurn(cell.state(), 0.0) && turns < 1000);
        assertTrue(turns > 5 && turns < 1000, "turns " + turns);
        assertArrayEquals(there.state().activity(), cell.state().activity(), 1e-14);
        assertEquals("gradient:0.5", steps.variant());
        assertEquals("", atOnce.variant());
        Rule judge = steps.dynamics().judge(steps);
        assertTrue(judge instanceof TermRule && judge != steps);
        assertSame(atOnce, atOnce.dynamics().judge(atOnce));
    }

    @Test
    void stepsOfAnOutputAreDrawnByTheLoss() {
        TermRule steps = TermRule.bySteps(Terms.SQUARED, 0.5);
        CellBench cell = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5);
        cell.drive(1.0).target(10.0).activity(2.0);
        steps.predict(cell.state());
        steps.correct(cell.state()); // 2 + .5 (1 - 2 + .5 (10 - 2))
        assertEquals(3.5, cell.state().activity()[0], 1e-15);
    }

    /** A divergence is measured by differences and has one phase; another energy has two. */
    @Test
    void whatTheySayAboutThemselves() {
        Phase phase = Phase.nudged(Matrix.zeros(1, 1), Matrix.zeros(1, 1), 0.1);
        Rule divergence = new TermRule(Terms.LOG_COSH);
        Rule hopfield = new TermRule(Terms.QUARTIC);
        assertEquals(0.1, divergence.dynamics().units().activity(phase, 0, 1));
        assertEquals(1e-12, divergence.dynamics().units().roundOff(phase, 0), 1e-24);
        assertEquals(1.0, hopfield.dynamics().units().feedback(phase, 0, 1));
        assertTrue(divergence.traits().has(Trait.ERROR_FORM));
        assertEquals(Traits.of(Trait.NUDGES_BESIDE_FEEDBACK), hopfield.traits());
        assertSame(DeltaRule.INSTANCE, divergence.localRule());
        assertSame(ContrastRule.INSTANCE, hopfield.localRule());
        assertSame(Terms.QUARTIC, hopfield.energy().term());
        assertFalse(hopfield.energy().isHopfield() || hopfield.energy().isLayered());
        assertThrows(IllegalArgumentException.class, () -> TermRule.bySteps(Terms.QUARTIC, 0.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byActivity",
                "byDrive",
                "byActivityTwice",
                "minimiser",
                "convex",
                "divergence"
            })
    void aWrongStatementIsRefusedByTheNameOfTheMethod(String wrong) {
        EnergyTerm term = new Mistaken(wrong);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> StatedTerm.require(term, StandardActivation.TANH));
        assertTrue(e.getMessage().contains(wrong), e.getMessage());
        for (Terms right : Terms.values()) {
            StatedTerm.require(right, StandardActivation.TANH);
            StatedTerm.require(right, StandardActivation.RELU);
        }
    }

    /** x log x - x - x a, which is convex where x is positive and nowhere else. */
    private static final class Entropy implements EnergyTerm {
        @Override
        public String optionName() {
            return "entropy";
        }

        @Override
        public double value(double x, Drive a) {
            return x * StrictMath.log(x) - x - x * a.value();
        }

        @Override
        public double byActivity(double x, Drive a) {
            return StrictMath.log(x) - a.value();
        }

        @Override
        public double byDrive(double x, Drive a) {
            return -x;
        }
    }

    @Test
    void aMinimumThatWasSearchedForIsNotCalledOneThatIsStated() {
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StatedTerm.require(new Entropy(), StandardActivation.TANH))
                        .getMessage();
        assertTrue(refusal.contains("phi has to be convex for every number x"), refusal);
        assertFalse(refusal.contains("minimiser"), refusal);
    }

    /** What is no number is said in words, of the method that gave it and of no other. */
    @ParameterizedTest
    @ValueSource(strings = {"value", "byActivity", "byDrive", "byActivityTwice", "minimiser"})
    void whatIsNoNumberIsSaidOfItsOwnMethod(String method) {
        for (double given : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            String said =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            StatedTerm.require(
                                                    new Numberless(method, given),
                                                    StandardActivation.TANH))
                            .getMessage();
            String words = Double.isNaN(given) ? "no number (NaN)" : "minus infinity";
            assertTrue(said.contains("has a " + method + " that gives " + words), said);
        }
        String wrong =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        StatedTerm.require(
                                                new Numberless(method, 7.25),
                                                StandardActivation.TANH))
                        .getMessage();
        assertFalse(wrong.contains("no number"), wrong);
    }

    /** The squared term, one method of which gives the same whatever it is asked. */
    private record Numberless(String wrong, double given) implements EnergyTerm {
        private double unless(String method, double right) {
            return wrong.equals(method) ? given : right;
        }

        @Override
        public String optionName() {
            return "numberless";
        }

        @Override
        public double value(double x, Drive a) {
            return unless("value", Terms.SQUARED.value(x, a));
        }

        @Override
        public double byActivity(double x, Drive a) {
            return unless("byActivity", x - a.prediction());
        }

        @Override
        public double byDrive(double x, Drive a) {
            return unless("byDrive", Terms.SQUARED.byDrive(x, a));
        }

        @Override
        public double byActivityTwice(double x, Drive a) {
            return unless("byActivityTwice", 1.0);
        }

        @Override
        public double minimiser(double feedback, Drive a) {
            return unless("minimiser", a.prediction() + feedback);
        }
    }

    /** The squared term with one mistake in what it states. */
    private record Mistaken(String wrong) implements EnergyTerm {
        @Override
        public double minimiser(double feedback, Drive a) {
            return wrong.equals("minimiser")
                    ? a.prediction() + feedback * (1.0 + 1e-9)
                    : EnergyTerm.super.minimiser(feedback, a);
        }

        private double factor(String where) {
            double sign = wrong.equals("convex") ? -1.0 : 1.0;
            return wrong.equals(where) ? 2.0 * sign : sign;
        }

        private double tilt() {
            return wrong.equals("divergence") ? 1.0 : 0.0;
        }

        @Override
        public String optionName() {
            return "mistaken";
        }

        @Override
        public double value(double x, Drive a) {
            return factor("value") * Terms.SQUARED.value(x, a) + tilt() * x;
        }

        @Override
        public double byActivity(double x, Drive a) {
            return factor("byActivity") * (x - a.prediction()) + tilt();
        }

        @Override
        public double byDrive(double x, Drive a) {
            return factor("byDrive") * Terms.SQUARED.byDrive(x, a);
        }

        @Override
        public double byActivityTwice(double x, Drive a) {
            return factor("byActivityTwice");
        }

        @Override
        public boolean isDivergence() {
            return true;
        }
    }

    @Test
    void aDriveKnowsPredictionAndSlope() {
        Drive a = Drive.of(0.5, StandardActivation.TANH, Elementary.STRICT);
        assertEquals(StrictMath.tanh(0.5), a.prediction());
        assertEquals(1.0 - a.prediction() * a.prediction(), a.slope(), 1e-16);
        assertEquals(1.0 + 3.0 * 4.0, Terms.QUARTIC.byActivityTwice(2.0, a), 1e-8);
    }
}
