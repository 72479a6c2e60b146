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
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.ValueTerm;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;
import org.relaxon.runtime.virtual.VirtualHost;

/** A rule that states nothing but the value of its energy is compared with what follows from it. */
class OwnValueTest {
    @ParameterizedTest
    @EnumSource
    void holdsAgainstTheLimitThatFollowsFromTheValue(OwnTermTest.Own term) throws IOException {
        for (Estimator estimator : List.of(Estimator.ONE_SIDED, Estimator.CENTRED)) {
            CheckCase found = check(byValue(term, of(term)), estimator, null);
            assertTrue(found.holds(), found.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheExactGradientOfTheEnergyDifference(OwnTermTest.Own term) throws IOException {
        Algorithm algorithm = byValue(term, of(term));
        CheckCase found = check(algorithm, Estimator.ONE_SIDED, Reference.FINITE_DIFFERENCE);
        assertTrue(found.holds(), found.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUARTIC_LEAK", "CURVED"})
    void aFalseValueDoesNotHold(String name) throws IOException {
        OwnTermTest.Own term = OwnTermTest.Own.valueOf(name);
        Algorithm algorithm =
                byValue(
                        term,
                        new Value(term) {
                            @Override
                            double one(CellState s, int k) {
                                double x = s.activity()[k];
                                return super.one(s, k) + 1e-3 * x * x * x * x;
                            }
                        });
        assertFalse(check(algorithm, Estimator.CENTRED, null).holds());
        assertFalse(check(algorithm, Estimator.ONE_SIDED, Reference.FINITE_DIFFERENCE).holds());
    }

    @ParameterizedTest
    @EnumSource
    void itsDifferencesAreTheDerivativesOfTheTerm(OwnTermTest.Own term) throws IOException {
        Network network = problem().buildAll(List.of(1L)).get(0).network();
        EnergyTerm found = ValueTerm.of(byValue(term, of(term)).rule(), network).apply(1);
        for (double x : new double[] {0.3, -0.9, 1.7}) {
            for (double a : new double[] {0.0, 0.4, -2.3}) {
                Drive drive = Drive.of(a, StandardActivation.TANH, Elementary.STRICT);
                double size = Math.max(1.0, Math.abs(term.byActivity(x, drive)));
                assertEquals(term.byActivity(x, drive), found.byActivity(x, drive), 1e-11 * size);
                assertEquals(term.byDrive(x, drive), found.byDrive(x, drive), 1e-11 * size);
                assertTrue(
                        Math.abs(term.byActivity(x, drive) - found.byActivity(x + 1e-6, drive))
                                > 1e-9 * size);
            }
        }
    }

    @Test
    void whatHasNoDerivativesIsRefusedByName() {
        OwnTermTest.Own term = OwnTermTest.Own.QUARTIC_LEAK;
        requireRefused(
                new Value(term) {
                    @Override
                    double one(CellState s, int k) {
                        return super.one(s, k) + 0.0 * s.feedback()[k];
                    }
                },
                "not slope, feedback, target or beta");
        requireRefused(
                new Value(term) {
                    @Override
                    double one(CellState s, int k) {
                        return super.one(s, k) + 1e-3 * s.activity()[k] * s.activity()[0];
                    }
                },
                "not a sum over neurons");
        requireRefused(
                new Value(term) {
                    @Override
                    public double loss(Network network, double[] output, double[] target) {
                        return 5.0 * super.loss(network, output, target);
                    }
                },
                "its loss is");
    }

    private static void requireRefused(StatedEnergy.Value value, String why) {
        Algorithm algorithm = byValue(OwnTermTest.Own.QUARTIC_LEAK, value);
        for (Reference against : List.of(Reference.IMPLICIT, Reference.FINITE_DIFFERENCE)) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> check(algorithm, Estimator.ONE_SIDED, against));
            assertTrue(e.getMessage().contains("the energy of quartic-leak, but"), e.getMessage());
            assertTrue(e.getMessage().contains(why), e.getMessage());
        }
    }

    @Test
    void nothingIsObjectedToWhereEveryTermIsDefined() throws IOException {
        Network network = problem().buildAll(List.of(1L)).get(0).network();
        OwnTermTest.Own term = OwnTermTest.Own.CURVED;
        assertEquals("", ValueTerm.objection(byValue(term, of(term)).rule(), network));
    }

    private static Value of(OwnTermTest.Own term) {
        return new Value(term);
    }

    /** Reads activity, drive and prediction, as the term does. */
    private static class Value implements StatedEnergy.Value {
        private final EnergyTerm term;

        Value(EnergyTerm term) {
            this.term = term;
        }

        @Override
        public void add(CellState s, double[] energy) {
            for (int k = 0; k < s.activity().length; k++) {
                energy[k % energy.length] += one(s, k);
            }
        }

        double one(CellState s, int k) {
            Drive drive = new Drive(s.drive()[k], s.prediction()[k], Double.NaN);
            return term.value(s.activity()[k], drive);
        }
    }

    /** The rule of a term that keeps the term's derivatives to itself. */
    private record ByValue(Rule rule, StatedEnergy energy) implements Rule {
        @Override
        public String optionName() {
            return rule.optionName();
        }

        @Override
        public void validate(Network network) {
            rule.validate(network);
        }

        @Override
        public Traits traits() {
            return rule.traits();
        }

        @Override
        public Dynamics dynamics() {
            return rule.dynamics();
        }

        @Override
        public void predict(CellState state) {
            rule.predict(state);
        }

        @Override
        public void correct(CellState state) {
            rule.correct(state);
        }

        @Override
        public void announce(CellState state) {
            rule.announce(state);
        }

        @Override
        public LocalRule localRule() {
            return rule.localRule();
        }
    }

    private static Algorithm byValue(EnergyTerm term, StatedEnergy.Value value) {
        Algorithm stated = Algorithms.of(term);
        return new Algorithm(
                term.optionName(),
                "",
                new ByValue(stated.rule(), StatedEnergy.own(value)),
                stated.start(),
                Phase.Output.NUDGED,
                Algorithm.Strength.BETA,
                stated.reference(),
                Algorithm.ESTIMATOR);
    }

    private static ProblemSpec problem() {
        return ProblemSpec.defaults().withLayers(4, 5, 3).withScheme(Scheme.NORMAL).withGain(0.4);
    }

    private static CheckCase check(Algorithm algorithm, Estimator estimator, Reference against)
            throws IOException {
        double beta = against == Reference.FINITE_DIFFERENCE ? 0.1 : 1e-3;
        CheckPlan plan =
                CheckPlan.of(problem(), List.of(new VirtualHost()))
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
