package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.tools.output.Json;

/** The populations and projections of a network as JSON, from which a page draws it. */
public final class GraphJson {
    private GraphJson() {}

    /**
     * {@return name, size and role of every population; name, ends and course of every projection}
     *
     * @param network any network
     */
    public static ObjectNode of(Network network) {
        ObjectNode out = Json.object();
        ArrayNode populations = out.putArray("populations");
        for (Population p : network.populations()) {
            ObjectNode one = populations.addObject();
            one.put("name", p.name());
            one.put("size", p.size());
            one.put("role", p.role().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode projections = out.putArray("projections");
        for (Projection e : network.projections()) {
            ObjectNode one = projections.addObject();
            one.put("name", e.name());
            one.put("from", e.pre());
            one.put("to", e.post());
            one.put("onwards", e.leadsOnwards());
        }
        return out;
    }
}
