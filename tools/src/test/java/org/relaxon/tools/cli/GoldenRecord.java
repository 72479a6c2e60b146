package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzReader;

/**
 * What is kept of one run, as a line of fields apart by tabs.
 *
 * @param code exit code
 * @param verdict with its reason, as JSON states it; empty where there is none
 * @param trace hash of all events; empty where the host has none
 * @param states hash of all states; empty where the host has none
 * @param counts messages, and of a settling relaxations
 * @param results hash of the table of a run directory, without columns of times and words
 * @param arrays hash of all arrays; of a run whose way is not determined, the arrays themselves
 */
record GoldenRecord(
        int code,
        String verdict,
        String trace,
        String states,
        String counts,
        String results,
        String arrays) {
    private static final int HASH = 16;

    /** Parts of the names of columns that clocks fill. */
    private static final List<String> CLOCKS = List.of("wall", "seconds", "nanos");

    /** Columns that say how to repeat the run. */
    private static final List<String> WORDS = List.of("repeat", "command");

    /** Columns that tables did not have when the runs were recorded. */
    private static final List<String> NEWER =
            List.of("criticalpath", "caseholds", "notjudged", "why");

    /** Runs a command and keeps what has to repeat. */
    static GoldenRecord of(GoldenRuns.Golden run, Path directory) throws IOException {
        Ran ran = Ran.relaxon(run.arguments() + " --quiet --json - --out " + directory);
        if (ran.code() == 2) {
            return new GoldenRecord(2, "", "", "", "", "", "");
        }
        JsonNode json = ran.json();
        Path kept = directory(directory);
        Map<String, NpyArray> arrays = arrays(kept);
        boolean loose = run.kind() == GoldenRuns.Kind.VERDICT;
        boolean exact = run.kind() == GoldenRuns.Kind.EXACT;
        return new GoldenRecord(
                ran.code(),
                (text(json, "verdict") + " " + text(json, "reason")).trim(),
                exact ? text(json, "traceHash") : "",
                loose ? "" : text(json, "stateHash"),
                exact ? counts(run, json) : "",
                exact ? table(kept) : "",
                loose ? values(arrays) : hash(arrays));
    }

    private static String counts(GoldenRuns.Golden run, JsonNode json) {
        boolean settles = run.arguments().startsWith("settle");
        String relaxations = settles ? text(json, "relaxations") : "";
        return (text(json, "messages") + " " + relaxations).trim();
    }

    private static String text(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : "";
    }

    private static Path directory(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(p -> p.endsWith("manifest.json"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no result below " + below))
                    .getParent();
        }
    }

    private static Map<String, NpyArray> arrays(Path kept) throws IOException {
        Path file = kept.resolve("arrays.npz");
        return Files.exists(file) ? new TreeMap<>(NpzReader.read(file)) : Map.of();
    }

    private static String hash(Map<String, NpyArray> arrays) {
        MessageDigest digest = sha256();
        arrays.forEach(
                (name, array) -> {
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes(array.values()).array());
                });
        return hex(digest);
    }

    /** Updates alone: what the run is for. */
    private static String values(Map<String, NpyArray> arrays) {
        List<String> out = new ArrayList<>();
        arrays.forEach(
                (name, array) -> {
                    if (name.startsWith("g")) {
                        byte[] raw = bytes(array.values()).array();
                        out.add(name + ":" + Base64.getEncoder().encodeToString(raw));
                    }
                });
        return String.join(",", out);
    }

    private static ByteBuffer bytes(double[] values) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length));
        out.asDoubleBuffer().put(values);
        return out;
    }

    private static String table(Path kept) throws IOException {
        Path file = kept.resolve("results.csv");
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.get(0).split(",", -1);
        MessageDigest digest = sha256();
        for (String line : lines) {
            String[] fields = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            for (int k = 0; k < fields.length; k++) {
                if (!isLeftOut(names[Math.min(k, names.length - 1)])) {
                    digest.update((fields[k] + ",").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return hex(digest);
    }

    private static boolean isLeftOut(String column) {
        String lower = column.toLowerCase(Locale.ROOT);
        return CLOCKS.stream().anyMatch(lower::contains)
                || WORDS.contains(lower)
                || NEWER.contains(lower);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH);
    }

    /** Of the arrays of a run whose way is not determined, the largest relative distance. */
    double distance(GoldenRecord other) {
        Map<String, double[]> mine = unpacked(arrays);
        Map<String, double[]> theirs = unpacked(other.arrays);
        if (!mine.keySet().equals(theirs.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0.0;
        for (String name : mine.keySet()) {
            double[] a = mine.get(name);
            double[] b = theirs.get(name);
            double off = 0.0;
            double size = 0.0;
            for (int k = 0; k < a.length; k++) {
                off = Math.hypot(off, a[k] - b[k]);
                size = Math.hypot(size, b[k]);
            }
            worst = Math.max(worst, off == 0.0 ? 0.0 : off / size); // hands NaN on
        }
        return worst;
    }

    private static Map<String, double[]> unpacked(String packed) {
        Map<String, double[]> out = new TreeMap<>();
        for (String one : packed.isEmpty() ? new String[0] : packed.split(",")) {
            int colon = one.indexOf(':');
            byte[] raw = Base64.getDecoder().decode(one.substring(colon + 1));
            double[] values = new double[raw.length / Double.BYTES];
            ByteBuffer.wrap(raw).asDoubleBuffer().get(values);
            out.put(one.substring(0, colon), values);
        }
        return out;
    }

    /** The same without arrays, for runs whose arrays are compared by distance. */
    GoldenRecord withoutArrays() {
        return new GoldenRecord(code, verdict, trace, states, counts, results, "");
    }

    String line() {
        return String.join(
                "\t", Integer.toString(code), verdict, trace, states, counts, results, arrays);
    }

    static GoldenRecord parse(String[] fields, int from) {
        return new GoldenRecord(
                Integer.parseInt(fields[from]),
                fields[from + 1],
                fields[from + 2],
                fields[from + 3],
                fields[from + 4],
                fields[from + 5],
                fields[from + 6]);
    }
}
