package org.relaxon.model.activation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Activations and their differences to 60 digits, by series and by identities whose terms all have
 * one sign. Shares no line with the code under test.
 */
final class Precise {
    static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal TINY = new BigDecimal("1e-70");

    private Precise() {}

    static BigDecimal exp(BigDecimal x) {
        return expm1(x).add(ONE, DIGITS);
    }

    /** e^x - 1: Taylor on x / 2^k, then (1 + y)^2 - 1 = y (2 + y), k times. */
    static BigDecimal expm1(BigDecimal x) {
        MathContext more = new MathContext(90);
        int halvings = 0;
        BigDecimal r = x;
        while (r.abs().compareTo(new BigDecimal("0.1")) > 0) {
            r = r.divide(TWO, more);
            halvings++;
        }
        BigDecimal sum = r;
        BigDecimal term = r;
        for (int n = 2; term.abs().compareTo(sum.abs().multiply(TINY)) > 0; n++) {
            term = term.multiply(r, more).divide(BigDecimal.valueOf(n), more);
            sum = sum.add(term, more);
        }
        for (int k = 0; k < halvings; k++) {
            sum = sum.multiply(sum.add(TWO, more), more);
        }
        return sum;
    }

    /** log(1 + y): the series of 2 artanh(y / (2 + y)) when y is small, Halley's iteration else. */
    static BigDecimal log1p(BigDecimal y) {
        if (y.abs().compareTo(new BigDecimal("0.05")) > 0) {
            BigDecimal x = ONE.add(y, new MathContext(120));
            BigDecimal log = BigDecimal.valueOf(Math.log(x.doubleValue()));
            for (int k = 0; k < 4; k++) {
                BigDecimal e = exp(log);
                log = log.add(TWO.multiply(x.subtract(e)).divide(x.add(e), DIGITS), DIGITS);
            }
            return log;
        }
        BigDecimal z = y.divide(TWO.add(y), DIGITS);
        BigDecimal square = z.multiply(z, DIGITS);
        BigDecimal power = z;
        BigDecimal sum = z;
        for (int n = 3; power.abs().compareTo(sum.abs().multiply(TINY)) > 0; n += 2) {
            power = power.multiply(square, DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
        }
        return sum.multiply(TWO, DIGITS);
    }

    static BigDecimal sigmoid(BigDecimal a) {
        return ONE.divide(ONE.add(exp(a.negate())), DIGITS);
    }

    /** f(a). */
    static BigDecimal value(StandardActivation f, double at) {
        BigDecimal a = new BigDecimal(at);
        return switch (f) {
            case LINEAR -> a;
            case TANH -> {
                BigDecimal m = expm1(a.multiply(TWO));
                yield m.divide(m.add(TWO), DIGITS);
            }
            case SIGMOID -> sigmoid(a);
            case HARD_SIGMOID -> clip(a);
            case RELU -> a.max(BigDecimal.ZERO);
            case SOFTPLUS -> log1p(exp(a));
        };
    }

    /** f'(a), away from kinks. */
    static BigDecimal slope(StandardActivation f, double at) {
        BigDecimal a = new BigDecimal(at);
        return switch (f) {
            case LINEAR -> ONE;
            case TANH -> sigmoidSlope(a.multiply(TWO)).multiply(BigDecimal.valueOf(4));
            case SIGMOID -> sigmoidSlope(a);
            case HARD_SIGMOID -> Math.abs(at) < 1 ? new BigDecimal("0.5") : BigDecimal.ZERO;
            case RELU -> at > 0 ? ONE : BigDecimal.ZERO;
            case SOFTPLUS -> sigmoid(a);
        };
    }

    /** e^a / (1 + e^a)^2, even in a; no difference in it. */
    private static BigDecimal sigmoidSlope(BigDecimal a) {
        BigDecimal e = exp(a.abs());
        return e.divide(ONE.add(e).pow(2, DIGITS), DIGITS);
    }

    /** f(a + h) - f(a), with a + h not rounded. */
    static BigDecimal increment(StandardActivation f, double at, double by) {
        BigDecimal a = new BigDecimal(at);
        BigDecimal h = new BigDecimal(by);
        return switch (f) {
            case LINEAR -> h;
            case TANH -> TWO.multiply(sigmoidIncrement(a.multiply(TWO), h.multiply(TWO)));
            case SIGMOID -> sigmoidIncrement(a, h);
            case HARD_SIGMOID -> clip(a.add(h)).subtract(clip(a));
            case RELU -> a.add(h).max(BigDecimal.ZERO).subtract(a.max(BigDecimal.ZERO));
            case SOFTPLUS -> log1p(sigmoid(a).multiply(expm1(h), new MathContext(120)));
        };
    }

    /** (e^b - e^a) / ((1 + e^a) (1 + e^b)) with b = a + h. */
    private static BigDecimal sigmoidIncrement(BigDecimal a, BigDecimal h) {
        BigDecimal ea = exp(a);
        BigDecimal eb = ea.multiply(exp(h), DIGITS);
        return ea.multiply(expm1(h), DIGITS)
                .divide(ONE.add(ea).multiply(ONE.add(eb), DIGITS), DIGITS);
    }

    private static BigDecimal clip(BigDecimal a) {
        return a.add(ONE).divide(TWO).max(BigDecimal.ZERO).min(ONE);
    }

    /** |actual - exact| / |exact|; 0 if both are 0; infinite if actual is not a number. */
    static double relativeError(double actual, BigDecimal exact) {
        if (!Double.isFinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
        if (exact.signum() == 0) {
            return error.signum() == 0 ? 0.0 : Double.POSITIVE_INFINITY;
        }
        return error.divide(exact.abs(), DIGITS).doubleValue();
    }
}
