package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** A training that its learning rate ended says so in every form, with advice that is true. */
class DivergedTrainingTest {
    private static final String MOONS =
            "train --data two-moons --examples 64 --test-examples 20 --iterations 30 --quiet"
                    + " --optimiser adam ";
    private static final String FUTILE =
            "train --data two-moons --examples 640 --test-examples 20 --iterations 60"
                    + " --budget-messages 1 --quiet ";
    private static final Pattern ADVICE =
            Pattern.compile("; advice: --rate (\\S+) \\(tried: in all 30 steps, every example");

    @Test
    void pageTextAndJsonAgreeAndTheAdviceIsTrue(@TempDir Path out) throws IOException {
        String line = MOONS + "--rate 1.7e308 ";
        Ran ran = relaxon(line + "--json - --out " + out);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals("diverged", json.get("verdict").asText());
        assertEquals("diverged", json.get("ending").asText());
        String reason = json.get("reason").asText();
        assertFalse(reason.contains("--beta"), reason);
        String page = Files.readString(Path.of(json.get("directory").asText(), "report.html"));
        assertTrue(page.contains("Diverged: the training ended"), "verdict of the page");
        assertFalse(page.contains("Not settled"), "the page has one verdict");
        assertTrue(relaxon(line).out().contains("ending       diverged after "));

        Matcher advised = ADVICE.matcher(reason);
        assertTrue(advised.find(), reason);
        String command = json.get("adviceCommand").asText();
        assertTrue(command.startsWith("relaxon train --data two-moons "), command);
        assertTrue(command.endsWith(" --rate " + advised.group(1)), command);
        assertFalse(command.contains("1.7e308"), command);
        Ran then = relaxon(MOONS + "--rate " + advised.group(1) + " --json -");
        assertEquals(ExitCode.DONE, then.code(), then.out() + then.err());
        assertEquals("trained", then.json().get("verdict").asText());
        assertEquals(0, then.json().get("examplesDropped").asInt());
    }

    /** Nothing settles any more: the first such minibatch is warned of, and five end it. */
    @Test
    void aTrainingThatLearnsNothingEndsSoon() throws IOException {
        Ran ran = relaxon(FUTILE + "--json -");
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out());
        JsonNode json = ran.json();
        assertEquals(5, json.get("steps").asLong(), ran.out());
        String reason = json.get("reason").asText();
        assertTrue(reason.contains("no example of the last 5 minibatches settled: "), reason);
        assertFalse(reason.contains("--rate"), "the weights have not grown: " + reason);
        String warning = json.get("warnings").toString();
        assertTrue(warning.contains("no example of this minibatch of 64 settled"), warning);
        assertTrue(json.get("adviceCommand").isNull(), ran.out());
        assertEquals("unsettled", json.get("verdict").asText());
    }

    /** The twin: on request it goes on. */
    @Test
    void onRequestItGoesOn() throws IOException {
        Ran ran = relaxon(FUTILE + "--unsettled continue --json -");
        assertEquals(60, ran.json().get("steps").asLong(), ran.out());
        assertEquals("unsettled", ran.json().get("verdict").asText());
    }

    /** The twin: a training that ends for another reason is advised no other rate. */
    @Test
    void anotherReasonIsNoMatterOfTheRate() throws IOException {
        Ran ran =
                relaxon(
                        "train --data two-moons --examples 64 --test-examples 20 --iterations 4"
                                + " --quiet --algorithm ep --discipline eager --gain 6 --batch 8"
                                + " --budget-messages 300 --json -");
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out());
        assertEquals(ran.json().get("ending"), ran.json().get("verdict"));
        assertEquals("unsettled", ran.json().get("verdict").asText());
        assertFalse(ran.json().get("reason").asText().contains("--rate"), ran.out());
    }
}
