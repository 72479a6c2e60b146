package org.relaxon.model.cell;

import org.relaxon.model.signal.Signal;

/** All ports of one cell, in the order of their inbox slots. */
final class Ports {
    private final CellId id;
    private final Port[] ports;

    Ports(CellId id, Afferent[] afferents, Efferent[] efferents) {
        this.id = id;
        ports = new Port[afferents.length + efferents.length];
        System.arraycopy(afferents, 0, ports, 0, afferents.length);
        System.arraycopy(efferents, 0, ports, afferents.length, efferents.length);
    }

    Receipt record(int slot, Signal signal) {
        int k = slot;
        for (Port port : ports) {
            if (k < port.links()) {
                return port.record(k, signal);
            }
            k -= port.links();
        }
        throw noSlot(slot);
    }

    long received(int slot) {
        int k = slot;
        for (Port port : ports) {
            if (k < port.links()) {
                return port.received(k);
            }
            k -= port.links();
        }
        throw noSlot(slot);
    }

    long sent(Link link) {
        for (Port port : ports) {
            int k = port.positionOf(link.index());
            if (k >= 0) {
                return port.sent(k);
            }
        }
        throw notMine(link);
    }

    void sayAgain(Link link, long phase, Outbox outbox) {
        for (Port port : ports) {
            int k = port.positionOf(link.index());
            if (k >= 0) {
                port.sayAgain(k, phase, outbox);
                return;
            }
        }
        throw notMine(link);
    }

    void forgetSaid() {
        for (Port port : ports) {
            port.forgetSaid();
        }
    }

    private IllegalArgumentException notMine(Link link) {
        return new IllegalArgumentException("cell " + id + " does not send on link " + link);
    }

    private IndexOutOfBoundsException noSlot(int slot) {
        return new IndexOutOfBoundsException("cell " + id + " has no slot " + slot);
    }
}
