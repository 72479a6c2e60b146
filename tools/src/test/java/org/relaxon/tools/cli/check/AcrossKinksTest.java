package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Verdicts on networks whose activation has a kink that units cross under the nudge. */
class AcrossKinksTest {
    private static final String LINE =
            "check --activation relu --seeds 1 --granularity layer --host virtual --delay none"
                    + " --json - --algorithm ";

    @ParameterizedTest
    @ValueSource(strings = {"chl --seed 56", "ep --estimator centred --seed 39"})
    void whatIsAsPredictedHoldsThoughTheErrorJumpsElsewhere(String options) throws IOException {
        Ran ran = relaxon(LINE + options);
        assertEquals(ExitCode.DONE, ran.code(), ran.out());
        JsonNode one = ran.json().get("cases").get(0);
        assertTrue(one.get("remark").asText().contains("units cross a kink"), one.toString());
        assertTrue(one.get("order").isNull(), "no slope is stated");
        assertEquals(
                1.0,
                one.get("relativeError").asDouble() / one.get("predictedError").asDouble(),
                1e-3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fy-pc --seed 26 --beta 1e-2",
                "coupled --seed 39",
                "pc-clamped --dynamics coordinate --seed 12"
            })
    void whatCannotBeDecidedIsNotJudged(String options) throws IOException {
        Ran ran = relaxon(LINE + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out());
        JsonNode one = ran.json().get("cases").get(0);
        assertEquals("settled", one.get("verdict").asText());
        assertTrue(one.get("caseHolds").isNull() && !one.get("notJudged").isNull());
    }

    /** The twins: another gradient is denied, and where no unit crosses a kink the order counts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ep --estimator centred --seed 39 --against backprop",
                "ep --seed 1 --against metric-weighted"
            })
    void anotherGradientIsDenied(String options) throws IOException {
        Ran ran = relaxon(LINE + options);
        assertEquals(ExitCode.DOES_NOT_HOLD, ran.code(), ran.out());
    }
}
