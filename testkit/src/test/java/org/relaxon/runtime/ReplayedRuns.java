package org.relaxon.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;

/**
 * Virtual runs, each a function of its number, as one line of bits each. Also a program, so that
 * another JVM can do the same runs: {@code ReplayedRuns COUNT} prints the hash over all lines.
 */
final class ReplayedRuns {
    private static final List<Rule> RULES = List.of(new PredictiveCoding(), new FenchelYoung());
    private static final List<String> GRANULARITIES = List.of("layer", "neuron", "block:3");
    private static final List<DelayModel> DELAYS =
            List.of(
                    Delays.parse("none"),
                    Delays.parse("uniform:0us,200us"),
                    Delays.parse("exponential:100us"),
                    Delays.parse("pareto:50us,1.5"),
                    TestDelays.BIMODAL);

    private ReplayedRuns() {}

    public static void main(String[] args) {
        System.out.println("combined " + combined(Integer.parseInt(args[0])));
    }

    /** SHA-256 over the lines of the first runs. */
    static String combined(int count) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (int number = 0; number < count; number++) {
                sha.update(run(number, number).getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Trace hash, state bits and update bits of a free and two nudged phases of one session. */
    static String run(int number, long seed) {
        Problem problem =
                number % 4 == 3
                        ? Problem.classifier(number, 2, 4, 5, 3)
                        : Problem.tanh(number, 2, 4, 5, 4, 3);
        RunPlan plan =
                RunPlan.of(RULES.get(number % RULES.size()))
                        .withGranularity(
                                Granularity.parse(GRANULARITIES.get(number % GRANULARITIES.size())))
                        .withDelay(DELAYS.get(number % DELAYS.size()))
                        .withProbes(number % 7 == 0)
                        .withCuts(number % 3 == 0 ? List.of(Cut.parse("1->2@0ms..5ms")) : List.of())
                        .withSeed(seed);
        StringBuilder line = new StringBuilder();
        try (Session session = new VirtualHost().open(problem.network(), plan)) {
            append(line, session, session.settle(problem.free(), Budget.DEFAULT), false);
            append(line, session, session.settle(problem.centred(0.1), Budget.DEFAULT), true);
            append(line, session, session.settle(problem.centred(0.2), Budget.DEFAULT), true);
        }
        return line.toString();
    }

    private static void append(
            StringBuilder line, Session session, Settlement verdict, boolean nudged) {
        line.append(Long.toHexString(session.report().traceHash())).append(' ');
        line.append(session.report().messages()).append(' ');
        line.append(session.report().hostNanos()).append(' ');
        if (verdict instanceof NotSettled not) {
            line.append(not.reason().reportName()).append(' ').append(not.residual());
            return;
        }
        Settled settled = (Settled) verdict;
        int layers = session.network().projections().size();
        append(line, Compare.flat(settled.equilibrium(), layers));
        if (nudged) {
            append(
                    line,
                    Compare.flat(session.update(settled, Estimator.CENTRED).gradient(), layers));
            session.learn(settled, Estimator.CENTRED, 0.1);
            append(line, Compare.flat(session.parameters(), layers));
        }
    }

    private static void append(StringBuilder line, double[] values) {
        for (double v : values) {
            line.append(Long.toHexString(Double.doubleToRawLongBits(v))).append(' ');
        }
    }
}
