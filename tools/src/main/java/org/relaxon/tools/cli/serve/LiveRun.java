package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.JudgedSettling;
import org.relaxon.tools.cli.run.Unbounded;
import org.relaxon.tools.serve.FrameRecorder;
import org.relaxon.tools.serve.Layout;
import org.relaxon.tools.serve.Moment;
import org.relaxon.tools.serve.Pace;
import org.relaxon.tools.serve.PacedSession;

/** One scene that settles on a thread of its own, frame by frame, until its verdict. */
final class LiveRun implements Runnable {
    /** What becomes of a run, in this order; all calls on its thread, none once it is stopped. */
    interface Listener {
        /** The run has ended and is being judged. */
        void verdict(ObjectNode verdict);

        /** What helps, after the verdict of a run that did not settle; null for no advice. */
        void advice(ObjectNode verdict, Advice advice);

        /** The run cannot go on. */
        void failed(String why);
    }

    private final Scene scene;
    private final Pace pace;
    private final Listener listener;
    private final List<CellId> cells;
    private final Layout layout;
    private final FrameRecorder recorder;
    private final Moment from;
    private final Interruption interruption = new Interruption();
    private final Thread thread = new Thread(this, "relaxon-live");
    private volatile PacedSession session;
    private boolean over; // under the monitor of the interruption

    LiveRun(
            Scene scene,
            Pace pace,
            Moment from,
            AtomicLong frames,
            Consumer<String> film,
            Listener listener) {
        this.scene = scene;
        this.pace = pace;
        this.from = from;
        this.listener = listener;
        cells = Wiring.of(scene.problem().network(), scene.plan().granularity()).cells();
        layout = new Layout(scene.problem().network(), scene.problem().input(), cells);
        recorder =
                new FrameRecorder(
                        layout, scene.problem().network(), scene.plan().rule(), frames, film);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends it, and waits until it has ended. */
    void stop() {
        synchronized (interruption) {
            if (!over) {
                interruption.ask("TERM");
            }
        }
        pace.close();
        await();
    }

    /** Waits until its verdict, and advice, are known. */
    void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<CellId> cells() {
        return cells;
    }

    Layout layout() {
        return layout;
    }

    FrameRecorder recorder() {
        return recorder;
    }

    /** The moment up to which it has run. */
    Moment now() {
        PacedSession present = session;
        return present == null ? from : present.now();
    }

    @Override
    public void run() {
        try {
            Effort.until(
                    interruption::asked,
                    () -> {
                        settle();
                        return null;
                    });
        } catch (GaveUpException e) {
            // it was stopped
        } catch (RuntimeException e) {
            if (!interruption.asked()) {
                listener.failed(String.valueOf(e.getMessage()));
            }
        } finally {
            synchronized (interruption) {
                over = true;
                interruption.discard();
            }
        }
    }

    private void settle() {
        try (Host host = Hosts.virtual();
                Session own = host.open(scene.problem().network(), scene.plan())) {
            own.observe(recorder.observation());
            interruption.onStop(own::cancel);
            session = new PacedSession(own, pace, recorder, from);
            JudgedSettling settling = new JudgedSettling(scene.problem(), null, interruption);
            MinimumJudge judged = settling.settle(session, scene.setting());
            if (interruption.asked()) {
                return;
            }
            judge(host, settling, judged);
        }
    }

    private void judge(Host host, JudgedSettling settling, MinimumJudge first) {
        MinimumJudge judged = first;
        if (!(judged.estimate().verdict() instanceof NotSettled not)) {
            listener.verdict(LiveVerdict.of(scene, judged));
            return;
        }
        Unbounded unbounded = Unbounded.of(not.reason(), scene.method(), scene.problem());
        if (unbounded.isProven()) {
            judged = unbounded.explained(judged, not);
        }
        ObjectNode verdict = LiveVerdict.of(scene, judged);
        listener.verdict(verdict);
        if (not.reason() == Reason.CANCELLED) {
            return;
        }
        Advice advice =
                unbounded.isProven()
                        ? Unbounded.advice(settling, host, scene.setting(), scene.stated())
                        : settling.advice(host, scene.setting(), not.reason());
        if (!interruption.asked()) {
            listener.advice(LiveVerdict.with(verdict, advice), advice);
        }
    }
}
