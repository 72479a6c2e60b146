package org.relaxon.model.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

class SettlementTest {
    private final Matrix[] activity = {Matrix.zeros(2, 1), Matrix.zeros(3, 1)};
    private final Matrix[] error = {null, Matrix.zeros(3, 1)};
    private final Phase phase = Phase.free(Matrix.zeros(2, 1));
    private final Equilibrium equilibrium =
            new Equilibrium(7, phase, activity, error, new double[] {.5});
    private final ColumnVerdict good = new ColumnVerdict(0, 1e-15, null, "");
    private final ColumnVerdict bad = new ColumnVerdict(1, 0.5, Reason.KINK, "1[3]");

    @Test
    void anEquilibriumKeepsWhatItWasGiven() {
        Matrix first = activity[1];
        activity[1] = null;
        assertSame(first, equilibrium.activity(1));
        assertNull(equilibrium.error(0));
        assertSame(error[1], equilibrium.error(1));
        assertEquals(7, equilibrium.phaseId());
        assertSame(phase, equilibrium.phase());
    }

    @Test
    void aColumnHasSettledIffNoReasonSpeaksAgainstIt() {
        assertTrue(good.settled());
        assertFalse(bad.settled());
    }

    @Test
    void settledReportsTheWorstResidualOfTheColumnsThatSettled() {
        ColumnVerdict worse = new ColumnVerdict(2, 3e-15, null, "");
        List<ColumnVerdict> columns = new ArrayList<>(List.of(good, bad, worse));
        Settled settled = new Settled(equilibrium, columns);
        columns.clear();
        assertEquals(3e-15, settled.residual());
        assertEquals(List.of(good, bad, worse), settled.columns());
        assertSame(equilibrium, settled.equilibrium());
    }

    @Test
    void nothingIsSettledIfNoColumnIs() {
        assertThrows(
                IllegalArgumentException.class, () -> new Settled(equilibrium, List.of(bad, bad)));
        assertThrows(IllegalArgumentException.class, () -> new Settled(equilibrium, List.of()));
    }

    @Test
    void notSettledKeepsItsOwnLists() {
        List<String> cells = new ArrayList<>(List.of("1[0]"));
        List<String> links = new ArrayList<>(List.of("1[0]->2"));
        NotSettled not =
                new NotSettled(
                        Reason.QUIET_AWAY_FROM_EQUILIBRIUM,
                        0.5,
                        "a link was cut",
                        cells,
                        links,
                        List.of(bad),
                        Optional.empty());
        cells.clear();
        links.clear();
        assertEquals(List.of("1[0]"), not.cells());
        assertEquals(List.of("1[0]->2"), not.links());
        assertEquals(0.5, not.residual());
        assertEquals(List.of(bad), not.columns());
    }

    @Test
    void whatIsPrintedIsForAReader() {
        assertEquals(
                "not settled, quiet-away-from-equilibrium: residual 0.5; 0 of 0 columns settled,"
                        + " residual 5.000e-01; did not arrive: 1[0]->2",
                quiet(List.of("1[0]->2")).toString());
        assertFalse(quiet(List.of()).toString().contains("not heard"));
        Matrix one = Matrix.zeros(1, 2);
        Equilibrium state =
                new Equilibrium(
                        1,
                        Phase.free(one),
                        new Matrix[] {one, one},
                        new Matrix[] {null, one},
                        new double[] {0.5, Double.NaN});
        assertEquals("state of 2 populations, 2 columns; energy 0.5, not known", state.toString());
    }

    /** A loss is spoken of where a link proves it, and nowhere else. */
    @Test
    void onlyNamedLinksDidNotArrive() {
        NotSettled lost = quiet(List.of("1[0]->2"));
        NotSettled arrived = quiet(List.of());
        assertEquals("the last signals of the named links did not arrive", lost.meaning());
        assertFalse(arrived.meaning().contains("arrive"), arrived.meaning());
        assertFalse(arrived.meaning().contains("links"), arrived.meaning());
        assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM.meaning(), arrived.meaning());
    }

    private static NotSettled quiet(List<String> links) {
        return new NotSettled(
                Reason.QUIET_AWAY_FROM_EQUILIBRIUM,
                0.5,
                "residual 0.5",
                List.of("1[0]"),
                links,
                List.of(),
                Optional.empty());
    }

    @Test
    void everyReasonHasANameAndAMeaningOfItsOwn() {
        Set<String> names = new HashSet<>();
        Set<String> meanings = new HashSet<>();
        for (Reason reason : Reason.values()) {
            assertTrue(reason.reportName().matches("[a-z]+(-[a-z]+)*"), reason.reportName());
            names.add(reason.reportName());
            assertFalse(reason.meaning().isBlank());
            meanings.add(reason.meaning());
        }
        assertEquals(Reason.values().length, names.size());
        assertEquals(Reason.values().length, meanings.size());
        assertEquals(
                "quiet-away-from-equilibrium", Reason.QUIET_AWAY_FROM_EQUILIBRIUM.reportName());
    }
}
