package org.relaxon.runtime.cluster;

import java.util.Arrays;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * What the cells of one part of an audit have to state beyond its frames and energies.
 *
 * @param worst faults by column; null where there is none
 * @param held neurons held at a kink, by column; null where there is none
 * @param sent version last sent on links from these cells; 0 for all others
 * @param received version last received on links to these cells; 0 for all others
 */
record Findings(ColumnFault[] worst, ColumnFault[] held, Versions sent, Versions received) {
    /** Links and their versions, where these are not 0. */
    record Versions(int[] links, long[] versions) {
        static Versions of(long[] byLink) {
            int[] links =
                    java.util.stream.IntStream.range(0, byLink.length)
                            .filter(k -> byLink[k] != 0)
                            .toArray();
            return new Versions(links, Arrays.stream(links).mapToLong(k -> byLink[k]).toArray());
        }

        void addTo(long[] byLink) {
            for (int k = 0; k < links.length; k++) {
                byLink[links[k]] += versions[k];
            }
        }

        void save(StateWriter out) {
            out.writeInt(links.length);
            out.writeInts(links);
            out.writeLongs(versions);
        }

        static Versions load(int size, StateReader in) {
            int[] links = new int[in.readCount(size, Integer.BYTES + Long.BYTES)];
            long[] versions = new long[links.length];
            in.readInts(links);
            if (Arrays.stream(links).anyMatch(k -> k < 0 || k >= size)) {
                throw in.refusal("links of %d".formatted(size));
            }
            in.readLongs(versions);
            return new Versions(links, versions);
        }
    }

    /** Those of a part whose cells are in this JVM. */
    static Findings of(AuditPart part, int columns, int links) {
        ColumnFault[] worst = new ColumnFault[columns];
        part.worst(worst);
        ColumnFault[] held = new ColumnFault[columns];
        part.held(held);
        long[] sent = new long[links];
        part.addSent(sent);
        long[] received = new long[links];
        part.subtractReceived(received);
        return new Findings(worst, held, Versions.of(sent), Versions.of(received));
    }

    void worst(ColumnFault[] byColumn) {
        for (int c = 0; c < byColumn.length; c++) {
            if (worst[c] != null && worst[c].isGraverThan(byColumn[c])) {
                byColumn[c] = worst[c];
            }
        }
    }

    void held(ColumnFault[] byColumn) {
        for (int c = 0; c < byColumn.length; c++) {
            byColumn[c] = byColumn[c] == null ? held[c] : byColumn[c];
        }
    }

    void addSent(long[] byLink) {
        sent.addTo(byLink);
    }

    void subtractReceived(long[] byLink) {
        received.addTo(byLink);
    }

    void save(StateWriter out) {
        out.writeInt(worst.length);
        FaultForm.save(worst, out);
        FaultForm.save(held, out);
        sent.save(out);
        received.save(out);
    }

    static Findings load(Wiring wiring, StateReader in) {
        FaultForm faults = new FaultForm(wiring);
        int columns = in.readCount(Integer.MAX_VALUE, 1);
        int links = wiring.links().size();
        return new Findings(
                faults.load(in, columns),
                faults.load(in, columns),
                Versions.load(links, in),
                Versions.load(links, in));
    }
}
