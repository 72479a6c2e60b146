package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reproduction.StragglerPlan;
import org.relaxon.experiments.reproduction.StragglerRow;
import org.relaxon.experiments.reproduction.StragglerStudy;
import org.relaxon.experiments.reproduction.StragglerWay;
import org.relaxon.experiments.reproduction.StragglerWork;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.cluster.Placement;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.tools.cli.option.ClusterOptions;
import org.relaxon.tools.cli.process.NodeProcesses;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one slow node costs. */
@Command(
        name = "straggler",
        description = {
            "Time to the same gradient where one node of a cluster is slow: eager cells, cells that"
                    + " take turns or wait for answers, and sweeps behind a barrier; without the"
                    + " straggler beside it, and in virtual time. Starts its nodes on this machine"
                    + " unless --join is given. The default takes two minutes. Real time is"
                    + " measured: leave the machine idle.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce straggler --seeds 1        a first impression",
            "  relaxon reproduce straggler --factor 100     a node that hardly moves",
            "  relaxon reproduce straggler --out runs       with tables and a picture"
        })
final class ReproduceStragglerCommand extends FindingCommand<StragglerPlan, StragglerRow> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "straggler",
                    "Beside a node that is ten times as slow, eager cells reach the same gradient at"
                            + " least three times as fast as cells behind barriers.",
                    "Setting: arXiv 2602.23274 (2026), which finds for the simulator NEST that"
                            + " waiting for the slowest node, not the network, is the bottleneck;"
                            + " here cells settle, and one node is slowed on purpose");
    private static final int SEEDS = 3;
    private static final int NODES = 3;

    @Mixin private ClusterOptions cluster;

    @Option(
            names = "--hidden-layers",
            paramLabel = "N",
            description = "Hidden layers of the chains. Default 24.")
    private Integer hiddenLayers;

    @Mixin private WidthOption chain;

    @Option(
            names = "--pause",
            paramLabel = "SPAN",
            description = "Pause of a cell after each of its relaxations. Default 5ms.")
    private String pause;

    @Option(
            names = "--factor",
            paramLabel = "N",
            description = "How many times as long the cells of the slow node pause. Default 10.")
    private Integer factor;

    ReproduceStragglerCommand() {
        super(REPRODUCTION, "settlings", SEEDS);
    }

    @Override
    int runs(StragglerPlan plan) {
        return plan.runs();
    }

    @Override
    List<StragglerRow> run(StragglerPlan plan, BooleanSupplier stop, Runnable done)
            throws IOException {
        if (stop.getAsBoolean()) {
            return List.of();
        }
        StragglerStudy study = new StragglerStudy(plan);
        if (cluster.isJoined()) {
            try (Host host = cluster.open(plan.nodes())) {
                return study.run(host, stop, done);
            }
        }
        try (NodeProcesses nodes = NodeProcesses.start(mainClass(), plan.nodes());
                Host host = ClusterOptions.local(nodes.address(), plan.nodes())) {
            return study.run(host, stop, done);
        }
    }

    @Override
    Findings findings(StragglerPlan plan, List<StragglerRow> rows, double seconds) {
        return new StragglerFindings(plan, rows, seconds);
    }

    @Override
    List<String> pictures(StragglerPlan plan) {
        return StragglerPictures.files();
    }

    @Override
    void describe(StragglerPlan plan, ResolvedText text) throws IOException {
        long timed = plan.cases().stream().filter(c -> c.cluster()).count();
        text.line(
                "settlings",
                "%d: %s x (%d on nodes + %d in virtual time or sweeps)"
                        .formatted(
                                plan.runs(),
                                Figures.count(plan.seeds().size(), "seed"),
                                timed,
                                plan.cases().size() - timed));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        for (StragglerWork work : StragglerWork.values()) {
            text.line(
                    "work",
                    "%s: beta %s%s"
                            .formatted(
                                    work.reportName(),
                                    Figures.number(work.beta()),
                                    work.onCluster() ? "; on nodes too" : ""));
        }
        text.line(
                "ways",
                ResolvedText.list(Arrays.asList(StragglerWay.values()), StragglerWay::reportName));
        text.line(
                "all",
                "pc-nudge, one-sided, tolerance %s, in layer cells"
                        .formatted(Figures.number(StragglerPlan.TOLERANCE)));
        text.line(
                "pauses",
                "%s; on the straggler %s"
                        .formatted(
                                Durations.format(plan.pauseNanos()),
                                Durations.format(plan.pauseNanos() * plan.factor())));
        text.line("nodes", nodes(plan));
        text.budget(plan.budget(), "one settling");
    }

    private String nodes(StragglerPlan plan) throws IOException {
        List<List<String>> cells =
                Placement.balanced(example(plan).network(), Granularity.LAYER, plan.nodes())
                        .cells();
        return cells.stream()
                        .map(c -> c.get(0) + ".." + c.get(c.size() - 1))
                        .collect(Collectors.joining("; "))
                + ", the straggler with "
                + cells.get(plan.slowNode()).get(0)
                + (cluster.isJoined() ? "" : "; started on this machine");
    }

    @Override
    void describeCells(StragglerPlan plan, ResolvedText text) throws IOException {
        Problem p = example(plan);
        text.cells(p, Granularity.LAYER, p.examples());
    }

    private Problem example(StragglerPlan plan) throws IOException {
        return plan.problem().withSeed(firstSeed()).build();
    }

    @Override
    StragglerPlan plan() throws IOException {
        StragglerPlan usual = StragglerPlan.of(firstSeed(), 1);
        StragglerPlan plan =
                new StragglerPlan(
                        hiddenLayers == null ? usual.hiddenLayers() : hiddenLayers,
                        chain.width(usual.width()),
                        cluster.nodes(NODES),
                        pause == null ? usual.pauseNanos() : Durations.parse("pause", pause),
                        factor == null ? usual.factor() : factor,
                        seeds(),
                        threads());
        example(plan); // no network may be left that cannot be built
        var unused = cluster.isJoined(); // nor a connection to nothing
        return plan;
    }

    @Override
    void fill(StragglerPlan plan, ObjectNode node) throws IOException {
        Problem p = example(plan);
        node.put("network", p.network().toString());
        node.put("problem", p.description());
        node.put("algorithm", "pc-nudge");
        node.put("estimator", "one-sided");
        node.put(
                "beta",
                Arrays.stream(StragglerWork.values())
                        .map(w -> Figures.number(w.beta()))
                        .distinct()
                        .collect(Collectors.joining(", ")));
        node.put("host", "cluster, virtual, synchronous");
        node.put("discipline", "eager, turn-taking, handshake");
        node.put("delay", "none");
        node.put("tolerance", StragglerPlan.TOLERANCE);
        node.put("hiddenLayers", plan.hiddenLayers());
        node.put("width", plan.width());
        node.put("nodes", plan.nodes());
        node.put("pauseNanos", plan.pauseNanos());
        node.put("factor", plan.factor());
        Arrays.stream(StragglerWay.values())
                .map(StragglerWay::reportName)
                .forEach(node.putArray("ways")::add);
    }
}
