package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;

/** Projections that use the same weights. */
class TiedProjectionsTest {
    private static NetworkBuilder builder() {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("x", 4)
                .hidden("a", 3, StandardActivation.TANH)
                .hidden("b", 3, StandardActivation.TANH)
                .hidden("c", 3, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("in", "x", "a")
                .project("step", "a", "b")
                .share("again", "b", "c", "step")
                .share("past", "a", "c", "step")
                .project("out", "c", "y");
    }

    private static final Network NETWORK = builder().build(Initialisation.uniform(3));

    @Test
    void theyBeginWithTheSameWeights() {
        Parameters theta = NETWORK.parameters();
        for (int k = 1; k < 4; k++) {
            assertTrue(NETWORK.projection(k).isTied());
            assertEquals(1, NETWORK.projection(k).weightsOf());
            assertArrayEquals(theta.weights(1), theta.weights(k));
        }
        for (int k : new int[] {0, 4}) {
            assertFalse(NETWORK.projection(k).isTied() || NETWORK.projection(k).sharesWeights());
        }
    }

    @Test
    void anUpdateIsTheSumOverThem() {
        Parameters update = NETWORK.zeros();
        for (int k = 0; k < 5; k++) {
            update.weights(k)[1][2] = Math.pow(10, k);
        }
        assertSame(update, NETWORK.sumTied(update));
        double[] expected = {1, 1110, 1110, 1110, 10000};
        for (int k = 0; k < 5; k++) {
            assertEquals(expected[k], update.weights(k)[1][2]);
            assertEquals(0.0, update.weights(k)[0][1]);
        }
    }

    @Test
    void weightsThatDifferAreRefused() {
        Parameters differing = NETWORK.parameters().copy();
        differing.weights(2)[1][2] += 1e-9;
        String why =
                assertThrows(IllegalArgumentException.class, () -> NETWORK.with(differing))
                        .getMessage();
        assertEquals("Wagain differs from Wstep, whose weights it uses", why);
    }

    @Test
    void whatCannotShareWeightsIsRefused() {
        refused("shape (2, 3)", b -> b.share("more", "a", "y", "step"));
        refused("itself uses the weights of step", b -> b.share("more", "a", "c", "again"));
        refused("there is no projection stop", b -> b.share("more", "a", "c", "stop"));
        refused("defined twice", b -> b.share("step", "a", "c", "step"));
        refused(
                "no weights to share",
                b ->
                        b.input("image", 4)
                                .hidden("d", 1, StandardActivation.TANH)
                                .hidden("e", 1, StandardActivation.TANH)
                                .project(
                                        "mean",
                                        "image",
                                        "d",
                                        Connectivity.parse("average-pooling:1x2x2,size=2"))
                                .share("more", "image", "e", "mean"));
    }

    private static void refused(String why, Consumer<NetworkBuilder> last) {
        NetworkBuilder builder = builder();
        String message =
                assertThrows(IllegalArgumentException.class, () -> last.accept(builder))
                        .getMessage();
        assertTrue(message.contains(why), message);
    }
}
