package org.relaxon.runtime.settling;

import java.util.List;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.state.RuleMemory;
import org.relaxon.runtime.RunPlan;

/**
 * Estimated memory of the cells of a session, computed before anything is allocated.
 *
 * @param cells number of cells of a lane
 * @param links number of directed links of a lane
 * @param kept estimated heap of weights, cells and the states of the given columns, of all lanes,
 *     once a phase has settled, in bytes
 * @param underWay the same for one signal on every link, as a phase begins
 */
public record MemoryEstimate(long cells, long links, long kept, long underWay) {
    private static final long BYTES_PER_LINK = 6; // versions at both ends
    private static final long BYTES_LISTED = 4; // of a link where not all cells are linked
    private static final long BYTES_PER_SIGNAL = 72; // with its event or message
    private static final long BYTES_PER_CELL = 2_000; // of an actor; half in virtual time
    private static final long MEMORY_COPIES = 4; // held, before a step, audited and gathered
    private static final long STATE_ARRAYS = 12; // of a cell, its audit and the values last sent

    /**
     * {@return the estimate for a run of {@code columns} columns}
     *
     * @param network network to run
     * @param granularity number of neurons per cell
     * @param columns columns of a phase
     */
    public static MemoryEstimate of(Network network, Granularity granularity, int columns) {
        return of(network, granularity, columns, 1);
    }

    /**
     * {@return the estimate for several lanes with {@code columns} columns each, whose cells share
     * their weights}
     *
     * @param network network to run
     * @param granularity number of neurons per cell
     * @param columns columns of a phase of one lane
     * @param lanes number of lanes
     */
    public static MemoryEstimate of(
            Network network, Granularity granularity, int columns, int lanes) {
        long cells = 0;
        long numbers = 0;
        long weights = 0;
        for (Population p : network.populations()) {
            cells += cells(network, p, granularity);
            numbers += STATE_ARRAYS * p.size() * (long) columns;
        }
        long links = 0;
        long listed = 0;
        for (Projection e : network.projections()) {
            Population pre = network.population(e.pre());
            Population post = network.population(e.post());
            long pairs = Wiring.pairs(network, granularity, e);
            links += 2 * pairs;
            listed += e.connectivity().unscaled().isMatrix() ? 0 : 2 * pairs;
            long synapses = e.connectivity().synapses(pre.size(), post.size());
            weights +=
                    (e.connectivity().unscaled().isMatrix() ? 2 : 3)
                            * synapses; // in network and cells
            weights += e.hasOwnFeedback() ? 2 * synapses : 0; // likewise
            if (pre.role() != Population.Role.INPUT) {
                // received, sent and being sent
                numbers += 3 * heard(network, granularity, e) * columns;
            }
        }
        long lane = 8 * numbers + BYTES_PER_LINK * links + BYTES_PER_CELL * cells;
        long kept = 8 * weights + BYTES_LISTED * listed + lanes * lane;
        return new MemoryEstimate(cells, links, kept, lanes * BYTES_PER_SIGNAL * links);
    }

    /**
     * Adds the memories that cells hold for their rule, for one lane.
     *
     * @param declared memories of the rule
     * @param network network to run
     * @param columns columns of a phase
     * @return the sum
     */
    public MemoryEstimate remembering(List<RuleMemory> declared, Network network, int columns) {
        long numbers = 0;
        for (Population p : network.populations()) {
            int projections = network.into(p.index()).size();
            for (RuleMemory one : declared) {
                numbers += one.arrays(projections) * (long) p.size() * columns;
            }
        }
        return new MemoryEstimate(cells, links, kept + 8 * MEMORY_COPIES * numbers, underWay);
    }

    /**
     * {@return the same for the granularity, the precision and the drive of a plan}
     *
     * @param network network to run
     * @param plan how it is run
     * @param columns columns of a phase of one lane
     * @param lanes number of lanes
     */
    public static MemoryEstimate of(Network network, RunPlan plan, int columns, int lanes) {
        MemoryEstimate doubles = of(network, plan.granularity(), columns, lanes);
        MemoryEstimate dense =
                plan.kernels().precision() == Kernels.Precision.FLOAT
                        ? doubles.inSinglePrecision(network)
                        : doubles;
        return plan.signalling().isEventDriven()
                ? dense.drivenByEvents(network, plan.granularity(), columns, lanes)
                : dense;
    }

    /** Cells keep half as much per synapse; the network keeps doubles. */
    private MemoryEstimate inSinglePrecision(Network network) {
        long synapses = 0;
        for (Projection e : network.projections()) {
            int pre = network.population(e.pre()).size();
            synapses += e.connectivity().synapses(pre, network.population(e.post()).size());
        }
        return new MemoryEstimate(cells, links, kept - Float.BYTES * synapses, underWay);
    }

    /**
     * Adds what cells keep to compute products from what changed: the transpose of all weights
     * between cells, once for all lanes, and, in every lane, both products of each projection with
     * the activities that they are of.
     */
    private MemoryEstimate drivenByEvents(
            Network network, Granularity granularity, int columns, int lanes) {
        long copies = 0;
        long numbers = 0;
        for (Projection e : network.projections()) {
            Population pre = network.population(e.pre());
            Population post = network.population(e.post());
            if (pre.role() != Population.Role.INPUT) {
                copies += e.connectivity().synapses(pre.size(), post.size());
                numbers += 2 * (heard(network, granularity, e) + post.size());
            }
        }
        long more = 8 * (copies + lanes * numbers * columns);
        return new MemoryEstimate(cells, links, kept + more, underWay);
    }

    /** Presynaptic neurons that the cells of a projection are linked with, all cells together. */
    private static long heard(Network network, Granularity granularity, Projection e) {
        Population pre = network.population(e.pre());
        long receivers = cells(network, network.population(e.post()), granularity);
        long pairs = Wiring.pairs(network, granularity, e);
        return Math.min(pairs * perCell(network, pre, granularity), receivers * pre.size());
    }

    /** {@return the estimated memory of a run, in bytes} */
    public long bytes() {
        return kept + underWay;
    }

    /**
     * Refuses a run that would not fit.
     *
     * @param limitBytes memory that the run may take, in bytes
     * @throws IllegalArgumentException with the estimate and the limit in MiB
     */
    public void require(long limitBytes) {
        if (bytes() > limitBytes) {
            throw new IllegalArgumentException(
                    ("memory: %d cells with %d links need about %d MiB, the limit is %d MiB; raise"
                                    + " the heap (RELAXON_JAVA_OPTS=-Xmx...) or --budget-memory")
                            .formatted(cells, links, bytes() >> 20, limitBytes >> 20));
        }
    }

    /** Refuses a run that would not fit into four fifths of this process's heap. */
    public void requireHeap() {
        require(Runtime.getRuntime().maxMemory() / 5 * 4);
    }

    private static long cells(Network network, Population p, Granularity granularity) {
        if (p.role() == Population.Role.INPUT) {
            return 0;
        }
        long perCell = perCell(network, p, granularity);
        return (p.size() + perCell - 1) / perCell;
    }

    private static long perCell(Network network, Population p, Granularity granularity) {
        boolean whole = p.role() == Population.Role.OUTPUT && network.loss().couplesOutputs();
        return whole ? p.size() : Math.min(p.size(), granularity.neurons());
    }
}
