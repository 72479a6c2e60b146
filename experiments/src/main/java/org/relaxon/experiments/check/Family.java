package org.relaxon.experiments.check;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.plasticity.Estimator;

/** The whole family: the members that {@code check --all} runs on every host and granularity. */
public final class Family {
    private static final double STEP = 0.3;

    private Family() {}

    /**
     * One claim about one algorithm.
     *
     * @param method that estimates
     * @param problem network and data
     */
    public record Member(Method method, ProblemSpec problem) {}

    /**
     * {@return all members on a random problem with the initial weights that are their default}
     *
     * @param base problem whose layers, seed and batch the members share
     */
    public static List<Member> members(ProblemSpec base) {
        List<Member> out = new ArrayList<>(layeredDivergences(base));
        out.addAll(hopfield(base));
        return out;
    }

    private static List<Member> layeredDivergences(ProblemSpec base) {
        List<Member> out = new ArrayList<>();
        ProblemSpec classes = base.withLoss(StandardLoss.CROSS_ENTROPY);
        Algorithm coordinate = Algorithms.pcNudge(Algorithms.coordinate());
        add(out, Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4, base);
        add(out, Algorithms.pcNudge(), Estimator.NEGATIVE, 1e-4, base);
        add(out, Algorithms.pcNudge(), Estimator.CENTRED, 1e-3, base);
        add(out, Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4, classes);
        add(out, coordinate, Estimator.ONE_SIDED, 1e-2, base);
        add(out, Algorithms.pcNudge(Algorithms.gradient(STEP)), Estimator.ONE_SIDED, 1e-2, base);
        add(out, Algorithms.pc(Algorithms.coordinate()), Estimator.ONE_SIDED, 1.0, base);
        add(out, Algorithms.pcClamped(Algorithms.coordinate()), Estimator.ONE_SIDED, 1.0, base);
        add(out, Algorithms.fixedPrediction(), Estimator.ONE_SIDED, 1.0, base);
        add(out, Algorithms.fixedPrediction(), Estimator.ONE_SIDED, 1.0, classes);
        add(out, Algorithms.zeroDivergence(1.0), Estimator.ONE_SIDED, 1.0, base);
        add(out, Algorithms.precisionPc(2.0, 0.5, 1.0), Estimator.ONE_SIDED, 1e-4, base);
        add(out, Algorithms.fenchelYoung(), Estimator.ONE_SIDED, 1e-4, base);
        add(out, Algorithms.fenchelYoung(), Estimator.CENTRED, 1e-3, base);
        add(out, Algorithms.dualPropagation(), Estimator.ONE_SIDED, 1e-2, base);
        add(out, Algorithms.dualPropagationTop(0.25), Estimator.ONE_SIDED, 1e-4, base);
        add(out, new PcAlm().algorithm(), Estimator.ONE_SIDED, 1.0, base);
        add(out, new PcAlm().algorithm(), Estimator.ONE_SIDED, 1.0, classes);
        return out;
    }

    private static List<Member> hopfield(ProblemSpec base) {
        List<Member> out = new ArrayList<>();
        ProblemSpec classes = base.withLoss(StandardLoss.CROSS_ENTROPY);
        Algorithm plain = Algorithms.equilibriumPropagation(Form.PLAIN);
        Algorithm difference = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        add(out, plain, Estimator.ONE_SIDED, 1e-3, base);
        add(out, plain, Estimator.NEGATIVE, 1e-3, base);
        add(out, plain, Estimator.CENTRED, 1e-2, base);
        add(out, Algorithms.equilibriumPropagation(STEP), Estimator.CENTRED, 1e-2, base);
        add(out, difference, Estimator.CENTRED, 1e-3, base);
        add(out, difference, Estimator.CENTRED, 1e-3, classes);
        add(out, Algorithms.holomorphic(), Estimator.roots(8), 0.1, base);
        add(out, Algorithms.contrastiveHebbian(Form.PLAIN), Estimator.ONE_SIDED, 1e-2, base);
        add(out, Algorithms.contrastiveHebbian(Form.DIFFERENCE), Estimator.CENTRED, 1e-3, base);
        add(out, Algorithms.clampedHebbian(Form.PLAIN), Estimator.ONE_SIDED, 1.0, base);
        add(out, Algorithms.coupled(Form.PLAIN), Estimator.CENTRED, 1e-2, base);
        add(out, Algorithms.coupled(Form.DIFFERENCE), Estimator.ONE_SIDED, 1e-4, base);
        return out;
    }

    private static void add(
            List<Member> out,
            Algorithm algorithm,
            Estimator estimator,
            double strength,
            ProblemSpec problem) {
        ProblemSpec own = Defaults.of(algorithm).applyTo(problem);
        out.add(new Member(new Method(algorithm, estimator, strength), own));
    }
}
