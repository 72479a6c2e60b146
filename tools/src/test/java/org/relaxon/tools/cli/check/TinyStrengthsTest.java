package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Errors that are smaller than what limits the accuracy of a run are not judged. */
class TinyStrengthsTest {
    private static final String ONE =
            "check --granularity layer --host virtual --delay none --seeds 1 ";

    private static final String DEEP =
            "chl --layers 8,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,10,4";

    private static final Pattern TAKE =
            Pattern.compile("; (leave out --threshold)?(?: and )?(?:take (.*))?$");

    /** Every advice is followed as it is printed, and is enough. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ep --beta 1e-8 | --beta 1e-5 or --form difference",
                "ep --beta 1e-10 | --beta 1e-5 or --form difference",
                "ep --estimator centred --beta 1e-7 | --beta 0.001 or --form difference",
                "coupled --estimator centred --beta 1e-7 | --beta 0.001",
                "pc-nudge --beta 1e-100 | --beta 1e-11",
                "pc-nudge --estimator centred --beta 1e-9 | --beta 1e-5",
                "pc-nudge --precision float --beta 1e-8 | --beta 0.01 or --precision double",
                "pc-nudge --beta 1e-100 --threshold 1e-3 | --beta 1e-11",
                "pc --beta 1e-6 --threshold 1e-2 | --beta 1e-5",
                "hep --beta 1e-5 | --beta 0.1",
                DEEP + " | --form difference",
            })
    void anErrorBelowItsLimitIsNotJudgedAndItsAdviceIsEnough(String options, String advised)
            throws IOException {
        Ran ran = relaxon(ONE + "--json - --algorithm " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out() + ran.err());
        JsonNode one = ran.json().get("cases").get(0);
        assertEquals("settled", one.get("verdict").asText());
        assertTrue(one.get("caseHolds").isNull() && ran.json().get("holds").isNull(), ran.out());
        Matcher advice = TAKE.matcher(one.get("notJudged").asText());
        assertTrue(advice.find(), one.get("notJudged").asText());
        assertEquals(advised, advice.group(2), one.get("notJudged").asText());
        String kept =
                advice.group(1) == null ? options : options.replaceAll(" --threshold \\S+", "");
        for (String words : advice.group(2).split(" or ")) {
            String name = words.split(" ")[0];
            String without = kept.replaceAll(" " + name + " \\S+", "");
            Ran again = relaxon(ONE + "--algorithm " + without + " " + words);
            assertEquals(ExitCode.DONE, again.code(), words + again.out() + again.err());
        }
    }

    /** The twins: an error above the limit is judged, and so is one that is as predicted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ep --beta 1e-6",
                "ep --form difference --beta 1e-10",
                "pc-nudge --beta 1e-9",
                "pc-nudge --precision float --estimator centred --beta 1e-3",
                "chl --layers 8,4",
            })
    void anErrorThatIsSeenIsJudged(String options) throws IOException {
        Ran ran = relaxon(ONE + "--json - --algorithm " + options);
        assertEquals(ExitCode.DONE, ran.code(), ran.out() + ran.err());
        assertTrue(ran.json().get("holds").asBoolean());
    }

    /** Rounding that hides an error excuses no other gradient. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ep --beta 1e-8 --against backprop",
                "ep --form difference --beta 1e-100 --against backprop",
                "coupled --estimator centred --beta 1e-7 --against implicit",
            })
    void anotherGradientIsDenied(String options) throws IOException {
        Ran ran = relaxon(ONE + "--json - --algorithm " + options);
        assertEquals(ExitCode.DOES_NOT_HOLD, ran.code(), ran.out() + ran.err());
        assertFalse(ran.json().get("holds").asBoolean(true));
    }

    @Test
    void aSlopeIsMeasuredWhereErrorsStandClearOfRounding() {
        String text = relaxon(ONE + "--algorithm ep --beta 1e-4,1e-6,1e-10").out();
        assertTrue(text.contains("order between beta 1e-4 and 1e-6 over all cases"), text);
        String none = relaxon(ONE + "--algorithm ep --beta 1e-6,1e-10").out();
        assertFalse(none.contains("order between"), none);
    }

    /** Below 1e-13 the difference of two predicted gradients is rounding. */
    @ParameterizedTest
    @CsvSource({"pc-nudge, 1e-100", "ep, 1e-11", "pc-nudge --activation relu, 1e-30"})
    void aTinyErrorIsPredictedByTheLawOfItsOrder(String algorithm, double beta) throws IOException {
        String line = ONE + "--json - --algorithm " + algorithm + " --beta ";
        JsonNode tiny = relaxon(line + beta).json().get("cases").get(0);
        JsonNode small = relaxon(line + "1e-8").json().get("cases").get(0);
        double ratio =
                tiny.get("predictedError").asDouble() / small.get("predictedError").asDouble();
        assertEquals(1.0, ratio / (beta / 1e-8), 1e-3, tiny + " beside " + small);
    }
}
