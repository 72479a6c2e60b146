package org.relaxon.model.settle;

import java.util.List;

/**
 * The verdict on one settling: settled means that nothing was in flight, proven by counting
 * messages, and that the residual audited against true neighbours is within the tolerance. Only a
 * {@link Conclusive} verdict leads to an update that claims a gradient.
 */
public sealed interface Settlement permits Conclusive, NotSettled {
    /**
     * {@return the largest audited defect over all cells and columns, dimensionless; NaN if not
     * audited}
     */
    double residual();

    /** {@return one verdict per column, in order} */
    List<ColumnVerdict> columns();
}
