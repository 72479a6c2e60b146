package org.relaxon.runtime.cluster;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.UpdateErrors;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * The part of a node in an audit. What the parts before have added travels to the node and comes
 * back with what its cells add, so that sums have the bits of a single JVM.
 */
final class RemoteAudit implements AuditPart {
    private final Calls calls;
    private final int lane;
    private final Wiring wiring;
    private AuditFrame cyclic; // swept from pass to pass
    private Findings found; // null until they are fetched

    RemoteAudit(Calls calls, int lane, Wiring wiring) {
        this.calls = calls;
        this.lane = lane;
        this.wiring = wiring;
    }

    private <T> T call(
            Task task, Consumer<StateWriter> arguments, Function<StateReader, T> result) {
        return calls.call(lane, task, arguments, result);
    }

    private void pass(Task task, AuditFrame frame) {
        call(task, frame::save, in -> loaded(frame, in));
    }

    private static Void loaded(AuditFrame frame, StateReader in) {
        frame.load(in);
        return null;
    }

    @Override
    public void publish(AuditFrame frame) {
        pass(Task.PUBLISH, frame);
    }

    @Override
    public void recompute(AuditFrame frame) {
        pass(Task.RECOMPUTE, frame);
    }

    @Override
    public void defects(AuditFrame frame, double[][] byCell) {
        call(
                Task.DEFECTS,
                frame::save,
                in -> {
                    int first = in.readInt(0, byCell.length);
                    int count = in.readInt(0, byCell.length - first);
                    for (int k = 0; k < count; k++) {
                        in.readDoubles(byCell[first + k]);
                    }
                    return null;
                });
    }

    @Override
    public void sweepUp(AuditFrame frame, double[][] anchorOff, AuditFrame published) {
        call(
                Task.SWEEP_UP,
                out -> {
                    frame.save(out);
                    saveOff(anchorOff, out);
                    published.save(out);
                },
                in -> loaded(frame, in));
    }

    @Override
    public void sweepBack(AuditFrame frame) {
        pass(Task.SWEEP_BACK, frame);
    }

    @Override
    public void sweepAgain(AuditFrame frame) {
        pass(Task.SWEEP_AGAIN, frame);
    }

    @Override
    public void beginCyclic(AuditFrame frame, double[][] anchorOff) {
        cyclic = frame;
        call(
                Task.BEGIN_CYCLIC,
                out -> {
                    frame.save(out);
                    saveOff(anchorOff, out);
                },
                in -> loaded(frame, in));
    }

    @Override
    public double passCyclic(boolean up, double way) {
        return call(
                Task.PASS_CYCLIC,
                out -> {
                    cyclic.save(out);
                    out.writeBoolean(up);
                    out.writeDouble(way);
                },
                in -> {
                    cyclic.load(in);
                    return in.readDouble();
                });
    }

    @Override
    public void addUnresolved(AuditFrame frame, UpdateErrors errors) {
        call(
                Task.ADD_UNRESOLVED,
                out -> {
                    frame.save(out);
                    errors.save(out);
                },
                in -> {
                    errors.load(in);
                    return null;
                });
    }

    @Override
    public void publishAnchor(AuditFrame anchor) {
        pass(Task.PUBLISH_ANCHOR, anchor);
    }

    private Findings findings() {
        if (found == null) {
            found = call(Task.FINDINGS, out -> {}, in -> Findings.load(wiring, in));
        }
        return found;
    }

    @Override
    public void addEnergy(double[] byColumn) {
        call(
                Task.ADD_ENERGY,
                out -> out.writeDoubles(byColumn),
                in -> {
                    in.readDoubles(byColumn);
                    return null;
                });
    }

    @Override
    public void worst(ColumnFault[] byColumn) {
        findings().worst(byColumn);
    }

    @Override
    public void held(ColumnFault[] byColumn) {
        findings().held(byColumn);
    }

    @Override
    public void addSent(long[] byLink) {
        findings().addSent(byLink);
    }

    @Override
    public void subtractReceived(long[] byLink) {
        findings().subtractReceived(byLink);
    }

    static void saveOff(double[][] off, StateWriter out) {
        out.writeInt(off == null ? 0 : off.length);
        for (int p = 0; off != null && p < off.length; p++) {
            out.writeDoubles(off[p] == null ? new double[0] : off[p]);
        }
    }

    static double[][] loadOff(StateReader in) {
        double[][] off = new double[in.readCount(Integer.MAX_VALUE, Integer.BYTES)][];
        Arrays.setAll(
                off,
                p -> {
                    double[] values = in.readDoubles();
                    return values.length == 0 ? null : values;
                });
        return off.length == 0 ? null : off;
    }
}
