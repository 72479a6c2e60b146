package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings and sweeps count faults, and state which never happened. */
class FaultsOfManyRunsTest {
    private static final String MISSING = "--drop was requested and never happened";

    @Test
    void aTrainingCountsFaultsAndNamesThoseThatNeverHappened() throws IOException {
        String train = "train --data two-moons --iterations 2 --drop ";
        assertTrue(relaxon(train + "0.00001").out().contains(MISSING));
        JsonNode never = relaxon(train + "0.00001 --json -").json();
        assertEquals("drop", never.get("faultsMissing").get(0).asText());
        assertEquals(0, never.get("faults").get("dropped").asInt());
        Ran often = relaxon(train + "0.3");
        assertTrue(often.out().contains(" dropped"), often.out());
        assertFalse(often.out().contains(MISSING), often.out());
        assertTrue(relaxon(train + "0").out().lines().noneMatch(l -> l.startsWith("fault")));
    }

    @Test
    void aSweepCountsRunsWithoutTheirFault() throws IOException {
        String sweep = "sweep --seeds 2 --axis drop=";
        String text = relaxon(sweep + "0.001,0.01").out();
        assertTrue(text.contains("runs a requested fault never happened"), text);
        JsonNode json = relaxon(sweep + "0.001,0.01 --json -").json();
        assertTrue(json.get("runsWithoutRequestedFault").asInt() > 0);
        JsonNode none = relaxon(sweep + "0,0.9 --json -").json();
        assertEquals(0, none.get("runsWithoutRequestedFault").asInt());
    }

    @Test
    void aSweepOfTrainingsStatesItInTheRow(@TempDir Path out) throws IOException {
        String sweep =
                "sweep --seeds 1 --data two-moons --iterations 2 --axis drop=0.00001,0.3 --out ";
        JsonNode json = relaxon(sweep + out + " --json -").json();
        assertEquals(1, json.get("runsWithoutRequestedFault").asInt(), json.toString());
        Path table = Path.of(json.get("directory").asText(), "results.csv");
        List<String> rows = Files.readAllLines(table);
        assertTrue(rows.get(1).contains("fault never happened: drop"), rows.toString());
        assertFalse(rows.get(2).contains("never happened"), rows.toString());
    }
}
