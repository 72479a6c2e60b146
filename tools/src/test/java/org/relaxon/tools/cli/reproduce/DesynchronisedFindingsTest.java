package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.reproduction.Arm;
import org.relaxon.experiments.reproduction.DesynchronisedRow;
import org.relaxon.experiments.training.TrainResult.Ending;

/** The horizontal axis of the curves shows changes that were made. */
class DesynchronisedFindingsTest {
    private static final Arm FROZEN = new Arm("frozen", .1, true, 1, 10, Arm.Role.WORSE);

    private static DesynchronisedRow row(long updates, Ending ending) {
        return new DesynchronisedRow(
                "made-up", FROZEN, 1, 100, .1, 9, 10, updates, 0, List.of(), ending, 0, 0);
    }

    private static double changes(DesynchronisedRow... rows) {
        return DesynchronisedFindings.changesPerStep(FROZEN, List.of(rows));
    }

    @Test
    void changesAreCountedNotExpected() {
        assertEquals(.2, changes(row(200, Ending.DONE)), 1e-12);
        assertEquals(.15, changes(row(200, Ending.DONE), row(100, Ending.DONE)), 1e-12);
    }

    /** The twin: the count of a training that broke off is that of fewer steps. */
    @Test
    void withoutACountTheProbabilityStandsIn() {
        assertEquals(.2, changes(row(200, Ending.DONE), row(7, Ending.DIVERGED)), 1e-12);
        assertEquals(.1, changes(row(7, Ending.DIVERGED)), 1e-12);
    }
}
