package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.tools.output.Json;

/** The comparison of one projection's update with its reference, in every JSON result. */
public final class ProjectionJson {
    private ProjectionJson() {}

    /**
     * Adds the figures of one projection.
     *
     * @param node to be extended
     * @param p the comparison
     */
    public static void fill(ObjectNode node, ProjectionComparison p) {
        node.put("name", p.name());
        Json.put(node, "relativeError", p.relativeError());
        Json.put(node, "cosine", p.cosine());
        Json.put(node, "oneMinusCosine", p.oneMinusCosine());
        Json.put(node, "angleDegrees", p.angleDegrees());
        node.put("cosineReason", p.cosineReason());
        Json.put(node, "signAgreement", p.signAgreement());
        Json.put(node, "rmse", p.rmse());
        Json.put(node, "normRatio", p.normRatio());
        Json.put(node, "leastDifference", p.minimum());
        Json.put(node, "medianDifference", p.median());
        Json.put(node, "quantile90Difference", p.quantile90());
        Json.put(node, "mostDifference", p.maximum());
    }
}
