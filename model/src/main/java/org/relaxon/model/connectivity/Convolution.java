package org.relaxon.model.connectivity;

import java.util.Arrays;

/**
 * One kernel per filter and channel, shared by all places. With window offset k, output place o and
 * input place i, a convolution has i = o stride - padding + k; a transposed one has o = i stride -
 * padding + k. A stored row belongs to a filter and holds (channel, row, column) of its kernels.
 *
 * @param image presynaptic image
 * @param filters channels of the postsynaptic image
 * @param kernel the window
 * @param transposed whether the postsynaptic image is the larger one
 */
record Convolution(Image image, int filters, Kernel kernel, boolean transposed)
        implements Connectivity {
    Convolution {
        target(image, filters, kernel, transposed); // refuses what has no image
        if ((double) image.channels() * kernel.size() * kernel.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "convolution: a kernel of size %d over %s has too many numbers"
                            .formatted(kernel.size(), image));
        }
    }

    private Image target() {
        return target(image, filters, kernel, transposed);
    }

    private static Image target(Image from, int filters, Kernel kernel, boolean transposed) {
        int height = transposed ? kernel.grown(from.height()) : kernel.shrunk(from.height());
        int width = transposed ? kernel.grown(from.width()) : kernel.shrunk(from.width());
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "convolution: a kernel of size %d with padding %d has no place on %s"
                            .formatted(kernel.size(), kernel.padding(), from));
        }
        return new Image(filters, height, width);
    }

    @Override
    public String spec() {
        return "%s:%s,filters=%d,kernel=%d,stride=%d,padding=%d"
                .formatted(
                        transposed ? "transposed-convolution" : "convolution",
                        image,
                        filters,
                        kernel.size(),
                        kernel.stride(),
                        kernel.padding());
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        image.requireFit(presynaptic, target(), postsynaptic);
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        Image to = target();
        int filter = to.channelOf(neuron);
        int y = to.rowOf(neuron);
        int x = to.columnOf(neuron);
        int[] pre = new int[fanIn(presynaptic)];
        int[] numbers = new int[pre.length];
        int count = 0;
        for (int c = 0; c < image.channels(); c++) {
            for (int i = first(y); i <= last(y, image.height()); i++) {
                int ky = offset(y, i);
                for (int j = first(x); ky >= 0 && j <= last(x, image.width()); j++) {
                    int kx = offset(x, j);
                    if (kx >= 0) {
                        pre[count] = image.neuron(c, i, j);
                        numbers[count++] = (c * kernel.size() + ky) * kernel.size() + kx;
                    }
                }
            }
        }
        return new Onto(filter, Arrays.copyOf(pre, count), Arrays.copyOf(numbers, count));
    }

    /** First place of the presynaptic image that may reach a place, along one axis. */
    private int first(int place) {
        int reach =
                transposed
                        ? -Math.floorDiv(
                                kernel.size() - 1 - place - kernel.padding(), kernel.stride())
                        : place * kernel.stride() - kernel.padding();
        return Math.max(0, reach);
    }

    private int last(int place, int length) {
        int reach =
                transposed
                        ? (place + kernel.padding()) / kernel.stride()
                        : place * kernel.stride() - kernel.padding() + kernel.size() - 1;
        return Math.min(length - 1, reach);
    }

    /** Offset in the window between two places; negative if there is no synapse. */
    private int offset(int post, int pre) {
        int from = transposed ? pre : post;
        int to = transposed ? post : pre;
        int offset = to - from * kernel.stride() + kernel.padding();
        return offset < kernel.size() ? offset : -1;
    }

    /** A window that hangs over the edge of the image has fewer than the {@link #fanIn}. */
    @Override
    public long synapses(int presynaptic, int postsynaptic) {
        long down = pairs(target().height(), image.height());
        long across = pairs(target().width(), image.width());
        return Math.multiplyExact((long) filters * image.channels(), down * across);
    }

    /** Pairs of places that are linked, along one axis. */
    private long pairs(int posts, int pres) {
        long sum = 0;
        for (int post = 0; post < posts; post++) {
            for (int pre = first(post); pre <= last(post, pres); pre++) {
                sum += offset(post, pre) >= 0 ? 1 : 0;
            }
        }
        return sum;
    }

    @Override
    public int fanIn(int presynaptic) {
        int across = transposed ? (kernel.size() - 1) / kernel.stride() + 1 : kernel.size();
        return image.channels() * across * across;
    }

    @Override
    public int rows(int postsynaptic) {
        return filters;
    }

    @Override
    public int rowLength(int presynaptic) {
        return image.channels() * kernel.size() * kernel.size();
    }

    @Override
    public boolean shares() {
        return true;
    }
}
