package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzReader;

/** The worst case of a check is the same in every output. */
class CheckWorstCaseTest {
    private static final String FEW =
            "check --seeds 1 --host virtual --granularity layer --delay none --layers 4,6,3 ";

    @TempDir private Path directory;

    /** In either order of the strengths, and not the case nearest to its prediction. */
    @ParameterizedTest
    @ValueSource(strings = {"1e-2,1e-3", "1e-3,1e-2"})
    void itHasTheLargestError(String betas) throws IOException {
        String line = FEW + "--algorithm pc-nudge,fy-pc --beta " + betas;
        JsonNode json = relaxon(line + " --out " + directory + " --json -").json();
        double largest =
                StreamSupport.stream(json.get("cases").spliterator(), false)
                        .mapToDouble(c -> c.get("relativeError").asDouble())
                        .max()
                        .orElseThrow();

        assertEquals(largest, json.get("relativeError").asDouble());
        assertEquals(0.01, json.get("beta").asDouble());
        assertEquals(largest, error(Path.of(json.get("directory").asText())), 1e-12);
    }

    /** The twin: a case without a gradient is worse than any error. */
    @Test
    void aCaseThatDidNotSettleIsWorse() throws IOException {
        String few = "--algorithm pc-nudge --beta .3,.05 --budget-messages 20 --json -";
        JsonNode json = relaxon(FEW + few).json();

        assertEquals("not-settled", json.get("verdict").asText());
        assertTrue(json.get("relativeError").isNull(), json.toString());
        assertTrue(json.get("cases").findValuesAsText("verdict").contains("settled"));
    }

    /** The relative error of the stored update. */
    private static double error(Path run) throws IOException {
        var arrays = NpzReader.read(run.resolve("arrays.npz"));
        double apart = 0.0;
        double size = 0.0;
        for (String name : arrays.keySet()) {
            if (name.matches("r[Wb][0-9]+")) {
                NpyArray reference = arrays.get(name);
                double[] r = reference.values();
                double[] g = arrays.get("g" + name.substring(1)).values();
                for (int k = 0; k < r.length; k++) {
                    apart += (g[k] - r[k]) * (g[k] - r[k]);
                }
                size += Arrays.stream(r).map(x -> x * x).sum();
            }
        }
        return Math.sqrt(apart / size);
    }
}
