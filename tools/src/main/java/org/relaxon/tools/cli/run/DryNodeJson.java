package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.cluster.DryReport;
import org.relaxon.runtime.cluster.NodeModel;
import org.relaxon.runtime.cluster.NodeUsage;
import org.relaxon.runtime.cluster.WholeCluster;

/** What nodes take and do, as JSON; memory in bytes. */
public final class DryNodeJson {
    private DryNodeJson() {}

    static ObjectNode of(DryReport report, Problem problem, Method method, RunPlan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("problem", problem.description());
        json.put("algorithm", method.algorithm().label());
        json.put("granularity", plan.granularity().toString());
        json.put("node", report.index() + 1);
        json.put("nodes", report.nodes());
        report.cells().forEach(json.putArray("cells")::add);
        json.set("predicted", predicted(report.predicted()));
        json.set("measured", of(report.measured()));
        ArrayNode ways = json.putArray("ways");
        for (DryReport.Way way : report.ways()) {
            ways.addObject()
                    .put("node", way.other() + 1)
                    .put("channels", way.channels())
                    .put("roundBytes", way.bytes())
                    .put("channelsBack", way.back());
        }
        json.set("cluster", cluster(report.cluster()));
        return json;
    }

    private static ObjectNode predicted(NodeModel model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("synapses", model.synapses())
                .put("links", model.links())
                .put("heapBytes", model.bytes())
                .put("weightBytes", model.weights())
                .put("stateBytes", model.states())
                .put("cellBytes", model.cells())
                .put("networkBytes", model.network())
                .put("roundOperations", model.roundOperations());
    }

    private static ObjectNode cluster(WholeCluster all) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cells", all.cells())
                .put("synapses", all.synapses())
                .put("heapBytes", all.bytes())
                .put("largestHeapBytes", all.largestBytes())
                .put("largestNode", all.largestNode() + 1)
                .put("roundOperations", all.roundOperations())
                .put("channels", all.channels())
                .put("roundBytes", all.roundBytes());
    }

    private static ObjectNode of(NodeUsage usage) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cells", usage.cells())
                .put("neurons", usage.neurons())
                .put("heapBytes", usage.heapBytes())
                .put("relaxations", usage.relaxations())
                .put("operations", usage.operations())
                .put("roundOperations", usage.roundOperations())
                .put("cpuNanos", usage.cpuNanos())
                .put("roundNanos", usage.roundNanos());
    }

    /**
     * States what the nodes of a cluster have measured.
     *
     * @param result receives the array {@code nodes}; nothing without any
     * @param nodes in their order
     */
    public static void add(ObjectNode result, List<NodeUsage> nodes) {
        if (!nodes.isEmpty()) {
            ArrayNode all = result.putArray("nodes");
            nodes.forEach(node -> all.add(of(node)));
        }
    }
}
