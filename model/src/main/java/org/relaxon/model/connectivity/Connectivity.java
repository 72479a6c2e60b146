package org.relaxon.model.connectivity;

import java.util.List;
import org.relaxon.model.weights.Weights;

/**
 * Which neurons of a projection's presynaptic population reach which of its postsynaptic one, and
 * which synapses share a number. Evaluated cell by cell, and a function of its parameters alone: no
 * object exists for a whole projection, and every cell finds the same synapses.
 *
 * <p>The strengths of a projection are stored as rows of equal length. The synapses onto a neuron
 * use one row; several neurons may use the same row, and their synapses the same number of it, as
 * in a convolution. A gradient has the shape of what is stored: where synapses share a number, it
 * is the sum over them.
 *
 * <p>The neurons of an image are numbered by channel, then by row, then by column.
 */
public interface Connectivity {
    /**
     * The synapses onto one neuron.
     *
     * @param row index of the stored row that holds their strengths
     * @param presynaptic indices of the presynaptic neurons, ascending
     * @param numbers position of each synapse's strength in the row; ignored where it is fixed
     */
    record Onto(int row, int[] presynaptic, int[] numbers) {}

    /**
     * A population whose neurons form an image, numbered by channel, then by row, then by column.
     *
     * @param channels number of channels
     * @param height number of rows
     * @param width number of columns
     */
    record Image(int channels, int height, int width) {
        /**
         * Checks the sizes.
         *
         * @param channels number of channels
         * @param height number of rows
         * @param width number of columns
         * @throws IllegalArgumentException if one is less than 1, or their product not an int
         */
        public Image {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "image: need channels, height and width of at least 1, got %dx%dx%d"
                                .formatted(channels, height, width));
            }
            long perChannel = (long) height * width;
            if (perChannel > Integer.MAX_VALUE / channels) {
                throw new IllegalArgumentException(
                        "image: %dx%dx%d has too many neurons".formatted(channels, height, width));
            }
        }

        /** {@return the number of neurons} */
        public int neurons() {
            return channels * height * width;
        }

        int neuron(int channel, int y, int x) {
            return (channel * height + y) * width + x;
        }

        int channelOf(int neuron) {
            return neuron / (height * width);
        }

        int rowOf(int neuron) {
            return neuron / width % height;
        }

        int columnOf(int neuron) {
            return neuron % width;
        }

        /** Refuses populations that are not this image and another one. */
        void requireFit(int presynaptic, Image target, int postsynaptic) {
            require("presynaptic", presynaptic);
            target.require("postsynaptic", postsynaptic);
        }

        /** Refuses a population of another size. */
        private void require(String which, int neurons) {
            if (neurons != neurons()) {
                throw new IllegalArgumentException(
                        "the %s image, %s, has %d neurons".formatted(which, this, neurons()));
            }
        }

        /** Channels, height and width, such as "3x32x32". */
        @Override
        public String toString() {
            return "%dx%dx%d".formatted(channels, height, width);
        }
    }

    /**
     * The window of a convolution, a square.
     *
     * @param size side, at least 1
     * @param stride step from one window to the next, at least 1
     * @param padding rows and columns of zeros around the image, at least 0 and less than the size
     */
    record Kernel(int size, int stride, int padding) {
        /**
         * Checks the numbers.
         *
         * @param size side
         * @param stride step from one window to the next
         * @param padding rows and columns of zeros around the image
         * @throws IllegalArgumentException naming the one that is not in its range
         */
        public Kernel {
            if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
                throw new IllegalArgumentException(
                        "kernel: need size >= 1, stride >= 1 and padding from 0 to size - 1, got %d, %d and %d"
                                .formatted(size, stride, padding));
            }
        }

        /** Size of the image that windows of a larger one make up; less than 1 if none fits. */
        int shrunk(int length) {
            long room = length + 2L * padding - size;
            return room < 0 ? 0 : side(room / stride + 1);
        }

        /** Size of the image that windows set side by side fill. */
        int grown(int length) {
            return side((length - 1L) * stride + size - 2L * padding);
        }

        /** Larger than any image that is accepted instead of one that is no int. */
        private static int side(long length) {
            return (int) Math.min(length, Integer.MAX_VALUE);
        }
    }

    /** {@return the connectivity in which every neuron reaches every other; rows are a matrix's} */
    static Connectivity allToAll() {
        return AllToAll.ONE;
    }

    /**
     * {@return a connectivity in which every neuron has the same number of presynaptic ones, drawn
     * without repetition}
     *
     * @param fanIn synapses onto every neuron, at least 1
     * @param seed seed of the draws
     */
    static Connectivity random(int fanIn, long seed) {
        return new RandomFanIn(fanIn, seed);
    }

    /**
     * {@return a two-dimensional convolution: each filter has one kernel per channel, which all
     * places of the image share}
     *
     * @param image channels and size of the presynaptic image
     * @param filters channels of the postsynaptic image
     * @param kernel size, step and margin of the kernel
     */
    static Connectivity convolution(Image image, int filters, Kernel kernel) {
        return new Convolution(image, filters, kernel, false);
    }

    /**
     * {@return a transposed convolution, which reaches from a small image to a large one as the
     * feedback of a convolution does}
     *
     * @param image channels and size of the presynaptic image
     * @param filters channels of the postsynaptic image
     * @param kernel size, step and margin of the kernel
     */
    static Connectivity transposedConvolution(Image image, int filters, Kernel kernel) {
        return new Convolution(image, filters, kernel, true);
    }

    /**
     * {@return the mean over adjacent squares of an image, channel by channel; its synapses have a
     * fixed strength and do not learn}
     *
     * @param image channels and size of the presynaptic image
     * @param size side of the squares, neurons, at least 1
     */
    static Connectivity averagePooling(Image image, int size) {
        return new AveragePooling(image, size);
    }

    /**
     * {@return a connectivity from a population to itself in which no neuron reaches itself}
     *
     * @param among how a neuron reaches the others, as if these were all
     */
    static Connectivity others(Connectivity among) {
        return new Others(among);
    }

    /** {@return the connectivity in which neuron i reaches neuron i alone, with the strength 1} */
    static Connectivity identity() {
        return new Identity();
    }

    /**
     * {@return the same synapses of the strength s w, where w is what is stored and learns}
     *
     * @param unscaled a connectivity without a scale
     * @param scale s, finite and greater than 0; 1 changes nothing
     */
    static Connectivity scaled(Connectivity unscaled, double scale) {
        return scale == 1.0 ? unscaled : new Scaled(unscaled, scale);
    }

    /**
     * {@return the connectivity of a text that {@link #spec} wrote or a user}
     *
     * @param text such as "random:100,seed=1", "convolution:3x32x32,filters=8,kernel=3,padding=1",
     *     "average-pooling:8x32x32,size=2" or "others:all-to-all"
     * @throws IllegalArgumentException naming the part that is not understood, and those that are
     *     allowed there
     */
    static Connectivity parse(String text) {
        return ConnectivityText.read(text);
    }

    /** {@return the connectivity as it is written in a network file} */
    String spec();

    /**
     * A user's own connectivity with other parameters: {@code NAME:A,B} in a network file.
     *
     * @param parameters finite numbers, at least one
     * @return the connectivity, whose {@link #spec} is the name, a colon and its parameters
     * @throws IllegalArgumentException stating why the parameters are refused; by default there are
     *     none
     */
    default Connectivity with(List<Double> parameters) {
        throw new IllegalArgumentException(spec() + " has no parameters");
    }

    /**
     * Refuses populations between which this connectivity is not defined.
     *
     * @param presynaptic number of presynaptic neurons
     * @param postsynaptic number of postsynaptic neurons
     * @throws IllegalArgumentException with the numbers that are needed
     */
    void requireFit(int presynaptic, int postsynaptic);

    /**
     * {@return the synapses onto one neuron}
     *
     * @param neuron index of the postsynaptic neuron
     * @param presynaptic number of presynaptic neurons
     */
    Onto onto(int neuron, int presynaptic);

    /**
     * {@return the synapses onto one neuron, after a check of the lists}
     *
     * @param neuron index of the postsynaptic neuron
     * @param presynaptic number of presynaptic neurons
     * @throws IllegalArgumentException if the lists are not as {@link Onto} defines them
     */
    default Onto checkedOnto(int neuron, int presynaptic) {
        Onto onto = onto(neuron, presynaptic);
        if (onto == null) {
            throw new IllegalArgumentException(
                    "connectivity %s: onto gives null for neuron %d".formatted(spec(), neuron));
        }
        int before = -1;
        boolean wrong = onto.numbers().length != onto.presynaptic().length;
        for (int j : onto.presynaptic()) {
            wrong |= j <= before || j >= presynaptic;
            before = j;
        }
        for (int at : onto.numbers()) {
            wrong |= at < 0 || !isFixed() && at >= rowLength(presynaptic);
        }
        if (wrong) {
            throw new IllegalArgumentException(
                    "connectivity %s: the presynaptic neurons of one must ascend and be less than %d, and the places of their strengths be less than %d"
                            .formatted(spec(), presynaptic, rowLength(presynaptic)));
        }
        return onto;
    }

    /**
     * {@return the largest number of synapses onto one neuron}
     *
     * @param presynaptic number of presynaptic neurons
     */
    int fanIn(int presynaptic);

    /**
     * {@return the number of stored rows; 0 where the strengths are fixed}
     *
     * @param postsynaptic number of postsynaptic neurons
     */
    default int rows(int postsynaptic) {
        return isFixed() ? 0 : postsynaptic;
    }

    /**
     * {@return the length of a stored row; 0 where the strengths are fixed}
     *
     * @param presynaptic number of presynaptic neurons
     */
    default int rowLength(int presynaptic) {
        return isFixed() ? 0 : fanIn(presynaptic);
    }

    /**
     * {@return whether several neurons use one row} Their synapses then change together, which no
     * single synapse could do from what it sees.
     */
    default boolean shares() {
        return false;
    }

    /** {@return the strength of all synapses where it is fixed and not stored; NaN elsewhere} */
    default double fixed() {
        return Double.NaN;
    }

    /** {@return the strength of a synapse over its stored number; {@link #fixed} has it already} */
    default double scale() {
        return 1.0;
    }

    /** {@return the same without its {@link #scale}} */
    default Connectivity unscaled() {
        return this;
    }

    /** {@return whether the strength of all synapses is fixed, so that nothing learns} */
    default boolean isFixed() {
        return !Double.isNaN(fixed());
    }

    /** {@return whether it leads from a population to itself, and to no other} */
    default boolean isAmongOthers() {
        return false;
    }

    /** {@return whether what is stored is the matrix by which the synapses multiply} */
    default boolean isMatrix() {
        return equals(allToAll());
    }

    /**
     * {@return the number of synapses of a whole projection} By default {@link #fanIn} onto every
     * neuron, which is too many where some have fewer, as at the margin of an image: a connectivity
     * that knows the sum states it here. Networks are refused by it if they are too large.
     *
     * @param presynaptic number of presynaptic neurons
     * @param postsynaptic number of postsynaptic neurons
     */
    default long synapses(int presynaptic, int postsynaptic) {
        return (long) fanIn(presynaptic) * postsynaptic;
    }

    /**
     * {@return the synapses onto one cell, all of strength 0 unless it is fixed}
     *
     * @param from first of the cell's neurons, in the postsynaptic population
     * @param to one past the last
     * @param presynaptic number of presynaptic neurons
     */
    default Weights zeros(int from, int to, int presynaptic) {
        return StructuredWeights.zeros(this, from, to, presynaptic, null);
    }

    /**
     * {@return the same for a cell with a column for some presynaptic neurons only}
     *
     * @param from first of the cell's neurons, in the postsynaptic population
     * @param to one past the last
     * @param presynaptic number of presynaptic neurons
     * @param linked presynaptic neurons of the columns, ascending; no other has a synapse onto it
     */
    default Weights zeros(int from, int to, int presynaptic, int[] linked) {
        return StructuredWeights.zeros(this, from, to, presynaptic, linked);
    }
}
