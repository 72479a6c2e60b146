package org.relaxon.runtime.virtual;

import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.protocol.Parcels;

/**
 * What events carry, and how it is written down. The code of a parcel is its channel, that of a
 * relaxation -1 - cell; what is neither has the code {@link #OTHER} and a payload of its own kind.
 */
final class Events {
    /** Neither a parcel nor a relaxation; the payload determines the kind. */
    static final int OTHER = -1;

    private static final int RELAXATION = 0;
    private static final int CONFIRMATION = 1;
    private static final int ALARM = 2;
    private static final int QUESTION = 3;
    private static final int PROBE = 4;

    /** A parcel has arrived at the other end of its channel. */
    record Confirmation(int channel, long version) {}

    /** The moment has come that a cell had requested. */
    record Alarm(int cell) {}

    /** A receiver requests the last signal of a link. */
    record Question(Link link) {}

    private final Links links;
    private final int channels;
    private final int cells;

    Events(Links links, int channels, int cells) {
        this.links = links;
        this.channels = channels;
        this.cells = cells;
    }

    static void save(int code, Object payload, StateWriter out) {
        if (code >= 0) {
            Parcels.save((Parcel) payload, out);
        } else if (payload == null) {
            out.writeInt(RELAXATION);
        } else if (payload instanceof Confirmation c) {
            out.writeInt(CONFIRMATION);
            out.writeInt(c.channel());
            out.writeLong(c.version());
        } else if (payload instanceof Alarm alarm) {
            out.writeInt(ALARM);
            out.writeInt(alarm.cell());
        } else if (payload instanceof Question question) {
            out.writeInt(QUESTION);
            out.writeInt(question.link().index());
        } else if (payload instanceof ProbeWaves.Event event) {
            out.writeInt(PROBE);
            event.save(out);
        } else {
            throw new AssertionError("no form for " + payload);
        }
    }

    Object load(int code, StateReader in) {
        if (code >= channels || code < -cells) {
            throw in.refusal("a channel or a cell, found code " + code);
        }
        if (code >= 0) {
            return Parcels.load(in);
        }
        int kind = in.readInt(RELAXATION, code == OTHER ? PROBE : RELAXATION);
        return switch (kind) {
            case CONFIRMATION -> new Confirmation(in.readInt(0, channels - 1), in.readLong());
            case ALARM -> new Alarm(in.readInt(0, cells - 1));
            case QUESTION -> new Question(links.get(in.readInt(0, links.size() - 1)));
            case PROBE -> ProbeWaves.Event.load(in, cells);
            default -> null; // the code says which cell relaxes
        };
    }
}
