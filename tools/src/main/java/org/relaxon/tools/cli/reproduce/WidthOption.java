package org.relaxon.tools.cli.reproduce;

import picocli.CommandLine.Option;

/** The option of findings on chains of equal layers. */
final class WidthOption {
    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Neurons of every layer. Default 16.")
    private Integer width;

    int width(int usual) {
        return width == null ? usual : width;
    }
}
