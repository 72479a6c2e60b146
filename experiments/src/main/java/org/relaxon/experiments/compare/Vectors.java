package org.relaxon.experiments.compare;

/** Norm, direction and product of plain arrays, with the accuracy that small angles need. */
final class Vectors {
    private Vectors() {}

    /** |v|, Frobenius; neither overflows nor underflows unless the result does. */
    static double norm(double[] v) {
        double largest = 0.0;
        for (double value : v) {
            largest = Math.max(largest, Math.abs(value)); // Math.max propagates NaN
        }
        if (largest == 0.0 || !(largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        double scale = Math.scalb(1.0, -Math.min(Math.getExponent(largest), 1000)); // exact
        CompensatedSum squares = new CompensatedSum();
        for (double value : v) {
            double scaled = value * scale;
            squares.add(scaled * scaled);
        }
        return Math.sqrt(squares.value()) / scale;
    }

    static double[] difference(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            out[k] = a[k] - b[k];
        }
        return out;
    }

    /** v / norm. */
    static double[] unit(double[] v, double norm) {
        double[] out = new double[v.length];
        for (int k = 0; k < v.length; k++) {
            out[k] = v[k] / norm;
        }
        return out;
    }

    /**
     * 1/2 |u - sign v|^2, which for unit vectors is 1 - sign cos(u, v). The error is of order eps^2
     * plus eps times its square root, where 1 minus a product would be wrong by eps.
     */
    static double oneMinusCosine(double[] u, double[] v, double sign) {
        CompensatedSum squares = new CompensatedSum();
        for (int k = 0; k < u.length; k++) {
            double d = u[k] - sign * v[k];
            squares.add(d * d);
        }
        return 0.5 * squares.value();
    }

    static double dot(double[] u, double[] v) {
        CompensatedSum sum = new CompensatedSum();
        for (int k = 0; k < u.length; k++) {
            sum.add(u[k] * v[k]);
        }
        return sum.value();
    }
}
