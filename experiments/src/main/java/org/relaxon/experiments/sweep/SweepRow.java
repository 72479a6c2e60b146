package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of one run. Every run is a row, whatever its verdict; missing figures are NaN or 0.
 * All but the wall-clock time is the same whenever the run is repeated on a host that replays.
 *
 * @param index position in the grid
 * @param verdict {@code settled}, {@code completed}, {@code not-settled}, {@code refused} if the
 *     combination is not supported, or {@code failed}
 * @param reason of not-settled as in reports, empty otherwise
 * @param detail one line for display; empty if settled and every requested fault happened
 * @param residual largest audited defect, dimensionless
 * @param relativeError against the algorithm's own reference
 * @param cosine the same; NaN where it is not defined
 * @param counts of the run
 * @param prediction of theory
 * @param training figures of a training; {@link TrainingFigures#NONE} where a network settled
 * @param wallMillis wall-clock time of the whole run; not part of {@link #cells}
 */
public record SweepRow(
        int index,
        String verdict,
        String reason,
        String detail,
        double residual,
        double relativeError,
        double cosine,
        RunCounts counts,
        Prediction prediction,
        TrainingFigures training,
        long wallMillis) {

    /** Verdict of a combination that is not supported. */
    public static final String REFUSED = "refused";

    /** Verdict of a training that reached its regular end. */
    public static final String TRAINED = "trained";

    /** How the detail of a row begins that had no fault of a requested kind. */
    private static final String FAULT_MISSING = "fault never happened: ";

    /** Verdict of a run that ended with an error of the program. */
    public static final String FAILED = "failed";

    /**
     * {@return the names of {@link #cells}: those of a run that settles, then those of a training}
     */
    public static List<String> header() {
        List<String> out = settlingHeader();
        out.addAll(TrainingFigures.header());
        return out;
    }

    /** {@return the names of the first cells, which belong to a run that settles} */
    public static List<String> settlingHeader() {
        List<String> out =
                new ArrayList<>(
                        List.of(
                                "verdict",
                                "reason",
                                "detail",
                                "residual",
                                "relativeError",
                                "cosine"));
        out.addAll(RunCounts.header());
        out.addAll(Prediction.header());
        return out;
    }

    /** {@return the texts of one row of a table; the text of a NaN is empty} */
    public List<String> cells() {
        List<String> out =
                new ArrayList<>(
                        List.of(
                                verdict,
                                reason,
                                detail,
                                text(residual),
                                text(relativeError),
                                text(cosine)));
        out.addAll(counts.cells());
        out.addAll(prediction.cells());
        out.addAll(training.cells());
        return out;
    }

    /**
     * The row with these {@link #cells}.
     *
     * @throws IllegalArgumentException if the texts are not those of a row
     */
    static SweepRow of(int index, List<String> cells, long wallMillis) {
        int own = 6;
        int counted = own + RunCounts.header().size();
        int predicted = counted + Prediction.header().size();
        if (cells.size() != header().size()) {
            throw new IllegalArgumentException(
                    "%d cells, a row has %d".formatted(cells.size(), header().size()));
        }
        return new SweepRow(
                index,
                cells.get(0),
                cells.get(1),
                cells.get(2),
                number(cells.get(3)),
                number(cells.get(4)),
                number(cells.get(5)),
                RunCounts.of(cells.subList(own, counted)),
                Prediction.of(cells.subList(counted, predicted)),
                TrainingFigures.of(cells.subList(predicted, cells.size())),
                wallMillis);
    }

    /** {@return true if there is an estimate and so an error, or a training was completed} */
    public boolean settled() {
        return verdict.equals("settled") || verdict.equals("completed") || verdict.equals(TRAINED);
    }

    /**
     * {@return the beginning of a detail that states faults which never happened; empty for none}
     *
     * @param names of these faults
     */
    public static String missing(List<String> names) {
        return names.isEmpty() ? "" : FAULT_MISSING + String.join(" ", names);
    }

    /** {@return true if a kind of fault was requested and none happened} */
    public boolean lacksFault() {
        return detail.startsWith(FAULT_MISSING);
    }

    /** {@return true if the run took place and has a verdict on its settling} */
    public boolean counted() {
        return !verdict.equals(REFUSED) && !verdict.equals(FAILED);
    }

    /**
     * {@return log10 of the relative error; an error of 0 counts as the least that doubles resolve}
     */
    public double logError() {
        return settled() && !verdict.equals(TRAINED)
                ? Math.log10(Math.max(relativeError, 1e-17))
                : Double.NaN;
    }

    static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
