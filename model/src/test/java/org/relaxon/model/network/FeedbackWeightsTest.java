package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.rule.Moves;

/** Feedback weights of their own: how they are named, drawn and refused. */
class FeedbackWeightsTest {
    private static NetworkBuilder builder(int hidden) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("low", hidden, StandardActivation.TANH)
                .output("out", 40, StandardActivation.LINEAR)
                .project("first", "in", "low")
                .project("second", "low", "out");
    }

    private static NetworkBuilder chain(Connectivity second) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("low", 5, StandardActivation.TANH)
                .output("out", 4, StandardActivation.LINEAR)
                .project("first", "in", "low")
                .project("second", "low", "out", second);
    }

    private static Network network(FeedbackWeights own, Initialisation init) {
        NetworkBuilder plain = builder(50);
        return (own == null ? plain : plain.feedback("second", own)).build(init);
    }

    private static String refusal(Runnable refused) {
        return assertThrows(IllegalArgumentException.class, refused::run).getMessage();
    }

    @Test
    void textsAreReadBack() {
        assertEquals(FeedbackWeights.random(1), FeedbackWeights.parse("random"));
        assertEquals(FeedbackWeights.random(-7), FeedbackWeights.parse("random:seed=-7"));
        assertEquals(
                FeedbackWeights.kolenPollack(0.01, 1), FeedbackWeights.parse("kolen-pollack:0.01"));
        assertEquals(
                FeedbackWeights.homeostasis(2.0, 3), FeedbackWeights.parse("homeostasis:2,seed=3"));
        for (FeedbackWeights one :
                List.of(
                        FeedbackWeights.random(4),
                        FeedbackWeights.kolenPollack(1e-3, 2),
                        FeedbackWeights.homeostasis(0.1, Long.MAX_VALUE))) {
            assertEquals(one, FeedbackWeights.parse(one.toString()));
        }
        assertFalse(FeedbackWeights.random(1).learns());
        assertTrue(FeedbackWeights.kolenPollack(0.0, 1).learns());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "transpose",
                "random:",
                "random:1",
                "random:seed=x",
                "random:seed=1,seed=2",
                "kolen-pollack",
                "kolen-pollack:",
                "kolen-pollack:seed=1",
                "kolen-pollack:.1,.2",
                "homeostasis",
                "homeostasis:1,2,seed=3"
            })
    void otherTextsAreRefused(String text) {
        assertTrue(
                refusal(() -> FeedbackWeights.parse(text)).contains("homeostasis:C[,seed=S]"),
                text);
    }

    @Test
    void strengthsOutOfRangeAreRefused() {
        for (double kappa : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String text = refusal(() -> FeedbackWeights.kolenPollack(kappa, 1));
            assertTrue(text.contains("kolen-pollack needs a kappa"), text);
        }
        for (double c : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String text = refusal(() -> FeedbackWeights.homeostasis(c, 1));
            assertTrue(text.contains("homeostasis needs a finite c"), text);
        }
        String none = refusal(() -> new FeedbackWeights(FeedbackWeights.Kind.RANDOM, 0.5, 1));
        assertTrue(none.contains("random needs none"), none);
    }

    @Test
    void aSeedThatIsNoneIsExplained() {
        for (String seed : new String[] {"1.5", "", "x", "99999999999999999999"}) {
            for (String kind : new String[] {"random:", "kolen-pollack:0.1,"}) {
                String text = refusal(() -> FeedbackWeights.parse(kind + "seed=" + seed));
                assertTrue(text.contains("seed \"" + seed + "\" is not a whole number"), text);
            }
        }
        assertEquals(FeedbackWeights.random(1), FeedbackWeights.parse("random:seed=1"));
        String kappa = refusal(() -> FeedbackWeights.parse("kolen-pollack:much"));
        assertTrue(kappa.contains("\"much\" of kolen-pollack is not a number"), kappa);
    }

    /** Whoever states the scale, the network or an initialisation, it is one refusal. */
    @Test
    void aScaleIsRefusedInOneWording() {
        Initialisation init = Initialisation.uniform(1);
        Connectivity half = Connectivity.scaled(Connectivity.allToAll(), 0.5);
        String built =
                refusal(
                        () ->
                                chain(half)
                                        .feedback("second", FeedbackWeights.random(1))
                                        .build(init));
        String drawn =
                refusal(
                        () ->
                                network(
                                        FeedbackWeights.random(1),
                                        new Initialisation(Initialisation.Scheme.NTP, 1.0, 1)));
        String wording = "scale is not combined with feedback weights of its own: leave out its";
        assertTrue(built.contains(wording) && built.contains("scale 0.5,"), built);
        assertTrue(drawn.contains(wording), drawn);
        Connectivity one = Connectivity.scaled(Connectivity.allToAll(), 1.0);
        chain(one).feedback("second", FeedbackWeights.random(1)).build(init);
    }

    @ParameterizedTest
    @EnumSource(Initialisation.Scheme.class)
    void theyAreDrawnLikeTheWeightsAndIndependentlyOfThem(Initialisation.Scheme scheme) {
        Initialisation init = new Initialisation(scheme, 0.7, 5);
        if (scheme.scales()) {
            String text = refusal(() -> network(FeedbackWeights.random(5), init));
            assertTrue(text.contains("a scale is not combined with feedback weights"), text);
            return;
        }
        Parameters plain = network(null, init).parameters();
        Network own = network(FeedbackWeights.random(5), init); // even with the seed of the weights
        Parameters p = own.parameters();
        assertArrayEquals(plain.weights(1), p.weights(1), "weights changed");
        assertArrayEquals(plain.biases(2), p.biases(2), "biases changed");
        assertEquals(0, plain.feedback(1).length);
        assertEquals(0, p.feedback(0).length);
        assertEquals(40, p.feedback(1).length);
        assertEquals(50, p.feedback(1)[0].length);
        double ww = 0.0;
        double bb = 0.0;
        double wb = 0.0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 50; j++) {
                ww += p.weights(1)[i][j] * p.weights(1)[i][j];
                bb += p.feedback(1)[i][j] * p.feedback(1)[i][j];
                wb += p.weights(1)[i][j] * p.feedback(1)[i][j];
            }
        }
        double noise = 1.0 / Math.sqrt(2000.0);
        assertTrue(Math.abs(bb / ww - 1.0) <= 6.0 * noise, "scales differ: " + bb / ww);
        assertTrue(Math.abs(wb) <= 4.0 * noise * Math.sqrt(ww * bb), "correlated: " + wb);
        double[][] other = network(FeedbackWeights.random(6), init).parameters().feedback(1);
        assertNotEquals(p.feedback(1)[0][0], other[0][0]);
        double[][] same =
                network(FeedbackWeights.kolenPollack(0.1, 5), init).parameters().feedback(1);
        assertArrayEquals(p.feedback(1), same, "the draw depends on the seed alone");
    }

    @Test
    void theNetworkStatesThatItHasNoEnergy() {
        Initialisation init = Initialisation.uniform(1);
        assertEquals("", network(null, init).noEnergy());
        String why = network(FeedbackWeights.random(1), init).noEnergy();
        assertEquals(
                "the network has no energy: its feedback weights are its own, second (low -> out)",
                why);
        assertNull(network(null, init).projection(1).ownFeedback());
    }

    @Test
    void projectionsThatCannotHaveThemAreRefusedByName() {
        FeedbackWeights own = FeedbackWeights.random(1);
        assertTrue(refusal(() -> builder(4).feedback("first", own)).contains("to an input"));
        assertTrue(refusal(() -> builder(4).feedback("third", own)).contains("third"));
        NetworkBuilder more =
                builder(40)
                        .project("among", "low", "low")
                        .project("back", "out", "low")
                        .hidden("middle", 40, StandardActivation.TANH)
                        .project("sparse", "low", "middle", Connectivity.random(2, 1))
                        .share("again", "low", "middle", "second")
                        .hidden("top", 40, StandardActivation.TANH)
                        .project("own", "middle", "top")
                        .feedback("own", own);
        assertTrue(refusal(() -> more.feedback("among", own)).contains("among"));
        assertTrue(refusal(() -> more.feedback("back", own)).contains("closes a cycle"));
        assertTrue(refusal(() -> more.feedback("sparse", own)).contains("random:2,seed=1"));
        assertTrue(refusal(() -> more.feedback("again", own)).contains("with another projection"));
        assertTrue(refusal(() -> more.feedback("second", own)).contains("shares its weights"));
        assertTrue(
                refusal(() -> more.share("third", "low", "top", "own"))
                        .contains("own has feedback weights of its own"));
    }

    @Test
    void parametersOfOtherShapesAreRefused() {
        Initialisation init = Initialisation.uniform(1);
        Network plain = network(null, init);
        Network own = network(FeedbackWeights.random(1), init);
        assertTrue(refusal(() -> own.with(plain.parameters())).contains("Fsecond has 0 rows"));
        assertTrue(refusal(() -> plain.with(own.parameters())).contains("Fsecond has 40 rows"));
        Parameters copy = own.parameters().copy();
        copy.feedback(1)[3][2] = Double.NaN;
        assertEquals("feedback weights of projection 2", copy.firstNotFinite());
        assertTrue(refusal(() -> own.with(copy)).contains("Fsecond[3][2]"));
        assertNull(own.parameters().firstNotFinite());
    }

    static Stream<Algorithm> withoutEnergy() {
        return Stream.of(
                Algorithms.pcNudge(),
                Algorithms.pcNudge(Algorithms.gradient(0.5)),
                Algorithms.precisionPc(2.0, 1.0),
                Algorithms.fenchelYoung(),
                Algorithms.fixedPrediction(),
                Algorithms.zeroDivergence(1.0),
                Algorithms.dualPropagation(),
                Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                Algorithms.equilibriumPropagation(0.5),
                Algorithms.contrastiveHebbian(Form.DIFFERENCE),
                Algorithms.clampedHebbian(Form.PLAIN),
                Algorithms.coupled(Form.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("withoutEnergy")
    void algorithmsThatReadWhatTheyReceiveRun(Algorithm algorithm) {
        algorithm.requireDefinedOn(network(FeedbackWeights.random(1), Initialisation.uniform(1)));
    }

    static Stream<Algorithm> ofAnEnergy() {
        return Stream.of(
                Algorithms.pcNudge(Algorithms.coordinate()),
                Algorithms.pcNudge(Algorithms.safeguarded(Moves.ALL_CELLS)),
                Algorithms.coordinateFenchelYoung(Moves.ALL_CELLS),
                Algorithms.holomorphic());
    }

    @ParameterizedTest
    @MethodSource("ofAnEnergy")
    void algorithmsOfAJointEnergyAreRefusedByName(Algorithm algorithm) {
        Network own = network(FeedbackWeights.random(1), Initialisation.uniform(1));
        String why = refusal(() -> algorithm.requireDefinedOn(own));
        assertTrue(why.startsWith(algorithm.optionName() + ": "), why);
        assertTrue(why.contains("(projection second): "), why);
        assertTrue(why.endsWith("leave out the feedback weights"), why);
        algorithm.requireDefinedOn(network(null, Initialisation.uniform(1)));
    }
}
