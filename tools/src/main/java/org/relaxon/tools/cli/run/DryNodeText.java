package org.relaxon.tools.cli.run;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.relaxon.runtime.cluster.DryReport;
import org.relaxon.runtime.cluster.NodeModel;
import org.relaxon.runtime.cluster.NodeUsage;
import org.relaxon.runtime.cluster.WholeCluster;

/** What nodes take and do, for display. */
public final class DryNodeText {
    private static final double MIB = 1 << 20;
    private static final int WAYS_SHOWN = 4;

    private DryNodeText() {}

    static void print(PrintWriter out, DryReport report) {
        NodeUsage measured = report.measured();
        NodeModel model = report.predicted();
        out.printf(
                Locale.ROOT,
                "%nnode %d of %d: %d cells %s to %s, %d neurons, %d synapses%n",
                report.index() + 1,
                report.nodes(),
                measured.cells(),
                report.cells().get(0),
                report.cells().get(1),
                measured.neurons(),
                model.synapses());
        out.printf("%n  %-34s %14s %14s%n", "", "predicted", "measured");
        line(out, "memory, MiB", mib(model.bytes()), mib(measured.heapBytes()));
        line(out, "  weights", mib(model.weights()), "");
        line(out, "  states and signals", mib(model.states()), "");
        line(out, "  cells and links", mib(model.cells()), "");
        line(out, "  of the whole network", mib(model.network()), "");
        line(
                out,
                "operations of a round",
                Long.toString(model.roundOperations()),
                number(measured.roundOperations()));
        line(out, "time of a round, ms", "", ms(measured.roundNanos()));
        line(
                out,
                "operations per second",
                "",
                String.format(
                        Locale.ROOT,
                        "%.3g",
                        measured.roundOperations() / measured.roundNanos() * 1e9));
        ways(out, report.ways());
        cluster(out, report);
        out.printf("%n  round: every cell relaxes once and sends one signal on every channel%n");
    }

    private static void ways(PrintWriter out, List<DryReport.Way> ways) {
        out.printf("%n  %-34s %14s %14s%n", "to other nodes", "channels", "bytes a round");
        line(
                out,
                "all %d".formatted(ways.size()),
                Long.toString(ways.stream().mapToLong(DryReport.Way::channels).sum()),
                Long.toString(ways.stream().mapToLong(DryReport.Way::bytes).sum()));
        ways.stream()
                .sorted(Comparator.comparingLong(DryReport.Way::bytes).reversed())
                .limit(WAYS_SHOWN)
                .forEach(
                        way ->
                                line(
                                        out,
                                        "  node %d".formatted(way.other() + 1),
                                        Long.toString(way.channels()),
                                        Long.toString(way.bytes())));
    }

    private static void cluster(PrintWriter out, DryReport report) {
        WholeCluster all = report.cluster();
        out.printf("%n  %-34s %14s %14s%n", "all nodes", "predicted", "as measured");
        double ratio = report.memoryRatio();
        line(out, "cells", Long.toString(all.cells()), "");
        line(out, "synapses", Long.toString(all.synapses()), "");
        line(out, "memory, MiB", mib(all.bytes()), mib(Math.round(all.bytes() * ratio)));
        line(
                out,
                "  largest, node %d".formatted(all.largestNode() + 1),
                mib(all.largestBytes()),
                mib(Math.round(all.largestBytes() * ratio)));
        line(out, "operations of a round", Long.toString(all.roundOperations()), "");
        line(out, "channels between nodes", Long.toString(all.channels()), "");
        line(out, "  bytes a round", Long.toString(all.roundBytes()), "");
    }

    /**
     * Prints what the nodes of a cluster have measured.
     *
     * @param out to print to
     * @param nodes in their order; nothing is printed without any
     */
    public static void print(PrintWriter out, List<NodeUsage> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        out.printf(
                "%-8s %8s %9s %12s %12s %10s %12s %14s %12s%n",
                "nodes",
                "cells",
                "neurons",
                "memory, MiB",
                "relaxations",
                "ops each",
                "processor ms",
                "ops of a round",
                "ms of it");
        for (int k = 0; k < nodes.size(); k++) {
            NodeUsage node = nodes.get(k);
            out.printf(
                    Locale.ROOT,
                    "  %-6d %8d %9d %12s %12d %10s %12s %14s %12s%n",
                    k + 1,
                    node.cells(),
                    node.neurons(),
                    mib(node.heapBytes()),
                    node.relaxations(),
                    number((double) node.operations() / node.relaxations()),
                    ms(node.cpuNanos()),
                    number(node.roundOperations()),
                    ms(node.roundNanos()));
        }
    }

    private static void line(PrintWriter out, String name, String first, String second) {
        out.println("  %-34s %14s %14s".formatted(name, first, second).stripTrailing());
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / MIB);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
