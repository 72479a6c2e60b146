package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The median of two runs is their mean; only check states a count that occurred. */
class MedianTest {
    private static final String DEPTH =
            "reproduce depth --depths 2,4 --width 8 --activation linear --json - --quiet ";
    private static final String CHECK =
            "check --host virtual --granularity layer --delay exponential:1ms --algorithm ep"
                    + " --layers 4,6,3 --json - --quiet ";

    private static double[] medians(String seeds) throws IOException {
        double[] out = new double[2];
        for (JsonNode one : relaxon(DEPTH + seeds).json().get("exponents")) {
            if (one.get("inference").asText().equals("pc at beta 1, turns")
                    && one.get("cost").asText().equals("messages")) {
                out[0] = one.at("/medians/0/median").asDouble(Double.NaN);
                out[1] = one.at("/medians/1/median").asDouble(Double.NaN);
            }
        }
        return out;
    }

    @Test
    void ofTwoChainsAtEveryDepth() throws IOException {
        double[] first = medians("--seed 1 --seeds 1");
        double[] second = medians("--seed 2 --seeds 1");
        double[] both = medians("--seed 1 --seeds 2");
        assertTrue(first[1] > 0.0 && second[1] > 0.0 && first[1] != second[1], "no twins");
        for (int k = 0; k < 2; k++) {
            assertEquals((first[k] + second[k]) / 2.0, both[k], List.of(first[k], second[k]) + "");
        }
    }

    @Test
    void ofTwoSeedsOfACheckTheLargerCountAsItsHelpStates() throws IOException {
        List<String> costs = List.of("messages", "relaxations", "criticalPath");
        long[] found = costs(costs, "--seed 1 --seeds 2");
        long[] one = costs(costs, "--seed 1 --seeds 1");
        long[] other = costs(costs, "--seed 2 --seeds 1");
        assertNotEquals(one[0], other[0], "no twins");
        String help = relaxon("check --help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("the larger of two in the middle"), help);
        for (int k = 0; k < found.length; k++) {
            assertEquals(Math.max(one[k], other[k]), found[k], costs.get(k));
        }
    }

    private static long[] costs(List<String> names, String seeds) throws IOException {
        JsonNode json = relaxon(CHECK + seeds).json();
        return names.stream().mapToLong(n -> json.get(n).asLong(-1)).toArray();
    }

    @Test
    void countsThatAreNotWholeShowIt() {
        assertEquals("58", Findings.count(58.0));
        assertEquals("58.5", Findings.count(58.5));
        assertEquals("NaN", Findings.count(Double.NaN));
    }

    @Test
    void aSingleSettlingDoesNotMakeAllSettled() {
        List<String> words =
                Arrays.asList(
                        Findings.verdict(0, 0),
                        Findings.verdict(0, 2),
                        Findings.verdict(1, 2),
                        Findings.verdict(2, 2));
        assertEquals(List.of("not-settled", "not-settled", "partly-settled", "settled"), words);
    }
}
