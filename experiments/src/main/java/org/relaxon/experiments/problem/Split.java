package org.relaxon.experiments.problem;

import org.relaxon.experiments.data.DataSet;

/**
 * What a network is trained on, and what it is tested on.
 *
 * @param description one line that tells sets apart
 */
public record Split(DataSet train, DataSet test, String description) {
    /**
     * @throws IllegalArgumentException if so many examples to train on do not make one batch
     */
    public void requireBatch(int size) {
        if (size < 1 || size > train.size()) {
            throw new IllegalArgumentException(
                    "batch: %d is not in 1..%d, the examples of %s"
                            .formatted(size, train.size(), train.name()));
        }
    }

    /**
     * @throws IllegalArgumentException if the sets do not fit a network
     */
    public void requireFit(int inputs, int outputs) {
        for (DataSet set : new DataSet[] {train, test}) {
            if (set.inputs() != inputs || set.classes() != outputs) {
                throw new IllegalArgumentException(
                        "layers: the network has %d inputs and %d outputs, %s has %d inputs and %d classes"
                                .formatted(
                                        inputs, outputs, set.name(), set.inputs(), set.classes()));
            }
        }
    }
}
