package org.relaxon.experiments.certificate;

import java.util.Locale;
import java.util.Optional;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * Computes the certificate of a run before it starts. The criteria are:
 *
 * <ul>
 *   <li>fixed point: contraction below 1 everywhere ({@link GlobalBound}; Chazan and Miranker 1969,
 *       Baudet 1978); Hopfield networks in turns also where the energy is convex everywhere,
 *       because each relaxation is the minimum over one cell;
 *   <li>safeguarded: in turns, if every activation is smooth, because the energy is bounded below
 *       and never rises; at a kink a neuron may be held;
 *   <li>dataflow: always, there is no loop;
 *   <li>gradient and coordinate: never. The step limit ({@link StepLimit}) and the smallest
 *       eigenvalue only predict the behaviour near the free equilibrium.
 * </ul>
 *
 * The criteria are sufficient, not necessary; a run that is not certified may still settle.
 */
final class Certifier {
    /** Of larger batches only this many examples, the first ones, are looked at. */
    public static final int EXAMPLES_MAX = 16;

    private Certifier() {}

    /**
     * {@return the certificate of a run, the worst over its examples} The cost per example is
     * products with the weights and, for up to 1500 free neurons N, products of size N and one
     * eigenvalue decomposition.
     *
     * @param query the run
     */
    public static Certificate certify(CertificateQuery query) {
        int batch = query.input().columns();
        int examples = Math.min(batch, EXAMPLES_MAX);
        Synapses synapses = new Synapses(query.network(), query.theta());
        Findings worst = null;
        for (int c = 0; c < examples; c++) {
            Optional<OperatingPoint> at =
                    equilibrium(query, synapses, query.input().columnValues(c));
            if (at.isEmpty()) {
                String what = "no free equilibrium found for example " + c;
                return certificate(Findings.NOTHING, false, Certificate.NONE, what, examples);
            }
            Findings found = examine(query, synapses, at.get(), query.target().columnValues(c));
            worst = worst == null ? found : worst.worse(found);
        }
        boolean fixed = query.dynamics().kind() == Dynamics.Kind.FIXED_POINT;
        boolean near = fixed && worst.contraction() < 1.0;
        double bound = near ? GlobalBound.of(query) : Double.NaN;
        boolean certified = certified(query, bound);
        double turned = fixed && !certified ? largest(query) : Double.NaN;
        boolean alternates = query.network().closing().isEmpty();
        String why = why(query, worst, bound) + rounds(alternates ? turned : Double.NaN);
        if (batch > examples) {
            why += "; first %d of %d examples".formatted(examples, batch);
        }
        return certificate(worst, certified, recommend(query, certified, turned), why, examples);
    }

    private static Certificate certificate(
            Findings found, boolean certified, String recommendation, String why, int examples) {
        return new Certificate(
                found.contraction(),
                found.loopGain(),
                found.stepLimit(),
                found.smallestEigenvalue(),
                certified,
                recommendation,
                why,
                found.dead(),
                examples);
    }

    private static Optional<OperatingPoint> equilibrium(
            CertificateQuery query, Synapses synapses, double[] input) {
        return query.family() == EnergyFamily.HOPFIELD
                ? OperatingPoint.hopfield(synapses, input, query.gamma())
                : OperatingPoint.feedforward(synapses, input);
    }

    private static Findings examine(
            CertificateQuery query, Synapses synapses, OperatingPoint at, double[] target) {
        EnergyFamily family = query.family();
        if (family == EnergyFamily.DATAFLOW) {
            return Findings.ACYCLIC;
        }
        EnergyHessian hessian = new EnergyHessian(synapses, at, family, query.beta());
        double ticks = query.delayTicks();
        if (family == EnergyFamily.HOPFIELD) {
            HopfieldMap map = new HopfieldMap(synapses, at, query.gamma());
            boolean symmetric = query.gamma() == 1.0;
            SymmetricSpectrum curvature = symmetric ? hessian.spectrum() : null;
            return new Findings(
                    map.contraction(),
                    Double.NaN,
                    StepLimit.hopfield(map.spectrum(), ticks),
                    symmetric ? curvature.smallest() : Double.NaN,
                    hessian.dead(),
                    !symmetric || curvature.exact());
        }
        ErrorFormMap map = new ErrorFormMap(synapses, at, target, family, query.beta());
        SymmetricSpectrum curvature = hessian.spectrum();
        double k = StepLimit.strongest(synapses, at, family);
        return new Findings(
                map.contraction(),
                map.loopGain(),
                StepLimit.divergence(k, query.beta(), ticks),
                curvature.smallest(),
                hessian.dead(),
                curvature.exact());
    }

    /** Every comparison fails for NaN. */
    private static boolean certified(CertificateQuery query, double bound) {
        if (query.family() == EnergyFamily.DATAFLOW) {
            return true;
        }
        return switch (query.dynamics().kind()) {
            case FIXED_POINT -> bound < 1.0;
            case SAFEGUARDED -> isSmooth(query.network());
            case COORDINATE, GRADIENT -> false;
        };
    }

    private static boolean isSmooth(Network network) {
        return network.populations().stream()
                .filter(p -> p.role() != Population.Role.INPUT)
                .allMatch(p -> p.activation().smooth());
    }

    private static String recommend(CertificateQuery query, boolean certified, double turned) {
        if (certified) {
            boolean descends = query.dynamics().kind() == Dynamics.Kind.SAFEGUARDED;
            return descends ? Certificate.TURN_TAKING : Certificate.EAGER;
        }
        return turned < 1.0 ? Certificate.TURN_TAKING : Certificate.NONE;
    }

    /**
     * The largest eigenvalue of the map of a Hopfield energy at its steepest; below 1 the energy is
     * convex everywhere. NaN for other energies.
     */
    private static double largest(CertificateQuery query) {
        if (query.family() != EnergyFamily.HOPFIELD) {
            return Double.NaN;
        }
        Synapses synapses = new Synapses(query.network(), query.theta());
        OperatingPoint steepest = GlobalBound.steepest(query);
        return new HopfieldMap(synapses, steepest, query.gamma()).spectrum().largest();
    }

    /**
     * The number of rounds of settling in turns: alternating layers reduce the remaining distance
     * by the square of the largest eigenvalue in each round (Young 1954). Serves to choose a budget
     * of messages.
     */
    private static String rounds(double largest) {
        if (!(largest > 0.0 && largest < 1.0)) {
            return "";
        }
        double each = Math.log(10.0) / (-2.0 * Math.log(largest));
        return String.format(
                Locale.ROOT,
                "; convex: by turn-taking at most about %.0f relaxations of every cell per"
                        + " decimal digit of accuracy",
                Math.ceil(each));
    }

    private static String why(CertificateQuery query, Findings found, double bound) {
        if (query.family() == EnergyFamily.DATAFLOW) {
            return "dataflow: no loop, settles under any delays";
        }
        StringBuilder out = new StringBuilder();
        switch (query.dynamics().kind()) {
            case FIXED_POINT ->
                    out.append(compared("contraction", found.contraction(), "<", 1.0))
                            .append(cells(query.granularity()))
                            .append(everywhere(found, bound));
            case SAFEGUARDED ->
                    out.append(
                            isSmooth(query.network())
                                    ? "in turns the energy never rises"
                                    : "in turns the energy never rises, but a kink may hold a"
                                            + " neuron");
            case COORDINATE ->
                    out.append(
                            "coordinate minimisation is not certified; safeguarded is, in turns");
            case GRADIENT -> out.append(step(query, found));
        }
        out.append("; ");
        if (Double.isNaN(found.smallestEigenvalue()) && query.gamma() != 1.0) {
            out.append("the smallest eigenvalue is not computed where gamma is not 1");
        } else {
            out.append(compared("smallest eigenvalue", found.smallestEigenvalue(), ">", 0));
        }
        if (!found.exact()) {
            out.append(" (estimated by power iteration)");
        }
        if (found.dead() > 0) {
            out.append("; without the %d neurons whose slope is 0".formatted(found.dead()));
        }
        return out.toString();
    }

    private static String step(CertificateQuery query, Findings found) {
        double ticks = query.delayTicks();
        if (Double.isNaN(found.stepLimit()) && Double.isNaN(ticks)) {
            return "no step limit: the mean delay in ticks of a cell is not known";
        }
        return compared("step", query.dynamics().step(), "<", found.stepLimit())
                + (Double.isNaN(ticks)
                        ? " at any delay"
                        : " at a delay of %s ticks".formatted(Certificate.text(ticks)))
                + ", near the free equilibrium only";
    }

    private static String everywhere(Findings found, double bound) {
        return found.contraction() < 1.0
                ? " near the free equilibrium, " + compared("everywhere", bound, "<", 1.0)
                : "";
    }

    private static String cells(Granularity granularity) {
        return granularity.equals(Granularity.NEURON)
                ? ""
                : " (neuron by neuron, an upper bound for cells of " + granularity + ")";
    }

    private static String compared(String name, double value, String sign, double limit) {
        if (Double.isNaN(value)) {
            return name + " not known";
        }
        boolean holds = sign.equals("<") ? value < limit : value > limit;
        return "%s %s %s %s"
                .formatted(
                        name,
                        Certificate.textBeside(value, limit),
                        holds ? sign : "not " + sign,
                        limit == 0.0 || limit == 1.0
                                ? Integer.toString((int) limit)
                                : Certificate.text(limit));
    }
}
