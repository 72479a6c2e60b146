package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.OwnSources;
import org.relaxon.tools.cli.Ran;

/** A check at several strengths states a slope for every problem that it has. */
class CheckSlopesTest {
    private static final String FEW =
            "check --seeds 1 --host virtual --granularity layer --delay none ";

    @TempDir private Path directory;

    /** Each algorithm draws weights by its own defaults, so that each has a problem of its own. */
    @Test
    void algorithmsWithProblemsOfTheirOwnHaveSlopesOfTheirOwn() throws IOException {
        String line = FEW + "--algorithm pc-nudge,ep --beta 1e-2,1e-3";
        JsonNode slopes = relaxon(line + " --json -").json().get("slopes");

        assertEquals(2, slopes.size(), slopes.toString());
        assertEquals("pc-nudge", slopes.get(0).get("algorithms").asText());
        assertEquals("ep", slopes.get(1).get("algorithms").asText());
        for (JsonNode one : slopes) {
            assertEquals(1.0, one.get("least").asDouble(), 0.05, one.toString());
        }
        Ran text = relaxon(line);
        assertTrue(text.out().contains("one-sided of ep: order between beta 0.01 and"), text.out());
    }

    /** The class path makes a new part at every look. */
    @Test
    void anActivationOfOnesOwnIsOneProblem() throws IOException {
        try (OwnSources own = new OwnSources()) {
            own.install(directory, source -> source);
            JsonNode json = relaxon(FEW + "--activation rational --beta 1e-2,1e-3 --json -").json();
            assertEquals(1, json.get("slopes").size(), json.get("slopes").toString());
        }
    }

    /** The twin: no slope where there is one strength, or no order. */
    @ParameterizedTest
    @ValueSource(strings = {"--beta 1e-3", "--algorithm pc --beta 1,.5"})
    void whatHasNoOrderHasNoSlope(String options) throws IOException {
        Ran ran = relaxon(FEW + options + " --json -");
        assertEquals(0, ran.json().get("slopes").size(), ran.out());
        assertFalse(relaxon(FEW + options).out().contains("order between"));
    }
}
