package org.relaxon.tools.cli.reproduce;

import java.util.List;
import picocli.CommandLine.Option;

/** Options of findings over the depth of a network. */
final class DepthOptions extends NudgeOptions {
    @Option(names = "--depths", paramLabel = "L", split = ",")
    private List<Integer> depths;

    @Option(names = "--tolerance", paramLabel = "X")
    private Double tolerance;

    List<Integer> depths(List<Integer> usual) {
        return depths == null ? usual : depths;
    }

    double tolerance(double usual) {
        return tolerance == null ? usual : tolerance;
    }
}
