package org.relaxon.tools.cli.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.Promise;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.CheckColumns;

/** The outcome of a check as lines of text. */
final class CheckTable {
    /** At the end of the description of a problem, which is drawn from one. */
    private static final String SEED = ", seed \\d+$";

    private final List<CheckResult> results;
    private final String noClaim;

    /**
     * @param noClaim why nothing is claimed; empty if something is
     */
    CheckTable(List<CheckResult> results, String noClaim) {
        this.results = results;
        this.noClaim = noClaim;
    }

    /**
     * Prints all cases that were judged.
     *
     * @param whole false if the check was stopped before the last one
     */
    void print(PrintWriter out, int code, boolean whole) {
        for (CheckResult result : results) {
            print(out, result);
        }
        printSlopes(out);
        printWords(out);
        if (!noClaim.isEmpty()) {
            out.println("No gradient is claimed: " + noClaim + ".");
        }
        if (!whole) {
            out.printf(
                    "Interrupted: %s only in the cases above.%n",
                    noClaim.isEmpty() ? "the claim is judged" : "cells and updates are compared");
            return;
        }
        if (!noClaim.isEmpty()) {
            printWithoutClaim(out, code);
            return;
        }
        if (code == ExitCode.DONE) {
            boolean ordered = all().stream().allMatch(CheckTable::hasItsOrder);
            out.println(
                    "The claim holds: local updates have the named gradient, "
                            + (ordered
                                    ? "to the stated order."
                                    : "to the stated order or, where none is, to rounding."));
            return;
        }
        if (code == ExitCode.DOES_NOT_HOLD) {
            out.println("The claim does not hold in the cases marked NO.");
        } else if (!all().stream().allMatch(CheckCase::settled)) {
            out.println("Not settled: no gradient is claimed for the cases marked so.");
        }
        if (all().stream().anyMatch(c -> !c.notJudged().isEmpty())) {
            out.println(
                    "Not judged: in the cases marked - this run does not decide whether the claim"
                            + " holds.");
        }
    }

    /** Whether the order that its claim declares was measured. */
    private static boolean hasItsOrder(CheckCase one) {
        Integer declared = one.declaredOrder();
        return declared == null || declared == 0 || !Double.isNaN(one.order());
    }

    private List<CheckCase> all() {
        return results.stream().flatMap(r -> r.cases().stream()).toList();
    }

    /** Where nothing is claimed: what was verified instead. */
    private void printWithoutClaim(PrintWriter out, int code) {
        boolean compared = results.stream().anyMatch(r -> r.compared() > 0);
        boolean agree = results.stream().allMatch(CheckResult::agrees);
        out.println(
                code == ExitCode.DONE
                        ? "Verified: in every settled case all cells rest at their own fixed points"
                                + (compared
                                        ? ", and all cases of one algorithm and seed have the same"
                                                + " update."
                                        : "; there are no two cases of one algorithm and seed to"
                                                + " compare.")
                        : code == ExitCode.NOT_SETTLED
                                ? "Not settled: the cases marked so have no update."
                                : agree
                                        ? "Not verified: see the reason below a case."
                                        : "Not verified: cases of one algorithm and seed have"
                                                + " different updates.");
    }

    private static void print(PrintWriter out, CheckResult result) {
        CheckPlan plan = result.plan();
        if (!result.problems().isEmpty()) {
            String first = result.problems().get(0).problem().description();
            boolean one = plan.seeds().size() == 1;
            out.println(one ? first : first.replaceFirst(SEED, ""));
            out.printf(
                    "%s, strength %s%s%n",
                    plan.estimator().optionName(),
                    Figures.number(plan.strength()),
                    one ? "" : seeds(plan.seeds()));
        }
        NetworkTiming.print(out, plan.conditions().timing());
        out.printf(
                "%-24s %-17s %-11s %-8s %-18s %11s %11s %9s %6s %7s %-11s %9s %7s %5s%n",
                CheckColumns.names().toArray());
        Map<String, Long> notes =
                result.cases().stream().collect(groupingBy(CheckTable::note, counting()));
        for (CheckCase c : result.cases()) {
            print(out, c);
            printNote(out, note(c), notes);
        }
        printCertificates(out, result);
        printAngles(out, result);
        if (Double.isFinite(result.spread())) {
            out.printf(
                    "largest relative difference between the updates of any two cases of one algorithm and seed: %.1e%n",
                    result.spread());
        }
        if (result.cancelled()) {
            out.println("stopped before all cases were judged");
        }
        out.println();
    }

    private static String seeds(List<Long> seeds) {
        return ", seeds %d..%d; worst figures over the seeds, medians of messages and path"
                .formatted(seeds.get(0), seeds.get(seeds.size() - 1));
    }

    private static void print(PrintWriter out, CheckCase c) {
        out.printf(
                "%-24s %-17s %-11s %-8s %-18s %11s %11s %9s %6s %7s %-11s %9d %7d %5s%n",
                c.label(),
                c.reference(),
                c.host(),
                c.granularity(),
                c.delay(),
                figure("%.4e", c.relativeError()),
                figure("%.4e", c.predicted()),
                figure("%.1e", c.oneMinusCosine()),
                order(c.declaredOrder()),
                figure("%.4f", c.order()),
                c.verdict(),
                c.messages(),
                c.criticalPath(),
                !(c.noClaim() + c.notJudged()).isEmpty() ? "-" : c.holds() ? "yes" : "NO");
    }

    /** A dash where nothing is claimed. */
    private static String order(Integer declared) {
        return declared == null ? "-" : declared == 0 ? "exact" : declared.toString();
    }

    /** The sentence below a case; empty for none. */
    private static String note(CheckCase c) {
        return !c.stands() ? c.why() : c.notJudged().isEmpty() ? c.remark() : c.notJudged();
    }

    /** Below the first case that it is about; the others are counted and then left out. */
    private static void printNote(PrintWriter out, String note, Map<String, Long> cases) {
        Long all = cases.remove(note);
        if (note.isEmpty() || all == null) {
            return;
        }
        String same = all == 1 ? "" : " (the same in %d cases)".formatted(all);
        out.printf("          %s%s%n", note, same);
    }

    /** The words of this table that are not the field's; the help explains every column. */
    private void printWords(PrintWriter out) {
        List<CheckCase> all = all();
        out.println("The columns are explained by check --help.");
        if (all.stream().anyMatch(c -> order(c.declaredOrder()).equals("exact"))) {
            out.println("exact      as claimed, the error does not depend on the strength");
        }
        if (all.stream().anyMatch(c -> c.settled() && c.dataflow())) {
            out.println("completed  the phase ran out of work; nothing had to come to rest");
        }
        out.println();
    }

    /** A dash for a missing figure. */
    private static String figure(String format, Double value) {
        return value == null || value.isNaN() ? "-" : format.formatted(value);
    }

    /** One line per certificate from before the run, with the cells that it is about. */
    private static void printCertificates(PrintWriter out, CheckResult result) {
        Map<List<String>, Set<String>> cells = new LinkedHashMap<>();
        for (CheckCase c : result.cases()) {
            String text =
                    c.certificate() == null
                            ? CheckRepeat.whyNoCertificate(result, c)
                            : Promise.text(c.certificate(), result.plan().conditions().faults());
            cells.computeIfAbsent(List.of(c.label(), text), k -> new LinkedHashSet<>())
                    .add(c.granularity());
        }
        cells.forEach(
                (key, grains) ->
                        out.printf(
                                "certificate of %s in %s cells: %s%n",
                                key.get(0), String.join(" and ", grains), key.get(1)));
    }

    /** Where nothing is claimed: the angle of each algorithm, of its first case and worst seed. */
    private static void printAngles(PrintWriter out, CheckResult result) {
        Set<String> done = new LinkedHashSet<>();
        for (CheckCase c : result.cases()) {
            boolean shown = !c.noClaim().isEmpty() && c.settled() && c.comparison() != null;
            if (shown && done.add(c.label())) {
                out.printf(
                        "angle of %s to %s, seed %d: %s%n",
                        c.label(),
                        c.reference(),
                        c.worstSeed(),
                        RunText.angles(
                                c.comparison().total().angleDegrees(),
                                c.comparison().projections()));
            }
        }
    }

    /** With several nudging strengths: the slope from the largest to the smallest. */
    private void printSlopes(PrintWriter out) {
        List<Slopes> all = Slopes.of(results);
        for (Slopes slopes : all) {
            out.printf(
                    "%s%s: order between %s %s and %s over all cases and seeds: %.4f to %.4f%n",
                    slopes.estimator(),
                    all.size() == 1 ? "" : " of " + String.join(", ", slopes.algorithms()),
                    slopes.strengthName(),
                    Figures.number(slopes.coarse()),
                    Figures.number(slopes.fine()),
                    slopes.least(),
                    slopes.most());
        }
    }
}
