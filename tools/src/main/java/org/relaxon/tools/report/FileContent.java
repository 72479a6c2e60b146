package org.relaxon.tools.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Descriptions of the files of a run directory, by their names. */
final class FileContent {
    /** By prefix of the name, the longest first if one is a prefix of another. */
    private static final Map<String, String> PICTURES = new LinkedHashMap<>();

    private static final Map<String, String> FILES =
            Map.ofEntries(
                    Map.entry("manifest.json", "requested options, version and machine"),
                    Map.entry("result.json", "results, with every digit"),
                    Map.entry("results.csv", "a row per case, run or evaluation"),
                    Map.entry("summary.csv", "a row per point of the grid"),
                    Map.entry("summary.txt", "the text that the run printed"),
                    Map.entry(
                            "course.csv", "energy and residual over time, of a repeated settling"),
                    Map.entry("links.csv", "travel times by link, of a repeated settling"),
                    Map.entry("times.csv", "wall-clock time of every run"),
                    Map.entry("journal.txt", "finished runs, from which --resume continues"),
                    Map.entry("alignment.csv", "a row per comparison with backprop"),
                    Map.entry("arrays.npz", "weights, data, updates and reference, for numpy"),
                    Map.entry("angles.csv", "angle to backprop of every layer, in degrees"),
                    Map.entry("probes.npz", "what the probes recorded, for numpy"),
                    Map.entry("figures", "figures for a paper, by report --figures"),
                    Map.entry("latency.hlog", "times of signals and cells, as HdrHistograms"),
                    Map.entry("latency.hgrm", "the same times as percentiles in text"));

    private static final Pattern PROBE = Pattern.compile("probe-[0-9]+\\.csv");

    private static final String MAP = "map over two axes of the grid"; // its title says of what

    static {
        PICTURES.put("error-batch", "relative error against backprop over the nudging strength");
        PICTURES.put("free-distance-batch", "distance of nudged from free hidden activities");
        PICTURES.put("one-minus-cosine-batch", "angle to backprop over the nudging strength");
        PICTURES.put("loss-", "test loss over changes per synapse");
        PICTURES.put("error.", "relative error of local updates over the nudging strength");
        PICTURES.put("curve.", "errors on test and training set over epochs");
        PICTURES.put("loss.", "mean loss of an example over epochs");
        PICTURES.put("distance.", "relative error of local updates against backprop, by minibatch");
        PICTURES.put("angle.", "angle to backprop at every evaluation, whole and by part");
        PICTURES.put("cosine.", "angle between local updates and backprop, by minibatch");
        PICTURES.put("share-settled.", "share of networks that settle over step times delay");
        PICTURES.put(
                "depth-messages-", "messages until every layer has its gradient, over the depth");
        PICTURES.put(
                "depth-critical-path-",
                "longest chain of causes until every layer has its gradient, over the depth");
        PICTURES.put("async-depth-cosine", "cosine with backprop, layer by layer");
        PICTURES.put(
                "async-depth-length", "length of the gradient over that of backprop, by layer");
        PICTURES.put(
                "async-depth-stale-reads",
                "cosine with backprop where one read is stale, by layer");
        PICTURES.put("probe-", "a probed cell at each of its relaxations");
        PICTURES.put("messages.", "messages until all settle over the delay");
    }

    private FileContent() {}

    /** In a few words; empty for a file that is not of this program. */
    static String of(String name) {
        String map = Picture.isOne(name) && name.startsWith("map-") ? MAP : "";
        String probe =
                PROBE.matcher(name).matches() ? "a row per relaxation of a probed cell" : map;
        return FILES.getOrDefault(name, picture(name).orElse(probe));
    }

    /** Description of a picture. */
    static Optional<String> picture(String name) {
        return PICTURES.entrySet().stream()
                .filter(e -> Picture.isOne(name) && name.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
