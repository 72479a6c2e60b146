package org.relaxon.tools.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.settle.Equilibrium;

/**
 * The output of one command: {@code DIR/<experiment>/<date-time>-<config-hash>/} with files that
 * numpy and pandas load without further tools. The directory is new; nothing in it is ever
 * overwritten.
 */
public final class RunDirectory {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int HASH_DIGITS = 8;
    private static final double INTERVAL_SECONDS = 0.001; // which have no meaning here
    private static final double NANOS_PER_MICRO = 1000.0;

    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates the directory of a new run.
     *
     * @param below directory that holds it
     * @param experiment first part of its name
     * @param config the resolved options, whose hash becomes part of the name
     * @param clock gives the date and time in its name
     * @return the directory, empty
     * @throws IOException if the directory cannot be created
     */
    public static RunDirectory create(Path below, String experiment, ObjectNode config, Clock clock)
            throws IOException {
        String hash = hash(Json.pretty(config));
        String name = STAMP.format(LocalDateTime.now(clock)) + "-" + hash;
        Path parent = below.resolve(experiment);
        Files.createDirectories(parent); // which may return another spelling of the path
        Path directory = parent.resolve(name);
        for (int again = 2; ; again++) {
            try {
                return new RunDirectory(Files.createDirectory(directory));
            } catch (FileAlreadyExistsException e) {
                directory = parent.resolve(name + "-" + again);
            }
        }
    }

    /**
     * {@return an existing directory, to which files are added}
     *
     * @param directory of an earlier part of the run
     */
    public static RunDirectory open(Path directory) {
        return new RunDirectory(directory);
    }

    /** {@return the path of the directory} */
    public Path path() {
        return directory;
    }

    /**
     * Writes {@code manifest.json}: the configuration, and the machine on which it ran.
     *
     * @param config the resolved options
     * @throws IOException if the file exists or cannot be written
     */
    public void manifest(ObjectNode config) throws IOException {
        ObjectNode manifest = Json.object();
        manifest.put("version", Version.text());
        manifest.set("config", config);
        Environment.describe(manifest);
        create("manifest.json", Content.text(Json.pretty(manifest) + "\n"));
    }

    /**
     * Writes {@code results.csv}: a header and one row per run.
     *
     * @param header names of the columns
     * @param rows texts, each row as long as the header
     * @throws IOException if the file exists or cannot be written
     */
    public void results(List<String> header, List<List<String>> rows) throws IOException {
        create("results.csv", csv("results.csv", header, rows));
    }

    /**
     * Writes a table completely or not at all, replacing one that an earlier part of the same run
     * wrote.
     *
     * @param file its name
     * @param header names of the columns
     * @param rows texts, each row as long as the header
     * @throws IOException if the file cannot be written
     */
    public void table(String file, List<String> header, List<List<String>> rows)
            throws IOException {
        WholeFile.replace(directory.resolve(file), csv(file, header, rows));
    }

    /**
     * {@return a table as text}
     *
     * @param file named if a row does not fit the header
     * @param header names of the columns
     * @param rows texts, each row as long as the header
     */
    public static Content csv(String file, List<String> header, List<List<String>> rows) {
        requireSameWidth(file, header, rows);
        return out -> {
            try (CsvWriter csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
                csv.writeRecord(header);
                rows.forEach(csv::writeRecord);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        };
    }

    /** Writes a new file of this directory. */
    private void create(String file, Content content) throws IOException {
        WholeFile.create(directory.resolve(file), content);
    }

    private static void requireSameWidth(
            String file, List<String> header, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "%s: a row of %d cells under %d names"
                                .formatted(file, row.size(), header.size()));
            }
        }
    }

    /**
     * Writes {@code arrays.npz}: weights, data, local updates and reference under the names W, b,
     * x0, target, gW, gb, rW, rb.
     *
     * @param problem network, input and target
     * @param parameters the weights that were used
     * @param update the local updates as a gradient; null if there is none
     * @param reference the reference gradient; null if there is none
     * @throws IOException if the file exists or cannot be written
     */
    public void arrays(
            Problem problem, Parameters parameters, Parameters update, Parameters reference)
            throws IOException {
        arrays(problem, parameters, update, reference, null, null);
    }

    /**
     * The same with states of every population p but the input: settled activities xp and errors
     * ep, free ones fxp and fep, shape (n, planes x columns).
     *
     * @param problem network, input and target
     * @param parameters the weights that were used
     * @param update the local updates as a gradient; null if there is none
     * @param reference the reference gradient; null if there is none
     * @param settled the settled state; null if there is none
     * @param free the settled free state; null if there is none
     * @throws IOException if the file exists or cannot be written
     */
    public void arrays(
            Problem problem,
            Parameters parameters,
            Parameters update,
            Parameters reference,
            Equilibrium settled,
            Equilibrium free)
            throws IOException {
        create(
                "arrays.npz",
                out -> {
                    try (NpzWriter npz = NpzWriter.to(out)) {
                        put(npz, "", problem.network(), parameters);
                        npz.put(
                                "x0",
                                problem.input().values(),
                                problem.input().rows(),
                                problem.examples());
                        npz.put(
                                "target",
                                problem.target().values(),
                                problem.target().rows(),
                                problem.examples());
                        if (update != null) {
                            put(npz, "g", problem.network(), update);
                        }
                        if (reference != null) {
                            put(npz, "r", problem.network(), reference);
                        }
                        put(npz, "", problem.network(), settled);
                        put(npz, "f", problem.network(), free);
                    }
                });
    }

    private static void put(NpzWriter npz, String prefix, Network network, Equilibrium state)
            throws IOException {
        for (Population p : network.populations()) {
            if (state != null && p.role() != Population.Role.INPUT) {
                put(npz, prefix + "x" + p.name(), state.activity(p.index()));
                put(npz, prefix + "e" + p.name(), state.error(p.index()));
                for (Map.Entry<String, Matrix> memory : state.memories(p.index()).entrySet()) {
                    put(npz, prefix + "m" + p.name() + "-" + memory.getKey(), memory.getValue());
                }
            }
        }
    }

    private static void put(NpzWriter npz, String name, Matrix values) throws IOException {
        npz.put(name, values.values(), values.rows(), values.columns());
    }

    /** The presynaptic neuron of every stored weight, from 0, one row for each neuron. */
    private static double[][] presynaptic(Network network, Projection e) {
        double[][] out = new double[network.population(e.post()).size()][];
        for (int i = 0; i < out.length; i++) {
            int pre = network.population(e.pre()).size();
            int[] sources = e.connectivity().onto(i, pre).presynaptic();
            out[i] = Arrays.stream(sources).asDoubleStream().toArray();
        }
        return out;
    }

    private static void put(NpzWriter npz, String prefix, Network network, Parameters values)
            throws IOException {
        for (Projection e : network.projections()) {
            double[][] w = values.weights(e.index());
            if (w.length > 0) {
                npz.put(prefix + "W" + e.name(), w);
            }
            if (e.hasOwnFeedback() && prefix.isEmpty()) {
                npz.put("F" + e.name(), values.feedback(e.index()));
            }
            boolean sparse = w.length == network.population(e.post()).size();
            if (sparse && prefix.isEmpty() && !e.connectivity().unscaled().isMatrix()) {
                npz.put("j" + e.name(), presynaptic(network, e));
            }
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                npz.put(prefix + "b" + p.name(), values.biases(p.index()), p.size());
            }
        }
    }

    /**
     * Writes every histogram to {@code latency.hlog}, tagged, and as text to {@code latency.hgrm}.
     *
     * @param histograms by name
     * @throws IOException if a file exists or cannot be written
     */
    public void histograms(Map<String, Histogram> histograms) throws IOException {
        Map<String, Histogram> sorted = new TreeMap<>(histograms);
        ByteArrayOutputStream logBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream textBytes = new ByteArrayOutputStream();
        try (PrintStream log = new PrintStream(logBytes, false, StandardCharsets.UTF_8);
                PrintStream text = new PrintStream(textBytes, false, StandardCharsets.UTF_8)) {
            HistogramLogWriter writer = new HistogramLogWriter(log);
            writer.outputLogFormatVersion();
            writer.outputComment("[Interval_Max is in the unit of the values]");
            writer.outputLegend();
            for (Map.Entry<String, Histogram> entry : sorted.entrySet()) {
                Histogram histogram = entry.getValue().copy();
                histogram.setTag(entry.getKey());
                writer.outputIntervalHistogram(0.0, INTERVAL_SECONDS, histogram, 1.0);
                text.println("#" + entry.getKey() + ", in microseconds");
                PercentileText.print(text, histogram, NANOS_PER_MICRO);
            }
        }
        create("latency.hlog", logBytes::writeTo);
        create("latency.hgrm", textBytes::writeTo);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
