package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.storage.UnwritableException;

/** What a page can request of a run. */
class LiveDeskTest {
    private static final String SCENE =
            "--algorithm pc-nudge --layers 3,4,2 --granularity neuron --delay exponential:1ms";

    /** A run that waits before its first frame. */
    private static LiveDesk paused() {
        LiveDesk desk = Desks.open(true, SCENE);
        Desks.act(desk, "pause", "{}");
        return desk;
    }

    private static JsonNode state(LiveDesk desk) {
        return Desks.json(desk.state());
    }

    @Test
    void aCutLinkIsNamedByTheVerdict() {
        try (LiveDesk desk = paused()) {
            Desks.act(desk, "cut", "{'from':'1','to':'2','both':false}");
            assertEquals("paused", state(desk).get("status").asText(), "it waits as before");
            assertEquals(1, state(desk).get("film").asLong(), "its frames are kept");
            assertTrue(state(desk).get("faults").get(0).asText().startsWith("cut 1->2"));
            Desks.act(desk, "end", "{}");
            JsonNode state = Desks.ended(desk);
            JsonNode verdict = state.get("verdict");
            assertFalse(verdict.get("settled").asBoolean());
            // which of the six links carried a last signal depends on the moment of the cut
            String sentence = verdict.get("sentence").asText();
            List<String> named =
                    Pattern.compile("\\S+->\\S+")
                            .matcher(sentence)
                            .results()
                            .map(MatchResult::group)
                            .toList();
            assertFalse(named.isEmpty(), sentence);
            assertTrue(
                    named.stream().allMatch(n -> n.matches("1\\[\\d]->2\\[\\d][,;.]?")), sentence);
            assertTrue(verdict.get("lost").asLong() > 0);
            assertTrue(state.get("command").asText().contains("--cut '1->2"), state.toString());
        }
    }

    @Test
    void aCellThatRestartsDoesNoHarmAndOneThatDoesNotIsReported() {
        try (LiveDesk desk = paused()) {
            Desks.act(desk, "crash", "{'cell':'1[2]','lasting':false}");
            assertEquals("crash 1[2]@1", state(desk).get("faults").get(0).asText());
            Desks.act(desk, "end", "{}");
            assertTrue(Desks.ended(desk).get("verdict").get("settled").asBoolean());
            Desks.act(desk, "start", "{}");
            assertEquals(0, state(desk).get("faults").size(), "a new run has none");
            Desks.act(desk, "pause", "{}");
            Desks.act(desk, "crash", "{'cell':'1[2]','lasting':true}");
            Desks.act(desk, "end", "{}");
            JsonNode verdict = Desks.ended(desk).get("verdict");
            assertEquals("cell-lost", verdict.get("reason").asText(), verdict.toString());
        }
    }

    @Test
    void faultsNeedARunAndAPlaceThatExist() {
        try (LiveDesk desk = paused()) {
            for (String wrong :
                    List.of("{'from':'2','to':'0'}", "{'from':'x','to':'2'}", "{'from':1}", "{}")) {
                assertThrows(
                        IllegalArgumentException.class, () -> Desks.act(desk, "cut", wrong), wrong);
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Desks.act(desk, "crash", "{'cell':'9[9]'}"));
            assertEquals(0, state(desk).get("faults").size());
            Desks.act(desk, "end", "{}");
            Desks.ended(desk);
            IllegalArgumentException late =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Desks.act(desk, "cut", "{'from':'1','to':'2'}"));
            assertTrue(late.getMessage().contains("the run has ended"), late.getMessage());
        }
    }

    @Test
    void oneStepIsOneFrame() {
        try (LiveDesk desk = paused()) {
            // at most the frame that was in progress when the pause came
            int before = Desks.json(desk.frames()).size();
            Desks.act(desk, "step", "{}");
            Desks.act(desk, "step", "{}");
            Desks.act(desk, "end", "{}");
            Desks.ended(desk);
            assertTrue(Desks.json(desk.frames()).size() >= before + 2);
            assertEquals("ended", state(desk).get("status").asText());
        }
    }

    @Test
    void theSameRunGivesTheSameFrames() {
        try (LiveDesk desk = Desks.open(false, SCENE)) {
            Desks.ended(desk);
            String first = desk.frames();
            Desks.act(desk, "start", "{}");
            Desks.ended(desk);
            assertEquals(first, desk.frames());
            Desks.act(desk, "start", "{'seed':'2'}");
            Desks.ended(desk);
            assertNotEquals(first, desk.frames());
            assertEquals("2", state(desk).get("controls").get("seed").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'delay':'measured:/etc/passwd'}",
                "{'delay':'exponential:1ms --out x'}",
                "{'algorithm':'--network=/etc/passwd'}",
                "{'network':'/etc/passwd'}",
                "{'weights':'x.npz'}",
                "{'data':'idx:/etc'}",
                "{'out':'x'}",
                "{'beta':'-1'}",
                "{'beta':'1e99999'}",
                "{'seed':'1\\u0000'}",
                "{'granularity':'block:0x1'}",
                "{'threshold':{'a':1},'seed':'x'}"
            })
    void aControlTakesNoOtherOptionAndNoFile(String request) {
        try (LiveDesk desk = Desks.open(false, SCENE)) {
            String command = state(desk).get("command").asText();
            assertThrows(IllegalArgumentException.class, () -> Desks.act(desk, "start", request));
            assertEquals(command, state(desk).get("command").asText());
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedInTheWordsOfTheProgram() {
        try (LiveDesk desk = Desks.open(false, SCENE)) {
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    Desks.act(
                                            desk,
                                            "start",
                                            "{'algorithm':'fpa-pc','dynamics':'gradient:0.2'}"));
            assertTrue(refused.getMessage().startsWith("dynamics: "), refused.getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> Desks.act(desk, "speed", "{'value':-1}"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Desks.act(desk, "scene", "{'name':'nothing'}"));
        }
    }

    @Test
    void furtherOptionsStayUntilTheyAreRemoved() {
        try (LiveDesk desk = Desks.open(false, SCENE + " --gain 0.5")) {
            assertEquals("--layers 3,4,2 --gain 0.5", state(desk).get("rest").asText());
            Desks.act(desk, "start", "{'beta':'0.01'}");
            assertTrue(state(desk).get("command").asText().contains("--gain 0.5"));
            Desks.act(desk, "plain", "{}");
            assertEquals("", state(desk).get("rest").asText());
            assertTrue(state(desk).get("command").asText().contains("--beta 0.01"));
        }
    }

    @Test
    void storedFramesAreShownAgainUntilARunBegins(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("frames.json");
        String frames;
        JsonNode before;
        try (LiveDesk desk = Desks.open(false, SCENE)) {
            before = Desks.ended(desk);
            frames = desk.frames();
            desk.store(file);
            assertThrows(UnwritableException.class, () -> desk.store(file), "it exists now");
        }
        try (LiveDesk desk = new LiveDesk(Desks::scene, false)) {
            desk.open(StoredFilm.read(file), List.of(SCENE.split(" ")));
            assertEquals(Desks.json(frames), Desks.json(desk.frames()));
            assertEquals("stored", state(desk).get("status").asText());
            assertEquals(before.get("verdict"), state(desk).get("verdict"));
            assertEquals(before.get("scenes"), state(desk).get("scenes"));
            assertThrows(IllegalArgumentException.class, () -> Desks.act(desk, "pause", "{}"));
            Desks.act(desk, "start", "{}");
            assertEquals(before.get("verdict"), Desks.ended(desk).get("verdict"));
        }
        for (String wrong : List.of("", "[]", "{\"format\":\"relaxon frames 1\"}", "{")) {
            Files.writeString(file, wrong);
            assertThrows(MalformedFileException.class, () -> StoredFilm.read(file), wrong);
        }
    }

    @Test
    void anAlgorithmWithSeveralPhasesShowsAllOfThem() {
        try (LiveDesk desk =
                Desks.open(
                        false,
                        "--algorithm ep --layers 3,4,2 --granularity layer --delay constant:1ms")) {
            JsonNode state = Desks.ended(desk);
            assertTrue(state.get("verdict").get("settled").asBoolean());
            assertFalse(state.get("errors").asBoolean(), "Hopfield cells hold no errors");
            List<String> phases =
                    Desks.json(desk.frames()).findValuesAsText("name").stream().distinct().toList();
            assertEquals(List.of("free", "nudged"), phases);
        }
    }
}
