package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The probes of a settling: what was recorded, and where it is. */
final class ProbeSection {
    private static final List<String> HEADER = List.of("probe", "cells", "rows", "lost", "file");
    private static final int ROWS = 100;
    private static final String MEANING =
            "A row of a file is a relaxation of a probed cell, with the signals received since the"
                    + " one before, or the end of a phase. Residuals are those before a relaxation."
                    + " in-flight is sent minus received, which can be negative: only its sum over"
                    + " all cells means anything. Pictures show at most the first 8 neurons or"
                    + " cells; an upright line marks where a phase ends, and lines of different"
                    + " phases are not joined. Above is the kind of each phase, or the number of"
                    + " the step of a training where it begins. Residuals of 0, which a logarithmic"
                    + " axis has no place for, are not drawn; of residuals that are all 0 there is"
                    + " no picture. The column lost counts rows beyond the limit. Of the quantities, stale"
                    + " counts signals dropped because a newer one had been received, and lost those"
                    + " that faults removed. The axis of time puts the phases, and the recorded steps of"
                    + " a training, one after the other, without what lies between. The arrays of all probes are in probes.npz.";

    private ProbeSection() {}

    /**
     * Writes a table, unless nothing was probed.
     *
     * @return whether anything was
     */
    static boolean write(Page page, JsonNode result) {
        JsonNode list = result.path("probes");
        if (!list.isArray() || list.isEmpty()) {
            return false;
        }
        page.heading("Probes");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : list) {
            rows.add(HEADER.stream().map(name -> Shown.value(one.path(name))).toList());
        }
        page.note(MEANING);
        page.table("What was recorded.", HEADER, rows, ROWS);
        long every = result.path("probeEvery").asLong();
        long after = result.path("probesAfterStep").asLong();
        if (every > 0) {
            page.paragraph(
                    "Recorded in %s%s."
                            .formatted(
                                    every == 1
                                            ? "every step of the training"
                                            : "step 1 of the training and every %d later"
                                                    .formatted(every),
                                    after == 0
                                            ? ""
                                            : "; none up to step %d, as the checkpoint it goes on from keeps no rows"
                                                    .formatted(after)));
        }
        return true;
    }
}
