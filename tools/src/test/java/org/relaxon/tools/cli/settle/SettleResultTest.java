package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.run.Probes.Probed;
import org.relaxon.tools.cli.settle.SettleResult.AdvisedRun;
import org.relaxon.tools.cli.settle.SettleResult.Comparison;
import org.relaxon.tools.cli.settle.SettleResult.Failure;
import org.relaxon.tools.cli.settle.SettleResult.Minimum;
import org.relaxon.tools.cli.settle.SettleResult.Verdict;

/** Text and JSON of a settling that was written by hand: both say what the result holds. */
class SettleResultTest {
    private static final FaultCounts FAULTS = new FaultCounts(3, 0, 0, 2, 0, 0, 0, 0, 0, 0);

    private static final Verdict SETTLED = new Verdict("settled", true, 1e-12, null, 2, 2);

    private static final Verdict REFUSED =
            new Verdict(
                    "not-settled",
                    false,
                    0.5,
                    new Failure(
                            "time-budget",
                            "too slow",
                            "time is up",
                            List.of("1.0"),
                            List.of("2->3")),
                    2,
                    1);

    private static final ResolvedUpdate RESOLVED =
            new ResolvedUpdate(false, true, 1e-3, false, Double.NaN, List.of(1e-9, 1e-8), null);

    private static ProjectionComparison part(String name, double error) {
        return new ProjectionComparison(
                name, 4, error, 0.99, 0.01, null, 1.0, 1e-3, 1.0, 0.0, 0.0, 0.0, 1e-3);
    }

    private static Comparison compared(Double error, String zero, Integer atKink) {
        List<ProjectionComparison> parts =
                List.of(part("W1", 1e-4), part("W2", Double.NaN), part("W3", 2e-4));
        return new Comparison(error, 0.99, 8.1, zero, null, null, parts, 0, atKink, 0);
    }

    private static SettleRequest request(double beta) {
        return new SettleRequest(
                "relaxon settle",
                "1.0",
                7,
                "2-3-2",
                "2-3-2 tanh",
                "ep",
                "",
                "one-sided",
                beta,
                "implicit",
                "virtual",
                "layer",
                "eager",
                "none",
                1e-10,
                0.0,
                1e-8,
                Map.of("1", 1000L, "2", 1000L),
                Map.of("--network", "net.json"),
                Timing.NONE,
                "draws from a log");
    }

    private static SettleResult result(
            Verdict verdict,
            AdvisedRun advice,
            Comparison comparison,
            ResolvedUpdate resolution,
            List<String> missing,
            Stop stop) {
        RunReport counts =
                new RunReport(
                        9, 8, 1, 0, 1, 0, 0, 5, 3, 40, 40, 30, 0, 1, 0, 2_000_000, 3_000_000, 0xabL,
                        0, FAULTS, Map.of());
        return new SettleResult(
                request(1e-3),
                missing,
                verdict,
                advice,
                new Minimum(2, 0, 0, "", 0, "", "2 of 2 columns judged rest at minima"),
                null,
                new PhaseEnergy(List.of(1.0, 2.0), List.of(1.5, 2.5), 3.0, 4.0, null),
                counts,
                Map.of("text", "certified"),
                null,
                comparison,
                resolution,
                List.of(new Probed("2:1=energy", List.of("2"), 7, 3, "probe-1.csv")),
                stop,
                new NoEnergy(""));
    }

    private static SettleResult settled() {
        return result(SETTLED, null, compared(2e-4, null, 1), RESOLVED, List.of(), Stop.NONE);
    }

    private static String text(SettleResult result) {
        StringWriter out = new StringWriter();
        SettleText.print(new PrintWriter(out), result);
        return out.toString();
    }

    private static String line(String text, String name) {
        return text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElse("");
    }

    @Test
    void bothSayWhatTheResultHolds() {
        String text = text(settled());
        JsonNode json = SettleJson.of(settled());

        assertTrue(line(text, "verdict").contains(" settled, 2 of 2 columns; residual 1.0000e-12"));
        assertEquals("settled", json.get("verdict").asText());
        assertEquals("network      net.json", line(text, "network"));
        assertEquals("net.json", json.at("/options/--network").asText());
        assertEquals("faults       3 dropped, 2 duplicated", line(text, "faults"));
        assertEquals(3, json.at("/faults/dropped").asInt());
        assertEquals(
                "implicit     relative error 2.0000e-04, cosine 0.990000000",
                line(text, "implicit"));
        assertEquals(2e-4, json.get("relativeError").asDouble());
        assertTrue(line(text, "chain").contains(" 3 relaxations"), text);
        assertEquals(3, json.get("criticalPath").asInt());
        assertEquals(
                "probe        2:1=energy: 7 rows in probe-1.csv, 3 more lost", line(text, "probe"));
        assertEquals(3, json.at("/probes/0/lost").asInt());
        assertTrue(line(text, "energy").contains(" 3.0000e+00, 4.0000e+00 with beta"), text);
        assertEquals(4.0, json.at("/energy/total").asDouble());
        assertTrue(line(text, "trace").contains("00000000000000ab"), text);
        assertEquals("00000000000000ab", json.get("traceHash").asText());
        assertTrue(line(text, "on a kink").contains(" 1 units of the free state"), text);
        assertEquals(1, json.get("freeAtKink").asInt());
        assertEquals("draws from a log", json.get("delayRemark").asText());
        assertEquals(ExitCode.DONE, settled().exitCode());
    }

    /** A figure that does not exist is no worst one. */
    @Test
    void theWorstPartIsTheLargestErrorThatExists() {
        assertTrue(line(text(settled()), "worst part").contains(" W3: relative error 2.0000e-04"));
    }

    @Test
    void aRefusedRunHasItsReasonAndItsAdvice() {
        AdvisedRun advice = new AdvisedRun("--beta 1 (tried)", "relaxon settle --beta 1", 12, 0.5);
        Comparison none =
                new Comparison(null, null, null, null, null, null, List.of(), 0, null, null);
        SettleResult refused = result(REFUSED, advice, none, RESOLVED, List.of(), Stop.NONE);
        String text = text(refused);
        JsonNode json = SettleJson.of(refused);

        assertEquals("reason       time-budget: too slow", line(text, "reason"));
        assertEquals("advice       --beta 1 (tried)", line(text, "advice"));
        assertTrue(line(text, "run").endsWith("settle --beta 1"), text);
        assertTrue(line(text, "links").contains("2->3"), text);
        assertEquals("relaxon settle --beta 1", json.get("adviceCommand").asText());
        assertEquals(12, json.get("adviceMessages").asInt());
        assertTrue(json.get("relativeError").isNull());
        assertEquals(ExitCode.NOT_SETTLED, refused.exitCode());
    }

    /** The twin: what settled has neither. */
    @Test
    void aSettledRunHasNeither() {
        String text = text(settled());
        JsonNode json = SettleJson.of(settled());

        for (String name : List.of("reason", "advice", "run", "links", "fault", "unresolved")) {
            assertEquals("", line(text, name));
        }
        assertTrue(json.get("advice").isNull() && json.get("adviceCommand").isNull());
        assertFalse(json.has("detail") || json.has("adviceMessages"));
    }

    @Test
    void aStoppedRunIsInterruptedInBoth() {
        Stop stop = new Stop(true, 130, "SIGINT", null);
        SettleResult stopped =
                result(REFUSED, null, compared(null, null, null), RESOLVED, List.of(), stop);

        assertTrue(line(text(stopped), "verdict").contains(" interrupted, "));
        JsonNode json = SettleJson.of(stopped);
        assertEquals("interrupted", json.get("verdict").asText());
        assertEquals("SIGINT", json.get("stoppedBy").asText());
        assertTrue(json.get("goOn").isNull());
    }

    @Test
    void theExitCodeFollowsFromTheResult() {
        ResolvedUpdate hidden =
                new ResolvedUpdate(false, true, 1e-3, true, Double.NaN, List.of(), "W2");
        Comparison plain = compared(2e-4, null, null);
        SettleResult unresolved = result(SETTLED, null, plain, hidden, List.of(), Stop.NONE);
        assertEquals(ExitCode.NOT_SETTLED, unresolved.exitCode());
        assertTrue(line(text(unresolved), "unresolved").contains(" W2: "));
        Comparison zero = compared(null, "both are zero", null);
        SettleResult holds = result(SETTLED, null, zero, hidden, List.of(), Stop.NONE);
        assertEquals(ExitCode.DONE, holds.exitCode());
        assertEquals("", line(text(holds), "worst part"));
        SettleResult missing = result(SETTLED, null, plain, RESOLVED, List.of("drop"), Stop.NONE);
        assertEquals(ExitCode.DOES_NOT_HOLD, missing.exitCode());
        assertTrue(line(text(missing), "fault").contains(" --drop was requested"));
    }
}
