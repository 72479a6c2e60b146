package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.signal.Signal;

/** An outbox that keeps what was said. */
final class Heard implements Outbox {
    final List<Integer> links = new ArrayList<>();
    final List<Signal> signals = new ArrayList<>();

    @Override
    public void send(int link, Signal signal) {
        links.add(link);
        signals.add(signal);
    }

    int count() {
        return links.size();
    }

    /** The payload of the k-th signal. */
    double[] payload(int k) {
        Signal s = signals.get(k);
        double[] out = new double[s.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = s.value(i);
        }
        return out;
    }
}
