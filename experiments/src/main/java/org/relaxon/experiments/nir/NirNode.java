package org.relaxon.experiments.nir;

/**
 * A node of a graph that maps to a network.
 *
 * @param name unique name
 * @param kind what it computes
 * @param size number of elements that it accepts and passes on; 0 for one with weights
 * @param weight of an affine node, shape (to, from); null for others
 * @param bias shape (to); null for none
 * @param population name of the population that the node leads to; null for the node's own
 */
record NirNode(
        String name, Kind kind, int size, double[][] weight, double[] bias, String population) {
    /** The nodes that map. */
    enum Kind {
        INPUT("Input"),
        OUTPUT("Output"),
        AFFINE("Affine"),
        LINEAR("Linear"),
        FLATTEN("Flatten");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The name of the type in a file. */
        String type() {
            return type;
        }
    }

    /** Without weights. */
    static NirNode plain(String name, Kind kind, int size) {
        return new NirNode(name, kind, size, null, null, null);
    }

    /** Whether it multiplies. */
    boolean hasWeights() {
        return weight != null;
    }

    /** Elements that it accepts. */
    int inputs() {
        return hasWeights() ? weight[0].length : size;
    }

    /** Elements that it passes on. */
    int outputs() {
        return hasWeights() ? weight.length : size;
    }
}
