package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.model.network.Parameters;

/**
 * A state from which a training goes on. Its arrays are copies that nobody else changes.
 *
 * @param identity what the training is, in one line
 * @param step changes of the weights made
 * @param messages signals sent so far
 * @param synapticOperations made so far
 * @param dropped examples left out so far
 * @param restless frames so far that ended before the network was at rest
 * @param curve evaluations so far, this step's included
 * @param memories of the optimiser, 0 to 2
 */
public record Checkpoint(
        String identity,
        long step,
        long messages,
        long synapticOperations,
        long dropped,
        long restless,
        List<Evaluation> curve,
        Parameters parameters,
        List<Parameters> memories) {

    /**
     * @throws IllegalArgumentException if this is a state of another training
     */
    void requireOf(String other) {
        if (!identity.equals(other)) {
            throw new IllegalArgumentException(
                    "resume: the checkpoint is of another training: \"%s\", not \"%s\""
                            .formatted(identity, other));
        }
    }
}
