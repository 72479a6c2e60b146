package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;

/**
 * A network with a skip connection and twin projections whose cells relax one at a time in random
 * order; what a cell says is heard at once. A cell relaxes only after all that it projects to has
 * heard the present activities of everything that projects there, by relaxing first.
 */
final class Descent {
    static final int B = 2;

    /** Size of the targets of even seeds, far out of the range of most activations. */
    private static final double FAR = 20.0;

    /** Weights of as much variance as if every projection were the only one onto its neurons. */
    private static final double JOINED = Math.sqrt(3.0);

    final Network network;
    final Lockstep cells;
    final Matrix target;
    final double beta;
    private final Matrix input;
    private final boolean[] stale;
    private final int[][] above;
    private final long seed;
    private long drawn;

    Descent(StandardActivation f, Rule rule, String granularity, double gain, double beta, long s) {
        this(network(f, gain, s), rule, granularity, beta, s);
    }

    private Descent(Network network, Rule rule, String granularity, double beta, long seed) {
        this.network = network;
        this.seed = seed;
        this.beta = beta;
        target = normal(network.output().size(), seed, 12, seed % 2 == 0 ? FAR : 1.0);
        input = normal(network.input().size(), seed, 11, 1.0);
        cells = new Lockstep(network, Granularity.parse(granularity), rule, 0.0);
        rule.validate(network);
        int n = cells.cells().size();
        stale = new boolean[n];
        above = new int[n][];
        for (int k = 0; k < n; k++) {
            above[k] =
                    cells.wiring().outgoing(k).stream()
                            .filter(l -> l.kind() == Link.Kind.ACTIVITY)
                            .mapToInt(Link::to)
                            .distinct()
                            .toArray();
        }
        cells.open(Phase.nudged(input, target, beta));
        sweep();
    }

    private static Network network(StandardActivation f, double gain, long seed) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("a", 5, f)
                .hidden("b", 4, f)
                .output("out", 2, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-b", "a", "b")
                .project("in-b", "in", "b")
                .project("a-out", "a", "out")
                .project("b-out", "b", "out")
                .project("b-out-again", "b", "out")
                .build(new Initialisation(Initialisation.Scheme.NORMAL, JOINED * gain, seed));
    }

    private static Matrix normal(int rows, long seed, int stream, double scale) {
        double[] out = new double[rows * B];
        java.util.Arrays.setAll(out, k -> scale * CounterRandom.normal(seed, stream, k));
        return Matrix.of(rows, B, out);
    }

    /** Every cell once, from the input on. */
    void sweep() {
        for (int k = 0; k < stale.length; k++) {
            relax(k);
        }
    }

    /** A random cell, without regard to what its neighbours have heard. */
    int random() {
        return (int) (stale.length * CounterRandom.uniform(seed, 13, drawn++));
    }

    void relax(int k) {
        cells.relax(cells.cells().get(k));
        cells.deliver();
        stale[k] = false;
        for (int up : above[k]) {
            stale[up] = true;
        }
    }

    /** Relaxes a cell after those above that have to, and asks after every single relaxation. */
    void relaxInTurn(int k, Runnable check) {
        for (int up : above[k]) {
            if (stale[up]) {
                relaxInTurn(up, check);
            }
        }
        relax(k);
        check.run();
    }

    Cell cell(int k) {
        return cells.cells().get(k);
    }

    int count() {
        return stale.length;
    }

    /** Activities by population and neuron, of one column. */
    double[][] activity(int c) {
        double[][] x = new double[network.populations().size()][];
        for (int p = 0; p < x.length; p++) {
            double[] flat = p == 0 ? input.values() : cells.activity(p);
            x[p] = new double[flat.length / B];
            for (int i = 0; i < x[p].length; i++) {
                x[p][i] = flat[i * B + c];
            }
        }
        return x;
    }

    /** W x + b of one neuron. */
    double drive(double[][] x, int p, int i) {
        double a = network.parameters().biases(p)[i];
        for (Projection e : network.into(p)) {
            double[] row = network.parameters().weights(e.index())[i];
            for (int j = 0; j < row.length; j++) {
                a += row[j] * x[e.pre()][j];
            }
        }
        return a;
    }

    /** The sum of a divergence over all neurons, plus beta times the loss. */
    double energy(int c, Divergence divergence) {
        double[][] x = activity(c);
        double sum = 0.0;
        for (int p = 1; p < x.length; p++) {
            boolean linear = network.population(p).activation() == StandardActivation.LINEAR;
            for (int i = 0; i < x[p].length; i++) {
                double a = drive(x, p, i);
                sum += linear ? 0.5 * (x[p][i] - a) * (x[p][i] - a) : divergence.of(x[p][i], a);
            }
        }
        return sum + nudge(x[x.length - 1], c);
    }

    /** beta times the loss. */
    double nudge(int c) {
        double[][] x = activity(c);
        return nudge(x[x.length - 1], c);
    }

    private double nudge(double[] out, int c) {
        double sum = 0.0;
        for (int i = 0; i < out.length; i++) {
            double d = out[i] - target.get(i, c);
            sum += 0.5 * beta * d * d;
        }
        return sum;
    }

    /** Of an activity from a drive. */
    interface Divergence {
        double of(double x, double a);
    }
}
