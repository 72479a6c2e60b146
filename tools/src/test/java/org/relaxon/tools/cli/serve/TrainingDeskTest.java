package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.ScalarEvents;
import org.relaxon.experiments.storage.EventFile;
import org.relaxon.tools.serve.Limits;
import org.relaxon.tools.serve.LivePage;
import org.relaxon.tools.serve.LiveServer;

/** The page of trainings shows what event files state, while they grow. */
class TrainingDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path temp;

    private static byte[] loss(long step, double value) {
        return ScalarEvents.scalars(1.5, step, Map.of("loss/test", value));
    }

    private static JsonNode curve(TrainingDesk desk, String learner) throws IOException {
        for (JsonNode one : JSON.readTree(desk.state()).get("learners")) {
            if (one.get("name").asText().equals(learner)) {
                return one.get("curves").path("loss/test");
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static List<Long> steps(TrainingDesk desk, String learner) throws IOException {
        List<Long> out = new ArrayList<>();
        curve(desk, learner).path("steps").forEach(s -> out.add(s.asLong()));
        return out;
    }

    @Test
    void itFollowsFilesThatGrow() throws IOException {
        try (TrainingDesk desk = new TrainingDesk(temp.resolve("board"))) {
            assertEquals(0, JSON.readTree(desk.state()).get("learners").size());
            try (EventFile file = EventFile.create(temp.resolve("board/ep"), 5)) {
                file.append(ScalarEvents.version(1.0));
                file.append(ScalarEvents.start(1.0, 0));
                desk.look();
                file.append(loss(4, 0.5));
                file.append(loss(8, 0.25));
                desk.look();
                assertEquals(List.of(4L, 8L), steps(desk, "ep"));
                String before = desk.state();
                desk.look();
                assertEquals(before, desk.state());
                file.append(loss(12, 0.125));
                desk.look();
                assertNotEquals(before, desk.state());
                assertEquals(0.125, curve(desk, "ep").get("values").get(2).asDouble());
            }
            try (EventFile later = EventFile.create(temp.resolve("board/ep"), 6)) {
                later.append(ScalarEvents.start(2.0, 5));
                later.append(loss(8, 0.3));
                desk.look();
                assertEquals(List.of(4L, 8L), steps(desk, "ep"), "steps made again");
            }
            try (EventFile beside = EventFile.create(temp.resolve("board/backprop"), 6)) {
                beside.append(loss(4, 0.5));
                desk.look();
                assertEquals(List.of(4L), steps(desk, "backprop"));
            }
        }
    }

    @Test
    void longCurvesStayBounded() throws IOException {
        try (EventFile file = EventFile.create(temp.resolve("board/pc"), 5)) {
            for (int k = 0; k < 3 * TrainingCurves.POINTS_MAX; k++) {
                file.append(loss(k, k));
            }
        }
        try (TrainingDesk desk = new TrainingDesk(temp.resolve("board"))) {
            List<Long> steps = steps(desk, "pc");
            assertTrue(steps.size() <= TrainingCurves.POINTS_MAX, steps.size() + " points");
            assertEquals(0L, steps.get(0));
            assertEquals(3L * TrainingCurves.POINTS_MAX - 1, steps.get(steps.size() - 1));
            assertEquals(steps.stream().sorted().distinct().toList(), steps);
        }
    }

    @Test
    void aFileThatIsNoEventFileIsNamed() throws IOException {
        Path own = Files.createDirectories(temp.resolve("board/x"));
        Files.writeString(own.resolve("events.out.tfevents.1"), "this is no event file at all");
        try (TrainingDesk desk = new TrainingDesk(temp.resolve("board"))) {
            String problem = JSON.readTree(desk.state()).get("problem").asText();
            assertTrue(problem.contains("tfevents.1: a checksum is wrong"), problem);
        }
    }

    @Test
    void theCommandLineServesItAlone() throws IOException {
        assertEquals(0, relaxon("serve --port 0 --for 1ms --training " + temp).code());
        String line = "serve --port 0 --for 1ms --training ";
        String refusal = relaxon(line + temp + " --layers 2,2,1").refusal();
        assertTrue(refusal.contains("leave out options of a settling"), refusal);
        Path file = Files.createFile(temp.resolve("file"));
        assertTrue(relaxon(line + file).refusal().contains("is a file"));
    }

    @Test
    void aBrowserShowsTheCurves(@TempDir Path profile) throws Exception {
        assumeTrue(Browser.program() != null, "no chromium on the PATH");
        Path board = temp.resolve("board");
        try (TrainingDesk desk = new TrainingDesk(board);
                LiveServer server =
                        LiveServer.open(
                                LivePage.TRAINING, 0, desk, desk.broadcast(), Limits.DEFAULT);
                Browser page = Browser.open(profile)) {
            page.size(1400, 1000);
            page.go(server.address());
            page.until("document.getElementById('sentence').textContent.startsWith('Waiting')");
            String line =
                    "train --quiet --data two-moons --layers 2,4,2 --examples 64 --batch 16"
                            + " --test-examples 20 --epochs 3 --align-every 2 --beside backprop --tensorboard ";
            assertEquals(0, relaxon(line + board).code());
            desk.look();
            page.until(
                    "document.getElementById('sentence').textContent.includes('pc-nudge: step 12')");
            assertEquals("pc-nudge, backprop", keys(page, "loss"));
            assertEquals("pc-nudge", keys(page, "gap"));
            assertEquals("pc-nudge, 1 - cosine, pc-nudge, relative error", keys(page, "distance"));
            assertEquals(
                    3, page.evaluate("document.querySelectorAll('#figures tr').length").asInt());
            assertTrue(page.evaluate(INK.formatted("gap")).asBoolean(), "the gap is drawn");
            page.size(390, 900);
            page.until("document.documentElement.scrollWidth <= 390");
            assertEquals(List.of(), page.complaints());
        }
    }

    /** Whether a canvas has a pixel that is not transparent. */
    private static final String INK =
            "(() => { const c = document.getElementById('%s'); return c.getContext('2d')"
                    + ".getImageData(0, 0, c.width, c.height).data.some(v => v > 0); })()";

    private static String keys(Browser page, String id) {
        return page.evaluate(
                        "[...document.querySelectorAll('#%s-key span')].map(s => s.textContent).join(', ')"
                                .formatted(id))
                .asText();
    }
}
