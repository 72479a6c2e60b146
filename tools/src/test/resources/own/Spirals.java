package own;

import org.relaxon.experiments.data.DataSet;
import org.relaxon.model.math.CounterRandom;

/** Points on two spirals that wind around each other, a function of the index alone. */
public class Spirals implements DataSet {
    private static final int SIZE = 3000;

    @Override
    public String name() {
        return "spirals";
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public int label(int index) {
        return java.util.Objects.checkIndex(index, SIZE) % 2;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        double along = CounterRandom.uniform(1, 0, index);
        double angle = 3.0 * along + Math.PI * label(index);
        into[offset] = along * StrictMath.cos(angle);
        into[offset + stride] = along * StrictMath.sin(angle);
    }
}
