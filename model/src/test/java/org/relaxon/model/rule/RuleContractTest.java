package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.ContrastRule;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.HebbianRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/** What a rule promises silently is asked of it before it runs, by the name of the method. */
class RuleContractTest {
    private static final Network TANH = network(StandardActivation.TANH, StandardLoss.SQUARED);

    private static Network network(Activation f, StandardLoss loss) {
        return Network.layered(
                new int[] {3, 4, 3}, f, StandardActivation.LINEAR, loss, Initialisation.uniform(1));
    }

    private static String refusal(Rule rule) {
        return assertThrows(IllegalArgumentException.class, () -> RuleContract.probe(rule, TANH))
                .getMessage();
    }

    private static void refuses(String begin, Rule rule) {
        String message = refusal(rule);
        assertTrue(message.startsWith("rule own: " + begin), message);
    }

    /** Of every energy, at every activation: nothing right is refused. */
    @Test
    void theRulesOfTheLibraryPass() {
        List<Rule> rules =
                List.of(
                        new PredictiveCoding(),
                        new FenchelYoung(),
                        new PrecisionPredictiveCoding(3.0, 0.5),
                        new DualPropagation(),
                        new Hopfield("ep"),
                        new GradientHopfield("ep", 0.1),
                        new GradientPredictiveCoding(0.1),
                        new CoordinatePredictiveCoding(),
                        new HolomorphicHopfield(),
                        new FixedPrediction(),
                        new ZeroDivergenceInference(0.5),
                        Algorithms.safeguarded(Moves.ONE_CELL),
                        new TermRule(Terms.SQUARED),
                        new TermRule(Terms.QUARTIC),
                        TermRule.bySteps(Terms.SQUARED, 0.1),
                        new PcAlm().algorithm().rule(),
                        new PcAlm().with(List.of(1.0, 0.5)).bySteps(0.1).rule());
        int defined = 0;
        for (Activation f : StandardActivation.values()) {
            for (StandardLoss loss : StandardLoss.values()) {
                for (Rule rule : rules) {
                    Network network;
                    try {
                        network = network(f, loss);
                        rule.validate(network);
                    } catch (IllegalArgumentException e) {
                        continue; // not defined for this
                    }
                    defined++;
                    assertDoesNotThrow(
                            () -> RuleContract.probe(rule, network), rule + " " + f + " " + loss);
                }
            }
        }
        assertTrue(defined > 100, defined + " cases");
    }

    @Test
    void rulesFromElsewhereThatAreRightPass() {
        for (StatedEnergy energy : List.of(StatedEnergy.OWN, StatedEnergy.of(Kind.HOPFIELD))) {
            assertDoesNotThrow(() -> RuleContract.probe(new OwnHopfield(energy), TANH));
        }
        assertDoesNotThrow(() -> RuleContract.probe(new OwnErrorForm(), TANH));
    }

    /** Without an energy that says otherwise a cell may leave out a factor, but not a sign. */
    @Test
    void aRuleWithoutAnEnergyMayScaleWhatItSends() {
        Rule scaled =
                new OwnErrorForm() {
                    @Override
                    public void announce(CellState s) {
                        System.arraycopy(s.error(), 0, s.backward(), 0, s.error().length);
                    }
                };
        assertDoesNotThrow(() -> RuleContract.probe(scaled, TANH));
        Rule stated =
                new OwnErrorForm() {
                    @Override
                    public StatedEnergy energy() {
                        return StatedEnergy.of(Kind.SQUARED_DIVERGENCE);
                    }

                    @Override
                    public void announce(CellState s) {
                        scaled.announce(s);
                    }
                };
        refuses("announce sends back a value that changes by", stated);
        assertTrue(
                refusal(stated).endsWith("for the energy that energy() states the two are equal"));
    }

    @Test
    void theDefaultUnitOfARuleThatSendsActivitiesIsRefused() {
        refuses(
                "dynamics().units() measures feedback in units of the strength",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public Dynamics dynamics() {
                        return Dynamics.FIXED_POINT;
                    }
                });
    }

    @Test
    void aUnitThatIsNoSizeIsRefused() {
        Units none =
                new Units() {
                    @Override
                    public double feedback(
                            org.relaxon.model.phase.Phase phase, int column, int height) {
                        return Double.NaN;
                    }
                };
        refuses(
                "dynamics().units().feedback gives no number (NaN) and no number (NaN); need",
                new OwnErrorForm() {
                    @Override
                    public Dynamics dynamics() {
                        return Dynamics.fixedPoint(none);
                    }
                });
    }

    @Test
    void anAnnounceThatReadsWhatAnAuditDoesNotGiveItIsRefused() {
        refuses(
                "announce reads the feedback, and writes",
                new OwnErrorForm() {
                    @Override
                    public void announce(CellState s) {
                        for (int k = 0; k < s.backward().length; k++) {
                            s.backward()[k] = s.slope()[k] * s.feedback()[k];
                        }
                    }
                });
        refuses(
                "announce reads the activity, and writes",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public void announce(CellState s) {
                        System.arraycopy(s.activity(), 0, s.backward(), 0, s.error().length);
                    }
                });
    }

    @Test
    void anAnnounceThatCorrectDoesNotUseIsRefused() {
        refuses(
                "correct leaves",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public void correct(CellState s) {
                        super.correct(s);
                        publish(s);
                    }

                    @Override
                    public void announce(CellState s) {
                        for (int k = 0; k < s.backward().length; k++) {
                            s.backward()[k] = 2.0 * s.error()[k];
                        }
                    }
                });
    }

    @Test
    void aCorrectThatReadsItsActivityNeedsAJudge() {
        refuses(
                "correct depends on the previous activity",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public void correct(CellState s) {
                        double[] before = s.activity().clone();
                        super.correct(s);
                        for (int k = 0; k < before.length; k++) {
                            s.activity()[k] = 0.5 * (before[k] + s.activity()[k]);
                        }
                        System.arraycopy(s.activity(), 0, s.error(), 0, before.length);
                        announce(s);
                    }
                });
    }

    @Test
    void wrongSignsAreRefusedByTheMethod() {
        refuses(
                "correct moves a hidden cell against its feedback",
                new OwnErrorForm() {
                    @Override
                    protected void hiddenError(CellState s) {
                        super.hiddenError(s);
                        negate(s.error());
                    }
                });
        refuses(
                "correct nudges an output away from its target",
                new OwnErrorForm() {
                    @Override
                    protected void outputError(CellState s) {
                        super.outputError(s);
                        negate(s.error());
                    }
                });
        refuses(
                "announce sends back a value that changes by",
                new OwnErrorForm() {
                    @Override
                    public void announce(CellState s) {
                        super.announce(s);
                        negate(s.backward());
                    }
                });
        refuses(
                "predict writes a slope of",
                new OwnErrorForm() {
                    @Override
                    public void predict(CellState s) {
                        super.predict(s);
                        negate(s.slope());
                    }
                });
        refuses(
                "announce sends back a value that changes by",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public void announce(CellState s) {
                        super.announce(s);
                        negate(s.backward());
                    }
                });
    }

    @Test
    void aLocalUpdateOfTheWrongSignIsRefused() {
        LocalRule uphill =
                (s, shares, factor) -> {
                    DeltaRule.INSTANCE.postsynaptic(s, shares, factor);
                    negate(factor);
                };
        refuses(
                "localRule().postsynaptic has the wrong sign",
                new OwnErrorForm() {
                    @Override
                    public LocalRule localRule() {
                        return uphill;
                    }
                });
        LocalRule sum =
                new LocalRule() {
                    @Override
                    public void postsynaptic(CellState s, double[] shares, double[] factor) {
                        ContrastRule.INSTANCE.postsynaptic(s, shares, factor);
                    }

                    @Override
                    public boolean anchored(CellState s, double[] shares, double[] factor) {
                        ContrastRule.INSTANCE.anchored(s, shares, factor);
                        negate(factor);
                        return true;
                    }
                };
        refuses(
                "localRule().anchored has the wrong sign",
                new OwnHopfield(StatedEnergy.OWN) {
                    @Override
                    public LocalRule localRule() {
                        return sum;
                    }
                });
    }

    @Test
    void whatARuleThrowsIsRefusedByTheMethod() {
        refuses(
                "predict fails with java.lang.IllegalStateException: none",
                new OwnErrorForm() {
                    @Override
                    public void predict(CellState s) {
                        throw new IllegalStateException("none");
                    }
                });
    }

    @Test
    void aValueOfTheWrongSignIsRefused() {
        refuses("energy() falls where correct implies that it rises", valued(-0.5));
        assertDoesNotThrow(() -> RuleContract.probe(valued(0.5), TANH));
    }

    /** Two thirds of what the cells minimise, or 1 percent beside it. */
    @Test
    void aValueOfAnotherEnergyIsRefused() {
        refuses(
                "energy() does not match correct: where a cell comes to rest, the energy changes"
                        + " with the activity by 0.666667 times",
                valued(1.0 / 3.0));
        refuses("energy() does not match correct", valued(0.505));
    }

    @Test
    void aNudgeThatIgnoresTheLossIsRefused() {
        Rule ignorant =
                new OwnErrorForm() {
                    @Override
                    protected void outputError(CellState s) {
                        for (int k = 0; k < s.error().length; k++) {
                            double beta = s.beta()[k % s.columns()];
                            double distance = s.target()[k] - s.prediction()[k];
                            s.error()[k] = beta * distance / (1.0 + beta);
                        }
                    }
                };
        Network other = network(StandardActivation.TANH, StandardLoss.CROSS_ENTROPY);
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RuleContract.probe(ignorant, other))
                        .getMessage();
        assertTrue(
                refusal.contains("by the squared distance, and the loss is cross-entropy"),
                refusal);
        assertDoesNotThrow(() -> RuleContract.probe(ignorant, TANH));
        assertDoesNotThrow(() -> RuleContract.probe(new OwnErrorForm(), other));
    }

    private static Rule valued(double factor) {
        return new OwnErrorForm() {
            @Override
            public StatedEnergy energy() {
                return StatedEnergy.own(
                        (s, energy) -> {
                            for (int k = 0; k < s.error().length; k++) {
                                energy[k % energy.length] += factor * s.error()[k] * s.error()[k];
                            }
                        });
            }
        };
    }

    /** A rule that asks for the state that it starts from has one, and is asked as others are. */
    @Test
    void aRuleMayNeedTheStateThatItStartsFrom() {
        assertDoesNotThrow(() -> RuleContract.probe(new Starting(1.0), TANH));
        refuses("announce sends back a value that changes by", new Starting(-1.0));
    }

    private static final class Starting extends OwnErrorForm {
        private final double sign;

        Starting(double sign) {
            this.sign = sign;
        }

        @Override
        public void correct(CellState s) {
            assertEquals(s.activity().length, s.anchor().activity().length);
            super.correct(s);
        }

        @Override
        public void announce(CellState s) {
            super.announce(s);
            Arrays.setAll(s.backward(), k -> sign * s.backward()[k]);
        }
    }

    /** The rules of the library are not asked, and one that is not defined is refused first. */
    @Test
    void onlyRulesFromElsewhereAreAsked() {
        assertDoesNotThrow(
                () ->
                        RuleContract.require(
                                new OwnErrorForm() {
                                    @Override
                                    public void announce(CellState s) {
                                        negate(s.backward());
                                    }
                                },
                                TANH));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        RuleContract.require(
                                                new HolomorphicHopfield(),
                                                Network.layered(
                                                        new int[] {3, 4, 3},
                                                        StandardActivation.TANH,
                                                        StandardActivation.TANH,
                                                        StandardLoss.SQUARED,
                                                        Initialisation.uniform(1))))
                        .getMessage();
        assertEquals(
                "hep: needs a linear output and the squared loss, got tanh and squared", message);
    }

    private static void negate(double[] values) {
        Arrays.setAll(values, k -> -values[k]);
    }

    /** Predictive coding. */
    private static class OwnErrorForm extends ErrorForm {
        @Override
        public String optionName() {
            return "own";
        }

        @Override
        public void announce(CellState s) {
            for (int k = 0; k < s.backward().length; k++) {
                s.backward()[k] = s.slope()[k] * s.error()[k];
            }
        }

        @Override
        protected void hiddenError(CellState s) {
            System.arraycopy(s.feedback(), 0, s.error(), 0, s.error().length);
        }

        @Override
        protected void outputError(CellState s) {
            nudgeByLoss(s);
        }
    }

    /** A Hopfield energy. */
    private static class OwnHopfield extends Hopfield {
        private final StatedEnergy energy;

        OwnHopfield(StatedEnergy energy) {
            super("own");
            this.energy = energy;
        }

        @Override
        public StatedEnergy energy() {
            return energy;
        }

        @Override
        public void correct(CellState s) {
            super.correct(s);
            System.arraycopy(s.activity(), 0, s.error(), 0, s.error().length);
            announce(s);
        }

        @Override
        public LocalRule localRule() {
            return HebbianRule.INSTANCE;
        }
    }
}
