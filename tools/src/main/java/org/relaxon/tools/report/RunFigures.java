package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The pictures of a run: the one that answers its question, and the others. */
final class RunFigures {
    private final List<Figure> drawn = new ArrayList<>();
    private final List<Picture> recorded;

    private final RunFiles files;

    private RunFigures(RunFiles files, RunKind kind) {
        this.files = files;
        JsonNode result = files.result();
        Set<String> replaced = Set.of();
        switch (kind) {
            case CHECK -> {
                CheckFigures.of(result).ifPresent(drawn::add);
                replaced = drawn.isEmpty() ? Set.of() : Set.of("error.png");
                drawn.addAll(CourseFigures.of(files.course(), result));
                drawn.addAll(LayerFigures.of(result));
            }
            case SETTLING -> {
                if (result.has("columnsSettled") && !result.has("cases")) {
                    NetworkFigure.of(result).or(() -> GraphFigure.of(result)).ifPresent(drawn::add);
                    drawn.addAll(CourseFigures.of(files.course(), result));
                    drawn.addAll(LayerFigures.of(result));
                    CountFigures.work(result).ifPresent(drawn::add);
                }
            }
            case TRAINING -> {
                files.results().map(TrainingFigures::of).ifPresent(drawn::addAll);
                replaced = drawn.isEmpty() ? Set.of() : Set.of("curve.png", "loss.png");
                CountFigures.work(result).ifPresent(drawn::add);
            }
            case GRID ->
                    files.summary()
                            .map(t -> GridFigures.of(t, files.config()))
                            .ifPresent(drawn::addAll);
            default -> {}
        }
        CountFigures.latency(files.latency()).ifPresent(drawn::add);
        Set<String> left = replaced;
        recorded = files.pictures().stream().filter(p -> !left.contains(p.name())).toList();
    }

    static RunFigures of(RunFiles files, RunKind kind) {
        return new RunFigures(files, kind);
    }

    /** Whether there is a picture for the opening. */
    boolean any() {
        return !drawn.isEmpty() || !recorded.isEmpty();
    }

    /** All that the page draws, the one that answers the question first. */
    List<Figure> drawn() {
        return drawn;
    }

    /**
     * Whether the opening shows a recorded picture: where several axes have a map, and where none
     * is drawn.
     */
    private boolean opensWithRecorded() {
        return !recorded.isEmpty() && (drawn.isEmpty() || drawn.get(0).id().equals("latency"));
    }

    /** Writes the picture of the opening, if there is any. */
    void opening(Page page) {
        if (opensWithRecorded()) {
            page.figure(first(), MapData.of(first(), files));
        } else if (!drawn.isEmpty()) {
            page.figure(drawn.get(0));
        }
    }

    private Picture first() {
        return recorded.stream().filter(Picture::isMap).findFirst().orElse(recorded.get(0));
    }

    /** Writes the other pictures that are drawn. */
    boolean others(Page page) {
        List<Figure> some =
                opensWithRecorded()
                        ? drawn
                        : drawn.subList(Math.min(1, drawn.size()), drawn.size());
        some.forEach(page::figure);
        return !some.isEmpty();
    }

    /** The recorded pictures but that of the opening: the maps, or all others. */
    List<Picture> recorded(boolean maps) {
        return recorded.stream()
                .filter(p -> p.isMap() == maps && !(opensWithRecorded() && p.equals(first())))
                .toList();
    }

    /** Whether the opening already shows a recorded picture of this kind. */
    boolean openingHas(boolean map) {
        return opensWithRecorded() && first().isMap() == map;
    }
}
