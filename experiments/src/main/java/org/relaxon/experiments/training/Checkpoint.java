package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.RunReport.Ledger;

/**
 * A state from which a training resumes. Its arrays are copies that no other code changes.
 *
 * @param provenance all settings that determine the learning from here on
 * @param step changes of the weights made
 * @param ledger cost so far
 * @param dropped examples left out so far
 * @param restless frames so far that ended before the network was at rest
 * @param curve evaluations so far, this step's included
 * @param changes settings that changed so far, in order
 * @param parameters weights and biases after these steps
 * @param memories of the optimiser, 0 to 2
 */
public record Checkpoint(
        Provenance provenance,
        long step,
        Ledger ledger,
        long dropped,
        long restless,
        List<Evaluation> curve,
        List<SettingChange> changes,
        Parameters parameters,
        List<Parameters> memories) {}
