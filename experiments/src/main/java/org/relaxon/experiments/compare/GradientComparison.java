package org.relaxon.experiments.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * A gradient beside its reference, per projection, per population's biases, and in total. Both are
 * stated as dLoss/dtheta with the loss summed over the batch.
 *
 * @param projections in order of the populations: the weights into one, then its biases
 * @param total over all weights and biases laid end to end
 */
public record GradientComparison(
        List<ProjectionComparison> projections, ProjectionComparison total) {

    /**
     * Copies the list.
     *
     * @param projections in order of the populations: the weights into one, then its biases
     * @param total over all weights and biases laid end to end
     */
    public GradientComparison {
        projections = List.copyOf(projections);
    }

    /**
     * Compares an estimate with its reference, projection by projection and as a whole.
     *
     * @param network whose shapes both have
     * @param estimate g, the numbers to be judged
     * @param reference R, the numbers to compare with
     * @return figures of every projection that learns, of every population's biases, and of all
     *     elements
     */
    public static GradientComparison of(
            Network network, Parameters estimate, Parameters reference) {
        List<ProjectionComparison> parts = new ArrayList<>();
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            for (Projection e : network.into(p.index())) {
                if (!e.connectivity().isFixed()) {
                    parts.add(
                            ProjectionComparison.of(
                                    "W" + e.name(),
                                    flat(estimate.weights(e.index())),
                                    flat(reference.weights(e.index()))));
                }
            }
            parts.add(
                    ProjectionComparison.of(
                            "b" + p.name(),
                            estimate.biases(p.index()),
                            reference.biases(p.index())));
        }
        return new GradientComparison(
                parts,
                ProjectionComparison.of(
                        "total", flat(network, estimate), flat(network, reference)));
    }

    /** For display: a line for the total, and one for every projection and its biases. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of(total), projections.stream())
                .map(ProjectionComparison::line)
                .collect(Collectors.joining("\n"));
    }

    /**
     * {@return |a - b| / |b| over all weights and biases laid end to end; 0/0 is NaN}
     *
     * @param network whose shapes both have
     * @param a compared with b
     * @param b in the denominator
     */
    public static double relativeDifference(Network network, Parameters a, Parameters b) {
        double[] reference = flat(network, b);
        return Vectors.norm(Vectors.difference(flat(network, a), reference))
                / Vectors.norm(reference);
    }

    /**
     * {@return |a| over all weights and biases laid end to end (Euclidean norm)}
     *
     * @param network whose shapes a has
     * @param a weights and biases
     */
    public static double norm(Network network, Parameters a) {
        return Vectors.norm(flat(network, a));
    }

    private static double[] flat(Network network, Parameters parameters) {
        List<double[]> parts = new ArrayList<>();
        network.projections().forEach(e -> parts.add(flat(parameters.weights(e.index()))));
        network.populations().forEach(p -> parts.add(parameters.biases(p.index())));
        return flat(parts.toArray(double[][]::new));
    }

    static double[] flat(double[][] rows) {
        double[] out = new double[Arrays.stream(rows).mapToInt(r -> r.length).sum()];
        int at = 0;
        for (double[] row : rows) {
            System.arraycopy(row, 0, out, at, row.length);
            at += row.length;
        }
        return out;
    }
}
