import java.util.Locale;
import org.relaxon.experiments.Experiment;
import org.relaxon.experiments.Outcome;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;

/** Prints how the local updates of equilibrium propagation approach the gradient. */
public class BetaToZero {
    public static void main(String[] args) {
        var experiment =
                Experiment.layered(8, 16, 4)
                        .withAlgorithm(Algorithms.equilibriumPropagation(Form.DIFFERENCE));
        for (double beta : new double[] {1e-1, 1e-2, 1e-3}) {
            Outcome outcome = experiment.withStrength(beta).run();
            System.out.println(
                    outcome.isSettled()
                            ? String.format(
                                    Locale.ROOT,
                                    "beta %.0e: relative error %.2e, cosine %.9f",
                                    beta,
                                    outcome.relativeError(),
                                    outcome.cosine())
                            : "beta " + beta + ": " + outcome.verdict());
        }
    }
}
