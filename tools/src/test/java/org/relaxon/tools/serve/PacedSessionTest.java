package org.relaxon.tools.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Problem;

/** A settling that is watched frame by frame is the same settling. */
class PacedSessionTest {
    private static final Problem PROBLEM = Problem.tanh(3, 2, 3, 4, 2);
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding())
                    .withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("exponential:100us"));

    private final List<JsonNode> frames = new ArrayList<>();

    private RunReport watched(Moment from) {
        frames.clear();
        Session inner = Hosts.virtual().open(PROBLEM.network(), PLAN);
        Layout layout = new Layout(PROBLEM.network(), PROBLEM.input(), inner.cells());
        FrameRecorder recorder =
                new FrameRecorder(
                        layout, PROBLEM.network(), PLAN.rule(), new AtomicLong(), this::take);
        inner.observe(recorder.observation());
        try (Session session = new PacedSession(inner, Pace.unpaced(30 * 20_000), recorder, from)) {
            assertTrue(session.settle(PROBLEM.centred(0.1), Budget.DEFAULT) instanceof Settled);
            return session.report();
        }
    }

    private void take(String frame) {
        try {
            frames.add(new ObjectMapper().readTree(frame));
        } catch (IOException e) {
            throw new IllegalStateException(frame, e);
        }
    }

    @Test
    void watchingChangesNoBit() {
        RunReport report = watched(Moment.BEGIN);
        try (Session alone = Hosts.virtual().open(PROBLEM.network(), PLAN)) {
            alone.settle(PROBLEM.centred(0.1), Budget.DEFAULT);
            assertEquals(alone.report().traceHash(), report.traceHash());
            assertEquals(alone.report().messages(), report.messages());
        }
        assertTrue(frames.size() > 5, frames.size() + " frames");
        JsonNode last = frames.get(frames.size() - 1);
        assertEquals(report.hostNanos(), last.get("t").asLong());
        assertEquals(report.messages(), last.get("sent").asLong());
        assertEquals(0, last.get("flying").asLong());
        assertTrue(last.get("residual").asDouble() < 1e-6, last.toString());
        long named = 0;
        long time = 0;
        for (JsonNode frame : frames) {
            for (int k = 2; k < frame.get("ways").size(); k += 3) {
                named += frame.get("ways").get(k).asLong();
            }
            assertTrue(frame.get("t").asLong() >= time, "time goes on");
            time = frame.get("t").asLong();
        }
        assertEquals(last.get("received").asLong(), named, "every parcel is drawn once");
    }

    @Test
    void aRunThatIsShownFromAMomentOnIsTheSame() {
        long hash = watched(Moment.BEGIN).traceHash();
        int all = frames.size();
        long middle = frames.get(all / 2).get("t").asLong();
        assertEquals(hash, watched(new Moment(0, middle)).traceHash());
        assertTrue(frames.size() < all && !frames.isEmpty(), frames.size() + " of " + all);
        assertTrue(frames.get(0).get("t").asLong() > middle);
        assertEquals(hash, watched(new Moment(1, 0)).traceHash());
        assertEquals(0, frames.size(), "all of it was before");
    }

    @Test
    void theNeuronsThatAreDrawnAreTheFirst() {
        watched(Moment.BEGIN);
        JsonNode activities = frames.get(frames.size() - 1).get("x");
        assertEquals(3, activities.size());
        assertEquals(4, activities.get(1).size());
        assertTrue(activities.get(0).get(0).isNull(), "an input has no cell");
        assertTrue(activities.get(2).get(1).isNumber());
    }
}
