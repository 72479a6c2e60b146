package org.relaxon.experiments.compare;

/** A sum whose error is about one rounding, whatever the number of terms (Neumaier 1974). */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double term) {
        double next = sum + term;
        if (Math.abs(sum) >= Math.abs(term)) {
            lost += (sum - next) + term;
        } else {
            lost += (term - next) + sum;
        }
        sum = next;
    }

    /** The sum; infinite or NaN if a term or the plain sum was. */
    double value() {
        return Double.isInfinite(sum) ? sum : sum + lost;
    }
}
