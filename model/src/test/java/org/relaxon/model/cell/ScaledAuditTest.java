package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Resolution;

/** A matrix under a scale is audited as the matrix of the same strengths is, at the same cost. */
class ScaledAuditTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[] SIZES = {40, 60, 50, 3};
    private static final int COLUMNS = 4; // two examples at opposite strengths

    /** A power of two, which rounds nothing. */
    private static final double SCALE = 0.25;

    /** A cell does not send what is smaller, so that an audit finds something. */
    private static final double THRESHOLD = 1e-4;

    private static Network network(boolean scaled) {
        Connectivity all = Connectivity.allToAll();
        NetworkBuilder builder =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("0", SIZES[0])
                        .hidden("1", SIZES[1], StandardActivation.TANH)
                        .hidden("2", SIZES[2], StandardActivation.TANH)
                        .output("3", SIZES[3], StandardActivation.LINEAR);
        for (int l = 1; l < SIZES.length; l++) {
            Connectivity one = scaled ? Connectivity.scaled(all, SCALE) : all;
            builder.project("" + l, "" + (l - 1), "" + l, one);
        }
        Network drawn = builder.build(new Initialisation(Initialisation.Scheme.NORMAL, 0.25, 3));
        Parameters p = drawn.parameters().copy();
        for (int k = 0; k < drawn.projections().size(); k++) {
            for (int i = 0; i < p.weights(k).length; i++) {
                for (int j = 0; j < p.weights(k)[i].length; j++) {
                    double strength = 0.05 * CounterRandom.normal(k, i, j);
                    p.weights(k)[i][j] = scaled ? strength / SCALE : strength;
                }
            }
        }
        return drawn.with(p);
    }

    private static Matrix normal(int rows, long stream) {
        double[] out = new double[rows * COLUMNS];
        Arrays.setAll(out, k -> CounterRandom.normal(5, stream, k / COLUMNS * 2 + k % 2));
        return Matrix.of(rows, COLUMNS, out);
    }

    private static Lockstep settled(boolean scaled, String granularity, boolean contrast) {
        Rule rule = contrast ? new Hopfield("ep") : new PredictiveCoding();
        Lockstep net =
                new Lockstep(network(scaled), Granularity.parse(granularity), rule, THRESHOLD);
        Matrix input = normal(SIZES[0], 1);
        double[] betas = {0.5, 0.5, -0.5, -0.5};
        Phase nudged = Phase.nudged(input, normal(SIZES[3], 2), betas);
        if (!contrast) {
            return net.open(nudged).settle(2_000);
        }
        net.open(Phase.free(input)).settle(2_000).save("free");
        return net.open(nudged.startingFrom("free")).settle(2_000);
    }

    @ParameterizedTest
    @CsvSource({"layer, false", "neuron, false", "layer, true", "neuron, true"})
    void theBoundsAreThoseOfTheSameStrengths(String granularity, boolean contrast) {
        AuditResult plain = settled(false, granularity, contrast).audit();
        AuditResult scaled = settled(true, granularity, contrast).audit();
        Resolution due = plain.resolution();
        double most = 0.0;
        for (int p = 0; p < SIZES.length - 1; p++) {
            for (int c = 0; c < COLUMNS; c++) {
                double withheld = due.withheld(p, c);
                most = Math.max(most, withheld);
                assertEquals(withheld, scaled.resolution().withheld(p, c), 1e-10 * withheld);
                assertEquals(due.rounded(c), scaled.resolution().rounded(c));
            }
        }
        assertTrue(most > 1e-9, "nothing was withheld");
    }

    /** Sums of outer products are never written out: that took 5 to 9 times the memory here. */
    @ParameterizedTest
    @CsvSource({"layer, false", "layer, true"})
    void anAuditCostsAsMuchAsWithoutAScale(String granularity, boolean contrast) {
        long plain = allocated(settled(false, granularity, contrast));
        long scaled = allocated(settled(true, granularity, contrast));
        assertTrue(scaled <= 1.5 * plain, scaled + " bytes beside " + plain);
    }

    private static long allocated(Lockstep net) {
        net.audit();
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        AuditResult found = net.audit();
        long spent = THREADS.getThreadAllocatedBytes(thread) - before;
        assertTrue(found.residual(0) < 1.0);
        return spent;
    }
}
