package org.relaxon.tools.cli.settle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relaxon.runtime.fault.FaultCounts;

/** The names under which results count faults. */
final class FaultsThatHappened {
    private FaultsThatHappened() {}

    /** All counts by name, in order, those of zero among them. */
    static Map<String, Long> of(FaultCounts counts) {
        Map<String, Long> out = new LinkedHashMap<>();
        out.put("dropped", counts.dropped());
        out.put("cut", counts.cut());
        out.put("burst", counts.burst());
        out.put("duplicated", counts.duplicated());
        out.put("slowed", counts.slowed());
        out.put("crashes", counts.crashes());
        out.put("reordered", counts.reordered());
        out.put("held", counts.held());
        out.put("late", counts.late());
        out.put("starved", counts.starved());
        return out;
    }
}
