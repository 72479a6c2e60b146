package org.relaxon.model.network;

/**
 * Which slice of which population a cell owns.
 *
 * @param index position in the wiring, from 0
 * @param population index of the population
 * @param from first neuron
 * @param to one past the last neuron
 * @param name population name, with the slice unless it is the whole: "2", "2[7]", "2[8..15]"
 */
public record CellId(int index, int population, int from, int to, String name) {
    /** {@return the number of neurons} */
    public int size() {
        return to - from;
    }

    /**
     * {@return whether a name of a plan means this cell: its own name or that of its population}
     *
     * @param network network of the cell
     * @param called name of a cell or population
     */
    public boolean isNamed(Network network, String called) {
        return name.equals(called) || network.population(population).name().equals(called);
    }

    @Override
    public String toString() {
        return name;
    }
}
