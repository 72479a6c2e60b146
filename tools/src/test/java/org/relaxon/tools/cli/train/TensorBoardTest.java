package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.train.EventReader.Event;

/** Event files for TensorBoard hold the numbers of the training, readable while it goes on. */
class TensorBoardTest {
    private static final String FEW =
            "train --quiet --data two-moons --layers 2,4,2 --examples 64 --test-examples 20"
                    + " --batch 16 ";
    private static final long SECOND = 1_700_000_000L;

    @TempDir private Path temp;

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Evaluation evaluation(long step, double loss) {
        return new Evaluation(
                step,
                1.0,
                loss,
                Double.NaN,
                2.0,
                0.5,
                Double.NaN,
                Double.NaN,
                3,
                Double.NaN,
                Double.NaN);
    }

    private BoardListener listener(Path directory, List<IOException> lost) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(SECOND), ZoneOffset.UTC);
        return new BoardListener(TrainListener.SILENT, directory, clock, lost::add);
    }

    @Test
    void theFilesStateTheCurve() throws IOException {
        Path board = temp.resolve("board");
        Ran ran =
                relaxon(
                        FEW
                                + "--epochs 3 --align-every 2 --beside backprop --json - --tensorboard "
                                + board);
        assertEquals(0, ran.code(), ran.err());
        assertEquals(List.of(board.resolve("backprop"), board.resolve("pc-nudge")), files(board));
        List<Event> events = EventReader.read(files(board.resolve("pc-nudge")).get(0));
        assertEquals("brain.Event:2", events.get(0).version());
        assertTrue(events.get(1).start());
        assertEquals(0, events.get(1).step());
        List<Event> evaluations =
                events.stream().filter(e -> e.of().containsKey("loss/test")).toList();
        JsonNode curve = ran.json().get("curve");
        assertEquals(curve.size(), evaluations.size());
        for (int k = 0; k < curve.size(); k++) {
            Event e = evaluations.get(k);
            assertEquals(curve.get(k).get("step").asLong(), e.step());
            assertEquals((float) curve.get(k).get("testLoss").asDouble(), e.of().get("loss/test"));
            assertEquals(
                    (float) curve.get(k).get("testAccuracy").asDouble(),
                    e.of().get("accuracy/test"));
            assertFalse(e.of().containsKey("R2/test"), "there is none");
        }
        List<Long> compared =
                events.stream()
                        .filter(e -> e.of().containsKey("to backprop/relative error"))
                        .map(Event::step)
                        .toList();
        assertEquals(List.of(0L, 2L, 4L, 6L, 8L, 10L), compared);
        Map<String, Float> layers =
                events.stream()
                        .map(Event::of)
                        .filter(of -> of.containsKey("norm ratio of parts/W2"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(1.0, layers.get("norm ratio of parts/W2"), 1e-3);
        List<Event> beside = EventReader.read(files(board.resolve("backprop")).get(0));
        assertEquals(2 + curve.size(), beside.size());
    }

    @Test
    void theTrainingIsTheSame() throws IOException {
        String line = FEW + "--epochs 2 --json - ";
        JsonNode with = relaxon(line + "--tensorboard " + temp.resolve("board")).json();
        JsonNode without = relaxon(line).json();
        assertEquals(without.get("curve"), with.get("curve"));
        assertEquals(without.get("messages"), with.get("messages"));
        assertEquals(without.get("options"), with.get("options"));
    }

    @Test
    void aTrainingThatGoesOnAppendsAFile() throws IOException {
        Path board = temp.resolve("board");
        String line =
                FEW + "--checkpoint %s --tensorboard %s ".formatted(temp.resolve("a.ckpt"), board);
        assertEquals(0, relaxon(line + "--epochs 1").code());
        Path first = files(board.resolve("pc-nudge")).get(0);
        byte[] before = Files.readAllBytes(first);
        assertEquals(0, relaxon(line + "--epochs 3").code());
        List<Path> both = files(board.resolve("pc-nudge"));
        assertEquals(2, both.size());
        assertEquals(first, both.get(0));
        assertTrue(Arrays.equals(before, Files.readAllBytes(first)), "not touched again");
        List<Event> events = EventReader.read(both.get(1));
        assertTrue(events.get(1).start());
        assertEquals(5, events.get(1).step(), "the first step that is made again");
        List<Long> steps =
                events.stream()
                        .filter(e -> e.of().containsKey("loss/test"))
                        .map(Event::step)
                        .toList();
        assertEquals(List.of(8L, 12L), steps);
    }

    @Test
    void everyRecordIsReadableBeforeTheEnd() throws IOException {
        List<IOException> lost = new ArrayList<>();
        try (BoardListener listener = listener(temp, lost)) {
            for (int k = 1; k <= 3; k++) {
                listener.evaluated(evaluation(300L * k, 0.25 * k));
                List<Event> events = EventReader.read(files(temp).get(0));
                assertEquals(2 + k, events.size());
                Event last = events.get(1 + k);
                assertEquals(300L * k, last.step());
                assertEquals((double) SECOND, last.seconds());
                assertEquals(
                        Map.of(
                                "loss/train",
                                0.25f * k,
                                "loss/test",
                                2.0f,
                                "accuracy/test",
                                0.5f,
                                "unsettled",
                                3.0f,
                                "epochs",
                                1.0f),
                        last.of());
            }
        }
        assertEquals(List.of(), lost);
        byte[] whole = Files.readAllBytes(files(temp).get(0));
        Path cut = temp.resolve("cut");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 3));
        assertEquals(4, EventReader.read(cut).size(), "a record that is not whole");
        whole[whole.length - 10] ^= 1;
        Files.write(cut, whole);
        assertThrows(IOException.class, () -> EventReader.read(cut));
    }

    @Test
    void twoTrainingsOfOneSecondHaveTwoFiles() throws IOException {
        for (int k = 0; k < 2; k++) {
            try (BoardListener listener = listener(temp, new ArrayList<>())) {
                listener.evaluated(evaluation(k, 1.0));
            }
        }
        List<Path> both = files(temp);
        assertEquals(2, both.size());
        assertNotEquals(
                EventReader.read(both.get(0)).get(2).step(),
                EventReader.read(both.get(1)).get(2).step());
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheFileAlone() throws IOException {
        List<IOException> lost = new ArrayList<>();
        Path file = Files.createFile(temp.resolve("file"));
        try (BoardListener listener = listener(file.resolve("below"), lost)) {
            listener.evaluated(evaluation(1, 1.0));
            listener.evaluated(evaluation(2, 1.0));
        }
        assertEquals(1, lost.size());
        assertTrue(lost.get(0).getMessage().contains("below"), lost.get(0).getMessage());
        String refusal = relaxon(FEW + "--tensorboard " + file).refusal();
        assertTrue(refusal.contains("tensorboard: " + file + " is a file"), refusal);
    }
}
