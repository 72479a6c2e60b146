package org.relaxon.experiments.paper;

/** Double precision: the error that remains here is not due to rounding to 24 bits. */
final class DoubleArithmetic implements Arithmetic<double[]> {
    @Override
    public double[] of(double[] values) {
        double[] out = new double[values.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = values[k];
        }
        return out;
    }

    @Override
    public double[] values(double[] a) {
        double[] out = new double[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = a[k];
        }
        return out;
    }

    @Override
    public void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    @Override
    public void clear(double[] a) {
        java.util.Arrays.fill(a, 0);
    }

    @Override
    public void addScaled(double[] into, double[] scales, int k, double[] row) {
        double scale = scales[k];
        for (int i = 0; i < into.length; i++) {
            into[i] += scale * row[i];
        }
    }

    @Override
    public void relu(double[] a, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] < 0 ? 0 : a[k]; // NaN stays NaN
        }
    }

    @Override
    public void difference(double[] a, double[] b, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] - b[k];
        }
    }

    @Override
    public void gate(double[] a, double[] e, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] > 0 ? e[k] : 0;
        }
    }

    @Override
    public void scaledDifference(double factor, double[] a, double[] b, double[] into) {
        double rounded = factor;
        for (int k = 0; k < into.length; k++) {
            into[k] = rounded * (a[k] - b[k]);
        }
    }

    @Override
    public void descend(double[] x, double[] e, double[] back, double step) {
        double rounded = step;
        for (int k = 0; k < x.length; k++) {
            x[k] += rounded * (back[k] - e[k]);
        }
    }
}
