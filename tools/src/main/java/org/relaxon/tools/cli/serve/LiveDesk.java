package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.storage.UnwritableException;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.tools.serve.Broadcast;
import org.relaxon.tools.serve.Desk;
import org.relaxon.tools.serve.Film;
import org.relaxon.tools.serve.Moment;
import org.relaxon.tools.serve.Pace;

/**
 * The run that all pages show, and what they request of it. A fault is injected by running again
 * from the beginning, with the fault from the present moment on, and without showing what was seen
 * before: a run in virtual time is the same each time, so this is as if the fault had struck the
 * run shown.
 *
 * <p>The threads of pages change it under its monitor. The thread of a run never waits for that
 * monitor, since a change waits for the end of the run before.
 */
final class LiveDesk implements Desk, AutoCloseable {
    private static final double SPEED_MIN = 1.0;
    private static final double SPEED_MAX = 1e13;

    private final Function<List<String>, Scene> builder;
    private final boolean paced;
    private final Broadcast broadcast = new Broadcast();
    private final Film film = new Film();
    private final AtomicReference<LiveState> state = new AtomicReference<>();
    private final AtomicLong frames = new AtomicLong();
    private volatile StoredFilm stored; // shown instead of a run; null for none
    private Controls first; // of the first run

    /**
     * A desk without a run.
     *
     * @param builder makes a scene of the words of a command line
     * @param paced false for runs that never wait
     */
    LiveDesk(Function<List<String>, Scene> builder, boolean paced) {
        this.builder = builder;
        this.paced = paced;
    }

    Broadcast broadcast() {
        return broadcast;
    }

    Film film() {
        return film;
    }

    LiveState present() {
        return state.get();
    }

    /** Starts the first run. */
    synchronized void open(List<String> words) {
        first = Controls.of(words);
        begin(first, null, 0.0);
    }

    /** Shows stored frames until the page starts a run. */
    synchronized void open(StoredFilm kept, List<String> words) {
        first = Controls.of(words);
        stored = kept;
    }

    /** Writes the frames kept and the present state, unless these are stored frames. */
    synchronized void store(Path file) throws UnwritableException {
        if (stored == null) {
            StoredFilm.write(file, state.get().json(film.removed()), film.json());
        }
    }

    @Override
    public Set<String> actions() {
        return Set.of(
                "start", "scene", "plain", "advice", "pause", "resume", "step", "end", "speed",
                "cut", "crash");
    }

    @Override
    public synchronized void act(String action, JsonNode request) {
        LiveState now = state.get();
        boolean begins = Set.of("start", "scene").contains(action);
        if (stored != null && !begins) {
            throw new IllegalArgumentException("these are stored frames: start a run first");
        }
        switch (action) {
            case "start" -> {
                Controls present = now == null ? first : now.controls();
                begin(present.with(request), now == null ? null : now.guided(), 0.0);
            }
            case "scene" -> {
                GuidedScene next = GuidedScene.named(request.path("name").asText());
                begin(Controls.of(next.words()), next, next.pace());
            }
            case "plain" -> begin(new Controls(now.controls().values(), List.of()), null, 0.0);
            case "advice" -> follow(now);
            case "cut" -> cut(now, request);
            case "crash" -> crash(now, request);
            case "speed" -> now.pace().setSpeed(speed(request.path("value").asDouble()));
            case "pause" -> now.pace().pause();
            case "resume" -> now.pace().resume();
            case "step" -> now.pace().step();
            default -> now.pace().toTheEnd();
        }
        publish();
    }

    private static double speed(double value) {
        if (!(value >= SPEED_MIN && value <= SPEED_MAX)) {
            throw new IllegalArgumentException("speed: the value is not one that the page sends");
        }
        return value;
    }

    /** A run of other options, with a film of its own. */
    private void begin(Controls next, GuidedScene shown, double delaysPerSecond) {
        Scene built = builder.apply(next.words());
        LiveState before = state.get();
        double speed = built.followableSpeed();
        if (delaysPerSecond > 0.0) {
            speed = delaysPerSecond * Math.max(1, built.plan().delay().typicalNanos());
        } else if (before != null && isAsFast(before.scene(), built)) {
            speed = before.pace().speed();
        }
        stop();
        stored = null;
        film.clear();
        frames.set(0);
        long number = before == null ? 1 : before.number() + 1;
        Pace pace = paced ? new Pace(speed) : Pace.unpaced(speed);
        run(number, number, next, shown, List.of(), built, pace, Moment.BEGIN);
    }

    /** Whether a speed chosen for one scene suits another. */
    private static boolean isAsFast(Scene one, Scene other) {
        return one.plan().delay().typicalNanos() == other.plan().delay().typicalNanos();
    }

    private void run(
            long number,
            long filmed,
            Controls controls,
            GuidedScene guided,
            List<String> faults,
            Scene scene,
            Pace pace,
            Moment from) {
        LiveRun run = new LiveRun(scene, pace, from, frames, this::show, new Ends(number));
        state.set(
                new LiveState(
                        number,
                        filmed,
                        controls,
                        guided,
                        List.copyOf(faults),
                        scene,
                        run,
                        pace,
                        LiveState.RUNNING,
                        null,
                        null,
                        ""));
        publish(); // pages clear their film before the first frame comes
        run.start();
    }

    private void stop() {
        LiveState before = state.get();
        if (before != null) {
            before.run().stop();
        }
    }

    private void show(String frame) {
        film.add(frame);
        broadcast.publish("frame", frame);
    }

    /** Takes what a run reports, as long as it is the one that is shown. */
    private final class Ends implements LiveRun.Listener {
        private final long own;

        Ends(long own) {
            this.own = own;
        }

        @Override
        public void verdict(ObjectNode found) {
            end("ended", found, null, "");
        }

        @Override
        public void advice(ObjectNode found, Advice better) {
            end("ended", found, better, "");
        }

        @Override
        public void failed(String why) {
            end("failed", null, null, why);
        }

        private void end(String word, ObjectNode found, Advice better, String why) {
            state.updateAndGet(s -> s.number() == own ? s.ended(word, found, better, why) : s);
            publish();
        }
    }

    private void follow(LiveState now) {
        Advice found = now.advice();
        if (found == null || !found.isFound()) {
            throw new IllegalArgumentException("there is no advice to follow");
        }
        Set<String> replaced = Set.copyOf(found.replaced());
        begin(now.controls().with(found.words(), replaced), now.guided(), 0.0);
    }

    private void cut(LiveState now, JsonNode request) {
        requireRunning(now);
        String from = request.path("from").asText();
        String to = request.path("to").asText();
        if (!isLinked(now.scene(), from, to)) {
            throw new IllegalArgumentException("there is no such link");
        }
        Moment moment = now.run().now();
        String one = new Cut(from, to, moment.nanos(), Long.MAX_VALUE).toString();
        String other = new Cut(to, from, moment.nanos(), Long.MAX_VALUE).toString();
        again(
                now,
                request.path("both").asBoolean()
                        ? List.of("--cut", one, "--cut", other)
                        : List.of("--cut", one),
                moment);
    }

    private void crash(LiveState now, JsonNode request) {
        requireRunning(now);
        String name = request.path("cell").asText();
        CellId cell =
                now.run().cells().stream()
                        .filter(c -> c.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no such cell"));
        long count = now.run().recorder().received(cell) + 1;
        Crash crash = new Crash(name, count, request.path("lasting").asBoolean());
        again(now, List.of("--crash", crash.toString()), now.run().now());
    }

    private static void requireRunning(LiveState now) {
        if (!now.isRunning()) {
            throw new IllegalArgumentException(
                    "the run has ended: start it again, and inject the fault while it runs");
        }
    }

    /** The same run with one more fault, shown from a moment on. */
    private void again(LiveState now, List<String> fault, Moment from) {
        List<String> faults = Stream.concat(now.faults().stream(), fault.stream()).toList();
        List<String> words = new ArrayList<>(now.controls().words());
        words.addAll(faults);
        Scene built = builder.apply(words);
        now.run().stop();
        double speed = now.pace().speed();
        Pace pace = paced ? new Pace(speed) : Pace.unpaced(speed);
        if (now.pace().isPaused()) {
            pace.pause();
        } else if (now.pace().isFast()) {
            pace.toTheEnd();
        }
        run(now.number() + 1, now.film(), now.controls(), now.guided(), faults, built, pace, from);
    }

    /** Whether signals go from one population or cell to the other. */
    private static boolean isLinked(Scene scene, String from, String to) {
        Wiring wiring = Wiring.of(scene.problem().network(), scene.plan().granularity());
        return wiring.cells().stream()
                .filter(c -> c.isNamed(from))
                .flatMap(c -> wiring.outgoing(c.index()).stream())
                .anyMatch(link -> wiring.cells().get(link.to()).isNamed(to));
    }

    private void publish() {
        broadcast.publish("state", state());
    }

    @Override
    public String state() {
        StoredFilm kept = stored;
        return (kept == null ? state.get().json(film.removed()) : kept.shown()).toString();
    }

    @Override
    public String frames() {
        StoredFilm kept = stored;
        return kept == null ? film.json() : kept.frames();
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
