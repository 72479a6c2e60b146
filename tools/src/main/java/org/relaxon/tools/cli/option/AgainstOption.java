package org.relaxon.tools.cli.option;

import org.relaxon.model.algorithm.Reference;
import picocli.CommandLine.Option;

/** The gradient that updates are compared with, where a command compares with one of choice. */
public final class AgainstOption {
    @Option(
            names = "--against",
            paramLabel = "R",
            description =
                    "Compare with a gradient other than the algorithm's own: backprop,"
                            + " implicit, metric-weighted, finite-difference, linear.")
    private String against;

    /** {@return the requested reference; null for each algorithm's own} */
    public Reference reference() {
        return against == null
                ? null
                : ProblemOptions.choice("against", Reference.values(), against);
    }
}
