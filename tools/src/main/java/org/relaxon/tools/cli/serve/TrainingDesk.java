package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.relaxon.tools.serve.Broadcast;
import org.relaxon.tools.serve.Desk;

/**
 * Shows the curves of trainings that write event files, in whichever process. It looks for new
 * records twice a second and changes nothing.
 */
final class TrainingDesk implements Desk, AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    private final TrainingCurves curves;
    private final Broadcast broadcast = new Broadcast();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "relaxon-curves");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile String state;

    TrainingDesk(Path directory) {
        curves = new TrainingCurves(directory);
        look();
    }

    /** Looks from now on. */
    void follow() {
        var unused =
                looks.scheduleWithFixedDelay(
                        this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Reads what is new; pages then fetch it. */
    void look() {
        String problem = "";
        boolean any = state == null;
        try {
            any |= curves.read();
        } catch (IOException | UncheckedIOException e) { // or a directory that vanishes
            problem = String.valueOf(e.getMessage());
        }
        ObjectNode next = curves.json();
        next.put("problem", problem);
        String text = next.toString();
        if (any || !text.equals(state)) {
            state = text;
            broadcast.publish("state", "{}");
        }
    }

    Broadcast broadcast() {
        return broadcast;
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public String frames() {
        return "[]";
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public void act(String action, JsonNode request) {
        throw new IllegalArgumentException("the page changes nothing");
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
