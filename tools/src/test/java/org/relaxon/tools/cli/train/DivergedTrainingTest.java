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
        assertTrue(command.endsWith(" --rate " + advised.group(1)), command);
        assertTrue(page.contains("--rate " + advised.group(1)), "the page has the command");
        Ran then = relaxon(command.replaceFirst("relaxon ", ""));
        assertEquals(ExitCode.DONE, then.code(), then.out() + then.err());
        assertEquals("trained", then.json().get("verdict").asText());
        assertEquals(0, then.json().get("examplesDropped").asInt());
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
