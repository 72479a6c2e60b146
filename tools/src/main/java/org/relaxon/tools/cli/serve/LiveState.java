package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.serve.Pace;

/**
 * All that the page shows of the present run except its frames. Immutable but for the pace.
 *
 * @param number of the run; a run that goes on with a fault injected keeps the frames of the one
 *     before
 * @param film number of the film: frames of another one are not of this run
 * @param controls options that the page changes, and others
 * @param guided the scene of a lecture; null for none
 * @param faults injected, as options
 * @param scene that settles
 * @param run that settles it
 * @param pace at which it is shown
 * @param status running, ended or failed
 * @param verdict null while it runs
 * @param advice null for none
 * @param failure why the run cannot go on; empty if it can
 */
record LiveState(
        long number,
        long film,
        Controls controls,
        GuidedScene guided,
        List<String> faults,
        Scene scene,
        LiveRun run,
        Pace pace,
        String status,
        ObjectNode verdict,
        Advice advice,
        String failure) {
    static final String RUNNING = "running";

    boolean isRunning() {
        return status.equals(RUNNING);
    }

    /** The same run as it ended. */
    LiveState ended(String word, ObjectNode found, Advice better, String why) {
        return new LiveState(
                number, film, controls, guided, faults, scene, run, pace, word, found, better, why);
    }

    /**
     * The state as the page reads it.
     *
     * @param removed frames that were removed from the film for want of room
     */
    ObjectNode json(long removed) {
        ObjectNode out = Json.object();
        out.put("run", number);
        out.put("film", film);
        out.put("removed", removed);
        out.put("status", isRunning() && pace.isPaused() ? "paused" : status);
        out.put("speed", pace.speed());
        out.put("fast", pace.isFast());
        out.put("failure", failure);
        out.put("problem", scene.problem().description());
        out.put("method", method());
        out.put("meanDelay", scene.plan().delay().typicalNanos());
        out.put("errors", run.recorder().hasErrors());
        out.put("energy", run.recorder().hasEnergy());
        out.set("layout", run.layout().json());
        ObjectNode values = out.putObject("controls");
        Controls.names().forEach(n -> values.put(n, controls.values().getOrDefault(n, "")));
        out.put("rest", Words.without(controls.rest(), Set.of()).strip());
        out.put("command", command());
        faults(out.putArray("faults"));
        out.put("scene", guided == null ? "" : guided.name());
        catalog(out);
        if (verdict == null) {
            out.putNull("verdict");
        } else {
            out.set("verdict", verdict);
        }
        return out;
    }

    private String method() {
        return String.format(
                Locale.ROOT,
                "%s, strength %s, %s cells, delay %s, %s",
                scene.method().algorithm().label(),
                Figures.brief(scene.method().strength(), 4),
                scene.plan().granularity(),
                scene.plan().delay().spec(),
                scene.plan().discipline());
    }

    /** The command that settles the same without a page. */
    private String command() {
        List<String> words = new ArrayList<>(controls.words());
        words.addAll(faults);
        return Launcher.typed(Launcher.recorded("settle", Words.without(words, Set.of())));
    }

    private void faults(ArrayNode out) {
        for (int k = 0; k + 1 < faults.size(); k += 2) {
            out.add(faults.get(k).substring(2) + " " + faults.get(k + 1));
        }
    }

    /** Puts what the page can choose from. */
    static void catalog(ObjectNode out) {
        ArrayNode scenes = out.putArray("scenes");
        for (GuidedScene one : GuidedScene.ALL) {
            scenes.addObject()
                    .put("name", one.name())
                    .put("title", one.title())
                    .put("text", one.text());
        }
        ObjectNode choices = out.putObject("choices");
        for (Map.Entry<String, List<Catalog.Entry<?>>> e : Catalog.all().entrySet()) {
            String name = e.getKey().replaceFirst("^.*\\(--", "").replace(")", "");
            if (name.equals("algorithm") || name.equals("discipline")) {
                ArrayNode list = choices.putArray(name);
                e.getValue()
                        .forEach(c -> list.addObject().put("name", c.name()).put("text", c.line()));
            }
        }
    }
}
