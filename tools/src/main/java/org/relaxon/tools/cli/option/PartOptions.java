package org.relaxon.tools.cli.option;

import picocli.CommandLine.Option;

/** The numbers of examples to train and to test on. */
public final class PartOptions {
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

    /** {@return number of examples to train on} */
    public int train() {
        return train;
    }

    /** {@return number of examples to test on} */
    public int test() {
        return test;
    }
}
