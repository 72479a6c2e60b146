package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.tools.course.CellReadings;
import org.relaxon.tools.output.RunDirectory;

/**
 * The probes of one run: receives a frame of every probed cell at each of its relaxations, keeps
 * them up to a limit and counts the others, and writes series and pictures. Thread-safe.
 */
public final class Probes implements Observer {
    /** The most frames that are kept, beside the last ones of a phase outside of trainings. */
    static final int FRAMES_MAX = 100_000;

    /** The most numbers in the frames that are kept: 32 MiB. */
    static final long NUMBERS_MAX = 1L << 22;

    /** The most numbers of a row of a table. */
    static final int WIDTH_MAX = 1024;

    private final Sampling sampling;
    private final List<ProbeSeries> series = new ArrayList<>();
    private final int framesMax;
    private final long every; // steps of a training between two that are recorded; 0 without one
    private long step;
    private final Map<Long, String> phases = new HashMap<>(); // kind by id
    private long kept;
    private long numbers;

    private Probes(Sampling sampling, List<ProbeSeries> series, int framesMax, long every) {
        this.sampling = sampling;
        this.series.addAll(series);
        this.framesMax = framesMax;
        this.every = every;
    }

    /**
     * {@return probes as typed, of the cells of a session}
     *
     * @param texts such as {@code 2:7=activity,residual}, at least one
     * @param network of the cells
     * @param rule what they follow
     * @param cells all cells of the session
     * @param columns of the widest phase
     * @throws IllegalArgumentException naming a form, cell, neuron or quantity that there is not
     */
    public static Probes of(
            List<String> texts, Network network, Rule rule, List<CellId> cells, int columns) {
        return of(texts, network, rule, cells, columns, FRAMES_MAX, 0);
    }

    /**
     * {@return the same of some steps of a training: the first, and every so many later}
     *
     * @param texts such as {@code 2:7=activity,residual}, at least one
     * @param network of the cells
     * @param rule what they follow
     * @param cells all cells of the session
     * @param columns of the widest phase
     * @param every steps from one that is recorded to the next, at least 1
     * @throws IllegalArgumentException naming a form, cell, neuron or quantity that there is not
     */
    public static Probes ofTraining(
            List<String> texts,
            Network network,
            Rule rule,
            List<CellId> cells,
            int columns,
            long every) {
        return of(texts, network, rule, cells, columns, FRAMES_MAX, every);
    }

    static Probes of(
            List<String> texts,
            Network network,
            Rule rule,
            List<CellId> cells,
            int columns,
            int framesMax,
            long every) {
        List<ProbeSeries> series = new ArrayList<>();
        Set<Quantity> quantities = EnumSet.of(Quantity.ARRIVED);
        Set<List<Object>> named = new HashSet<>();
        Sampling sampling = Sampling.everyRelaxations(1);
        for (String text : texts) {
            Probe probe = Probe.parse(text);
            probe.requireKnown(network, rule);
            for (Quantity one : probe.quantities()) {
                if (!named.add(List.of(probe.target(), one))) {
                    throw new IllegalArgumentException(
                            "probe: \"%s\" names %s of %s again; once is enough"
                                    .formatted(text, one.optionName(), probe.target()));
                }
            }
            List<CellId> own = probe.cells(cells, network);
            ProbeSeries one = new ProbeSeries(series.size() + 1, probe, own);
            requireWidth(probe, one.width(rule.traits().activityPlanes() * columns));
            series.add(one);
            quantities.addAll(probe.quantities());
            for (CellId id : own) {
                int[] read = probe.neurons(id);
                sampling =
                        sampling.withNeurons(id.population(), read[0], read[read.length - 1] + 1);
            }
        }
        return new Probes(sampling.withQuantities(quantities), series, framesMax, every);
    }

    private static void requireWidth(Probe probe, long width) {
        if (width > WIDTH_MAX) {
            throw new IllegalArgumentException(
                    ("probe: %s has %d numbers a row, at most %d are recorded; name a neuron, or take"
                                    + " a smaller batch")
                            .formatted(probe.text(), width, WIDTH_MAX));
        }
    }

    /** {@return what is to be sampled} */
    public Sampling sampling() {
        return sampling;
    }

    /**
     * {@return the observation of a step of the training; null if it is not recorded}
     *
     * @param number of the step, from 1
     */
    public synchronized Observation at(long number) {
        if (every == 0 || (number - 1) % every != 0) {
            return null;
        }
        step = number;
        return new Observation(sampling, this);
    }

    @Override
    public synchronized void began(long phaseId, Phase phase) {
        phases.put(phaseId, CellReadings.kind(phase));
    }

    @Override
    public synchronized void sampled(Frame frame) {
        long size = 0;
        for (Reading reading : frame.readings()) {
            size += (long) reading.rows() * reading.width();
        }
        boolean room = kept < framesMax && numbers + size <= NUMBERS_MAX;
        boolean keeps = room || frame.last() && every == 0; // a training has many phases
        kept += keeps ? 1 : 0;
        numbers += keeps ? size : 0;
        for (ProbeSeries one : series) {
            one.add(frame, phases.getOrDefault(frame.phaseId(), ""), step, keeps);
        }
    }

    /** {@return steps of a training from one that is recorded to the next; 0 without one} */
    public long every() {
        return every;
    }

    /** {@return what was recorded, probe by probe} */
    public synchronized List<Probed> facts() {
        return series.stream().map(ProbeSeries::facts).toList();
    }

    /**
     * Writes a table and pictures of every probe, and the arrays of all.
     *
     * @param directory of the run
     * @throws IOException if a file cannot be written
     */
    public synchronized void write(RunDirectory directory) throws IOException {
        Path place = directory.path();
        for (ProbeSeries one : series) {
            directory.table(one.fileName(), one.header(), one.rows());
            new ProbePictures(one).write(place);
        }
        WholeFile.create(
                place.resolve("probes.npz"),
                out -> {
                    try (NpzWriter npz = NpzWriter.to(out)) {
                        for (ProbeSeries one : series) {
                            one.put(npz);
                        }
                    }
                });
    }

    /**
     * What one probe has recorded.
     *
     * @param probe as typed
     * @param cells names of its cells
     * @param rows one for each relaxation of these, and for each at the end of a phase
     * @param lost relaxations beyond the limit, which are not among the rows
     * @param file name of the table in the run directory
     */
    public record Probed(String probe, List<String> cells, long rows, long lost, String file) {
        /**
         * Copies the names.
         *
         * @param probe as typed
         * @param cells names of its cells
         * @param rows one for each relaxation of these, and for each at the end of a phase
         * @param lost relaxations beyond the limit, which are not among the rows
         * @param file name of the table in the run directory
         */
        public Probed {
            cells = List.copyOf(cells);
        }

        /**
         * States it in JSON.
         *
         * @param node receives it
         */
        public void fill(ObjectNode node) {
            node.put("probe", probe);
            cells.forEach(node.putArray("cells")::add);
            node.put("rows", rows);
            node.put("lost", lost);
            node.put("file", file);
        }

        /**
         * States it in a line.
         *
         * @param out receives it
         */
        public void print(PrintWriter out) {
            out.printf(
                    "probe        %s: %d rows in %s%s%n",
                    probe, rows, file, lost > 0 ? ", %d more lost".formatted(lost) : "");
        }
    }
}
