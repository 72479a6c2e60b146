package org.relaxon.experiments.paper;

/** Single precision throughout, as the published code computes. */
final class FloatArithmetic implements Arithmetic<float[]> {
    @Override
    public float[] of(double[] values) {
        float[] out = new float[values.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = (float) values[k];
        }
        return out;
    }

    @Override
    public double[] values(float[] a) {
        double[] out = new double[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = a[k];
        }
        return out;
    }

    @Override
    public void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    @Override
    public void clear(float[] a) {
        java.util.Arrays.fill(a, 0);
    }

    @Override
    public void addScaled(float[] into, float[] scales, int k, float[] row) {
        float scale = scales[k];
        for (int i = 0; i < into.length; i++) {
            into[i] += scale * row[i];
        }
    }

    @Override
    public void relu(float[] a, float[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] < 0 ? 0 : a[k]; // NaN stays NaN
        }
    }

    @Override
    public void difference(float[] a, float[] b, float[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] - b[k];
        }
    }

    @Override
    public void gate(float[] a, float[] e, float[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = a[k] > 0 ? e[k] : 0;
        }
    }

    @Override
    public void scaledDifference(double factor, float[] a, float[] b, float[] into) {
        float rounded = (float) factor;
        for (int k = 0; k < into.length; k++) {
            into[k] = rounded * (a[k] - b[k]);
        }
    }

    @Override
    public void descend(float[] x, float[] e, float[] back, double step) {
        float rounded = (float) step;
        for (int k = 0; k < x.length; k++) {
            x[k] += rounded * (back[k] - e[k]);
        }
    }
}
