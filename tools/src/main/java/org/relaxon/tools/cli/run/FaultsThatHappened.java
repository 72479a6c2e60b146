package org.relaxon.tools.cli.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.tools.output.FaultWords;

/** The names under which results count faults. */
public final class FaultsThatHappened {
    private FaultsThatHappened() {}

    /**
     * The counts above zero in words.
     *
     * @param counts faults that happened
     * @return such as "3 dropped, 1 late"
     */
    public static String text(FaultCounts counts) {
        return of(counts).entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + FaultWords.of(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /**
     * All counts by name, in order, those of zero among them.
     *
     * @param counts faults that happened
     * @return a new map
     */
    public static Map<String, Long> of(FaultCounts counts) {
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
