package org.relaxon.model.audit;

import java.util.List;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Link;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Resolution;

/**
 * The result of an audit.
 *
 * @param state the gathered state; an equilibrium if the defects are within the tolerance
 * @param defects per cell and column, dimensionless
 * @param faults per column, null where no cell took it out of play
 * @param held per column, a neuron that no safe step can move off a kink; null where there is none
 * @param resolution how well every projection's update is known
 * @param off distance by which a sweep moved every activity of a phase that is contrasted with
 *     another, per population, null for clamped populations; null if that was not swept
 * @param unheard links on which the last version sent is not the last version received
 */
public record AuditResult(
        Equilibrium state,
        double[][] defects,
        ColumnFault[] faults,
        ColumnFault[] held,
        Resolution resolution,
        double[][] off,
        List<Link> unheard) {
    /**
     * {@return the same result, judged by the requested relative error of updates}
     *
     * @param asked largest relative error of an update that counts as resolved
     */
    public AuditResult within(double asked) {
        return new AuditResult(
                state, defects, faults, held, resolution.within(asked), off, unheard);
    }

    /**
     * {@return the largest defect of any cell in one column; NaN if any is NaN}
     *
     * @param column column of the phase, from 0
     */
    public double residual(int column) {
        double worst = 0.0;
        for (double[] cell : defects) {
            worst = Math.max(worst, cell[column]); // Math.max propagates NaN
        }
        return worst;
    }

    /**
     * {@return the largest defect of one cell in any column; NaN if any is NaN}
     *
     * @param cell index of the cell in the wiring
     */
    public double cellResidual(int cell) {
        double worst = 0.0;
        for (double d : defects[cell]) {
            worst = Math.max(worst, d);
        }
        return worst;
    }
}
