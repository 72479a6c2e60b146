package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delays and clocks from a jar on the class path take part in every verb. */
class OwnDelaysAndClocksTest {
    private static final String NET = " --layers 3,4,2 --batch 1";
    private static final String OWN = " --delay packets:100us,3 --discipline bursts:3,200us";

    /** Where the example of a clock begins to answer. */
    private static final String TURN = "boolean quick = turn % turns != 0;";

    /** Where the example of a delay answers. */
    private static final String TRAVEL = "return each * Math.max";

    @TempDir private Path directory;
    private final OwnSources own = new OwnSources();

    @AfterEach
    void forget() throws IOException {
        own.close();
    }

    private void install() throws IOException {
        install(s -> s);
    }

    private void install(UnaryOperator<String> change) throws IOException {
        own.install(Files.createDirectories(directory.resolve("classes")), change);
    }

    private static void requireRefused(String line, String... parts) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
        for (String part : parts) {
            assertTrue(ran.err().contains(part), ran.err());
        }
    }

    private static UnaryOperator<String> replaced(String text, String by) {
        return s -> s.replace(text, by);
    }

    @Test
    void theyAreListedAndNamedWhereANameIsWrong() throws IOException {
        assertFalse(relaxon("list").out().contains("own."));
        install();
        String listed = relaxon("list").out();
        assertTrue(listed.contains("packets:100us,8") && listed.contains("from own.Pack"), listed);
        assertTrue(listed.contains("bursts:3,500us") && listed.contains("from own.Bur"), listed);
        requireRefused("settle --delay packet:1ms,8", "newest-first:D", "packets:100us,8");
        requireRefused("settle --discipline burst:3,1ms", "turn-taking", "bursts:3,500us");
        requireRefused("settle --discipline bursts", "bursts needs turns in 1..999999");
        requireRefused("settle --delay packets:1ms", "packets needs a time and a size");
        requireRefused("settle --delay packets:5,8", "delay: \"5\" is not a span of time");
    }

    @Test
    void protocolsOfOnesOwnAreRefusedAsSuch() {
        requireRefused(
                "settle --discipline rendezvous",
                "protocols in which cells answer one another belong to the library");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --algorithm pc-nudge,fy-pc --granularity neuron,layer --seeds 2" + OWN,
                "check --algorithm ep --estimator centred --granularity layer --seeds 1" + OWN,
                "settle --algorithm ep --granularity neuron" + OWN,
                "settle --granularity neuron --host akka" + OWN,
                "settle --delay-on 1->2=packets:1ms,2 --discipline bursts:2,1ms",
                "settle --drop .3 --delivery reliable-latest --crash 1@2 --slow 1=1ms" + OWN,
                "settle --drop .2 --delivery reliable-latest --crash 1@2 --host akka" + OWN,
                "settle --reorder .5 --granularity neuron" + OWN,
                "settle --algorithm pc-nudge --dynamics gradient --step .1 --beta 1e-2" + OWN,
                "sweep --axis delay=none,packets:100us,3,constant:1ms"
                        + " --axis discipline=eager,bursts:3,200us,bursts:2,1ms --seeds 1",
            })
    void theyRunEverywhere(String line) throws IOException {
        assertEquals(2, relaxon(line + NET + " --quiet").code(), "not known before");
        install();
        Ran ran = relaxon(line + NET + " --quiet");
        assertEquals(0, ran.code(), ran.err() + ran.out());
    }

    @Test
    void aTrainingRunsUnderThem() throws IOException {
        install();
        Ran ran =
                relaxon(
                        "train --data two-moons --layers 2,4,2 --epochs 1 --batch 20 --examples 60"
                                + " --test-examples 20 --quiet"
                                + OWN);
        assertEquals(0, ran.code(), ran.err() + ran.out());
    }

    @Test
    void theVirtualHostReplaysThemBitByBit() throws IOException {
        install();
        String line = "settle --granularity neuron --json -" + NET;
        JsonNode first = relaxon(line + OWN).json();
        assertEquals(
                first.findValue("traceHash"), relaxon(line + OWN).json().findValue("traceHash"));
        assertTrue(first.findValue("traceHash").isTextual(), first.toString());
        for (String other :
                List.of(
                        " --delay packets:90us,3 --discipline bursts:3,200us",
                        " --delay packets:100us,3 --discipline bursts:2,200us",
                        OWN + " --seed 2")) {
            assertNotEquals(
                    first.findValue("traceHash"),
                    relaxon(line + other).json().findValue("traceHash"),
                    other);
        }
    }

    /** A run that is repeated by the command in its row is the same run. */
    @Test
    void rowsNameThemAndPagesShowThem() throws IOException {
        install();
        Path out = directory.resolve("runs");
        Ran swept =
                relaxon(
                        "sweep --axis delay=packets:100us,3,packets:100us,2 --seeds 1 --granularity"
                                + " neuron --discipline bursts:3,200us --quiet --out "
                                + out
                                + NET);
        assertEquals(0, swept.code(), swept.err());
        Path rows;
        try (var files = Files.walk(out)) {
            rows = files.filter(f -> f.endsWith("results.csv")).findFirst().orElseThrow();
        }
        String page = Files.readString(rows.resolveSibling("report.html"));
        assertTrue(page.contains("bursts:3,200us") && page.contains("packets:100us,3"));
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(rows)) {
            for (NamedCsvRecord row : csv) {
                String command = row.getField("repeat").replace("relaxon ", "");
                Ran again = relaxon(command + " --json -");
                assertEquals(0, again.code(), again.err());
                assertEquals(
                        row.getField("traceHash"), again.json().get("traceHash").asText(), command);
            }
        }
    }

    /** Theory knows the mean delay of a model that states it, and nothing of any other. */
    @Test
    void certificatesDoNotPromiseAStep() throws IOException {
        install();
        String line = "settle --dynamics gradient --step .1 --beta 1e-2" + NET;
        String known = relaxon(line + " --delay constant:100us").out();
        assertTrue(known.contains("at a delay of 1.000 ticks"), known);
        for (String unknown :
                List.of(
                        " --delay packets:100us,3",
                        " --delay payload:100us,1us",
                        " --delay constant:100us --discipline bursts:3,200us",
                        " --delay constant:100us --delay-on 1->2=constant:9ms")) {
            String text = relaxon(line + unknown).out();
            assertFalse(text.contains("ticks, near"), text);
        }
    }

    @ParameterizedTest
    @CsvSource({"virtual, 1s", "akka, 300ms"})
    void aClockThatNeverLetsACellActEndsInTheBudget(String host, String time) throws IOException {
        install(replaced(TURN, "if (turn > 2) { return Long.MAX_VALUE; } " + TURN));
        Ran ran = relaxon("settle --host " + host + " --budget-time " + time + OWN + NET);
        assertEquals(3, ran.code(), ran.err() + ran.out());
        assertTrue(ran.out().contains("time-budget"), ran.out());
    }

    @Test
    void aClockThatTakesNoTimeEndsInTheBudget() throws IOException {
        install(replaced(TURN, "if (turn >= 0) { return 0; } " + TURN));
        String steps = "settle --dynamics gradient --step 1e-6 --budget-relaxations 5000";
        Ran ran = relaxon(steps + " --discipline bursts:3,200us" + NET);
        assertEquals(3, ran.code(), ran.err() + ran.out());
        assertTrue(ran.out().contains("relaxation-budget"), ran.out());
    }

    @ParameterizedTest
    @CsvSource({
        "packets, constant, Packets",
        "packets, all, Packets",
        "bursts, eager, Bursts",
        "bursts, turn-taking, Bursts"
    })
    void aNameThatIsTakenIsRefused(String name, String taken, String type) throws IOException {
        install(replaced('"' + name + '"', '"' + taken + '"'));
        requireRefused(
                "settle --delay none --discipline eager",
                "the name %s of own.%s is taken".formatted(taken, type));
    }

    @Test
    void aNameThatIsNoneIsRefused() throws IOException {
        install(s -> s.replace("\"packets\"", "\"My Packets\""));
        requireRefused("settle", "the name My Packets of own.Packets is not of lower-case");
    }

    @Test
    void aTextThatIsNotReadBackIsRefused() throws IOException {
        install(replaced("+ Durations.format(", "+ Durations.format(1 + "));
        requireRefused("settle" + OWN, "\"packets:100us,3\" gives its text as", "own.Packets");
        requireRefused("settle --discipline bursts:3,1ms", "gives its text as", "own.Bursts");
    }

    @Test
    void aModelThatDoesNotEqualItsTwinIsRefused() throws IOException {
        String always = "public boolean equals(Object o) { return false; } ";
        String hash = "public int hashCode() { return 0; } ";
        install(s -> s.replaceFirst("@Override\n        public String spec", always + hash + "$0"));
        requireRefused("settle" + OWN, "does not read an equal own.Packets$Model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "akka"})
    void whatTheyThrowIsNamed(String host) throws IOException {
        String broken = "if (%s) { throw new IllegalStateException(\"planted\"); } ";
        install(
                s ->
                        s.replace(TRAVEL, broken.formatted("now > 400_000") + TRAVEL)
                                .replace(TURN, broken.formatted("turn > 20") + TURN));
        String line = "settle --algorithm ep --host " + host + NET;
        requireRefused(
                line + " --delay packets:100us,3 --refractory 400us", "packets:100us,3", "planted");
        requireRefused(line + " --discipline bursts:1,20us", "bursts:1,20us", "planted");
    }

    /** The second answer to one question, which a cell that comes back from a crash asks. */
    @Test
    void whatTheyThrowWhileACellComesBackIsNamed() throws IOException {
        String twice =
                "if (cell > 3 && ASKED.add(cell)) { return 3 * pause; } if (cell > 3) {"
                        + " throw new IllegalStateException(\"planted\"); } ";
        String asked =
                "static final java.util.Set<Long> ASKED ="
                        + " java.util.concurrent.ConcurrentHashMap.newKeySet();\n";
        String fromNews = "@Override public boolean countsFromNews() { return true; }\n";
        String head = "long pause) implements Clock {\n";
        install(s -> s.replace(TURN, twice + TURN).replace(head, head + asked + fromNews));
        requireRefused(
                "settle --layers 3,4,4,4,4,2 --crash 5@1 --discipline bursts:1,200ms --host akka",
                "discipline: bursts:1,200ms failed",
                "planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "akka"})
    void negativeTimesAreRefusedByName(String host) throws IOException {
        install(
                s ->
                        s.replace(TRAVEL, "if (numbers > 100) { return -5; } " + TRAVEL)
                                .replace(TURN, "if (turn > 20) { return -7; } " + TURN));
        String line = "settle --algorithm ep --host " + host;
        requireRefused(
                line + " --layers 2,101,1 --delay packets:100us,3",
                "delay: packets:100us,3 drew -5 ns");
        requireRefused(
                line + NET + " --discipline bursts:1,20us",
                "discipline: bursts:1,20us waits -7 ns before turn 21 of cell");
    }

    @Test
    void whatBreaksItsContractAtOnceIsRefusedBeforeItRuns() throws IOException {
        String dry = "settle --dry-run" + OWN;
        install(s -> s.replace("return each;", "return each - 1_000_000;"));
        requireRefused(dry, "the typical time of packets:100us,3 is -900000 ns");
    }

    @Test
    void whatRemembersIsRefused() throws IOException {
        install(replaced(TURN, "if (turn >= 0) { return System.nanoTime(); } " + TURN));
        requireRefused("settle --dry-run" + OWN, "bursts:3,200us waits", "pure function");
    }

    @Test
    void aRefractoryPeriodBesideAClockIsRefused() throws IOException {
        install();
        requireRefused(
                "settle --refractory 1ms" + OWN, "refractory: under bursts:3,200us a cell has");
    }
}
