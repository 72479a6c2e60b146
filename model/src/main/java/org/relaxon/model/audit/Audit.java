package org.relaxon.model.audit;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.Cell;
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
import org.relaxon.model.state.CellState;

/**
 * Judges a network at rest: gathers every cell's state once, recomputes every cell's defect from
 * the <em>true</em> values of its neighbours instead of the values it received, and lists the links
 * whose last signal did not arrive. A quiescent network need not be settled; only an audit
 * distinguishes the two.
 */
public final class Audit {
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
     * Audits cells that no other thread touches meanwhile, with the sweep that measures how well
     * updates are known.
     *
     * @param cells all cells of the wiring, by index
     * @param phaseId id of the settling that has come to rest
     * @param phase the inputs, targets and strengths imposed
     * @return the state found, its defects and its faults
     */
    public AuditResult run(List<Cell> cells, long phaseId, Phase phase) {
        return run(cells, phaseId, phase, true, null);
    }

    /**
     * Audits cells that no other thread touches meanwhile, with or without the sweep that measures
     * how well updates are known.
     *
     * @param cells all cells of the wiring, by index
     * @param phaseId id of the settling that has come to rest
     * @param phase the inputs, targets and strengths imposed
     * @param sweeps whether to sweep
     * @param anchorOff {@link AuditResult#off} of the audit of the phase that this one started
     *     from; null if it was not swept
     * @return the state found, its defects and its faults
     */
    public AuditResult run(
            List<Cell> cells, long phaseId, Phase phase, boolean sweeps, double[][] anchorOff) {
        AuditFrame frame = new AuditFrame(wiring.network(), phase, rule);
        cells.forEach(c -> c.audit().publish(frame));
        List<CellState> truths = new ArrayList<>(cells.size());
        cells.forEach(c -> truths.add(c.audit().recompute(frame, rule)));
        double[][] defects = new double[cells.size()][phase.columns()];
        for (int k = 0; k < cells.size(); k++) {
            cells.get(k).audit().defect(frame, truths.get(k), rule, defects[k]);
        }
        boolean errors =
                rule.traits().has(Trait.ERROR_FORM) || rule.traits().has(Trait.HOLDS_ERRORS);
        boolean contrasts = rule.localRule().isContrast();
        Resolution resolution = Resolution.NOT_SWEPT;
        double[][] off = null;
        if (sweeps && (errors || contrasts)) {
            AuditFrame swept = new AuditFrame(wiring.network(), phase, rule);
            List<CellState> sweptStates = sweep(cells, swept, errors ? null : anchorOff);
            if (errors) {
                resolution = updates(cells, phase, swept, sweptStates);
            } else {
                again(cells, swept, sweptStates);
                off = moved(frame, swept);
                resolution = contrasts(cells, phase, frame, off, anchorOff);
            }
        }
        return new AuditResult(
                equilibrium(frame, phaseId, phase, energies(cells, phase)),
                defects,
                faults(cells, phase),
                held(cells, phase),
                resolution,
                off,
                unheard(cells));
    }

    /**
     * Sweeps once upwards with the errors and feedback that cells hold, then once back. Cells are
     * in upward order.
     */
    private List<CellState> sweep(List<Cell> cells, AuditFrame swept, double[][] anchorOff) {
        List<CellState> states = new ArrayList<>(cells.size());
        cells.forEach(c -> states.add(c.audit().sweepUp(swept, rule, anchorOff)));
        for (int k = cells.size() - 1; k >= 0; k--) {
            cells.get(k).audit().sweepBack(swept, states.get(k), rule);
        }
        return states;
    }

    /**
     * Sweeps upwards once more where activities travel both ways, so that the output receives the
     * effect of the feedback that moved the cells below. The pull of the next phase depends on the
     * output of this one.
     */
    private void again(List<Cell> cells, AuditFrame swept, List<CellState> states) {
        for (int k = 0; k < cells.size(); k++) {
            cells.get(k).audit().sweepAgain(swept, states.get(k), rule);
        }
    }

    private Resolution updates(
            List<Cell> cells, Phase phase, AuditFrame swept, List<CellState> states) {
        UpdateErrors errors = new UpdateErrors(wiring.network(), phase.columns());
        for (int k = 0; k < cells.size(); k++) {
            cells.get(k).audit().addUnresolved(swept, states.get(k), errors);
        }
        return errors.resolution();
    }

    /** Whether the phase is contrasted with the one it starts from; a free phase has no update. */
    private Resolution contrasts(
            List<Cell> cells, Phase phase, AuditFrame held, double[][] off, double[][] anchorOff) {
        if (phase.start() == null) {
            return Resolution.NOT_SWEPT;
        }
        AuditFrame anchor = new AuditFrame(wiring.network(), phase, rule);
        cells.forEach(c -> c.audit().publishAnchor(anchor));
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

    private List<Link> unheard(List<Cell> cells) {
        List<Link> out = new ArrayList<>();
        for (Link link : wiring.links()) {
            long said = cells.get(link.from()).sentVersion(link);
            long heard = cells.get(link.to()).receivedVersion(link.slot());
            if (said != heard) {
                out.add(link);
            }
        }
        return out;
    }

    /**
     * The first fault of every column, divergence before kinks; null for a column without a fault.
     */
    private static ColumnFault[] faults(List<Cell> cells, Phase phase) {
        ColumnFault[] worst = new ColumnFault[phase.columns()];
        for (Cell cell : cells) {
            for (ColumnFault fault : cell.audit().faults()) {
                if (fault != null
                        && (worst[fault.column()] == null
                                || fault.reason().compareTo(worst[fault.column()].reason()) < 0)) {
                    worst[fault.column()] = fault;
                }
            }
        }
        return worst;
    }

    private static ColumnFault[] held(List<Cell> cells, Phase phase) {
        ColumnFault[] first = new ColumnFault[phase.columns()];
        for (Cell cell : cells) {
            ColumnFault[] own = cell.audit().held();
            for (int c = 0; c < own.length; c++) {
                first[c] = first[c] == null ? own[c] : first[c];
            }
        }
        return first;
    }

    private static double[] energies(List<Cell> cells, Phase phase) {
        double[] energy = new double[phase.columns()];
        cells.forEach(c -> c.audit().addEnergy(energy));
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
