package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The backprop gradient at the feedforward pass, by plain loops over the parameters, one example at
 * a time (Rumelhart, Hinton and Williams 1986). It shares no arithmetic with cells, kernels, losses
 * or activations of the model, which it judges.
 *
 * <p>For any network without cycles: a population's input is a = b + the sum of W x_pre over its
 * incoming projections, its activity x = f(a); populations are visited in index order, which is
 * topological. Rows of inputs and of targets belong to the inputs and to the outputs one after
 * another, and the loss is the sum over outputs. With delta = dL/da,
 *
 * <ul>
 *   <li>squared loss: delta_L = (x_L - T) o f'(a_L);
 *   <li>cross-entropy, L = log sum exp x_L - T . x_L, that is -sum T log softmax(x_L) for targets
 *       that sum to 1: delta_L = softmax(x_L) - T (its output is linear);
 *   <li>elsewhere delta = f'(a) o the sum of W^T delta_post over the outgoing projections;
 *   <li>dL/dW = delta x_pre^T and dL/db = delta; the gradient of weights that several projections
 *       use is the sum over these.
 * </ul>
 *
 * <p>A user's activation supplies f and f' itself, in strict arithmetic; for such a network the
 * reference is independent of everything except these.
 */
public final class Backprop {
    private final Network network;
    private final Ends ends;
    private final List<List<Projection>> into = new ArrayList<>();
    private final SynapseLists[] lists; // by projection; null for a matrix

    private Backprop(Network network) {
        this.network = network;
        ends = new Ends(network);
        lists =
                network.projections().stream()
                        .map(e -> SynapseLists.of(network, e))
                        .toArray(SynapseLists[]::new);
        network.populations().forEach(p -> into.add(network.into(p.index())));
    }

    /**
     * {@return the reference for networks with this graph, activations and loss}
     *
     * @param network whose parameters are not read
     */
    public static Backprop of(Network network) {
        return new Backprop(network);
    }

    /**
     * Computes loss and gradient of a batch.
     *
     * @param parameters weights and biases in the shapes of the network; NaN gives NaN
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @return loss and gradient, and the output
     * @throws IllegalArgumentException naming the matrix whose shape does not fit
     */
    public ReferenceGradient gradient(Parameters parameters, Matrix input, Matrix target) {
        requireBatch(network, input, target);
        Parameters gradient = network.zeros();
        double[] loss = new double[input.columns()];
        Matrix output = Matrix.zeros(target.rows(), target.columns());
        for (int c = 0; c < input.columns(); c++) {
            double[] t = target.columnValues(c);
            Pass pass = forward(parameters, input.columnValues(c));
            double[] top = ends.outputs(pass.x);
            for (int i = 0; i < top.length; i++) {
                output.values()[i * output.columns() + c] = top[i];
            }
            loss[c] = loss(top, t);
            addGradient(pass, backward(parameters, pass, outputError(top, t)), gradient);
        }
        network.sumTied(gradient);
        return new ReferenceGradient(gradient, loss, output);
    }

    /**
     * {@return the gradient of a network, see {@link #gradient(Parameters, Matrix, Matrix)}; null
     * where projections close a cycle, so that there is no feedforward pass}
     *
     * @param network graph, activations and loss; its own parameters are not read
     * @param parameters weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     */
    public static ReferenceGradient whereDefined(
            Network network, Parameters parameters, Matrix input, Matrix target) {
        return network.closing().isEmpty() ? of(network).gradient(parameters, input, target) : null;
    }

    /**
     * {@return the output of the feedforward pass, shape (n_L, B)}
     *
     * @param parameters weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     */
    public Matrix output(Parameters parameters, Matrix input) {
        requireRows("input", input, network.inputSize());
        Matrix out = Matrix.zeros(network.outputSize(), input.columns());
        for (int c = 0; c < input.columns(); c++) {
            double[] top = ends.outputs(forward(parameters, input.columnValues(c)).x);
            for (int i = 0; i < top.length; i++) {
                out.values()[i * out.columns() + c] = top[i];
            }
        }
        return out;
    }

    /**
     * One example's feedforward pass, by population.
     *
     * @param x activities
     * @param slope f' at the input of each population; null for the clamped one
     */
    record Pass(double[][] x, double[][] slope) {}

    Pass forward(Parameters theta, double[] input) {
        network.requireAcyclic("backprop");
        int count = network.populations().size();
        Pass pass = new Pass(new double[count][], new double[count][]);
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                pass.x[p.index()] = ends.part(p, input);
                continue;
            }
            double[] a = drive(theta, p, pass.x);
            double[] x = new double[a.length];
            double[] slope = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                x[i] = Elementwise.value(p.activation(), a[i]);
                slope[i] = Elementwise.slope(p.activation(), a[i]);
            }
            pass.x[p.index()] = x;
            pass.slope[p.index()] = slope;
        }
        return pass;
    }

    /** The input of a population, given the activities of all those below it. */
    double[] drive(Parameters theta, Population p, double[][] x) {
        double[] a = theta.biases(p.index()).clone();
        for (Projection e : into.get(p.index())) {
            double[][] w = theta.weights(e.index());
            if (lists[e.index()] == null) {
                addProduct(w, x[e.pre()], a);
            } else {
                lists[e.index()].addProduct(w, x[e.pre()], a);
            }
        }
        return a;
    }

    /**
     * Derivatives with respect to the activities of all populations, of a scalar whose derivative
     * with respect to the outputs' activities is {@code top}; null for clamped populations.
     */
    double[][] backward(Parameters theta, Pass pass, double[] top) {
        double[][] byActivity = new double[pass.x.length][];
        for (Population p : network.populations()) {
            boolean clamped = p.role() == Population.Role.INPUT;
            byActivity[p.index()] = clamped ? null : new double[p.size()];
        }
        for (Population p : network.outputs()) {
            byActivity[p.index()] = ends.part(p, top).clone(); // adds up if it projects onwards
        }
        for (int k = pass.x.length - 1; k >= 0; k--) {
            for (Projection e : into.get(k)) {
                if (byActivity[e.pre()] == null) {
                    continue;
                }
                double[][] w = theta.weights(e.index());
                double[] delta = times(pass.slope[k], byActivity[k]);
                if (lists[e.index()] == null) {
                    addTransposed(w, delta, byActivity[e.pre()]);
                } else {
                    lists[e.index()].addTransposed(w, delta, byActivity[e.pre()]);
                }
            }
        }
        return byActivity;
    }

    /** Adds one example's gradient, from {@link #backward}, to the sum. */
    void addGradient(Pass pass, double[][] byActivity, Parameters gradient) {
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double[] delta = times(pass.slope[p.index()], byActivity[p.index()]);
            for (int i = 0; i < delta.length; i++) {
                gradient.biases(p.index())[i] += delta[i];
            }
            for (Projection e : into.get(p.index())) {
                double[][] sums = gradient.weights(e.index());
                if (lists[e.index()] == null) {
                    addOuter(delta, pass.x[e.pre()], sums);
                } else {
                    lists[e.index()].addOuter(delta, pass.x[e.pre()], sums);
                }
            }
        }
    }

    /** The squared norm of one example's gradient, over all weights and biases. */
    double squareOfGradient(Pass pass, double[][] byActivity) {
        double sum = 0.0;
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                double inputs = 1.0; // for the bias
                double[] delta = times(pass.slope[p.index()], byActivity[p.index()]);
                for (Projection e : into.get(p.index())) {
                    if (lists[e.index()] == null) {
                        inputs += Amplification.square(pass.x[e.pre()]);
                    } else {
                        sum += squareOfOuter(e, delta, pass.x[e.pre()]);
                    }
                }
                sum += inputs * Amplification.square(delta);
            }
        }
        return sum;
    }

    private double squareOfOuter(Projection e, double[] delta, double[] pre) {
        int rows = e.connectivity().rows(delta.length);
        double[][] sums = new double[rows][e.connectivity().rowLength(pre.length)];
        lists[e.index()].addOuter(delta, pre, sums);
        double square = 0.0;
        for (double[] row : sums) {
            square += Amplification.square(row);
        }
        return square;
    }

    /** Adds f' o W v to the changes of the inputs of a projection's postsynaptic neurons. */
    void addMoved(Projection e, double[][] w, double[] pre, double[] slope, double[] into) {
        if (lists[e.index()] != null) {
            double[] product = new double[into.length];
            lists[e.index()].addProduct(w, pre, product);
            for (int i = 0; i < into.length; i++) {
                into[i] += slope[i] * product[i];
            }
            return;
        }
        for (int i = 0; i < into.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i] += slope[i] * w[i][j] * pre[j];
            }
        }
    }

    private static double[] times(double[] u, double[] v) {
        double[] out = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            out[i] = u[i] * v[i];
        }
        return out;
    }

    private static void addProduct(double[][] w, double[] pre, double[] into) {
        Effort.spend((long) into.length * pre.length);
        for (int i = 0; i < into.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i] += w[i][j] * pre[j];
            }
        }
    }

    private static void addOuter(double[] delta, double[] pre, double[][] into) {
        for (int i = 0; i < delta.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i][j] += delta[i] * pre[j];
            }
        }
    }

    private static void addTransposed(double[][] w, double[] delta, double[] into) {
        for (int j = 0; j < into.length; j++) {
            for (int i = 0; i < delta.length; i++) {
                into[j] += w[i][j] * delta[i];
            }
        }
    }

    /** dL/dx at the outputs, shape (n_L). */
    double[] outputError(double[] x, double[] target) {
        return ends.error(x, target);
    }

    /** Loss of one example at output activity {@code x}, shape (n_L). */
    double loss(double[] x, double[] target) {
        return ends.loss(x, target);
    }

    /** Refuses matrices that are not a batch for this network, naming the one that does not fit. */
    static void requireBatch(Network network, Matrix input, Matrix target) {
        requireRows("input", input, network.inputSize());
        requireRows("target", target, network.outputSize());
        if (input.columns() != target.columns()) {
            throw new IllegalArgumentException(
                    "target has %d columns, the input has %d"
                            .formatted(target.columns(), input.columns()));
        }
    }

    static void requireRows(String name, Matrix m, int rows) {
        if (m.rows() != rows) {
            throw new IllegalArgumentException(
                    "%s has %d rows, the network needs %d".formatted(name, m.rows(), rows));
        }
    }
}
