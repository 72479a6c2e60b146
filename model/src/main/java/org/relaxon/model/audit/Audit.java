package org.relaxon.model.audit;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.UpdateErrors;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Resolution;

/**
 * Judges a network at rest: gathers every cell's state once, recomputes every cell's defect from
 * the <em>true</em> values of its neighbours instead of the values it received, and lists the links
 * whose last signal did not arrive. A quiescent network need not be settled; only an audit
 * distinguishes the two.
 */
public final class Audit {
    private static final int PASSES_MIN = 3;
    private static final int PASSES_MAX = 12;

    /**
     * Share of the whole way that a pass over a network with cycles may add for it to be the last.
     */
    private static final double LITTLE = 0.05;

    private final Wiring wiring;
    private final Rule rule;

    /**
     * Makes the audit of one network.
     *
     * @param wiring cells and links of the network
     * @param rule rule of the stated energy; it judges the state, whatever rule the cells ran
     * @see org.relaxon.model.rule.Dynamics#judge
     */
    public Audit(Wiring wiring, Rule rule) {
        this.wiring = wiring;
        this.rule = rule;
    }

    /**
     * {@return one shard's part of an audit, for one run}
     *
     * @param cells cells of the shard
     */
    public AuditPart part(Cells cells) {
        return new CellsAudit(cells, wiring, rule);
    }

    /**
     * Audits cells that no other thread touches meanwhile, with or without the sweep that measures
     * how well updates are known.
     *
     * @param parts new parts for all cells of the wiring, in the order of their cells
     * @param phaseId id of the settling that has come to rest
     * @param phase the inputs, targets and strengths imposed
     * @param sweeps whether to sweep
     * @param anchorOff {@link AuditResult#off} of the audit of the phase that this one started
     *     from; null if it was not swept
     * @return the state found, its defects and its faults
     */
    public AuditResult run(
            List<AuditPart> parts,
            long phaseId,
            Phase phase,
            boolean sweeps,
            double[][] anchorOff) {
        AuditFrame frame = new AuditFrame(wiring.network(), phase, rule);
        parts.forEach(p -> p.publish(frame));
        parts.forEach(p -> p.recompute(frame));
        double[][] defects = new double[wiring.cells().size()][phase.columns()];
        parts.forEach(p -> p.defects(frame, defects));
        boolean errors =
                rule.traits().has(Trait.ERROR_FORM) || rule.traits().has(Trait.HOLDS_ERRORS);
        boolean contrasts = rule.localRule().isContrast();
        Resolution resolution = Resolution.NOT_SWEPT;
        double[][] off = null;
        if (sweeps && (errors || contrasts)) {
            AuditFrame swept;
            if (errors) {
                swept = sweep(parts, phase, null, frame);
                resolution = updates(parts, phase, swept);
            } else {
                if (wiring.network().closing().isEmpty()) {
                    swept = sweep(parts, phase, anchorOff, frame);
                    again(parts, swept);
                } else {
                    swept = cyclicSweep(parts, phase, anchorOff);
                }
                off = moved(frame, swept);
                resolution = contrasts(parts, phase, frame, off, anchorOff);
            }
        }
        return new AuditResult(
                equilibrium(frame, phaseId, phase, energies(parts, phase)),
                defects,
                faults(parts, phase),
                held(parts, phase),
                resolution,
                off,
                unheard(parts));
    }

    /**
     * Sweeps once upwards with the errors and feedback that cells hold, then once back. Cells are
     * in upward order.
     */
    private AuditFrame sweep(
            List<AuditPart> parts, Phase phase, double[][] anchorOff, AuditFrame published) {
        AuditFrame swept = new AuditFrame(wiring.network(), phase, rule);
        parts.forEach(p -> p.sweepUp(swept, anchorOff, published));
        for (int k = parts.size() - 1; k >= 0; k--) {
            parts.get(k).sweepBack(swept);
        }
        return swept;
    }

    /**
     * Sweeps upwards once more where activities travel both ways, so that the output receives the
     * effect of the feedback that moved the cells below. The pull of the next phase depends on the
     * output of this one.
     */
    private static void again(List<AuditPart> parts, AuditFrame swept) {
        parts.forEach(p -> p.sweepAgain(swept));
    }

    /** Sweeps a network with cycles up and down in turn until a pass adds little to the way. */
    private AuditFrame cyclicSweep(List<AuditPart> parts, Phase phase, double[][] anchorOff) {
        AuditFrame swept = new AuditFrame(wiring.network(), phase, rule);
        parts.forEach(p -> p.publish(swept));
        parts.forEach(p -> p.beginCyclic(swept, anchorOff));
        double way = 0.0;
        for (int k = 0; k < PASSES_MAX; k++) {
            boolean up = k % 2 == 0;
            double more = 0.0;
            for (int at = 0; at < parts.size(); at++) {
                more = parts.get(up ? at : parts.size() - 1 - at).passCyclic(up, more);
            }
            way += more;
            if (k + 1 >= PASSES_MIN && !(more > LITTLE * way)) {
                break;
            }
        }
        return swept;
    }

    private Resolution updates(List<AuditPart> parts, Phase phase, AuditFrame swept) {
        UpdateErrors errors = new UpdateErrors(wiring.network(), phase.columns());
        parts.forEach(p -> p.addUnresolved(swept, errors));
        return errors.resolution();
    }

    /** Whether the phase is contrasted with the one it starts from; a free phase has no update. */
    private Resolution contrasts(
            List<AuditPart> parts,
            Phase phase,
            AuditFrame held,
            double[][] off,
            double[][] anchorOff) {
        if (phase.start() == null) {
            return Resolution.NOT_SWEPT;
        }
        AuditFrame anchor = new AuditFrame(wiring.network(), phase, rule);
        parts.forEach(p -> p.publishAnchor(anchor));
        return new ContrastErrors(wiring, phase, held, anchor, off, anchorOff).resolution();
    }

    /** The distance by which a sweep moved every activity; null for clamped populations. */
    private double[][] moved(AuditFrame held, AuditFrame swept) {
        double[][] off = new double[wiring.network().populations().size()][];
        for (Population p : wiring.network().populations()) {
            if (p.role() != Population.Role.INPUT) {
                double[] to = swept.activity(p.index());
                double[] from = held.activity(p.index());
                double[] by = new double[to.length];
                for (int k = 0; k < by.length; k++) {
                    by[k] = to[k] - from[k];
                }
                off[p.index()] = by;
            }
        }
        return off;
    }

    private List<Link> unheard(List<AuditPart> parts) {
        long[] missing = new long[wiring.links().size()]; // versions, by link
        parts.forEach(p -> p.addSent(missing));
        parts.forEach(p -> p.subtractReceived(missing));
        List<Link> out = new ArrayList<>();
        for (int k = 0; k < missing.length; k++) {
            if (missing[k] != 0) {
                out.add(wiring.links().get(k));
            }
        }
        return out;
    }

    /**
     * The first fault of every column, divergence before kinks; null for a column without a fault.
     */
    private static ColumnFault[] faults(List<AuditPart> parts, Phase phase) {
        ColumnFault[] worst = new ColumnFault[phase.columns()];
        parts.forEach(p -> p.worst(worst));
        return worst;
    }

    private static ColumnFault[] held(List<AuditPart> parts, Phase phase) {
        ColumnFault[] first = new ColumnFault[phase.columns()];
        parts.forEach(p -> p.held(first));
        return first;
    }

    private static double[] energies(List<AuditPart> parts, Phase phase) {
        double[] energy = new double[phase.columns()];
        parts.forEach(p -> p.addEnergy(energy));
        return energy;
    }

    private Equilibrium equilibrium(AuditFrame frame, long phaseId, Phase phase, double[] energy) {
        int count = wiring.network().populations().size();
        Matrix[] activity = new Matrix[count];
        Matrix[] error = new Matrix[count];
        for (Population p : wiring.network().populations()) {
            activity[p.index()] = matrix(p, frame.activity(p.index()));
            error[p.index()] = matrix(p, frame.error(p.index()));
        }
        return new Equilibrium(phaseId, phase, activity, error, energy, frame.heldAtKink())
                .remembering(frame.memories());
    }

    private static Matrix matrix(Population p, double[] values) {
        return values == null ? null : Matrix.of(p.size(), values.length / p.size(), values);
    }
}
