package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relaxon.experiments.format.ScalarEvents;
import org.relaxon.experiments.storage.EventTail;
import org.relaxon.tools.output.Json;

/**
 * The curves in the event files below a directory, which trainings may still write: those of each
 * learner by tag. Of long curves every second point is left out, so that they stay bounded.
 */
final class TrainingCurves {
    static final int POINTS_MAX = 2_000;
    private static final int LEARNERS_MAX = 8;
    private static final int TAGS_MAX = 64;
    private static final int FILES_MAX = 1_000;
    private static final String EVENTS = "events.out.tfevents.";

    private final Path directory;
    private final Map<Path, EventTail> files = new TreeMap<>();
    private final Map<String, Map<String, Curve>> learners = new TreeMap<>();

    /** One curve: steps ascend. */
    private static final class Curve {
        private final List<Long> steps = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(long step, double value) {
            cut(step); // a step that is made again
            steps.add(step);
            values.add(value);
            if (steps.size() > POINTS_MAX) {
                for (int k = steps.size() - 2; k > 0; k -= 2) {
                    steps.remove(k);
                    values.remove(k);
                }
            }
        }

        void cut(long from) {
            while (!steps.isEmpty() && steps.get(steps.size() - 1) >= from) {
                steps.remove(steps.size() - 1);
                values.remove(values.size() - 1);
            }
        }
    }

    TrainingCurves(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what has been written since the last call.
     *
     * @return whether there was anything
     * @throws IOException if a file cannot be read or is no event file
     */
    boolean read() throws IOException {
        boolean any = false;
        for (Path file : eventFiles()) {
            EventTail tail = files.computeIfAbsent(file, EventTail::new);
            for (byte[] record : tail.next()) {
                add(file, ScalarEvents.read(record));
                any = true;
            }
        }
        return any;
    }

    /** Those of the directory and of the directories in it, in the order in which they grew. */
    private List<Path> eventFiles() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of(); // the training has not begun
        }
        try (Stream<Path> found = Files.walk(directory, 2)) {
            return found.filter(p -> p.getFileName().toString().startsWith(EVENTS))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        }
    }

    private void add(Path file, ScalarEvents.Event event) {
        Path parent = file.toAbsolutePath().getParent();
        String name = String.valueOf(parent.getFileName());
        if (!learners.containsKey(name) && learners.size() == LEARNERS_MAX) {
            return;
        }
        Map<String, Curve> own = learners.computeIfAbsent(name, n -> new TreeMap<>());
        if (event.start()) {
            own.values().forEach(curve -> curve.cut(event.step()));
            own.values().removeIf(curve -> curve.steps.isEmpty());
        }
        event.values()
                .forEach(
                        (tag, value) -> {
                            if (own.containsKey(tag) || own.size() < TAGS_MAX) {
                                own.computeIfAbsent(tag, t -> new Curve()).add(event.step(), value);
                            }
                        });
    }

    /** All curves as JSON, for the page. */
    ObjectNode json() {
        ObjectNode out = Json.object();
        out.put("directory", directory.toString());
        ArrayNode all = out.putArray("learners");
        learners.forEach(
                (name, curves) -> {
                    ObjectNode one = all.addObject();
                    one.put("name", name);
                    ObjectNode tags = one.putObject("curves");
                    curves.forEach(
                            (tag, curve) -> {
                                ObjectNode node = tags.putObject(tag);
                                curve.steps.forEach(node.putArray("steps")::add);
                                curve.values.forEach(node.putArray("values")::add);
                            });
                });
        return out;
    }
}
