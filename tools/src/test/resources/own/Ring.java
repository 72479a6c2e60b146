package own;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.connectivity.Connectivity;

/** Every neuron receives from its neighbours on a ring, K of them around its own place. */
public record Ring(int width) implements Connectivity {
    public Ring() {
        this(3);
    }

    @Override
    public Ring with(List<Double> p) {
        if (p.size() != 1 || p.get(0) < 1 || p.get(0) != Math.rint(p.get(0))) {
            throw new IllegalArgumentException("ring needs a whole number of neurons");
        }
        return new Ring(p.get(0).intValue());
    }

    @Override
    public String spec() {
        return "ring:" + width;
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        if (width > presynaptic) {
            throw new IllegalArgumentException(spec() + " needs as many presynaptic neurons");
        }
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        int[] from = IntStream.range(0, width).map(k -> (neuron + k) % presynaptic).sorted().toArray();
        return new Onto(neuron, from, IntStream.range(0, width).toArray());
    }

    @Override
    public int fanIn(int presynaptic) {
        return width;
    }
}
