package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the processes of a host have sent to each other, over all sessions. Thread-safe. */
final class Traffic {
    private final Map<List<String>, Sent.Totals> links = new TreeMap<>(Traffic::compare);

    private static int compare(List<String> a, List<String> b) {
        int first = a.get(0).compareTo(b.get(0));
        return first == 0 ? a.get(1).compareTo(b.get(1)) : first;
    }

    /** More has gone from one address to another. */
    synchronized void add(String from, String to, Sent.Totals more) {
        links.merge(List.of(from, to), more, Sent.Totals::plus);
    }

    /** All links on which anything was sent, by address. */
    synchronized List<ClusterHost.Link> links() {
        List<ClusterHost.Link> out = new ArrayList<>();
        links.forEach(
                (ends, sent) -> {
                    if (sent.bytes() > 0) {
                        out.add(
                                new ClusterHost.Link(
                                        ends.get(0), ends.get(1), sent.bytes(), sent.signals()));
                    }
                });
        return out;
    }
}
