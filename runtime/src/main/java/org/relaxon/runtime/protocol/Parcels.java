package org.relaxon.runtime.protocol;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;

/** Writes parcels of all kinds down, and reads them back. */
public final class Parcels {
    private static final int SIGNAL = 1;
    private static final int BUNDLE = 2;

    private Parcels() {}

    /**
     * Writes a parcel down.
     *
     * @param parcel parcel to write
     * @param out receives it
     */
    public static void save(Parcel parcel, StateWriter out) {
        if (parcel instanceof Signal signal) {
            out.writeInt(SIGNAL);
            signal.save(out);
        } else if (parcel instanceof Bundle bundle) {
            out.writeInt(BUNDLE);
            bundle.save(out);
        } else {
            throw new IllegalArgumentException("no form for a parcel such as " + parcel);
        }
    }

    /**
     * {@return the parcel that comes next}
     *
     * @param in source of what was saved
     */
    public static Parcel load(StateReader in) {
        return switch (in.readInt()) {
            case SIGNAL -> Signal.load(in);
            case BUNDLE -> Bundle.load(in);
            default -> throw in.refusal("a signal (1) or a bundle (2)");
        };
    }
}
