package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Trial.Worth;
import org.relaxon.model.settle.Reason;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Checks and sweeps say what to change, as settle does, and what they claim of nothing. */
class AdviceOfManyTest {
    private static final Advice FOUND =
            new Advice(
                    List.of("--beta", "1"),
                    List.of("--beta"),
                    List.of(),
                    7,
                    List.of(),
                    Worth.UNJUDGED);

    @TempDir private Path temp;

    private static final String SWEEP = "sweep --quiet --seeds 1 --layers 3,4,2 --beta 0.3";
    private static final String BUDGET = " --budget-messages 2000 --budget-relaxations 2000";

    @Test
    void aSweepWithoutOneSettledRunIsNotSettledAndAdvises() throws IOException {
        Ran ran = relaxon(SWEEP + " --axis gain=8,16 --json -" + BUDGET);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals(ExitCode.NOT_SETTLED, json.get("exitCode").asInt());
        assertEquals(0, json.get("runsSettled").asInt());
        assertEquals(1, json.get("advice").size());
        JsonNode advice = json.get("advice").get(0);
        assertEquals("run 0", advice.get("tried").asText());
        assertEquals(2, advice.get("runs").asInt());
        String command = advice.get("command").asText();
        Ran then = relaxon((command.replaceFirst("relaxon ", "") + " --json -").split(" "));
        assertEquals(ExitCode.DONE, then.code(), command + then.err());
        assertEquals(advice.get("messages"), then.json().get("messages"));
        Ran text = relaxon(SWEEP + " --axis gain=8,16" + BUDGET);
        assertTrue(text.out().contains("advice for run 0 (pc-nudge, "), text.out());
        assertTrue(text.out().contains("No run of this grid was completed"), text.out());
    }

    @Test
    void oneSettledRunIsEnoughForASweepToBeDone() throws IOException {
        Ran ran = relaxon(SWEEP + " --axis gain=1,16 --json -" + BUDGET);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertEquals(1, ran.json().get("runsSettled").asInt());
        assertEquals("run 1", ran.json().get("advice").get(0).get("tried").asText());
        Ran whole = relaxon(SWEEP + " --axis gain=1 --json -");
        assertTrue(whole.json().get("advice").isEmpty());
        assertFalse(relaxon(SWEEP + " --axis gain=1").out().contains("advice"));
    }

    @Test
    void aCheckAdvisesAboutTheFirstCaseThatDidNotSettle() throws IOException {
        String line =
                "check --seeds 2 --host virtual --delay none --granularity layer --algorithm pc-nudge";
        Ran ran = relaxon(line + " --cut 2->3");
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        String part =
                "advice for pc-nudge, virtual, layer cells, delay none, seed 1 (pc-nudge,"
                        + " quiet-away-from-equilibrium; 2 runs of this kind): leave out --cut 2->3";
        assertTrue(ran.out().contains(part), ran.out());
        JsonNode json = relaxon(line + " --cut 2->3 --json -").json();
        assertTrue(json.get("advice").get(0).get("text").asText().contains("(tried: settles in"));
        assertTrue(
                json.get("cases")
                        .get(0)
                        .get("certificate")
                        .get("text")
                        .asText()
                        .startsWith("does not apply"));
        String command = json.get("advice").get(0).get("command").asText();
        assertEquals(ExitCode.DONE, relaxon(command.replaceFirst("relaxon ", "")).code(), command);
        assertTrue(relaxon(line + " --json -").json().get("advice").isEmpty());
        assertFalse(relaxon(line).out().contains("advice"));
    }

    @Test
    void everyKindOfFailureIsAdvisedOnceInTextJsonAndPage() throws IOException {
        String line =
                "sweep --quiet --seeds 2 --layers 3,4,2 --beta 0.3 --own-init --axis gain=16"
                        + " --axis algorithm=pc-nudge,precision-pc"
                        + BUDGET;
        Ran ran = relaxon(line + " --out " + temp);
        JsonNode advice = relaxon(line + " --json -").json().get("advice");
        Set<String> kinds = new HashSet<>();
        String page = Files.readString(onlyRun().resolve("report.html"));
        assertTrue(page.contains("<h2>What to change</h2>"), page);
        for (JsonNode one : advice) {
            assertTrue(kinds.add(one.get("algorithm") + " " + one.get("reason")), kinds.toString());
            assertTrue(ran.out().contains(one.get("text").asText()), ran.out());
            assertTrue(ran.out().contains(one.get("command").asText()), ran.out());
            assertTrue(page.contains(one.get("command").asText()), page);
        }
        assertTrue(kinds.stream().anyMatch(k -> k.contains("precision-pc")), kinds.toString());
        assertTrue(kinds.stream().anyMatch(k -> k.contains("pc-nudge")), kinds.toString());
    }

    @Test
    void aSweepThatSettlesHasNoAdviceOnItsPage() throws IOException {
        relaxon(SWEEP + " --axis gain=1 --out " + temp);
        assertFalse(Files.readString(onlyRun().resolve("report.html")).contains("What to change"));
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("sweep"))) {
            return all.findFirst().orElseThrow();
        }
    }

    @Test
    void theTrialsOfManyKindsAreBounded() throws IOException {
        List<RefusedRun> refused = new ArrayList<>();
        int[] searches = new int[1];
        for (int k = 0; k < 12; k++) {
            Reason reason = Reason.values()[k % 6];
            refused.add(
                    new RefusedRun(
                            "run " + k,
                            "ep",
                            reason,
                            () -> {
                                searches[0]++;
                                return new RefusedRun.Found(FOUND, "relaxon settle");
                            }));
        }
        AdviceByKind found = AdviceByKind.of(refused);
        assertEquals(4, searches[0]);
        assertEquals(4, found.kinds().size());
        assertEquals(2, found.kinds().get(0).runs());
        assertEquals(2, found.untried().size());
    }

    /** The last digits of errors on actors must not turn the rows round. */
    @Test
    void casesThatHoldStayInTheOrderOfTheGrid() throws IOException {
        JsonNode cases =
                relaxon("check --seeds 1 --host akka,virtual --layers 4,3,2 --json -")
                        .json()
                        .get("cases");
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (JsonNode one : cases) {
            found.add(
                    "%s %s %s %s"
                            .formatted(
                                    one.get("algorithm").asText(),
                                    one.get("host").asText(),
                                    one.get("granularity").asText(),
                                    one.get("delay").asText()));
        }
        for (String algorithm : List.of("pc-nudge", "fy-pc")) {
            for (String host : List.of("akka", "virtual")) {
                for (String cells : List.of("neuron", "layer")) {
                    for (String delay : List.of("none", "exponential:200us")) {
                        expected.add(String.join(" ", algorithm, host, cells, delay));
                    }
                }
            }
        }
        assertEquals(expected, found);
    }
}
