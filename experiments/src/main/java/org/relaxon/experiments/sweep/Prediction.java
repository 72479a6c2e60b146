package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.certificate.Dynamics;
import org.relaxon.experiments.problem.Problem;

/**
 * The predictions of theory for one run, dimensionless; NaN where there is none.
 *
 * @param certified {@code true}, {@code false}, or empty without a certificate
 * @param contraction rho(|M|) of the fixed-point map; below 1 the eager run settles under any
 *     delays; NaN for other dynamics
 * @param loopGain of its loop through the output error; NaN likewise
 * @param stepRatio eta d over the bound of stability under the mean delay d, for gradient dynamics
 * @param thresholdShare error by unsent changes over error by the strength; see {@link
 *     ThresholdLaw}
 */
public record Prediction(
        String certified,
        double contraction,
        double loopGain,
        double stepRatio,
        double thresholdShare) {
    /** For a run that is not possible. */
    public static final Prediction NONE =
            new Prediction("", Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Asks the {@link Certificates}. */
    static Prediction of(ResolvedRun run, Problem problem) {
        if (!problem.network().noEnergy().isEmpty()) {
            return NONE;
        }
        Optional<Certificate> certificate = Certificates.of(run.method(), problem, run.plan());
        Dynamics dynamics = Certificates.dynamics(run.method().algorithm().rule());
        boolean fixed = dynamics.kind() == Dynamics.Kind.FIXED_POINT;
        double share =
                ThresholdLaw.share(run.method(), problem.network().depth(), run.plan().threshold());
        return certificate
                .map(
                        c ->
                                new Prediction(
                                        Boolean.toString(c.certified()),
                                        fixed ? c.contraction() : Double.NaN,
                                        fixed ? c.loopGain() : Double.NaN,
                                        dynamics.step() / c.stepLimit(),
                                        share))
                .orElse(new Prediction("", Double.NaN, Double.NaN, Double.NaN, share));
    }

    static List<String> header() {
        return List.of("certified", "contraction", "loopGain", "stepRatio", "thresholdShare");
    }

    List<String> cells() {
        List<String> out = new ArrayList<>(List.of(certified));
        for (double value : new double[] {contraction, loopGain, stepRatio, thresholdShare}) {
            out.add(SweepRow.text(value));
        }
        return out;
    }

    static Prediction of(List<String> cells) {
        return new Prediction(
                cells.get(0),
                SweepRow.number(cells.get(1)),
                SweepRow.number(cells.get(2)),
                SweepRow.number(cells.get(3)),
                SweepRow.number(cells.get(4)));
    }
}
