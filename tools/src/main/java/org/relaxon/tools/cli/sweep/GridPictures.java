package org.relaxon.tools.cli.sweep;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.tools.output.HeatMap;

/** The maps of a grid as pictures. */
final class GridPictures {
    private GridPictures() {}

    /** Maps by the name of their file, without an ending. */
    static Map<String, HeatMap> of(GridResult result) {
        Map<String, HeatMap> out = new LinkedHashMap<>();
        String score = result.kind().score();
        for (SweepMap map : result.maps()) {
            String name = "map-" + map.x().name() + "-" + map.y().name() + "-";
            if (result.kind().isOfTrainings()) {
                String measure = score.replace("test ", "").toLowerCase(Locale.ROOT);
                out.put(name + measure, HeatMap.score(map, score));
            } else {
                out.put(name + "settled", HeatMap.settled(map));
                out.put(name + "error", HeatMap.error(map));
            }
        }
        return out;
    }
}
