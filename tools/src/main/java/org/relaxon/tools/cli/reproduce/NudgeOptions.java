package org.relaxon.tools.cli.reproduce;

import picocli.CommandLine.Option;

/** Options of findings whose cells settle under a nudge; each describes them as its own. */
class NudgeOptions {
    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X")
    private Double beta;

    @Option(names = "--budget-messages", paramLabel = "N")
    private Long messages;

    double beta(double usual) {
        return beta == null ? usual : beta;
    }

    long messages(long usual) {
        return messages == null ? usual : messages;
    }
}
