package org.relaxon.model.network;

/**
 * Which slice of which population a cell owns.
 *
 * @param index position in the wiring, from 0
 * @param whole the population
 * @param from first neuron
 * @param to one past the last neuron
 */
public record CellId(int index, Population whole, int from, int to) {
    /** {@return the index of the population} */
    public int population() {
        return whole.index();
    }

    /** {@return the number of neurons} */
    public int size() {
        return to - from;
    }

    /** {@return the population's name, with the slice unless it is all: "2", "2[7]", "2[8..15]"} */
    public String name() {
        if (size() == whole.size()) {
            return whole.name();
        }
        String slice = size() == 1 ? "[" + from + "]" : "[" + from + ".." + (to - 1) + "]";
        return whole.name() + slice;
    }

    /**
     * {@return whether a name of a plan means this cell: its own name or that of its population}
     *
     * @param called name of a cell or population
     */
    public boolean isNamed(String called) {
        return called.equals(whole.name())
                || called.startsWith(whole.name()) && called.equals(name());
    }

    @Override
    public String toString() {
        return name();
    }
}
