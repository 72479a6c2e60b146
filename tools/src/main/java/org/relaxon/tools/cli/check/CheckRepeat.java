package org.relaxon.tools.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.ResolvedOptions;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;

/** Commands that check one case of a check with one seed again. */
final class CheckRepeat {
    /** Options that choose among algorithms; a row states their result instead. */
    private static final Set<String> RESOLVED = ResolvedOptions.restated("--all");

    private final GivenOptions given;

    /**
     * @param given the options of the check
     */
    CheckRepeat(GivenOptions given) {
        this.given = given.without(ResolvedOptions.OUTPUT).without(RESOLVED);
    }

    /** The method of a case. */
    static Method method(CheckPlan plan, CheckCase c) {
        return plan.methods().stream()
                .filter(m -> m.algorithm().label().equals(c.label()))
                .findFirst()
                .orElseThrow();
    }

    /** Why a case has no certificate; null if it has one. */
    static String whyNoCertificate(CheckResult result, CheckCase c) {
        return c.certificate() != null
                ? null
                : Certificates.whyNone(
                        method(result.plan(), c), result.problems().get(0).problem());
    }

    /** The command that runs one row alone. */
    String command(CheckPlan plan, CheckCase c, long seed) {
        return command(plan, c, seed, Set.of(), List.of());
    }

    /**
     * The same with some options changed.
     *
     * @param replaced options to remove
     * @param words names and values in turn
     */
    String command(
            CheckPlan plan, CheckCase c, long seed, Set<String> replaced, List<String> words) {
        Method method = method(plan, c);
        Algorithm algorithm = method.algorithm();
        List<String> own = new ArrayList<>(AlgorithmOptions.words(algorithm));
        if (algorithm.strength() == Algorithm.Strength.COMPLEX) {
            own.addAll(List.of("--points", Integer.toString(method.estimator().order())));
        } else {
            own.addAll(List.of("--estimator", method.estimator().optionName()));
        }
        if (algorithm.strength() != Algorithm.Strength.NONE) {
            boolean gain = algorithm.strength() == Algorithm.Strength.GAMMA;
            own.addAll(List.of(gain ? "--gamma" : "--beta", Figures.number(method.strength())));
        }
        own.addAll(List.of("--host", c.host(), "--granularity", c.granularity()));
        if (!c.delay().equals(CheckCase.STATED)) {
            own.addAll(List.of("--delay", c.delay()));
        }
        own.addAll(List.of("--seeds", "1", "--seed", Long.toString(seed)));
        own.addAll(problemWords(plan));
        return Launcher.recorded("check", given.with(own).without(replaced).with(words));
    }

    /** The problem as chosen by --all and the defaults. */
    private static List<String> problemWords(CheckPlan plan) {
        return List.of(
                "--loss",
                plan.problem().loss().optionName(),
                "--init",
                plan.problem().scheme().optionName(),
                "--gain",
                Figures.number(plan.problem().gain()));
    }
}
