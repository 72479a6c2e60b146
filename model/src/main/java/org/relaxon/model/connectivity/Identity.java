package org.relaxon.model.connectivity;

/** Every neuron reaches the one of its own index, with the fixed strength 1. */
record Identity() implements Connectivity {
    @Override
    public String spec() {
        return "identity";
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        if (presynaptic != postsynaptic) {
            throw new IllegalArgumentException(
                    "identity: needs populations of one size, got %d and %d neurons"
                            .formatted(presynaptic, postsynaptic));
        }
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        return new Onto(0, new int[] {neuron}, new int[1]);
    }

    @Override
    public int fanIn(int presynaptic) {
        return 1;
    }

    @Override
    public double fixed() {
        return 1.0;
    }
}
