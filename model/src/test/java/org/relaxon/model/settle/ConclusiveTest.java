package org.relaxon.model.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

class ConclusiveTest {
    private final Equilibrium state =
            new Equilibrium(
                    3,
                    Phase.free(Matrix.zeros(1, 2)),
                    new Matrix[1],
                    new Matrix[1],
                    new double[] {0.5, Double.NaN});
    private final ColumnVerdict good = new ColumnVerdict(0, 2e-15, null, "");
    private final ColumnVerdict bad = new ColumnVerdict(1, 0.5, Reason.DIVERGED, "1");

    @Test
    void aCompletedPhaseCarriesItsStateAndTheWorstResidualOfItsColumns() {
        List<ColumnVerdict> columns = new ArrayList<>(List.of(good, bad));
        Completed completed = new Completed(state, columns);
        columns.clear();
        assertSame(state, completed.equilibrium());
        assertEquals(2e-15, completed.residual());
        assertEquals(List.of(good, bad), completed.columns());
        assertThrows(IllegalArgumentException.class, () -> new Completed(state, List.of(bad)));
    }

    @Test
    void verdictsSayWhatCameOfHowManyColumns() {
        List<ColumnVerdict> columns = List.of(good, bad);
        assertEquals(
                "settled, 1 of 2 columns, residual 2.000e-15",
                new Settled(state, columns).toString());
        assertEquals(
                "completed, 1 of 1 columns, residual 2.000e-15",
                new Completed(state, List.of(good)).toString());
    }

    @Test
    void settledAndCompletedAreConclusiveAndNothingElseIs() {
        Settlement settled = new Settled(state, List.of(good));
        Settlement completed = new Completed(state, List.of(good));
        Settlement not =
                new NotSettled(
                        Reason.MULTISTABLE,
                        0.5,
                        "",
                        List.of(),
                        List.of(),
                        List.of(bad),
                        Optional.empty());
        assertInstanceOf(Conclusive.class, settled);
        assertInstanceOf(Conclusive.class, completed);
        assertFalse(not instanceof Conclusive);
        assertFalse(completed instanceof Settled);
        assertSame(state, ((Conclusive) completed).equilibrium());
    }

    @Test
    void anEquilibriumKeepsTheEnergyOfEveryColumn() {
        double[] energy = {1.0, 2.0};
        Equilibrium own = new Equilibrium(1, state.phase(), new Matrix[1], new Matrix[1], energy);
        energy[1] = 9.0;
        assertEquals(2.0, own.energy(1));
        assertTrue(Double.isNaN(state.energy(1)));
    }

    @Test
    void theNewReasonsSayWhatTheyMean() {
        assertEquals("unproven-start", Reason.UNPROVEN_START.reportName());
        assertEquals("multistable", Reason.MULTISTABLE.reportName());
        assertTrue(Reason.UNPROVEN_START.meaning().contains("free phase"));
        assertTrue(Reason.MULTISTABLE.meaning().contains("basin"));
    }
}
