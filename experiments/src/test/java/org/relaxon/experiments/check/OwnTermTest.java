package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** An energy stated by one term: everything else follows, and is judged against it. */
class OwnTermTest {
    /** Energies that are not among the library's, or are and can be told from it. */
    enum Own implements EnergyTerm {
        /** (x - f(a))^2 / 2, which the library has as {@code pc-nudge}. */
        SQUARED {
            @Override
            public double value(double x, Drive a) {
                return 0.5 * (x - a.prediction()) * (x - a.prediction());
            }

            @Override
            public double byActivity(double x, Drive a) {
                return x - a.prediction();
            }

            @Override
            public double byDrive(double x, Drive a) {
                return -(x - a.prediction()) * a.slope();
            }
        },
        /** log cosh(x - f(a)). */
        LOG_COSH {
            @Override
            public double value(double x, Drive a) {
                return StrictMath.log(StrictMath.cosh(x - a.prediction()));
            }

            @Override
            public double byActivity(double x, Drive a) {
                return StrictMath.tanh(x - a.prediction());
            }

            @Override
            public double byDrive(double x, Drive a) {
                return -StrictMath.tanh(x - a.prediction()) * a.slope();
            }
        },
        /** x^2 / 2 + x^4 / 4 - x a: a leak that grows with the cube of activity. */
        QUARTIC_LEAK {
            @Override
            public double value(double x, Drive a) {
                return 0.5 * x * x + 0.25 * x * x * x * x - x * a.value();
            }

            @Override
            public double byActivity(double x, Drive a) {
                return x + x * x * x - a.value();
            }

            @Override
            public double byDrive(double x, Drive a) {
                return -x;
            }
        },
        /** x^2 / 2 + x^4 / 4 - tanh(a) x: what is sent back depends on the drive as well. */
        CURVED {
            @Override
            public double value(double x, Drive a) {
                return 0.5 * x * x + 0.25 * x * x * x * x - x * a.prediction();
            }

            @Override
            public double byActivity(double x, Drive a) {
                return x + x * x * x - a.prediction();
            }

            @Override
            public double byDrive(double x, Drive a) {
                return -x * a.slope();
            }
        };

        @Override
        public String optionName() {
            return name().toLowerCase().replace('_', '-');
        }

        @Override
        public boolean isDivergence() {
            return this == SQUARED || this == LOG_COSH;
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsAgainstTheLimitThatFollowsFromTheTerm(Own term) throws IOException {
        for (Estimator estimator : List.of(Estimator.ONE_SIDED, Estimator.CENTRED)) {
            CheckCase found = check(Algorithms.of(term), estimator, null, new VirtualHost());
            assertTrue(found.holds(), found.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsUnderActorsAndBySteps(Own term) throws IOException {
        CheckCase actors = check(Algorithms.of(term), Estimator.CENTRED, null, new AkkaHost(2));
        assertTrue(actors.holds(), actors.toString());
        CheckCase steps =
                check(Algorithms.of(term, 0.5), Estimator.CENTRED, null, new VirtualHost());
        assertTrue(steps.holds(), steps.toString());
    }

    @ParameterizedTest
    @EnumSource
    void isTheExactGradientOfTheEnergyDifferenceAtAStrongNudge(Own term) throws IOException {
        CheckCase found =
                check(
                        problem().withLayers(4, 5, 3),
                        Algorithms.of(term),
                        Estimator.ONE_SIDED,
                        Reference.FINITE_DIFFERENCE,
                        new VirtualHost());
        assertTrue(found.holds(), found.toString());
    }

    /** The limit of an energy with loops is not the backprop gradient, and is told from it. */
    @ParameterizedTest
    @ValueSource(strings = {"QUARTIC_LEAK", "CURVED"})
    void doesNotHoldAgainstAnotherGradient(String name) throws IOException {
        CheckCase found =
                check(
                        Algorithms.of(Own.valueOf(name)),
                        Estimator.CENTRED,
                        Reference.BACKPROP,
                        new VirtualHost());
        assertFalse(found.holds(), found.toString());
    }

    /** The library's own member of the same energy, by code that shares nothing with a term's. */
    @Test
    void agreesWithTheLibraryAtTheSameStrengthAlone() throws IOException {
        Problem problem = problem().buildAll(List.of(3L)).get(0);
        Parameters theirs = gradient(Algorithms.pcNudge(), problem, 0.3);
        Parameters same = gradient(Algorithms.of(Own.SQUARED), problem, 0.3);
        Parameters weaker = gradient(Algorithms.of(Own.SQUARED), problem, 0.2);
        Parameters other = gradient(Algorithms.of(Own.LOG_COSH), problem, 0.3);
        assertEquals(0.0, off(problem, same, theirs), 1e-9);
        assertTrue(off(problem, weaker, theirs) > 1e-4);
        assertTrue(off(problem, other, theirs) > 1e-4);
    }

    private static double off(Problem problem, Parameters one, Parameters other) {
        return GradientComparison.of(problem.network(), one, other).total().relativeError();
    }

    private static Parameters gradient(Algorithm algorithm, Problem problem, double beta) {
        try (Host host = new VirtualHost();
                Session session =
                        host.open(
                                problem.network(),
                                Defaults.runPlan(algorithm).withTolerance(1e-9))) {
            return GradientEstimate.withinOneBasin(
                            session,
                            new Method(algorithm, Estimator.ONE_SIDED, beta),
                            problem.input(),
                            problem.target(),
                            Budget.DEFAULT)
                    .update()
                    .gradient();
        }
    }

    @Test
    void aCoupledLossIsNudgedByDenseSteps() throws IOException {
        ProblemSpec spec = problem().withLoss(StandardLoss.CROSS_ENTROPY);
        CheckCase found =
                check(
                        spec,
                        Algorithms.of(Own.LOG_COSH),
                        Estimator.CENTRED,
                        null,
                        new VirtualHost());
        assertTrue(found.holds(), found.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"byActivity", "byDrive", "byActivityTwice", "convex", "divergence"})
    void refusesAWrongStatementByTheNameOfTheMethod(String wrong) throws IOException {
        Problem problem = problem().buildAll(List.of(1L)).get(0);
        EnergyTerm term = new Mistaken(wrong);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Algorithms.of(term).rule().validate(problem.network()));
        assertTrue(e.getMessage().contains(wrong), e.getMessage());
        assertTrue(e.getMessage().startsWith("energy term mistaken with activation tanh"));
    }

    /** A divergence with one mistake in what it states. */
    private record Mistaken(String wrong) implements EnergyTerm {
        @Override
        public String optionName() {
            return "mistaken";
        }

        @Override
        public double value(double x, Drive a) {
            return sign() * Own.SQUARED.value(x, a) + (wrong.equals("divergence") ? x : 0.0);
        }

        @Override
        public double byActivity(double x, Drive a) {
            double factor = wrong.equals("byActivity") ? 2.0 : 1.0;
            return factor * sign() * (x - a.prediction())
                    + (wrong.equals("divergence") ? 1.0 : 0.0);
        }

        @Override
        public double byDrive(double x, Drive a) {
            double factor = wrong.equals("byDrive") ? -1.0 : 1.0;
            return factor * sign() * Own.SQUARED.byDrive(x, a);
        }

        @Override
        public double byActivityTwice(double x, Drive a) {
            return wrong.equals("byActivityTwice") ? 2.0 : sign();
        }

        private double sign() {
            return wrong.equals("convex") ? -1.0 : 1.0;
        }

        @Override
        public boolean isDivergence() {
            return true;
        }
    }

    @Test
    void energyIsTheSumOfTheTerms() {
        Drive a = new Drive(0.3, 0.2, 0.5);
        assertEquals(0.5 * 0.3 * 0.3, Own.SQUARED.value(0.5, a), 1e-15);
    }

    private static ProblemSpec problem() {
        return ProblemSpec.defaults().withScheme(Scheme.NORMAL).withGain(0.4);
    }

    private static CheckCase check(
            Algorithm algorithm, Estimator estimator, Reference against, Host host)
            throws IOException {
        return check(problem(), algorithm, estimator, against, host);
    }

    private static CheckCase check(
            ProblemSpec problem,
            Algorithm algorithm,
            Estimator estimator,
            Reference against,
            Host host)
            throws IOException {
        double beta = against == Reference.FINITE_DIFFERENCE ? 0.1 : 1e-3;
        CheckPlan plan =
                CheckPlan.of(problem, List.of(host))
                        .withAlgorithms(algorithm)
                        .withEstimator(estimator)
                        .withStrength(beta)
                        .withSeeds(List.of(1L, 2L));
        return new LocalUpdatesMatchReference(against == null ? plan : plan.withAgainst(against))
                .run()
                .cases()
                .get(0);
    }
}
