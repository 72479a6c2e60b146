package org.relaxon.tools.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.tools.output.Json;

/**
 * What is drawn of a network: the first neurons of every population, and the cells that own them.
 * The page places populations in columns by the longest path from an input.
 */
public final class Layout {
    /** Neurons that are drawn of a population. */
    public static final int NEURONS_MAX = 24;

    private final Network network;
    private final Matrix input;
    private final List<CellId> drawn = new ArrayList<>();
    private final Map<Integer, Integer> places = new HashMap<>(); // by index of the cell
    private final int cells;

    /**
     * The layout of a session.
     *
     * @param network that is settled
     * @param input clamped input, shape (n_0, B); its first column is shown
     * @param cells of the session
     */
    public Layout(Network network, Matrix input, List<CellId> cells) {
        this.network = network;
        this.input = input;
        this.cells = cells.size();
        cells.stream()
                .filter(c -> c.from() < NEURONS_MAX)
                .sorted(Comparator.comparingInt(CellId::index))
                .forEach(
                        c -> {
                            places.put(c.index(), drawn.size());
                            drawn.add(c);
                        });
    }

    /** The place of a cell among those that are drawn; -1 if it is not. */
    int place(CellId cell) {
        return places.getOrDefault(cell.index(), -1);
    }

    /** The number of all cells. */
    int cells() {
        return cells;
    }

    /** The cells that are drawn. */
    List<CellId> drawn() {
        return drawn;
    }

    /** The number of populations. */
    int populations() {
        return network.populations().size();
    }

    /** Neurons of a population that are drawn. */
    int shown(int population) {
        return Math.min(NEURONS_MAX, network.population(population).size());
    }

    /** {@return the layout as the page reads it} */
    public ObjectNode json() {
        ObjectNode out = Json.object();
        out.put("cellCount", cells);
        int[] column = new int[populations()];
        ArrayNode populations = out.putArray("populations");
        for (Population p : network.populations()) {
            for (Projection e : network.into(p.index())) {
                int onwards = e.leadsOnwards() ? column[e.pre()] + 1 : 0;
                column[p.index()] = Math.max(column[p.index()], onwards);
            }
            ObjectNode one = populations.addObject();
            one.put("name", p.name());
            one.put("size", p.size());
            one.put("shown", shown(p.index()));
            one.put("column", column[p.index()]);
            one.put("role", p.role().name().toLowerCase(Locale.ROOT));
            if (p.role() == Population.Role.INPUT) {
                values(one.putArray("input"), network.rowsOf(input, p.index()), shown(p.index()));
            }
        }
        ArrayNode projections = out.putArray("projections");
        for (Projection e : network.projections()) {
            projections
                    .addObject()
                    .put("pre", e.pre())
                    .put("post", e.post())
                    .put("onwards", e.leadsOnwards());
        }
        ArrayNode all = out.putArray("cells");
        for (CellId cell : drawn) {
            all.addObject()
                    .put("name", cell.name())
                    .put("population", cell.population())
                    .put("from", cell.from())
                    .put("to", cell.to());
        }
        return out;
    }

    private void values(ArrayNode out, double[] rows, int shown) {
        int columns = input.columns();
        for (int n = 0; n < shown; n++) {
            out.add(Compact.rounded(rows[n * columns]));
        }
    }
}
