package org.relaxon.runtime.guard;

import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;

/** A loss whose failures are reported by name. */
final class GuardedLoss extends Guarded implements Loss {
    private final Loss part;

    GuardedLoss(Loss part) {
        super(part, "loss", named(part, part::optionName));
        this.part = part;
    }

    @Override
    Object identity() {
        return identityByName();
    }

    @Override
    public String optionName() {
        return name();
    }

    @Override
    public Loss with(List<Double> parameters) {
        return unlessRefused("with", () -> new GuardedLoss(given("with", part.with(parameters))));
    }

    @Override
    public double value(double[] x, double[] target, int n, int stride, int c) {
        try {
            return part.value(x, target, n, stride, c);
        } catch (Throwable thrown) {
            throw failure("value", thrown);
        }
    }

    @Override
    public void pull(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out) {
        try {
            part.pull(x, target, n, stride, c, math, out);
        } catch (Throwable thrown) {
            throw failure("pull", thrown);
        }
    }

    @Override
    public void curvature(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out) {
        try {
            part.curvature(x, target, n, stride, c, math, out);
        } catch (Throwable thrown) {
            throw failure("curvature", thrown);
        }
    }

    @Override
    public void nudge(
            double[] mu,
            double[] target,
            double beta,
            int n,
            int stride,
            int c,
            Elementary math,
            double[] e) {
        try {
            part.nudge(mu, target, beta, n, stride, c, math, e);
        } catch (Throwable thrown) {
            throw failure("nudge", thrown);
        }
    }

    @Override
    public boolean couplesOutputs() {
        try {
            return part.couplesOutputs();
        } catch (Throwable thrown) {
            throw failure("couplesOutputs", thrown);
        }
    }

    @Override
    public boolean needsDistribution() {
        try {
            return part.needsDistribution();
        } catch (Throwable thrown) {
            throw failure("needsDistribution", thrown);
        }
    }

    @Override
    public boolean accepts(double beta) {
        try {
            return part.accepts(beta);
        } catch (Throwable thrown) {
            throw failure("accepts", thrown);
        }
    }

    @Override
    public String betaRange() {
        try {
            return given("betaRange", part.betaRange());
        } catch (Throwable thrown) {
            throw failure("betaRange", thrown);
        }
    }

    @Override
    public boolean accepts(Activation output) {
        try {
            return part.accepts(output);
        } catch (Throwable thrown) {
            throw failure("accepts", thrown);
        }
    }
}
