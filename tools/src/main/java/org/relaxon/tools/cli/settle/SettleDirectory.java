package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.course.RepeatedSettling;
import org.relaxon.tools.output.RunDirectory;

/**
 * The run directory of one settling: manifest, arrays, histograms and a table of one row.
 *
 * @param problem network and data
 * @param used the weights that settled
 * @param estimate the states
 * @param update the local updates as a gradient; null if there is none
 * @param reference the gradient that it is compared with; null if there is none
 * @param recorded probes; null for none
 * @param course what the page draws over time; null for none
 */
record SettleDirectory(
        Problem problem,
        Parameters used,
        GradientEstimate estimate,
        Parameters update,
        Parameters reference,
        Probes recorded,
        RepeatedSettling course) {
    /** The requested configuration; everything else in the result follows from it. */
    private static final List<String> CONFIGURATION =
            List.of(
                    "command",
                    "version",
                    "seed",
                    "network",
                    "problem",
                    "algorithm",
                    "variant",
                    "estimator",
                    "beta",
                    "reference",
                    "host",
                    "granularity",
                    "discipline",
                    "delay",
                    "threshold",
                    "quantum",
                    "tolerance",
                    "refractoryNanos",
                    "refractoryNanosByPopulation",
                    "timing",
                    "options");

    /** Columns of the table: fields of the result. */
    private static final List<String> HEADER =
            List.of(
                    "algorithm",
                    "variant",
                    "estimator",
                    "reference",
                    "beta",
                    "host",
                    "granularity",
                    "delay",
                    "seed",
                    "verdict",
                    "reason",
                    "residual",
                    "relativeError",
                    "cosine",
                    "messages",
                    "delivered",
                    "stale",
                    "late",
                    "lost",
                    "relaxations",
                    "synapticOperations",
                    "auditRounds",
                    "probeWaves",
                    "hostNanos",
                    "wallSeconds",
                    "traceHash",
                    "network",
                    "command");

    /**
     * Writes all but the result and its page.
     *
     * @param below directory that holds those of all runs
     * @param result as {@link SettleJson} states it
     * @return the directory
     */
    Path write(Path below, ObjectNode result) throws IOException {
        ObjectNode config = result.deepCopy().retain(CONFIGURATION);
        if (config.get("timing").isNull()) {
            config.remove("timing");
        }
        RunDirectory directory =
                RunDirectory.create(below, "settle", config, Clock.system(ZoneId.systemDefault()));
        directory.manifest(config);
        directory.arrays(
                problem,
                used,
                update,
                reference,
                equilibrium(estimate.verdict()),
                equilibrium(estimate.free()));
        directory.histograms(estimate.report().histograms());
        directory.results(HEADER, List.of(row(result)));
        if (recorded != null) {
            recorded.write(directory);
        }
        if (course != null) {
            course.write(directory);
        }
        return directory.path();
    }

    private static List<String> row(ObjectNode result) {
        List<String> row = new ArrayList<>();
        for (String name : HEADER) {
            JsonNode value = result.get(name);
            row.add(value == null || value.isNull() ? "" : value.asText());
        }
        return row;
    }

    private static Equilibrium equilibrium(Settlement verdict) {
        return verdict instanceof Conclusive done ? done.equilibrium() : null;
    }
}
