package org.relaxon.model.connectivity;

/**
 * A connectivity among the other neurons of the same population: no neuron reaches itself. Each
 * sees the others as a presynaptic population that lacks one neuron, itself, so that every row is
 * full.
 *
 * @param among how a neuron reaches the others
 */
record Others(Connectivity among) implements Connectivity {
    static final String PREFIX = "others:";

    Others {
        if (among.scale() != 1.0) {
            throw new IllegalArgumentException(
                    "others: the scale stands first: scaled:%s:others:%s"
                            .formatted(among.scale(), among.unscaled().spec()));
        }
        if (among instanceof Others) {
            throw new IllegalArgumentException(
                    "others: %s has no self-connections already".formatted(among.spec()));
        }
    }

    @Override
    public String spec() {
        return PREFIX + among.spec();
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        if (presynaptic != postsynaptic || presynaptic < 2) {
            throw new IllegalArgumentException(
                    "others: needs one population of at least 2 neurons at both ends, got %d and %d"
                            .formatted(presynaptic, postsynaptic));
        }
        if (among.shares() || among.isFixed()) {
            throw new IllegalArgumentException(
                    "others: %s has one kernel for all neurons, of which each has a part from itself; without \"others:\" these self-connections are allowed"
                            .formatted(among.spec()));
        }
        among.requireFit(presynaptic - 1, postsynaptic);
    }

    @Override
    public boolean isAmongOthers() {
        return true;
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        Onto onto = among.onto(neuron, presynaptic - 1);
        int[] others = onto.presynaptic().clone();
        for (int k = 0; k < others.length; k++) {
            others[k] += others[k] >= neuron ? 1 : 0;
        }
        return new Onto(onto.row(), others, onto.numbers());
    }

    @Override
    public int fanIn(int presynaptic) {
        return among.fanIn(presynaptic - 1);
    }

    @Override
    public int rowLength(int presynaptic) {
        return among.rowLength(presynaptic - 1);
    }

    @Override
    public long synapses(int presynaptic, int postsynaptic) {
        return among.synapses(presynaptic - 1, postsynaptic);
    }
}
