package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.testkit.Compare;

/**
 * Holds runs under faults against the undisturbed equilibrium of the synchronous host, which sends
 * no signals, and counts what became of them. A settled run must be there; anything else must be a
 * verdict with a reason.
 */
final class FaultChecker {
    /** Same equilibrium and same gradient in the sense of reliability.md, section 4. */
    private static final double SAME = 1e-6;

    private final Host host;
    private final Budget budget;
    private final Map<String, GradientEstimate> references = new HashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Integer> settledBy = new TreeMap<>();
    private final List<String> silent = new ArrayList<>();
    private final List<String> unsettled = new ArrayList<>();
    private final List<String> untouched = new ArrayList<>();
    private final Map<String, Integer> runsUnder = new TreeMap<>();
    private final Map<String, Integer> settledUnder = new TreeMap<>();
    private final Map<String, int[]> happened = new TreeMap<>(); // per plan: rows, untouched
    private int refused;
    private int runs;
    private int settled;
    private int asked;

    FaultChecker(Host host, Budget budget) {
        this.host = host;
        this.budget = budget;
    }

    /** Runs one row and files it, or sees that it is refused as it should be. */
    void run(FaultCase row) {
        String refusal =
                row.faults().faults().starved().isEmpty() || isVirtual()
                        ? row.refusal()
                        : "starve: ";
        if (refusal != null) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> estimate(row),
                                    row.toString())
                            .getMessage();
            assertTrue(message.startsWith(refusal), message);
            refused++;
            return;
        }
        check(row, estimate(row));
    }

    private GradientEstimate estimate(FaultCase row) {
        return Family.estimate(host, row.disturbed(), row.member(), row.problem(), budget);
    }

    private void check(FaultCase row, GradientEstimate found) {
        runs++;
        String discipline = row.discipline().toString();
        runsUnder.merge(discipline, 1, Integer::sum);
        if (row.faults().asks()) {
            asked++;
            happened.computeIfAbsent(row.faults().name(), k -> new int[2])[0]++;
            if (!row.faults().faults().missing(found.report().faults()).isEmpty()) {
                untouched.add(row.toString());
                happened.get(row.faults().name())[1]++;
            }
        }
        if (found.verdict() instanceof NotSettled not) {
            reasons.merge(not.reason().reportName(), 1, Integer::sum);
            if (row.faults().always()) {
                unsettled.add(row + ": " + not.reason() + ", " + not.detail());
            }
            return;
        }
        settled++;
        settledBy.merge(row.faults().name(), 1, Integer::sum);
        settledUnder.merge(discipline, 1, Integer::sum);
        String wrong = wrong(row, found);
        if (wrong != null) {
            silent.add(row + ": " + wrong);
        }
    }

    /** What is wrong with a run that is reported as settled; null if nothing is. */
    private String wrong(FaultCase row, GradientEstimate found) {
        GradientEstimate truth = references.computeIfAbsent(row.equilibrium(), k -> reference(row));
        double off =
                distance(
                        ((Conclusive) found.verdict()).equilibrium(),
                        ((Conclusive) truth.verdict()).equilibrium());
        if (!(off <= SAME)) {
            return "an activity is off by " + off;
        }
        int projections = row.sizes().length - 1;
        double turned =
                Compare.relative(found.update().gradient(), truth.update().gradient(), projections);
        double bar = SAME + 10 * row.disturbed().effectiveTolerance() / row.member().strength();
        return turned <= bar ? null : "the gradient is off by " + turned;
    }

    private static GradientEstimate reference(FaultCase row) {
        try (Host synchronous = new SynchronousHost()) {
            GradientEstimate truth =
                    Family.estimate(
                            synchronous,
                            row.undisturbed(),
                            row.member(),
                            row.problem(),
                            Budget.DEFAULT);
            Compare.settled(truth.verdict(), "the reference of " + row);
            return truth;
        }
    }

    /** Largest difference of any activity; NaN if there is one. */
    static double distance(Equilibrium a, Equilibrium b) {
        double worst = 0.0;
        for (int l = 1; l < a.populations(); l++) {
            double[] x = a.activity(l).values();
            double[] y = b.activity(l).values();
            for (int k = 0; k < x.length; k++) {
                worst = Math.max(worst, Math.abs(x[k] - y[k]));
            }
        }
        return worst;
    }

    boolean isVirtual() {
        return host.optionName().equals("virtual");
    }

    int runs() {
        return runs;
    }

    int settled() {
        return settled;
    }

    /** Rows that the host refused by name, as it should. */
    int refused() {
        return refused;
    }

    /** Settled runs under one discipline. */
    int settledUnder(Discipline discipline) {
        return settledUnder.getOrDefault(discipline.toString(), 0);
    }

    /** Share of the rows of each plan in which every kind of its faults happened. */
    private String shares() {
        StringBuilder out = new StringBuilder();
        happened.forEach(
                (plan, n) ->
                        out.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f %%; ",
                                        plan,
                                        100.0 * (n[0] - n[1]) / n[0])));
        return out.toString();
    }

    /** Settled runs of one fault plan. */
    int settled(String plan) {
        return settledBy.getOrDefault(plan, 0);
    }

    /** Runs that are reported as settled and are wrong. */
    List<String> silent() {
        return silent;
    }

    /** Runs that lose nothing for good and did not settle. */
    List<String> unsettled() {
        return unsettled;
    }

    /** Share of the rows asking for faults that had every kind of them. */
    double injected() {
        return asked == 0 ? 1.0 : 1.0 - (double) untouched.size() / asked;
    }

    int count(String reason) {
        return reasons.getOrDefault(reason, 0);
    }

    @Override
    public String toString() {
        return ("%d runs on %s %s, %d refused, %d settled %s %s, not settled %s, %d silent,"
                        + " injected in %.2f %% of %d: %s")
                .formatted(
                        runs,
                        host.optionName(),
                        runsUnder,
                        refused,
                        settled,
                        settledUnder,
                        settledBy,
                        reasons,
                        silent.size(),
                        100 * injected(),
                        asked,
                        shares());
    }
}
