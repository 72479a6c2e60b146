package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Delays and refractory periods of a network file in every verb that settles. */
class TimingCommandTest {
    private static final String STATED =
            "label: delay lognormal:2ms,0.5, feedback-delay constant:5ms; low: refractory 500us";
    private static final String TIMED =
            """
            populations = [
              { name = image, size = 2, role = input }
              { name = low, size = 6, refractory = 0.5ms }
              { name = label, size = 2, role = output }
            ]
            projections = [
              { from = image, to = low }
              { from = low, to = label, delay = "lognormal:2ms,0.5", feedback-delay = "constant:5ms" }
            ]
            """;
    private static final String SETTLE = " --data two-moons --granularity neuron";
    private static final String DELAY = " --delay exponential:1ms";

    @TempDir private Path directory;
    private Path file;
    private Path plain;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("timed.conf"), TIMED);
        plain =
                Files.writeString(
                        directory.resolve("plain.conf"),
                        TIMED.replaceAll(", refractory = 0.5ms|, delay.*(?= })", ""));
    }

    private static void requireStated(Ran ran) {
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains(STATED), ran.out());
        assertTrue(ran.out().contains("whatever --delay, --delay-on and --refractory are"));
    }

    private static void requireStated(JsonNode json) {
        JsonNode delay = json.at("/timing/delays/0");
        assertEquals("label", delay.path("projection").asText(), json.toString());
        assertEquals("lognormal:2ms,0.5", delay.path("delay").asText());
        assertEquals("constant:5ms", delay.path("feedbackDelay").asText());
        assertEquals("low", json.at("/timing/refractory/0/population").asText());
        assertEquals(500_000, json.at("/timing/refractory/0/nanos").asLong());
    }

    @Test
    void theNetworkIsShownAndWrittenWithItsTimes() throws IOException {
        Path again = directory.resolve("again.conf");
        requireStated(relaxon("network " + file + " --write " + again));
        requireStated(relaxon("network " + again));
        requireStated(relaxon("network " + file + " --json -").json());
        Ran without = relaxon("network " + plain);
        assertFalse(without.out().contains("timing"), without.out());
        assertTrue(relaxon("network " + plain + " --json -").json().get("timing").isNull());
    }

    @Test
    void everyVerbSaysWhatCounts() throws IOException {
        String net = " --network " + file;
        requireStated(relaxon("settle" + net + SETTLE));
        requireStated(relaxon("settle" + net + SETTLE + " --dry-run"));
        requireStated(relaxon("check" + net + " --data two-moons --seeds 1 --host virtual"));
        requireStated(relaxon("check" + net + " --data two-moons --seeds 1 --dry-run"));
        requireStated(relaxon("sweep" + net + SETTLE + " --axis beta=1e-2,1e-3 --seeds 1"));
        requireStated(
                relaxon("train" + net + SETTLE + " --examples 8 --test-examples 8 --epochs 1"));
        requireStated(relaxon("settle" + net + SETTLE + " --json -").json());
        requireStated(relaxon("sweep" + net + " --axis beta=1e-2 --seeds 1 --json -").json());
        requireStated(
                relaxon("train" + net + " --data two-moons --examples 8 --epochs 1 --json -")
                        .json());
        Ran without = relaxon("settle --network " + plain + SETTLE);
        assertFalse(without.out().contains("timing"), without.out());
    }

    /** The resolved options do not fix a period that follows the stated delays. */
    @Test
    void timesBelongToTheRunAndItsDirectory() throws IOException {
        String settle = SETTLE + " --quiet --out " + directory.resolve("runs") + " --json -";
        JsonNode stated = relaxon("settle --network " + file + settle).json();
        JsonNode other = relaxon("settle --network " + plain + settle + DELAY).json();
        assertNotEquals(other.get("hostNanos"), stated.get("hostNanos"));
        assertFalse(stated.get("options").has("--refractory"), stated.toString());
        assertEquals("1ms", other.at("/options/--refractory").asText());
        Path run = Path.of(stated.get("directory").asText());
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("constant:5ms"), "the page states the timing");
        JsonNode repeated = relaxon("settle --network " + file + SETTLE + " --json -").json();
        assertEquals(stated.get("traceHash"), repeated.get("traceHash"));
    }

    /** A layer without a delay does not pause; one that waits for feedback of 5 ms does. */
    @Test
    void periodsAreStatedByPopulation() throws IOException {
        Files.writeString(
                file,
                TIMED.replace(", refractory = 0.5ms", "")
                        .replace("delay = \"lognormal:2ms,0.5\", ", ""));
        String settle = "settle --data two-moons --granularity layer --network ";
        JsonNode json = relaxon(settle + file + " --json -").json();
        assertTrue(json.get("refractoryNanos").isNull(), json.toString());
        assertEquals(
                "{\"low\":5000000,\"label\":0}",
                json.get("refractoryNanosByPopulation").toString());
        String dry = relaxon(settle + file + " --dry-run").out();
        assertTrue(dry.contains("pause of a cell 5ms in low, 0ms in label"), dry);

        JsonNode without = relaxon(settle + plain + " --json -").json();
        assertEquals(0, without.get("refractoryNanos").asInt(-1));
        assertEquals(
                "{\"low\":0,\"label\":0}", without.get("refractoryNanosByPopulation").toString());
        assertTrue(relaxon(settle + plain + " --dry-run").out().contains("pause of a cell 0ms\n"));
    }

    @Test
    void aCheckOfTheWholeFamilyLeavesOutTheHostsWithoutTime() {
        Ran ran = relaxon("check --all --dry-run --network " + file + " --data two-moons");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.err().contains("left out: synchronous, red-black: "), ran.err());
        assertTrue(ran.err().contains("the network states " + STATED), ran.err());
        assertFalse(ran.out().contains("on synchronous"), ran.out());
        Ran without = relaxon("check --all --dry-run --network " + plain + " --data two-moons");
        assertTrue(without.out().contains("on synchronous"), without.out());
    }

    /** Its mean delay is not known. */
    @Test
    void aCertificateDoesNotTakeStatedDelaysForNone() throws IOException {
        String steps = "settle --dynamics gradient --step 0.1 --granularity layer";
        String none = "at a delay of 0.000 ticks";
        assertTrue(relaxon(steps).out().contains(none));
        assertFalse(relaxon(steps + " --delay-on 1->2=constant:5ms").out().contains(none));
        Files.writeString(file, TIMED.replace(", refractory = 0.5ms", ""));
        Ran stated = relaxon(steps + " --data two-moons --network " + file);
        assertTrue(stated.out().contains("certificate"), stated.err());
        assertFalse(stated.out().contains(none), stated.out());
        Ran plainly = relaxon(steps + " --data two-moons --network " + plain);
        assertTrue(plainly.out().contains(none), plainly.out());
    }

    @Test
    void whatHasNoEffectIsRefused() throws IOException {
        String net = "settle --network " + file + SETTLE;
        for (List<String> one :
                List.of(
                        List.of(" --host synchronous", "no time"),
                        List.of(" --delay-on low->label=none", "delay-on: low->label"),
                        List.of(" --discipline poisson:100", "refractory of population low"))) {
            Ran ran = relaxon(net + one.get(0));
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains(one.get(1)), ran.err());
        }
        Files.writeString(file, TIMED.replace("role = output", "role = output, refractory = 0"));
        Ran all = relaxon(net + " --refractory 1ms");
        assertTrue(all.err().contains("refractory: has no effect"), all.err());
        assertEquals(0, relaxon(net).code());
    }

    @Test
    void aDelayThatNoSignalTakesIsRefused() throws IOException {
        String net = " --network " + file + " --data two-moons";
        String train = "train --examples 8 --test-examples 8 --epochs 1";
        for (String verb : List.of("settle", "check --seeds 1", "sweep --axis beta=1e-2", train)) {
            Ran ran = relaxon(verb + net + DELAY);
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains("delay: no signal would travel by it"), ran.err());
        }
        for (String axis : List.of("delay=none;constant:1ms", "delay-mean=0ms,1ms")) {
            for (String grid : List.of("sweep", "stress", "sweep --epochs 1 --examples 8")) {
                Ran ran = relaxon(grid + " --seeds 1 --axis " + axis + net);
                assertEquals(2, ran.code(), grid + ran.out());
                String name = axis.substring(0, axis.indexOf('='));
                assertTrue(ran.err().contains("axis " + name + ": no signal would tr"), ran.err());
            }
        }
        Ran family = relaxon("sweep --epochs 1 --seeds 1 --axis delay-family=constant,uniform");
        assertTrue(family.err().contains("delay-family needs an axis delay-mean"), family.err());
        for (String read : List.of(" --delivery reliable-latest", " --probes")) {
            Ran ran = relaxon("settle" + net + DELAY + read);
            assertEquals(0, ran.code(), ran.err());
        }
        Files.writeString(file, TIMED.replace(", feedback-delay = \"constant:5ms\"", ""));
        Ran half = relaxon("settle" + net + DELAY);
        assertEquals(0, half.code(), half.err());
    }
}
