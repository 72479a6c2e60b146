package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page shows the columns that a reader needs, under names in words. */
class TableViewTest {
    private static final List<String> WIDE =
            List.of("run", "host", "a", "b", "c", "d", "e", "f", "verdict");

    private static List<String> row(String run) {
        List<String> out = new ArrayList<>(List.of(run, "akka"));
        "abcdef".chars().forEach(c -> out.add((char) c + run));
        out.add("settled");
        return out;
    }

    @Test
    void aColumnThatHoldsNoNumberIsLeftOut() {
        TableView view =
                TableView.of(
                        List.of("run", "predictedError", "error"),
                        List.of(List.of("1", "NaN", "0.5"), List.of("2", "", "NaN")));

        assertEquals(List.of("run", "error"), view.header());
    }

    @Test
    void aColumnWithoutAValueIsLeftOut() {
        TableView view =
                TableView.of(
                        List.of("step", "testR2", "testLoss", "reason"),
                        List.of(List.of("1", "", "0.5", "-"), List.of("2", "", "", "")));
        assertEquals(List.of("step", "test loss"), view.header());
        assertEquals(List.of(List.of("1", "0.5"), List.of("2", "")), view.rows());
    }

    /** The twin: without rows there is nothing to judge a column by. */
    @Test
    void aTableWithoutRowsKeepsItsColumns() {
        assertEquals(List.of("a", "b"), TableView.of(List.of("a", "b"), List.of()).header());
    }

    @Test
    void whatIsTheSameInEveryRowOfAWideTableIsNamedAboveIt() {
        TableView view = TableView.of(WIDE, List.of(row("1"), row("2")));
        assertEquals("host akka, verdict settled", view.constants());
        assertEquals(List.of("run", "a", "b", "c", "d", "e", "f"), view.header());
    }

    /** The twins: a narrow table, and a single row, which is the same as itself. */
    @Test
    void aNarrowTableAndASingleRowKeepEveryColumn() {
        TableView narrow =
                TableView.of(
                        WIDE.subList(0, 8),
                        List.of(row("1").subList(0, 8), row("2").subList(0, 8)));
        assertEquals("", narrow.constants());
        assertEquals(8, narrow.header().size());
        assertEquals(WIDE, TableView.of(WIDE, List.of(row("1"))).header());
    }

    @Test
    void aCosineIsShownByItsDistanceFromOne() {
        TableView view =
                TableView.of(
                        List.of("step", "cosineToBackprop"),
                        List.of(List.of("0", "0.99999999983"), List.of("1", "1.0")));
        assertEquals(List.of("step", "1 - cosine to backprop"), view.header());
        assertEquals("1.70e-10", view.rows().get(0).get(1));
        assertEquals("< 1.2e-16", view.rows().get(1).get(1));
    }

    /** The twin: where that distance was recorded, it stands alone and keeps its digits. */
    @Test
    void aRecordedDistanceIsNotComputedAgain() {
        TableView view =
                TableView.of(
                        List.of("name", "cosine", "oneMinusCosine"),
                        List.of(List.of("W1", "1.0", "6.1531e-21")));
        assertEquals(List.of("name", "1 - cosine"), view.header());
        assertEquals(List.of("W1", "6.1531e-21"), view.rows().get(0));
    }

    @Test
    void theBoundsOfAnIntervalStandBesideTheirValue() {
        List<String> header = List.of("gain", "settledFraction", "settledLow95", "settledHigh95");
        TableView view =
                TableView.of(
                        header,
                        List.of(List.of("1", "0.5", "0.34238", "1.0"), List.of("2", "", "", "")));
        assertEquals(List.of("gain", "settled fraction [95 % interval]"), view.header());
        assertEquals("0.5 [0.342, 1]", view.rows().get(0).get(1));
        assertEquals("", view.rows().get(1).get(1));
    }

    /** The twin: bounds whose value does not stand before them are columns of their own. */
    @Test
    void aSingleBoundIsAColumn() {
        TableView view =
                TableView.of(List.of("settledFraction", "low95"), List.of(List.of("0.5", "0.25")));
        assertEquals(2, view.header().size());
    }

    @ParameterizedTest
    @CsvSource({
        "relativeError, relative error",
        "testR2, test R2",
        "leastMeanRelativeError, least mean relative error",
        "meanLog10Error, 'log10 of error, mean'",
        "oneMinusCosine, 1 - cosine",
        "granularity, cells",
        "batch, batch",
        "inference-rate, inference-rate",
        "W1, W1",
        "p99.9, p99.9"
    })
    void aNameIsInWords(String name, String words) {
        assertEquals(words, TableView.words(name));
    }

    /** No column of a file that a run writes is shown in camel case. */
    @Test
    void noNameStaysInCamelCase() {
        for (String name : List.of("synapticOperations", "hostNanos", "maxHeapBytes", "testR2")) {
            assertTrue(!TableView.words(name).matches(".*[a-z][A-Z].*"), name);
        }
    }
}
