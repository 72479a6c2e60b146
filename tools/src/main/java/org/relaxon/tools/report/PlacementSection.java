package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where the cells of a run were, if on nodes of a cluster, and what the connections carried. */
final class PlacementSection {
    private static final List<String> NODES =
            List.of("node", "address", "cells", "synapses", "which");
    private static final List<String> LINKS = List.of("from", "to", "bytes", "signals");
    private static final int ROWS = 100;
    private static final int PLACEMENTS = 8;

    private PlacementSection() {}

    /** Writes tables, unless all cells were in one process. */
    static void write(Page page, JsonNode result) {
        JsonNode placements = result.path("placements");
        if (!placements.isArray() || placements.isEmpty()) {
            return;
        }
        page.heading("Nodes");
        for (int k = 0; k < Math.min(PLACEMENTS, placements.size()); k++) {
            String which = placements.size() == 1 ? "" : " " + (k + 1) + " of " + placements.size();
            page.table("Placement" + which + ".", NODES, rows(placements.get(k), NODES), ROWS);
        }
        JsonNode traffic = result.path("traffic");
        if (!traffic.isEmpty()) {
            page.table(
                    "What went over the connections, over all sessions until the end of the last"
                            + " settling: bytes of messages, without the frames of Akka, TLS and TCP.",
                    LINKS,
                    rows(traffic, LINKS),
                    ROWS);
        }
    }

    private static List<List<String>> rows(JsonNode list, List<String> header) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : list) {
            rows.add(header.stream().map(name -> Shown.value(one.path(name))).toList());
        }
        return rows;
    }
}
