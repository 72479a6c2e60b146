package org.relaxon.runtime.cluster;

import java.util.function.Consumer;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.UpdateErrors;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.actor.Part;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.shard.Shard;

/** A node's part of the audits of one lane. */
final class AuditTasks {
    private final Wiring wiring;
    private final Shard shard;
    private final Rule judge;
    private final Audit audit;
    private final int first;
    private final int count;
    private volatile Phase phase; // of the cells; null before the first
    private AuditPart part; // of the audit in progress
    private AuditFrame published;
    private AuditFrame swept;

    AuditTasks(Part.Site site, Shard shard) {
        wiring = site.wiring();
        this.shard = shard;
        judge = site.plan().rule().dynamics().judge(site.plan().rule());
        audit = new Audit(wiring, judge);
        first = site.division().first(site.index());
        count = site.division().first(site.index() + 1) - first;
    }

    /** The lane's shard is about to receive this. */
    void opening(ShardActor.Command command) {
        Phase opened = ShardActor.opens(command);
        phase = opened == null ? phase : opened;
    }

    /** The phase of the cells; null before the first. */
    Phase phase() {
        return phase;
    }

    Consumer<StateWriter> run(Task task, StateReader in) {
        switch (task) {
            case PUBLISH -> {
                part = shard.part(audit);
                published = frame(in);
                part.publish(published);
                return published::save;
            }
            case RECOMPUTE -> {
                published.load(in);
                part.recompute(published);
                return published::save;
            }
            case DEFECTS -> {
                return defects(in);
            }
            case PUBLISH_ANCHOR -> {
                AuditFrame anchor = frame(in);
                part.publishAnchor(anchor);
                return anchor::save;
            }
            case ADD_UNRESOLVED -> {
                swept.load(in);
                UpdateErrors errors = new UpdateErrors(wiring.network(), phase.columns());
                errors.load(in);
                part.addUnresolved(swept, errors);
                return errors::save;
            }
            case SWEEP_UP, SWEEP_BACK, SWEEP_AGAIN, BEGIN_CYCLIC, PASS_CYCLIC -> {
                return sweep(task, in);
            }
            case ADD_ENERGY -> {
                double[] byColumn = in.readDoubles();
                part.addEnergy(byColumn);
                return out -> out.writeDoubles(byColumn);
            }
            case FINDINGS -> {
                return Findings.of(part, phase.columns(), wiring.links().size())::save;
            }
            default -> throw in.refusal("a task for a shard, found " + task);
        }
    }

    private AuditFrame frame(StateReader in) {
        AuditFrame frame = new AuditFrame(wiring.network(), phase, judge);
        frame.load(in);
        return frame;
    }

    private Consumer<StateWriter> defects(StateReader in) {
        published.load(in);
        double[][] byCell = new double[wiring.cells().size()][];
        for (int k = first; k < first + count; k++) {
            byCell[k] = new double[phase.columns()];
        }
        part.defects(published, byCell);
        return out -> {
            out.writeInt(first);
            out.writeInt(count);
            for (int k = first; k < first + count; k++) {
                out.writeDoubles(byCell[k]);
            }
        };
    }

    private Consumer<StateWriter> sweep(Task task, StateReader in) {
        if (task == Task.SWEEP_UP || task == Task.BEGIN_CYCLIC) {
            swept = frame(in);
        } else {
            swept.load(in);
        }
        double way = 0.0;
        switch (task) {
            case SWEEP_UP -> {
                double[][] off = RemoteAudit.loadOff(in);
                published.load(in);
                part.sweepUp(swept, off, published);
            }
            case SWEEP_BACK -> part.sweepBack(swept);
            case SWEEP_AGAIN -> part.sweepAgain(swept);
            case BEGIN_CYCLIC -> part.beginCyclic(swept, RemoteAudit.loadOff(in));
            default -> {
                boolean up = in.readBoolean();
                way = part.passCyclic(up, in.readDouble());
            }
        }
        double sum = way;
        return out -> {
            swept.save(out);
            if (task == Task.PASS_CYCLIC) {
                out.writeDouble(sum);
            }
        };
    }
}
