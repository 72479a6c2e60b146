package org.relaxon.model.connectivity;

/**
 * The mean over adjacent squares. Rows and columns beyond the last whole square reach nothing.
 *
 * @param image presynaptic image
 * @param size side of the squares
 */
record AveragePooling(Image image, int size) implements Connectivity {
    AveragePooling {
        if (size < 1 || size > image.height() || size > image.width()) {
            throw new IllegalArgumentException(
                    "pooling: need a size from 1 to the side of %s, got %d".formatted(image, size));
        }
    }

    private Image target() {
        return new Image(image.channels(), image.height() / size, image.width() / size);
    }

    @Override
    public String spec() {
        return "average-pooling:%s,size=%d".formatted(image, size);
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        image.requireFit(presynaptic, target(), postsynaptic);
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        Image to = target();
        int channel = to.channelOf(neuron);
        int y = to.rowOf(neuron);
        int x = to.columnOf(neuron);
        int[] pre = new int[size * size];
        for (int k = 0; k < pre.length; k++) {
            pre[k] = image.neuron(channel, y * size + k / size, x * size + k % size);
        }
        return new Onto(0, pre, new int[pre.length]);
    }

    @Override
    public int fanIn(int presynaptic) {
        return size * size;
    }

    @Override
    public double fixed() {
        return 1.0 / ((double) size * size);
    }
}
