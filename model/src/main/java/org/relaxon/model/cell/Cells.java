package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;

/**
 * Cells of a wiring with consecutive indices, in their order. What those of a population have in
 * common they share.
 */
public final class Cells implements Iterable<Cell> {
    private final List<Cell> cells;

    Cells(List<Cell> cells) {
        this.cells = List.copyOf(cells);
    }

    /**
     * {@return all cells of a wiring, with the network's initial weights}
     *
     * @param wiring cells and links of the network
     * @param rule rule that the cells follow
     * @param kernels kind of arithmetic
     * @param signalling which changes are worth a signal, and how signals are rounded
     * @param oneThread whether one thread at a time owns all cells, which then share scratch memory
     */
    public static Cells of(
            Wiring wiring,
            Rule rule,
            Kernels.Kind kernels,
            Signalling signalling,
            boolean oneThread) {
        return of(wiring, rule, kernels, signalling, oneThread, 0, wiring.cells().size());
    }

    /**
     * {@return some cells of a wiring, with the network's initial weights}
     *
     * @param wiring cells and links of the network
     * @param rule rule that the cells follow
     * @param kernels kind of arithmetic
     * @param signalling which changes are worth a signal, and how signals are rounded
     * @param oneThread whether one thread at a time owns these cells
     * @param from index of the first cell
     * @param to index after the last
     */
    public static Cells of(
            Wiring wiring,
            Rule rule,
            Kernels.Kind kernels,
            Signalling signalling,
            boolean oneThread,
            int from,
            int to) {
        Kernels shared = oneThread ? new Kernels(kernels) : null;
        Parameters initial = wiring.network().parameters();
        List<Cell> cells = new ArrayList<>();
        for (Population p : wiring.network().populations()) {
            List<CellId> own =
                    wiring.cellsOf(p.index()).stream()
                            .filter(id -> id.index() >= from && id.index() < to)
                            .toList();
            CellPlan plan =
                    own.isEmpty()
                            ? null
                            : new CellPlan(wiring, p.index(), rule, kernels, shared, signalling);
            own.forEach(id -> cells.add(new Cell(plan, id.index(), initial)));
        }
        return new Cells(cells);
    }

    /**
     * {@return a twin of every cell; see {@link Cell#Cell(Cell)}} The twins may settle in other
     * phases than the originals, on other threads.
     */
    public Cells twins() {
        Map<CellPlan, CellPlan> plans = new HashMap<>();
        List<Cell> twins = new ArrayList<>();
        for (Cell one : cells) {
            twins.add(new Cell(plans.computeIfAbsent(one.plan(), CellPlan::new), one));
        }
        return new Cells(twins);
    }

    /**
     * {@return some of these cells}
     *
     * @param from position of the first, from 0
     * @param to position after the last
     */
    public Cells range(int from, int to) {
        return new Cells(cells.subList(from, to));
    }

    /**
     * {@return one of these cells}
     *
     * @param position its position, from 0
     */
    public Cell get(int position) {
        return cells.get(position);
    }

    /** {@return the number of these cells} */
    public int size() {
        return cells.size();
    }

    @Override
    public Iterator<Cell> iterator() {
        return cells.iterator();
    }
}
