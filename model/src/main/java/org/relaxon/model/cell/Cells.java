package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;

/** Builds the cells of a whole network: what those of a population have in common they share. */
public final class Cells {
    private Cells() {}

    /**
     * {@return all cells of a wiring, by index, with the network's initial weights}
     *
     * @param wiring cells and links of the network
     * @param rule rule that the cells follow
     * @param kernels kind of arithmetic
     * @param signalling which changes are worth a signal, and how signals are rounded
     * @param oneThread whether one thread at a time owns all cells, which then share scratch memory
     */
    public static List<Cell> of(
            Wiring wiring,
            Rule rule,
            Kernels.Kind kernels,
            Signalling signalling,
            boolean oneThread) {
        Kernels shared = oneThread ? new Kernels(kernels) : null;
        Parameters initial = wiring.network().parameters();
        List<Cell> cells = new ArrayList<>();
        for (Population p : wiring.network().populations()) {
            List<CellId> own = wiring.cellsOf(p.index());
            CellPlan plan =
                    own.isEmpty()
                            ? null
                            : new CellPlan(wiring, p.index(), rule, kernels, shared, signalling);
            own.forEach(id -> cells.add(new Cell(plan, id.index(), initial)));
        }
        return List.copyOf(cells);
    }

    /**
     * {@return a twin of every cell, in their order; see {@link Cell#Cell(Cell)}} The twins may
     * settle in other phases than the originals, on other threads.
     *
     * @param originals cells whose weights are shared
     */
    public static List<Cell> twins(List<Cell> originals) {
        Map<CellPlan, CellPlan> plans = new HashMap<>();
        List<Cell> cells = new ArrayList<>();
        for (Cell one : originals) {
            cells.add(new Cell(plans.computeIfAbsent(one.plan(), CellPlan::new), one));
        }
        return List.copyOf(cells);
    }
}
