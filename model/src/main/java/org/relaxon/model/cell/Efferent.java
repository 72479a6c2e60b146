package org.relaxon.model.cell;

import org.relaxon.model.network.Projection;
import org.relaxon.model.signal.Signal;

/**
 * One outgoing projection as its presynaptic cell sees it: the activity last sent to the
 * postsynaptic cells, and the newest feedback received from each of them.
 */
final class Efferent extends Port {
    private final Projection projection;
    private final double[][] heard; // newest feedback per link, each of shape (n, feedbackWidth)
    private double[] said; // last activity sent; shared with its signals, never written
    private long spikes;

    Efferent(Projection projection, int[] activityLinks) {
        super(activityLinks);
        this.projection = projection;
        heard = new double[activityLinks.length][];
    }

    Projection projection() {
        return projection;
    }

    void open(int activityLength, int feedbackLength) {
        forget();
        spikes = 0;
        said = new double[activityLength];
        for (int k = 0; k < heard.length; k++) {
            heard[k] = atRest(heard[k], feedbackLength);
        }
    }

    @Override
    void store(int k, Signal signal) {
        requireLength(signal, heard[k].length);
        System.arraycopy(signal.values(), signal.offset(), heard[k], 0, heard[k].length);
    }

    /** Unit steps of the grid that the activity has taken on its way to each receiver. */
    long spikes() {
        return spikes;
    }

    /** True if every postsynaptic cell has spoken in this phase. */
    boolean heardAll() {
        for (int k = 0; k < links(); k++) {
            if (received(k) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds the newest feedback of every link, in link order. */
    void addFeedback(double[] feedback) {
        seen();
        for (double[] one : heard) {
            for (int i = 0; i < feedback.length; i++) {
                feedback[i] += one[i];
            }
        }
    }

    /**
     * Says the activity on every link if it moved by more than allowed since it was last said, or
     * in any case.
     *
     * @return true if it moved
     */
    boolean say(
            double[] activity,
            double[] threshold,
            Grid grid,
            boolean always,
            long phase,
            Outbox outbox) {
        boolean moved = differs(activity, said, 0, activity.length, threshold);
        if (!moved && !always) {
            return false;
        }
        double[] before = said;
        said = activity.clone();
        grid.round(said, 0, said.length);
        spikes += grid.steps(said, before, 0, said.length);
        Signal signal = new Signal(phase, nextOfAll(), said, 0, said.length);
        for (int k = 0; k < links(); k++) {
            send(k, signal, outbox);
        }
        return moved;
    }

    /** Forgets what was heard, and makes the next statement news whatever it is. */
    void loseMemory() {
        forgetHeard();
        forgetSaid();
        for (double[] one : heard) {
            java.util.Arrays.fill(one, 0.0);
        }
    }

    @Override
    void forgetSaid() {
        said = said.clone();
        java.util.Arrays.fill(said, Double.NaN);
    }

    @Override
    void sayAgain(int k, long phase, Outbox outbox) {
        send(k, new Signal(phase, nextOfAll(), said, 0, said.length), outbox);
    }

    /** Copies of the arrays of a phase, for snapshots. */
    double[][] save() {
        double[][] out = new double[heard.length + 1][];
        for (int k = 0; k < heard.length; k++) {
            out[k] = heard[k].clone();
        }
        out[heard.length] = said; // never written in place
        return out;
    }

    void load(double[][] saved) {
        for (int k = 0; k < heard.length; k++) {
            System.arraycopy(saved[k], 0, heard[k], 0, heard[k].length);
        }
        said = saved[heard.length];
        touch();
    }
}
