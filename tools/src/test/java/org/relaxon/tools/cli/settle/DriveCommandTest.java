package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;

/** The option of how cells multiply, wherever one run has one of it. */
class DriveCommandTest {
    private static final String WIDE =
            "settle --quiet --algorithm ep --layers 8,40,40,4 --activation relu --beta 0.1"
                    + " --granularity block:10 --threshold 1e-8"
                    + " --json - ";

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "akka", "synchronous", "red-black"})
    void itMakesFewerMultiplicationsForTheSameGradientOnEveryHost(String host) throws IOException {
        String where = host.matches("virtual|akka") ? " --delay exponential:1ms" : "";
        JsonNode dense = relaxon(WIDE + "--host " + host + where).json();
        JsonNode events = relaxon(WIDE + "--drive event-driven --host " + host + where).json();
        assertFalse(dense.has("denseOperations"));
        long made = events.get("synapticOperations").asLong();
        assertTrue(made < events.get("denseOperations").asLong() * 0.8, host);
        assertTrue(made < dense.get("synapticOperations").asLong() * 0.9, host);
        assertEquals("settled", events.get("verdict").asText());
        assertEquals(error(dense), error(events), 0.02 * error(dense), host);
    }

    /** Also where nothing is saved, as with every change sent; the twin: not without the option. */
    @Test
    void itIsStatedWheneverItWasAskedFor() throws IOException {
        String few = "settle --threshold 0 ";
        JsonNode events = relaxon(few + "--json - --drive event-driven").json();
        assertTrue(events.get("denseOperations").asLong() > 0, events.toString());
        assertFalse(relaxon(few + "--json -").json().has("denseOperations"));
        assertTrue(relaxon(few + "--drive event-driven").out().contains("\ndrive  "));
        assertFalse(relaxon(few).out().contains("\ndrive  "));
    }

    private static double error(JsonNode settled) {
        return settled.get("relativeError").asDouble();
    }

    @Test
    void thePageStatesTheProductsAsWholes(@TempDir Path home) throws IOException {
        for (String drive : new String[] {"event-driven", "dense"}) {
            JsonNode json = relaxon(WIDE + "--drive " + drive + " --out " + home).json();
            String page = Files.readString(Path.of(json.get("directory").asText(), "report.html"));
            assertEquals(
                    drive.equals("event-driven"),
                    page.contains("the same products as wholes, synaptic operations"),
                    drive);
        }
    }

    @Test
    void theTextAndTheDryRunStateIt() {
        Ran ran =
                relaxon(
                        WIDE.replace("--json - ", "").replace("--quiet ", "")
                                + "--drive event-driven");
        assertTrue(ran.out().contains("the same products as wholes take "), ran.out());
        Ran dry =
                relaxon(
                        WIDE.replace("--json - ", "").replace("--quiet ", "")
                                + "--dry-run --drive event-driven");
        assertTrue(
                dry.out().contains("strict kernels, event-driven products, signals exact"),
                dry.out());
        Ran whole =
                relaxon(
                        WIDE.replace("--json - ", "").replace("--quiet ", "")
                                + "--dry-run --drive dense");
        assertFalse(whole.out().contains("event-driven"), whole.out());
    }

    @Test
    void anUnknownDriveIsRefusedByName() {
        Ran ran = relaxon("settle --drive events");
        assertEquals(2, ran.code());
        assertTrue(
                ran.err().contains("drive: \"events\" is not one of dense, event-driven"),
                ran.err());
    }

    @Test
    void aTrainingLearnsTheSameByEvents() throws IOException {
        String few =
                "train --quiet --data two-moons --examples 64 --test-examples 20 --iterations 8"
                        + " --algorithm ep --granularity block:4 --threshold 1e-10 --json - ";
        JsonNode dense = relaxon(few).json();
        JsonNode events = relaxon(few + "--drive event-driven").json();
        assertTrue(
                events.get("synapticOperations").asLong()
                        < dense.get("synapticOperations").asLong());
        double loss = dense.get("testLoss").asDouble();
        assertEquals(loss, events.get("testLoss").asDouble(), 1e-6 * loss);
        assertEquals("event-driven", events.get("options").get("--drive").asText());
    }
}
