package org.relaxon.model.cell;

/** The grids, one per column, that a cell rounds one kind of signal to. */
final class Grid {
    /** Exact values. */
    static final Grid NONE = new Grid(null);

    private final double[] steps; // per column; null for exact values

    private Grid(double[] steps) {
        this.steps = steps;
    }

    /** Steps of {@code quantum} times the unit of each column; exact if that is 0. */
    static Grid of(double quantum, double[] units) {
        if (quantum == 0.0) {
            return NONE;
        }
        double[] steps = new double[units.length];
        for (int c = 0; c < steps.length; c++) {
            steps[c] = quantum * units[c];
        }
        return new Grid(steps);
    }

    /** Rounds a part of an array of columns in place. */
    void round(double[] values, int begin, int end) {
        if (steps == null) {
            return;
        }
        for (int k = begin; k < end; k++) {
            double step = steps[(k - begin) % steps.length];
            values[k] = step > 0 ? step * Math.rint(values[k] / step) : values[k];
        }
    }

    /** Unit steps between two values sent; 0 without a grid. */
    long steps(double[] now, double[] before, int begin, int end) {
        long sum = 0;
        for (int k = begin; steps != null && k < end; k++) {
            double step = steps[(k - begin) % steps.length];
            double change = Math.abs(now[k] - before[k]);
            sum += step > 0 && change > 0 ? Math.round(change / step) : 0;
        }
        return sum;
    }
}
