package org.relaxon.model.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.phase.Phase.Output;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;

class AlgorithmTest {
    private final Matrix input = Matrix.of(1, 2, new double[] {1, 2});
    private final Matrix target = Matrix.of(1, 2, new double[] {3, 4});

    static List<Algorithm> all() {
        return List.of(
                Algorithms.pcNudge(),
                Algorithms.pcNudge(Algorithms.gradient(0.2)),
                Algorithms.pc(Algorithms.coordinate()),
                Algorithms.pcClamped(new PredictiveCoding()),
                Algorithms.precisionPc(1.0, 2.0),
                Algorithms.fenchelYoung(),
                Algorithms.fixedPrediction(),
                Algorithms.zeroDivergence(1.0),
                Algorithms.dualPropagation(),
                Algorithms.equilibriumPropagation(Form.PLAIN),
                Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                Algorithms.equilibriumPropagation(0.3),
                Algorithms.holomorphic(),
                Algorithms.contrastiveHebbian(Form.PLAIN),
                Algorithms.contrastiveHebbian(Form.DIFFERENCE),
                Algorithms.clampedHebbian(Form.PLAIN),
                Algorithms.clampedHebbian(Form.DIFFERENCE),
                Algorithms.coupled(Form.PLAIN),
                Algorithms.coupled(Form.DIFFERENCE));
    }

    private Phase nudged(Algorithm a, Estimator e, double strength) {
        Method method = new Method(a, e, strength);
        return method.phase(a.sharing().get(0), input, target);
    }

    private Phase free(Algorithm a, Estimator e) {
        return new Method(a, e, 0.1).free(input);
    }

    /** Every phase that an algorithm asks for is one that its own rule and estimator accept. */
    @Test
    void theMembersFitTheirOwnRulesAndEstimators() {
        Network network =
                Network.layered(
                        new int[] {1, 2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        for (Algorithm a : all()) {
            a.rule().validate(network);
            for (Estimator e : a.estimators()) {
                String what = a.optionName() + ", " + e;
                Phase nudged = nudged(a, e, 0.1);
                nudged.validate(network);
                assertTrue(a.rule().accepts(nudged), what);
                assertEquals(2 * e.columnsPerExample(), nudged.columns(), what);
                assertEquals(nudged.columns(), e.columnWeights(nudged).length, what);
                assertEquals(a.hasFreePhase(), nudged.start() != null, what);
                if (a.hasFreePhase()) {
                    assertEquals(Algorithm.FREE, nudged.start());
                    Phase free = free(a, e);
                    free.validate(network);
                    assertTrue(a.rule().accepts(free), what);
                    assertEquals(0, nudged.columns() % free.columns(), what);
                    assertNull(free.start());
                    assertEquals(0.0, free.beta(0));
                }
            }
        }
    }

    @Test
    void anEstimatorThatDoesNotFitIsRefusedByBothNames() {
        Estimator roots = Estimator.roots(8);
        for (Algorithm a : all()) {
            for (Estimator e :
                    List.of(
                            Estimator.ONE_SIDED,
                            Estimator.NEGATIVE,
                            Estimator.CENTRED,
                            roots,
                            Estimator.roots(4))) {
                boolean complex = a.strength() == Algorithm.Strength.COMPLEX;
                boolean named = e.optionName().startsWith("roots:");
                boolean fits = complex ? named : a.estimators().contains(e);
                if (fits) {
                    a.require(e);
                    continue;
                }
                String said =
                        assertThrows(IllegalArgumentException.class, () -> nudged(a, e, 0.1))
                                .getMessage();
                assertTrue(said.contains(a.optionName()) && said.contains(e.optionName()), said);
            }
        }
        assertEquals(3, Algorithms.pcNudge().estimators().size());
        assertEquals(List.of(Estimator.ONE_SIDED), Algorithms.dualPropagation().estimators());
        assertEquals(List.of(Estimator.ONE_SIDED), Algorithms.fixedPrediction().estimators());
        assertEquals(3, Algorithms.contrastiveHebbian(Form.PLAIN).estimators().size());
    }

    @Test
    void theOrderIsTheEstimatorsUnlessTheAlgorithmHasItsOwn() {
        assertEquals(1, Algorithms.pcNudge().order(Estimator.ONE_SIDED));
        assertEquals(2, Algorithms.pcNudge().order(Estimator.CENTRED));
        assertEquals(2, Algorithms.dualPropagation().order(Estimator.ONE_SIDED));
        assertEquals(16, Algorithms.holomorphic().order(Estimator.roots(16)));
        assertEquals(Algorithm.EXACT, Algorithms.fixedPrediction().order(Estimator.ONE_SIDED));
        assertEquals(
                Algorithm.EXACT, Algorithms.clampedHebbian(Form.PLAIN).order(Estimator.ONE_SIDED));
    }

    @Test
    void contrastiveHebbianLearningMakesGammaSmallAndHoldsTheOutput() {
        Algorithm chl = Algorithms.contrastiveHebbian(Form.DIFFERENCE);
        Phase free = free(chl, Estimator.CENTRED);
        Phase nudged = nudged(chl, Estimator.CENTRED, 0.1);
        assertEquals(Output.DISPLACED, nudged.output());
        assertTrue(nudged.differences() && !free.differences());
        double[] gains = {0.1, 0.1, -0.1, -0.1};
        for (int c = 0; c < 4; c++) {
            assertEquals(gains[c], free.gamma(c));
            assertEquals(gains[c], nudged.gamma(c));
            assertEquals(1.0, nudged.beta(c));
        }
        assertArrayEquals(new double[] {1, 2, 1, 2}, free.input().values());
        Phase coupled = nudged(Algorithms.coupled(Form.PLAIN), Estimator.NEGATIVE, .1);
        assertEquals(Output.DISPLACED, coupled.output());
        assertArrayEquals(new double[] {-.1, -.1}, coupled.betas());
        assertEquals(1.0, coupled.gamma(0));
        assertFalse(coupled.differences());
        Phase ep =
                nudged(Algorithms.equilibriumPropagation(Form.DIFFERENCE), Estimator.CENTRED, 0.1);
        assertEquals(Output.NUDGED, ep.output());
        assertTrue(ep.differences());
        Phase clamped =
                nudged(
                        Algorithms.pcClamped(new PredictiveCoding()),
                        Estimator.ONE_SIDED,
                        Double.NaN);
        assertEquals(Output.CLAMPED, clamped.output());
        assertArrayEquals(new double[] {1, 1}, clamped.betas());
        Phase wave = nudged(Algorithms.zeroDivergence(1.0), Estimator.ONE_SIDED, 0.3);
        assertArrayEquals(new double[] {1, 1}, wave.betas()); // the strength is not read
    }

    @ParameterizedTest
    @EnumSource
    void referencesHaveNamesForReports(Reference reference) {
        String name = reference.optionName();
        assertEquals(reference.name(), name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        assertEquals(name.toLowerCase(java.util.Locale.ROOT), name);
    }

    @Test
    void theMembersNameTheirReferences() {
        assertEquals(Reference.BACKPROP, Algorithms.pcNudge().reference());
        assertEquals(Reference.IMPLICIT, Algorithms.holomorphic().reference());
        assertEquals(Reference.METRIC_WEIGHTED, Algorithms.coupled(Form.PLAIN).reference());
        assertEquals(
                Reference.FINITE_DIFFERENCE, Algorithms.clampedHebbian(Form.PLAIN).reference());
        assertEquals("difference", Form.DIFFERENCE.optionName());
        assertEquals("plain", Form.PLAIN.optionName());
    }
}
