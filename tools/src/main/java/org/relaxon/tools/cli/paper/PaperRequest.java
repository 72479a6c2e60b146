package org.relaxon.tools.cli.paper;

import java.util.List;
import org.relaxon.experiments.paper.DistanceOverBeta;
import org.relaxon.experiments.paper.PaperPlan;
import org.relaxon.experiments.paper.PublishedVariant;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.tools.output.Version;

/**
 * The resolved configuration of {@code paper}.
 *
 * @param command as results record it
 * @param version of the program
 * @param network populations of the network of the largest batch
 * @param problem that network and its data in words
 * @param data as in options
 * @param note which data these are
 * @param seeds one per run
 * @param batches images per run
 * @param betas nudging strengths, largest first
 * @param variants names of the published inference and its variants
 * @param settled name of the algorithm whose cells settle
 * @param host its name
 * @param granularity neurons per cell
 * @param delay as in options
 * @param threshold change that is worth a signal
 */
record PaperRequest(
        String command,
        String version,
        String network,
        String problem,
        String data,
        String note,
        List<Long> seeds,
        List<Integer> batches,
        List<Double> betas,
        List<String> variants,
        String settled,
        String host,
        String granularity,
        String delay,
        double threshold) {

    PaperRequest {
        seeds = List.copyOf(seeds);
        batches = List.copyOf(batches);
        betas = List.copyOf(betas);
        variants = List.copyOf(variants);
    }

    /**
     * The request of a plan.
     *
     * @param example the problem of the largest batch
     */
    static PaperRequest of(String command, PaperPlan plan, Problem example, String host) {
        String data = plan.problem().data();
        return new PaperRequest(
                command,
                Version.text(),
                example.network().toString(),
                example.description(),
                data,
                note(data),
                plan.seeds(),
                plan.batches(),
                plan.betas(),
                plan.variants().stream().map(PublishedVariant::name).toList(),
                DistanceOverBeta.SETTLED,
                host,
                plan.granularity().toString(),
                plan.delay().spec(),
                plan.threshold());
    }

    private static String note(String data) {
        if (data.startsWith("mnist:")) {
            return "Data: MNIST, as published.";
        }
        return data.equals("strokes")
                ? "Data: strokes, synthetic digits in place of MNIST; --data"
                        + " mnist:DIR reads MNIST."
                : "Data: " + data + ", not MNIST.";
    }

    double finest() {
        return betas.get(betas.size() - 1);
    }
}
