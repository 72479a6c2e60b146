package org.relaxon.model.rule;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;
import org.relaxon.model.state.RuleMemory;

/**
 * Probes a user's rule at random points before it runs. A broken implicit promise would otherwise
 * lead to a network that is quiescent away from its equilibrium, or to an update of the wrong sign.
 *
 * <p>Let v = -dE/da be the value that a cell sends back, x its activity, a its drive and u its
 * received feedback. Whatever the energy is, dv/du = dx/da (both are -d2/da du of the minimum of E
 * - u x) and dx/du is greater than 0. If the rule states its energy, the two derivatives must
 * agree; otherwise their signs must. Rules that are complex, send curvatures or end by running out
 * of work are not probed.
 */
public final class RuleContract {
    private static final int POINTS = 8;
    private static final double BETA = 0.1;
    private static final double SMALL_BETA = 1e-3;
    private static final double STEP = CentralDifferences.STEP;

    /** Tolerance of derivatives by differences. */
    private static final double TOLERANCE = 1e-4;

    /**
     * How closely a stated energy has to change by the feedback. What differs by less is found
     * where its gradient is compared.
     */
    private static final double MATCHING = 5e-3;

    /** Tolerance of numbers that may differ only by rounding. */
    private static final double ROUNDING = 1e-9;

    private final Rule rule;
    private final Rule judge;
    private final Network network;
    private final boolean starts; // from a free state

    private RuleContract(Rule rule, Network network, boolean starts) {
        this.starts = starts;
        this.rule = rule;
        this.judge = rule.dynamics().judge(rule);
        this.network = network;
    }

    /**
     * Refuses a network that a rule is not defined for, and a user's rule that breaks the contract
     * of {@link Rule}.
     *
     * @param rule rule to run
     * @param network network to run it on
     * @throws IllegalArgumentException naming the part that is not allowed, or the wrong method
     */
    public static void require(Rule rule, Network network) {
        RuleMemory.requireDistinct(rule.traits().memory());
        requireDefined(rule, network, rule.optionName());
        if (!(isOurs(rule) && isOurs(rule.dynamics().judge(rule)))) {
            probe(rule, network);
        }
    }

    /**
     * Refuses a network that the rule of an algorithm is not defined for.
     *
     * @param rule rule to run
     * @param network network to run it on
     * @param name of the algorithm, for the message
     * @throws IllegalArgumentException naming rule or algorithm, and the part that is not allowed
     */
    public static void requireDefined(Rule rule, Network network, String name) {
        rule.validate(network);
        OwnFeedback.require(rule, network, name);
        if (rule.traits().needForwardPass()) {
            network.requireAcyclic(name);
        }
        if (!rule.traits().has(Trait.OUTPUTS_PROJECT)) {
            requireNudges(name, rule, network);
        }
    }

    /**
     * Refuses a network in which an output projects onwards, for a rule that cannot nudge it.
     *
     * @param who name of the algorithm, for the message
     * @param rule rule to run in a phase that nudges or displaces the outputs
     * @param network network to run it on
     * @throws IllegalArgumentException naming the rule, the output and its projection
     */
    public static void requireNudges(String who, Rule rule, Network network) {
        if (rule.traits().has(Trait.NUDGES_BESIDE_FEEDBACK)) {
            return;
        }
        for (Population output : network.outputs()) {
            for (Projection onwards : network.outOf(output.index())) {
                throw new IllegalArgumentException(
                        "%s: output %s projects onwards by %s, and the algorithm cannot add its nudge to feedback; ep, chl-clamped, coupled and pc-nudge without other dynamics can"
                                .formatted(who, output.name(), onwards.name()));
            }
        }
    }

    /** The same for any rule that is defined for the network. */
    static void probe(Rule rule, Network network) {
        RuleContract fromRest = new RuleContract(rule, network, false);
        RuleContract fromFree = new RuleContract(rule, network, true);
        try {
            if (fromRest.applies()) {
                fromRest.probe();
            } else if (fromFree.applies()) {
                fromFree.probe();
            }
        } catch (ProbedCell.FailedException
                | OwnPartException e) { // it may need the state that it starts from
            if (!fromRest.applies() || !fromFree.applies()) {
                throw e;
            }
            fromFree.probe();
        }
    }

    private static boolean isOurs(Rule rule) {
        return rule.getClass().getPackage() == Rule.class.getPackage();
    }

    private boolean applies() {
        Traits traits = judge.traits();
        return judge.accepts(phase(BETA))
                && !traits.has(Trait.COMPLEX)
                && !traits.has(Trait.SENDS_CURVATURE)
                && !traits.has(Trait.DATAFLOW);
    }

    private Phase phase(double beta) {
        double[] targets = new double[network.outputSize() * POINTS];
        for (Population output : network.outputs()) { // its first class in every column
            int first = network.firstRow(output.index()) * POINTS;
            Arrays.fill(targets, first, first + POINTS, 1.0);
        }
        Phase nudged =
                Phase.nudged(
                        Matrix.zeros(network.inputSize(), POINTS),
                        Matrix.of(network.outputSize(), POINTS, targets),
                        beta);
        return starts ? nudged.startingFrom("free") : nudged;
    }

    private void probe() {
        Set<Activation> seen = new HashSet<>();
        for (Population p : network.populations()) {
            ProbedCell cell = new ProbedCell(judge, network, p, phase(BETA));
            if (p.role() == Population.Role.HIDDEN && seen.add(p.activation())) {
                double[] drive = normals(cell, 0);
                double[] feedback = normals(cell, 1);
                CellState state = cell.relaxed(drive, feedback, 0.0);
                requireFunctions(cell, state);
                requireSlope(cell, state);
                requireEnergy(cell, drive, feedback);
                requireUnits(cell, drive);
                requireStated(cell, state);
                requireUpdate(cell, state, cell.relaxed(drive, new double[drive.length], 0.0));
            } else if (p.role() == Population.Role.OUTPUT) {
                new OutputContract(rule, judge, network, p).require(phase(BETA), phase(2.0 * BETA));
            }
        }
    }

    static double[] normals(ProbedCell cell, int stream) {
        double[] out = new double[cell.elements()];
        for (int k = 0; k < out.length; k++) {
            out[k] = CounterRandom.normal(0, stream, k);
        }
        return out;
    }

    /** Outputs may depend only on values that an audit will know. */
    private void requireFunctions(ProbedCell cell, CellState state) {
        CellState again = cell.relaxed(state.drive(), state.feedback(), 1.0);
        requireSame(
                state.activity(),
                again.activity(),
                "correct depends on the previous activity and gives %.6g or %.6g for the same"
                        + " drive and feedback: an audit needs the activity at rest, which a rule that"
                        + " moves by steps gives by Dynamics.judge");
        double[] plain = cell.announced(state, 0.0, 0.0);
        String reads =
                "announce reads %s, and writes %%.6g or %%.6g for the same error: an audit gives it"
                        + " drive, prediction, slope and error";
        requireSame(plain, cell.announced(state, 1.0, 0.0), reads.formatted("the feedback"));
        requireSame(plain, cell.announced(state, 0.0, 1.0), reads.formatted("the activity"));
        requireSame(
                state.backward(),
                plain,
                "correct leaves %.6g in backward, where announce writes %.6g from the same error:"
                        + " correct must end with announce");
    }

    private void requireSame(double[] one, double[] other, String text) {
        for (int k = 0; k < one.length; k++) {
            double size = Math.max(1.0, Math.max(Math.abs(one[k]), Math.abs(other[k])));
            if (Math.abs(one[k] - other[k]) > ROUNDING * size) { // a cell guards against NaN
                throw refused(text, one[k], other[k]);
            }
        }
    }

    private void requireSlope(ProbedCell cell, CellState state) {
        double[] none = new double[cell.elements()];
        double[] found =
                CentralDifferences.smooth(
                        h ->
                                cell.relaxed(CentralDifferences.moved(state.drive(), h), none, 0.0)
                                        .prediction());
        for (int k = 0; k < found.length; k++) {
            if (found[k] * state.slope()[k] < 0.0) {
                throw refused(
                        "predict writes a slope of %.6g, where differences of its prediction give"
                                + " %.6g",
                        state.slope()[k], found[k]);
            }
        }
    }

    private void requireEnergy(ProbedCell cell, double[] a, double[] u) {
        double[] byFeedback =
                CentralDifferences.smooth(
                        h -> cell.relaxed(a, CentralDifferences.moved(u, h), 0.0).activity());
        double[] sent =
                CentralDifferences.smooth(
                        h -> cell.relaxed(a, CentralDifferences.moved(u, h), 0.0).backward());
        double[] byDrive =
                CentralDifferences.smooth(
                        h -> cell.relaxed(CentralDifferences.moved(a, h), u, 0.0).activity());
        double most = Double.NEGATIVE_INFINITY;
        for (double slope : byFeedback) {
            most = Math.max(most, Double.isNaN(slope) ? most : slope);
        }
        if (most < -TOLERANCE) { // everywhere: at a saddle over pairs of states the sign varies
            throw refused(
                    "correct moves a hidden cell against its feedback: the activity changes by at"
                            + " most %.6g times the feedback (hiddenError of an ErrorForm)",
                    most);
        }
        for (int k = 0; k < a.length; k++) {
            if (isOff(sent[k], byDrive[k]) && isSmooth(cell.population().activation(), a[k])) {
                throw refused(
                        "announce sends back a value that changes by %.6g times the feedback,"
                                + " and the activity changes by %.6g times the drive: %s",
                        sent[k],
                        byDrive[k],
                        isStated()
                                ? "for the energy that energy() states the two are equal"
                                : "for every energy the two have the same sign");
            }
        }
    }

    /**
     * Where a cell rests, the derivative of its stated energy with respect to its activity is the
     * received feedback.
     */
    private void requireStated(ProbedCell cell, CellState state) {
        double[] u = state.feedback().clone();
        boolean holdsBoth =
                judge.traits().has(Trait.ERROR_FORM)
                        || Arrays.equals(state.error(), state.activity());
        double[] changes = CentralDifferences.of(h -> cell.energy(state, h), STEP);
        double along = 0.0;
        double size = 0.0;
        for (int k = 0; k < u.length; k++) {
            along += changes[k] * u[k];
            size += Math.abs(changes[k] * u[k]);
        }
        double times = along / Arrays.stream(u).map(x -> x * x).sum();
        if (holdsBoth && along < -TOLERANCE * size) {
            throw refused(
                    "energy() falls where correct implies that it rises: its change with the"
                            + " activity is on average %.6g times the feedback",
                    times);
        }
        if (holdsBoth && isStated() && Math.abs(times - 1.0) > MATCHING) {
            throw refused(
                    "energy() does not match correct: where a cell comes to rest, the energy changes"
                            + " with the activity by %.6g times the feedback, and not by the feedback",
                    times);
        }
    }

    private boolean isOff(double sent, double byDrive) {
        double size = Math.max(1.0, Math.max(Math.abs(sent), Math.abs(byDrive)));
        return isStated()
                ? Math.abs(sent - byDrive) > TOLERANCE * size
                : sent * byDrive < 0.0 && Math.min(Math.abs(sent), Math.abs(byDrive)) > TOLERANCE;
    }

    private boolean isStated() {
        return judge.energy().kind() != StatedEnergy.Kind.OWN || judge.energy().value() != null;
    }

    /** Whether the slope that an activation states is that of its values. */
    private static boolean isSmooth(Activation f, double a) {
        double up = f.value(a + STEP, Elementary.STRICT);
        double down = f.value(a - STEP, Elementary.STRICT);
        double slope = f.slope(a, f.value(a, Elementary.STRICT), Elementary.STRICT);
        return Math.abs((up - down) / (2.0 * STEP) - slope) <= TOLERANCE;
    }

    /** Values that do not shrink with the strength cannot be measured in units of it. */
    private void requireUnits(ProbedCell cell, double[] drive) {
        Units units = judge.dynamics().units();
        double unit = units.feedback(phase(1.0), 0, 1);
        double small = units.feedback(phase(SMALL_BETA), 0, 1);
        if (!(unit > 0.0 && small > 0.0)) {
            throw refused(
                    "dynamics().units().feedback gives %s and %s; need numbers above 0",
                    Numeral.inSentence(unit), Numeral.inSentence(small));
        }
        double sent = 0.0;
        for (double v : cell.relaxed(drive, new double[drive.length], 0.0).backward()) {
            sent = Math.max(sent, Math.abs(v));
        }
        if (sent > TOLERANCE && small < 0.1 * unit) {
            throw refused(
                    "dynamics().units() measures feedback in units of the strength, but announce"
                            + " sends %.6g without feedback: a rule that sends back activities needs"
                            + " Dynamics.fixedPoint(Units.OF_ACTIVITIES)",
                    sent);
        }
    }

    /** An update is -(1/beta) v x_pre, minus that of the free state where a rule contrasts. */
    private void requireUpdate(ProbedCell cell, CellState state, CellState free) {
        double[] shares = new double[POINTS];
        Arrays.fill(shares, 1.0);
        state.anchorAt(free);
        double[][] factors = cell.updated(rule.localRule(), state, shares);
        requireAlong(state.backward(), factors[0], -1.0, "postsynaptic");
        if (factors[1] != null) {
            requireAlong(free.backward(), factors[1], 1.0, "anchored");
        }
    }

    private void requireAlong(double[] sent, double[] factor, double sign, String method) {
        double along = 0.0;
        double size = 0.0;
        for (int k = 0; k < sent.length; k++) {
            along += sign * sent[k] * factor[k];
            size += Math.abs(sent[k] * factor[k]);
        }
        if (along < -TOLERANCE * size) {
            throw refused(
                    "localRule().%s has the wrong sign: its product with what the cell sends back"
                            + " is %.6g, and that of a gradient of the loss is %s",
                    method, sign * along, sign > 0.0 ? "positive" : "negative");
        }
    }

    private IllegalArgumentException refused(String text, Object... values) {
        return new IllegalArgumentException(
                "rule %s: %s"
                        .formatted(rule.optionName(), String.format(Locale.ROOT, text, values)));
    }
}
