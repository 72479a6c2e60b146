package org.relaxon.model.energy;

/**
 * Where the share of one hidden neuron is least, given its feedback: the root of a rising function,
 * by secants within a bracket that bisection keeps shrinking (Dekker 1969). One derivative per
 * iteration; steps by second derivatives, which must be taken from differences, need three.
 */
final class TermMinimum {
    /** Doublings that lead from the smallest number past the largest. */
    private static final int DOUBLINGS_MAX = 2200;

    private static final int ITERATIONS_MAX = 1000;

    /** Secants that may fail to halve the bracket before it is bisected. */
    private static final int PATIENCE = 3;

    /** Relative distance of neighbouring numbers. */
    private static final double ROUNDING = 0x1p-52;

    private final EnergyTerm term;
    private final Drive drive;
    private final double feedback;

    private TermMinimum(EnergyTerm term, Drive drive, double feedback) {
        this.term = term;
        this.drive = drive;
        this.feedback = feedback;
    }

    /**
     * Solves dphi/dx (x, a) = feedback to round-off, from x = f(a): the result is a function of a
     * and feedback alone.
     *
     * @return NaN if there is no such x, or something is not a number
     */
    static double find(EnergyTerm term, Drive a, double feedback) {
        return new TermMinimum(term, a, feedback).find();
    }

    private double gap(double x) {
        return term.byActivity(x, drive) - feedback;
    }

    private double find() {
        double x = drive.prediction();
        double gap = gap(x);
        if (gap == 0.0) {
            return x;
        }
        double way = -Math.signum(gap);
        double width = Math.abs(gap / term.byActivityTwice(x, drive));
        width = Math.max(width, Math.ulp(x)); // NaN and infinity end in an empty bracket
        double end = x + way * width;
        double beyond = gap(end);
        for (int k = 0; beyond * way < 0.0; k++) {
            if (k == DOUBLINGS_MAX) {
                return Double.NaN;
            }
            double chord = width * Math.abs(beyond / (gap - beyond)); // of a curved derivative
            x = end;
            gap = beyond;
            width = k == 0 && chord > Math.ulp(x) && chord < width ? 2.0 * chord : 2.0 * width;
            end = x + way * width;
            beyond = gap(end);
        }
        return within(x, gap, end, beyond);
    }

    /** Between two points at which the derivatives differ in sign, or one is not a number. */
    private double within(double one, double atOne, double other, double atOther) {
        double a = one;
        double x = other;
        double atA = atOne;
        double atX = atOther;
        double low = Math.min(a, x);
        double high = Math.max(a, x);
        double size = high - low;
        int slow = 0;
        for (int i = 0; i < ITERATIONS_MAX && atX != 0.0; i++) {
            double next = x - atX * ((x - a) / (atX - atA));
            if (!(next > low && next < high) || slow == PATIENCE) {
                next = low + 0.5 * (high - low);
            }
            double moved = Math.abs(next - x);
            a = x;
            atA = atX;
            x = next;
            atX = gap(x);
            low = atX > 0.0 ? low : x;
            high = atX > 0.0 ? x : high;
            double floor =
                    ROUNDING * Math.max(Math.abs(x), ROUNDING * Math.abs(drive.prediction()));
            if (!(moved > floor)) {
                break; // or not a number
            }
            boolean halved = high - low <= 0.5 * size;
            size = halved ? high - low : size;
            slow = halved || slow == PATIENCE ? 0 : slow + 1;
        }
        return x;
    }
}
