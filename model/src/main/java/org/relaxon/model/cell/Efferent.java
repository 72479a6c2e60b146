package org.relaxon.model.cell;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Signal;

/**
 * One outgoing projection as its presynaptic cell sees it: the activity last sent to the
 * postsynaptic cells, and the newest feedback received from each of them.
 */
final class Efferent extends Port {
    private double[] heard; // newest feedback per link, each of shape (n, feedbackWidth)
    private int feedbackLength;
    private double[] said; // last activity sent; shared with its signals, never written
    private long spikes;

    Efferent(Fan fan, int cell, boolean lateral) {
        super(fan, cell, lateral);
    }

    /** Opens a phase with the given lengths of activity and feedback signals. */
    void open(int activityLength, int lengthHeard) {
        forget();
        feedbackLength = lengthHeard;
        spikes = 0;
        said = new double[activityLength];
        heard = atRest(heard, Math.multiplyExact(links(), feedbackLength));
    }

    @Override
    void store(int k, Signal signal) {
        requireLength(signal, feedbackLength);
        System.arraycopy(
                signal.values(), signal.offset(), heard, k * feedbackLength, feedbackLength);
    }

    /** Unit steps of the grid that the activity has taken, once per receiver. */
    long spikes() {
        return spikes;
    }

    /** Adds the newest feedback of every link, in link order. */
    void addFeedback(double[] feedback) {
        seen();
        if (heard.length == feedback.length) { // of one link, in vectors
            Products.add(heard, feedback);
            return;
        }
        for (int at = 0; at < heard.length; at += feedbackLength) {
            for (int i = 0; i < feedback.length; i++) {
                feedback[i] += heard[at + i];
            }
        }
    }

    /**
     * Sends the activity on every link if it moved by more than allowed since it was last sent, or
     * in any case.
     *
     * @return true if it moved
     */
    boolean say(
            double[] activity,
            SendThresholds thresholds,
            boolean always,
            long phase,
            Outbox outbox) {
        double[] allowed = thresholds.ofActivity(activity);
        Grid grid = thresholds.activityGrid();
        boolean moved = differs(activity, said, 0, activity.length, allowed);
        if (!moved && !always) {
            return false;
        }
        double[] before = said;
        said = thresholds.holdsBack() ? moved(activity, before, allowed) : activity.clone();
        grid.round(said, 0, said.length);
        spikes += grid.steps(said, before, 0, said.length);
        sendToAll(new Signal(phase, nextOfAll(), said, 0, said.length), outbox);
        return moved;
    }

    /** The values before, but for those that have moved by more than allowed, or are NaN. */
    private static double[] moved(double[] now, double[] before, double[] threshold) {
        double[] out = before.clone();
        for (int k = 0; k < out.length; k++) {
            if (!(Math.abs(now[k] - before[k]) <= threshold[k % threshold.length])) {
                out[k] = now[k];
            }
        }
        return out;
    }

    /** Discards received values, and makes the next value sent count as new whatever it is. */
    void loseMemory() {
        forgetHeard();
        forgetSaid();
        java.util.Arrays.fill(heard, 0.0);
    }

    @Override
    void forgetSaid() {
        said = said.clone();
        java.util.Arrays.fill(said, Double.NaN);
    }

    @Override
    void sayAgain(int k, long phase, Outbox outbox) {
        tellApart(); // before a version exists that only one link has been sent
        send(k, new Signal(phase, nextOfAll(), said, 0, said.length), outbox);
    }

    /** Copies of the arrays of a phase, for snapshots. */
    double[][] save() {
        return new double[][] {heard.clone(), said}; // the second is never written in place
    }

    void load(double[][] saved) {
        System.arraycopy(saved[0], 0, heard, 0, heard.length);
        said = saved[1];
        touch();
    }

    @Override
    void save(StateWriter out) {
        super.save(out);
        out.writeLong(spikes);
        out.writeDoubles(heard);
        out.writeDoubles(said);
    }

    @Override
    void load(StateReader in) {
        super.load(in);
        spikes = in.readLong();
        in.readDoubles(heard);
        said = new double[said.length]; // signals may share the old one
        in.readDoubles(said);
    }
}
