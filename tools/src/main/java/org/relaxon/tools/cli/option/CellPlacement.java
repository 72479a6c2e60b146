package org.relaxon.tools.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relaxon.runtime.cluster.ClusterHost;
import org.relaxon.runtime.cluster.ClusterHost.Link;
import org.relaxon.runtime.cluster.Placement.Share;
import org.relaxon.runtime.cluster.PlacementTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Where the cells of the host cluster are: as a file states it, on stderr and in results. */
public final class CellPlacement implements ClusterHost.Observer {
    private static final String NAME = "--placement";
    private static final int BYTES_MAX = 1 << 24;
    private static final String ROW = "%4s  %-21s %9s %12s  %s%n";

    /** Different placements of one command that are shown and recorded. */
    private static final int PLACEMENTS_MAX = 64;

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description =
                    "Where cells are on the nodes of the host cluster: lines with the number of a"
                            + " node, from 1, and cells such as low[0..499], label. Each node has"
                            + " cells that follow one another. Default about equal numbers of"
                            + " synapses.")
    private Path file;

    private final Set<List<Share>> placements = new LinkedHashSet<>();
    private PrintWriter err; // null for no output
    private ClusterHost host; // null before it is opened

    /** That of a command; null if it has none. */
    static CellPlacement of(CommandSpec spec) {
        OptionSpec option = spec == null ? null : spec.findOption(NAME);
        try {
            return option == null ? null : option.scope().get();
        } catch (Exception e) { // as its type allows
            throw new IllegalStateException(e);
        }
    }

    /** From now on placements are printed. */
    void showOn(PrintWriter to) {
        err = to;
    }

    boolean isGiven() {
        return file != null;
    }

    /** What the file states; null without one. */
    PlacementTable table() {
        if (file == null) {
            return null;
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IllegalArgumentException(
                        "placement: %s has more than %d bytes".formatted(file, BYTES_MAX));
            }
            return PlacementTable.parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(
                    "placement: %s is not text in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Learns of the host whose cells these are. */
    ClusterHost opened(ClusterHost opened) {
        host = opened;
        return opened;
    }

    @Override
    public void remark(String line) {
        System.err.println("relaxon: " + line);
    }

    @Override
    public synchronized void placed(List<Share> shares) {
        if (placements.size() < PLACEMENTS_MAX && placements.add(shares) && err != null) {
            err.printf(ROW, "node", "address", "cells", "synapses", "which");
            for (Share one : shares) {
                err.printf(
                        ROW, one.node(), one.address(), one.count(), one.synapses(), one.cells());
            }
            err.flush();
        }
    }

    /**
     * States in a result where cells were and what went over the connections; nothing for other
     * hosts.
     *
     * @param result to be extended
     */
    synchronized void mark(ObjectNode result) {
        if (host == null) {
            return;
        }
        ArrayNode all = result.putArray("placements");
        for (List<Share> one : placements) {
            ArrayNode nodes = all.addArray();
            for (Share share : one) {
                nodes.addObject()
                        .put("node", share.node())
                        .put("address", share.address())
                        .put("cells", share.count())
                        .put("synapses", share.synapses())
                        .put("which", share.cells());
            }
        }
        List<Link> links = new ArrayList<>(host.links());
        ArrayNode traffic = result.putArray("traffic");
        for (Link link : links) {
            traffic.addObject()
                    .put("from", link.from())
                    .put("to", link.to())
                    .put("bytes", link.bytes())
                    .put("signals", link.signals());
        }
    }
}
