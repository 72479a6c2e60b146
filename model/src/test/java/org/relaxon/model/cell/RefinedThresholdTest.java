package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.signal.Signal;

/**
 * However often thresholds are refined, a cell keeps a change to itself that is the rounding of its
 * activity: two cells would tell each other of theirs for ever.
 */
class RefinedThresholdTest {
    private static Lockstep settled() {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        for (int k = 0; k < 3; k++) {
            p.weights(k)[0][0] = 1.0; // hands a change on as it is
        }
        Network network = drawn.with(p);
        Matrix one = Matrix.of(1, 1, new double[] {1});
        Matrix two = Matrix.of(1, 1, new double[] {2});
        Lockstep net = new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 1e-10);
        return net.open(Phase.nudged(one, two, 1e-3)).settle(1000);
    }

    /**
     * @param change of a presynaptic activity, relative to it
     * @param times that the activity is said
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "3e-16, 0", "1e-14, 1", "1e-10, 1"})
    void aChangeIsSaidUnlessItIsRounding(double change, int times) {
        Lockstep net = settled();
        for (int k = 0; k < 6; k++) {
            net.cells().forEach(c -> c.refine(0.01));
        }
        net.settle(1000);
        Link in =
                net.wiring().links().stream()
                        .filter(l -> l.kind() == Link.Kind.ACTIVITY && l.from() == 0)
                        .findFirst()
                        .orElseThrow();
        double x = net.activity(1)[0];
        long version = net.cells().get(0).lastSignals().sentVersion(in) + 1;
        Cell cell = net.cells().get(in.to());
        double[] changed = {x * (1 + change)};
        cell.receive(in.slot(), new Signal(1, version, changed, 0, 1));
        AtomicInteger said = new AtomicInteger();
        cell.relax(
                (link, signal) -> {
                    if (net.wiring().links().get(link).kind() == Link.Kind.ACTIVITY) {
                        said.incrementAndGet();
                    }
                });
        assertEquals(times, said.get());
    }
}
