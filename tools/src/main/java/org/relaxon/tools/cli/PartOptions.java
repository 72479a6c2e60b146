package org.relaxon.tools.cli;

import picocli.CommandLine.Option;

/** How many examples of a set are trained and tested on. */
final class PartOptions {
    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Most examples to train on. Default ${DEFAULT-VALUE}.")
    private int train;

    @Option(
            names = "--test-examples",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Most examples to test on. Default ${DEFAULT-VALUE}.")
    private int test;

    int train() {
        return train;
    }

    int test() {
        return test;
    }
}
