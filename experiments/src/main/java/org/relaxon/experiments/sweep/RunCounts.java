package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.runtime.RunReport;

/**
 * The cost of one run of a grid, all phases together; as in {@link RunReport}.
 *
 * @param messages sent
 * @param delivered to cells
 * @param lost in flight
 * @param repeated because no confirmation had arrived
 * @param injected faults of all kinds
 * @param stale on arrival
 * @param relaxations of cells
 * @param criticalPath relaxations of the longest chain of causes
 * @param synapticOperations multiplications by a weight
 * @param auditRounds audits
 * @param hostNanos time to settle, virtual on the virtual host
 * @param traceHash of the last phase's deliveries, in tables as 16 hexadecimal digits; 0 on hosts
 *     that do not replay
 */
public record RunCounts(
        long messages,
        long delivered,
        long lost,
        long repeated,
        long injected,
        long stale,
        long relaxations,
        long criticalPath,
        long synapticOperations,
        long auditRounds,
        long hostNanos,
        long traceHash) {
    /** For a run that did not take place. */
    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static RunCounts of(RunReport report) {
        return new RunCounts(
                report.messages(),
                report.delivered(),
                report.lost(),
                report.repeated(),
                report.faults().total(),
                report.stale(),
                report.relaxations(),
                report.criticalPath(),
                report.synapticOperations(),
                report.auditRounds(),
                report.hostNanos(),
                report.traceHash());
    }

    static List<String> header() {
        return List.of(
                "messages",
                "delivered",
                "lost",
                "repeated",
                "injected",
                "stale",
                "relaxations",
                "criticalPath",
                "synapticOperations",
                "auditRounds",
                "hostNanos",
                "traceHash");
    }

    List<String> cells() {
        List<String> out = new ArrayList<>();
        LongStream.of(
                        messages,
                        delivered,
                        lost,
                        repeated,
                        injected,
                        stale,
                        relaxations,
                        criticalPath,
                        synapticOperations,
                        auditRounds,
                        hostNanos)
                .forEach(n -> out.add(Long.toString(n)));
        out.add(traceHash == 0 ? "" : HexFormat.of().toHexDigits(traceHash));
        return out;
    }

    static RunCounts of(List<String> cells) {
        int last = cells.size() - 1;
        long[] n = cells.subList(0, last).stream().mapToLong(Long::parseLong).toArray();
        String hash = cells.get(last);
        long trace = hash.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(hash);
        return new RunCounts(
                n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], trace);
    }
}
