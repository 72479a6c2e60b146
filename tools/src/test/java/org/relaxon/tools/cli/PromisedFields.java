package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What every JSON result carries at least. */
public final class PromisedFields {
    public static final List<String> NAMES =
            List.of(
                    "command",
                    "version",
                    "seed",
                    "network",
                    "algorithm",
                    "estimator",
                    "beta",
                    "reference",
                    "host",
                    "granularity",
                    "discipline",
                    "delay",
                    "verdict",
                    "reason",
                    "residual",
                    "messages",
                    "synapticOperations",
                    "wallSeconds",
                    "certificate",
                    "relativeError",
                    "cosine",
                    "signAgreement",
                    "order",
                    "projections");

    private PromisedFields() {}

    public static void assertIn(JsonNode result) {
        NAMES.forEach(field -> assertTrue(result.has(field), field));
    }
}
