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
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Beside a fault that never heals, advice is to remove it, and certificates do not apply. */
class LastingFaultsTest {
    private static JsonNode refused(String options) throws IOException {
        Ran ran = relaxon("settle --json - " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), options);
        return ran.json();
    }

    /** Follows the advice, which settles as was said. */
    private static void follow(JsonNode json) throws IOException {
        Ran then = relaxon(json.get("adviceCommand").asText().replaceFirst("relaxon ", ""));
        assertEquals(ExitCode.DONE, then.code(), then.err());
        assertEquals(json.get("adviceMessages"), then.json().get("messages"));
    }

    @Test
    void aDeadLinkIsToBeLeftOutAndNothingElseIsTried() throws IOException {
        JsonNode json = refused("--cut 2->3");
        String advice = json.get("advice").asText();
        assertTrue(advice.startsWith("leave out --cut 2->3, which never ends (tried: settles in"));
        assertFalse(json.get("adviceCommand").asText().contains("--cut"));
        follow(json);

        JsonNode certificate = json.get("certificate");
        assertTrue(certificate.get("certified").asBoolean());
        assertEquals("--cut 2->3", certificate.get("preventedBy").get(0).asText());
        assertTrue(certificate.get("text").asText().startsWith("does not apply"));
    }

    @Test
    void outagesThatEndStayInTheAdvice() throws IOException {
        JsonNode json = refused("--cut 2->3 --cut 1->2@0ms..1ms");
        assertTrue(json.get("adviceCommand").asText().contains("--cut '1->2@"));
        assertFalse(json.get("adviceCommand").asText().contains("2->3"));
    }

    /** Losses count repeats, so that messages alone may be fewer. */
    @Test
    void repeatsAreStatedBesideTheMessagesOfWhichLossesAreMore() throws IOException {
        String lossy = "settle --drop 0.9 --delivery reliable-latest --host virtual";
        JsonNode json = relaxon(lossy + " --json -").json();
        long sent = json.get("messages").asLong() + json.get("repeated").asLong();
        assertTrue(json.get("lost").asLong() > json.get("messages").asLong(), json.toString());
        assertEquals(sent, json.get("delivered").asLong() + json.get("lost").asLong());
        String text = relaxon(lossy).out();
        String stated =
                "messages     %d and %d repeats ("
                        .formatted(json.get("messages").asLong(), json.get("repeated").asLong());
        assertTrue(text.contains(stated), text);
        assertFalse(relaxon("settle").out().contains("repeat"));
    }

    @Test
    void aCellThatStaysDownIsToBeLeftOut() throws IOException {
        JsonNode json = refused("--crash 2@1+");
        assertTrue(json.get("advice").asText().startsWith("leave out --crash 2@1+"));
        follow(json);
    }

    @Test
    void whereMoreIsWrongTheAdviceSaysThatRemovalIsNotEnough() throws IOException {
        JsonNode json = refused("--cut 2->3 --gain 8 --beta 0.1 --budget-messages 2000");
        assertTrue(json.get("advice").asText().contains("that alone is not enough"));
        assertTrue(json.get("adviceCommand").isNull());
    }

    @Test
    void lossesThatEndLeaveThePromiseWithItsCondition() throws IOException {
        JsonNode json = refused("--cut 2->3@0ms..5ms --budget-messages 3");
        JsonNode certificate = json.get("certificate");
        assertTrue(certificate.get("preventedBy").isEmpty());
        String text = certificate.get("text").asText();
        assertTrue(text.startsWith("certified if every last signal arrives"), text);
        assertFalse(json.get("advice").asText().contains("leave out"));
        JsonNode whole = relaxon("settle --json -").json();
        assertTrue(whole.get("certificate").get("text").asText().startsWith("certified, "));
    }

    @Test
    void pagesSayWhyAPromiseDoesNotApply(@TempDir Path out) throws IOException {
        Ran dead = relaxon("settle", "--cut", "2->3", "--json", "-", "--out", out.toString());
        assertTrue(page(dead).contains("does not apply: --cut 2-&gt;3"), page(dead));
        Ran sound = relaxon("settle", "--json", "-", "--out", out.toString());
        assertFalse(page(sound).contains("does not apply"));
    }

    private static String page(Ran ran) throws IOException {
        return Files.readString(Path.of(ran.json().get("directory").asText(), "report.html"));
    }
}
