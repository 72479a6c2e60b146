package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.signal.Signal;

/** The smallest host that can settle cells: rounds in which everything said is heard at once. */
public final class Lockstep {
    private final Wiring wiring;
    private final Rule rule;
    private final List<Cell> cells = new ArrayList<>();
    private final List<Sent> inFlight = new ArrayList<>();
    private Predicate<Link> lost = link -> false;
    private Phase phase;
    private long phaseId;
    private long signals;

    private record Sent(Link link, Signal signal) {}

    /** All cells of a network, strict kernels. */
    public Lockstep(Network network, Granularity granularity, Rule rule, double threshold) {
        this(network, granularity, rule, Signalling.exact(threshold));
    }

    /** All cells of a network, strict kernels, with the signals and products of a plan. */
    public Lockstep(Network network, Granularity granularity, Rule rule, Signalling signalling) {
        this(network, granularity, rule, signalling, Kernels.Kind.STRICT);
    }

    /** The same with other kernels. */
    Lockstep(
            Network network,
            Granularity granularity,
            Rule rule,
            Signalling signalling,
            Kernels.Kind kernels) {
        this.wiring = Wiring.of(network, granularity);
        this.rule = rule;
        for (CellId id : wiring.cells()) {
            int population = id.population();
            CellPlan own = new CellPlan(wiring, population, rule, kernels, null, signalling);
            cells.add(new Cell(own, id.index(), network.parameters()));
        }
    }

    /** Normally distributed inputs or targets; each stream has numbers of its own. */
    public static Matrix normal(int rows, int columns, int stream) {
        double[] out = new double[rows * columns];
        Arrays.setAll(out, k -> CounterRandom.normal(5, stream, k));
        return Matrix.of(rows, columns, out);
    }

    /** From now on signals on these links disappear. */
    public void lose(Predicate<Link> links) {
        lost = links;
    }

    /** Begins a new phase in every cell. */
    public Lockstep open(Phase next) {
        phase = next;
        phaseId++;
        inFlight.clear();
        signals = 0;
        cells.forEach(c -> c.open(phaseId, phase));
        return this;
    }

    /**
     * Relaxes one cell; what it says is in flight until {@link #deliver}.
     *
     * @return true if the cell wants another turn
     */
    public boolean relax(Cell cell) {
        return cell.relax(
                (link, signal) -> inFlight.add(new Sent(wiring.links().get(link), signal)));
    }

    /** Says again what was last said on a link. */
    public void reannounce(Link link) {
        cells.get(link.from())
                .lastSignals()
                .reannounce(link, (l, signal) -> inFlight.add(new Sent(link, signal)));
    }

    /** Brings everything in flight to its receiver, and returns how much was. */
    public int deliver() {
        List<Sent> now = new ArrayList<>(inFlight);
        inFlight.clear();
        for (Sent s : now) {
            signals++;
            if (!lost.test(s.link())) {
                cells.get(s.link().to()).receive(s.link().slot(), s.signal());
            }
        }
        return now.size();
    }

    /** Rounds until nothing is said and no turn wanted any more, or the limit. */
    public Lockstep settle(int roundsMax) {
        for (int round = 0; round < roundsMax; round++) {
            boolean again = false;
            for (Cell cell : cells) {
                again |= relax(cell);
            }
            if (deliver() == 0 && !again) {
                return this;
            }
        }
        return this;
    }

    /**
     * One random cell relaxes at a time and one random signal in flight arrives at a time,
     * overtaking at will, until nothing is left to do or the limit.
     */
    public Lockstep scramble(long seed, int stepsMax) {
        cells.forEach(this::relax);
        for (int step = 0; step < stepsMax && !inFlight.isEmpty(); step++) {
            int k = (int) (inFlight.size() * CounterRandom.uniform(seed, 0, step));
            Sent s = inFlight.remove(k);
            signals++;
            cells.get(s.link().to()).receive(s.link().slot(), s.signal());
            boolean lazy = CounterRandom.uniform(seed, 1, step) < 0.7 && !inFlight.isEmpty();
            if (!lazy) {
                cells.forEach(this::relax);
            }
        }
        return this;
    }

    /** Saves the state of all cells under a name. */
    public Lockstep save(String name) {
        cells.forEach(c -> c.snapshot(name));
        return this;
    }

    /** The sum of all local updates. */
    public Parameters update(double... columnWeights) {
        Parameters gradient = wiring.network().zeros();
        cells.forEach(c -> c.learning().update(columnWeights, gradient));
        return gradient;
    }

    /** Every synapse changes by its own local update, which is finite. */
    public void learn(double[] columnWeights, LearningStep step) {
        cells.forEach(c -> assertTrue(c.learning().prepare(columnWeights)));
        cells.forEach(c -> c.learning().learn(step));
    }

    /** All weights and biases as the cells have them now. */
    public Parameters parameters() {
        Parameters out = wiring.network().zeros();
        cells.forEach(c -> c.learning().save(out));
        return out;
    }

    public AuditResult audit() {
        Audit audit = new Audit(wiring, rule.dynamics().judge(rule));
        return audit.run(List.of(audit.part(new Cells(cells))), phaseId, phase, true, null);
    }

    /** Activity of a population as its cells hold it now. */
    public double[] activity(int population) {
        if (population == wiring.network().input().index()) {
            return frame().activity(population);
        }
        double[] out = null;
        for (Cell cell : cells) {
            CellId id = cell.id();
            if (id.population() == population) {
                double[] own = cell.now().state().activity();
                int width = own.length / id.size();
                out =
                        out == null
                                ? new double[wiring.network().population(population).size() * width]
                                : out;
                System.arraycopy(own, 0, out, id.from() * width, own.length);
            }
        }
        return out;
    }

    /** Error of a population as its cells hold it now. */
    public double[] error(int population) {
        return frame().error(population);
    }

    private AuditFrame frame() {
        AuditFrame frame = new AuditFrame(wiring.network(), phase, rule);
        cells.forEach(c -> c.audit().publish(frame));
        return frame;
    }

    public Wiring wiring() {
        return wiring;
    }

    public List<Cell> cells() {
        return cells;
    }

    /** Signals delivered or lost since the phase began. */
    public long signals() {
        return signals;
    }
}
