package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.host.Hosts;

/** How much heap a neuron that is a cell takes after settling, beside its synapses. */
class CellHeapTest {
    private static final long VIRTUAL_MAX = 1_000;
    private static final long AKKA_MAX = 1_900;

    /** Bytes of a synapse; every hidden neuron has one in and one out. */
    private static final long SYNAPSE = 60;

    private static final int FEWER = 5_000;
    private static final int MORE = 10_000;
    private static final int NEURONS = 1_000;
    private static final int FAN_IN = 100;
    private static final int COLLECTIONS = 4;

    /** A reference of eight bytes would make every object larger. */
    @BeforeAll
    static void referencesAreShort() {
        HotSpotDiagnosticMXBean machine =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        assumeTrue(
                Boolean.parseBoolean(machine.getVMOption("UseCompressedOops").getValue()),
                "the heap is larger than 32 GB");
    }

    /**
     * Bytes of all objects that are reachable, whenever memory was last collected. A collection may
     * leave a few dead objects where they are, but not several in a row.
     */
    private static long liveBytes() throws JMException {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < COLLECTIONS; k++) {
            least = Math.min(least, bytesInHistogram());
        }
        return least;
    }

    private static long bytesInHistogram() throws JMException {
        Object histogram =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
        String total =
                histogram.toString().lines().filter(l -> l.startsWith("Total")).findFirst().get();
        return Long.parseLong(total.split(" +")[2]);
    }

    private static Matrix row(int columns, double value) {
        double[] values = new double[columns];
        Arrays.fill(values, value);
        return Matrix.of(1, columns, values);
    }

    /** What a host of its own and a session take: both have ended when the next ones begin. */
    private static long liveBytes(Supplier<Host> hosts, int neurons, int columns)
            throws JMException {
        Network network =
                Network.layered(
                        new int[] {1, neurons, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
        long before = liveBytes();
        try (Host host = hosts.get();
                Session session = host.open(network, plan)) {
            Settlement verdict =
                    session.settle(
                            Estimator.ONE_SIDED.phase(row(columns, 0.5), row(columns, 0.25), 1e-3),
                            Budget.DEFAULT);
            assertInstanceOf(Settled.class, verdict);
            return liveBytes() - before;
        }
    }

    /** What both sizes take, such as classes, cancels out. */
    private static long bytesPerCell(Supplier<Host> hosts, int columns) throws JMException {
        liveBytes(hosts, 1, columns); // loads classes
        long fewer = liveBytes(hosts, FEWER, columns);
        long more = liveBytes(hosts, MORE, columns);
        return (more - fewer) / (MORE - FEWER) - 2 * SYNAPSE;
    }

    @Test
    void aCellInVirtualTimeTakesAKilobyte() throws JMException {
        long bytes = bytesPerCell(Hosts::virtual, 1);
        assertTrue(bytes > VIRTUAL_MAX / 2 && bytes <= VIRTUAL_MAX, bytes + " bytes");
    }

    @Test
    void aCellThatIsAnActorTakesTwo() throws JMException {
        long bytes = bytesPerCell(() -> Hosts.akka(2), 1);
        assertTrue(bytes > AKKA_MAX / 2 && bytes <= AKKA_MAX, bytes + " bytes");
    }

    /** The twin: what a larger batch adds to a cell is counted. */
    @Test
    void aLargerBatchTakesMore() throws JMException {
        long bytes = bytesPerCell(Hosts::virtual, 8);
        assertTrue(bytes > VIRTUAL_MAX, bytes + " bytes");
    }

    /** Bytes of a wiring of neurons with {@code fanIn} random synapses each, per link. */
    private static double bytesPerLink(Connectivity connectivity) throws JMException {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 1)
                        .hidden("low", NEURONS, StandardActivation.TANH)
                        .hidden("high", NEURONS, StandardActivation.TANH)
                        .output("out", 1, StandardActivation.LINEAR)
                        .project("in-low", "in", "low")
                        .project("low-high", "low", "high", connectivity)
                        .project("high-out", "high", "out")
                        .build(Initialisation.uniform(1));
        Wiring.of(network, Granularity.LAYER); // loads classes
        long before = liveBytes();
        Wiring wiring = Wiring.of(network, Granularity.NEURON);
        long bytes = liveBytes() - before;
        assertEquals(NEURONS, wiring.cellsOf(1).size());
        return (double) bytes / wiring.links().size();
    }

    @Test
    void aLinkOfASparseProjectionTakesFourBytes() throws JMException {
        double bytes = bytesPerLink(Connectivity.random(FAN_IN, 1));
        assertTrue(bytes > 3.9 && bytes <= 4.5, bytes + " bytes");
    }

    /** The twin: links that follow by arithmetic take nothing. */
    @Test
    void aLinkBetweenCellsThatAreAllLinkedTakesNone() throws JMException {
        double bytes = bytesPerLink(Connectivity.allToAll());
        assertTrue(bytes < 0.5, bytes + " bytes");
    }
}
