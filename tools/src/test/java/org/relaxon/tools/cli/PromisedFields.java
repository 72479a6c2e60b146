package org.relaxon.tools.cli;

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
}
