package org.relaxon.tools.cli;

import picocli.CommandLine.Option;

/** How many examples of a set are trained and tested on. */
final class PartOptions {
    @Option(
            names = "--examples",
            paramLabel = "N",
            description =
                    "Largest number of examples to train on. Default all; 60000 of"
                            + " a synthetic set.")
    private int train = Integer.MAX_VALUE;

    @Option(
            names = "--test-examples",
            paramLabel = "N",
            description =
                    "Largest number of examples to test on. Default all; 10000 of"
                            + " a synthetic set.")
    private int test = Integer.MAX_VALUE;

    int train() {
        return train;
    }

    int test() {
        return test;
    }
}
