package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.cluster.DryNode;
import org.relaxon.runtime.cluster.DryReport;
import org.relaxon.tools.cli.option.DryNodeOptions;
import org.relaxon.tools.cli.option.OutputOptions;

/** Plays one node of a cluster, and reports what it takes and does. */
public final class DryNodeRun {
    private final DryNodeOptions options;
    private final OutputOptions output;
    private final PrintWriter out;
    private final ArrayNode reports = JsonNodeFactory.instance.arrayNode();

    /**
     * Of one command.
     *
     * @param options which node
     * @param output where results go
     * @param out for display
     */
    public DryNodeRun(DryNodeOptions options, OutputOptions output, PrintWriter out) {
        this.options = options;
        this.output = output;
        this.out = out;
    }

    /**
     * Plays the node in one run.
     *
     * @param spec of the problem
     * @param method phases and strength; strength 0 for the free phase alone
     * @param plan everything else about the run
     * @throws IOException if a data file cannot be read
     */
    public void run(ProblemSpec spec, Method method, RunPlan plan) throws IOException {
        Problem problem = Problem.outline(spec);
        method.algorithm().requireDefinedOn(problem.network());
        plan.signalling().requireSupported(problem.network(), plan.rule(), plan.kernels());
        Map<String, Phase> phases = phases(problem, method);
        phases.values().forEach(phase -> phase.validate(problem.network()));
        DryReport report =
                DryNode.report(
                        new DryNode.Place(
                                problem.network(),
                                new Initialisation(spec.scheme(), spec.gain(), spec.seed()),
                                plan,
                                options.nodes(),
                                options.node()),
                        phases);
        reports.add(DryNodeJson.of(report, problem, method, plan));
        if (output.prose()) {
            out.println(problem.description());
            out.printf("%s, in %s cells%n", method, plan.granularity());
            DryNodeText.print(out, report);
            out.flush();
        }
    }

    /** By the names under which their states are saved. */
    private static Map<String, Phase> phases(Problem problem, Method method) {
        if (method.strength() == 0.0) {
            return Map.of(Algorithm.FREE, Phase.free(problem.input()));
        }
        List<Phase> all = method.phases(problem.input(), problem.target());
        Map<String, Phase> out = new LinkedHashMap<>();
        for (int k = 0; k < all.size(); k++) {
            out.put(method.algorithm().phases().get(k).name(), all.get(k));
        }
        return out;
    }

    /**
     * Writes what {@code --json} requests.
     *
     * @param command name of the verb
     * @throws IOException if it cannot be written
     */
    public void write(String command) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("command", command);
        json.put("dryNodes", options.nodes());
        json.put("as", options.node() + 1);
        json.set("reports", reports);
        output.write(json, out);
    }
}
