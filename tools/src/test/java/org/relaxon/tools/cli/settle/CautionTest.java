package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.cli.Ran;

/** Advice says beforehand what the gradient of the advised run is worth. */
class CautionTest {
    private static final Pattern PREDICTED =
            Pattern.compile(
                    "theory predicts a gradient that is (\\S+) \\(relative error\\) from (\\S+):");

    /** Cut links are advised away whatever else is asked for. */
    private static JsonNode advised(String options) throws IOException {
        return relaxon("settle --json - --cut 2->3 " + options).json();
    }

    @Test
    void thePredictedDistanceIsTheOneThatIsMeasured() throws IOException {
        for (String line :
                List.of(
                        "--beta 0.7",
                        "--algorithm pc --beta 1",
                        "--algorithm ep --beta 0.8",
                        "--algorithm chl --gamma 0.9")) {
            JsonNode json = advised(line);
            Matcher found = PREDICTED.matcher(json.get("advice").asText());
            assertTrue(found.find(), line + ": " + json.get("advice"));
            String command = json.get("adviceCommand").asText().replaceFirst("relaxon ", "");
            Ran then = relaxon(command + " --against " + found.group(2).replaceFirst(":", ""));
            double measured = then.json().get("relativeError").asDouble();
            assertEquals(measured, Double.parseDouble(found.group(1)), 0.06 * measured, line);
        }
    }

    @Test
    void aGradientThatIsCloseNeedsNoWarning() throws IOException {
        for (String line : List.of("", "--algorithm ep", "--algorithm pc-clamped")) {
            String advice = advised(line).get("advice").asText();
            assertTrue(advice.contains("(tried: settles in"), advice);
            assertFalse(advice.contains("theory"), advice);
            assertFalse(advice.contains("predicted"), advice);
        }
    }
}
