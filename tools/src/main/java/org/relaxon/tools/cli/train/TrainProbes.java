package org.relaxon.tools.cli.train;

import java.nio.file.Path;
import java.util.List;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.tools.cli.run.Probes;
import picocli.CommandLine.Option;

/** Options that record cells during a training, without an effect on it. */
final class TrainProbes {
    @Option(
            names = "--probe",
            paramLabel = "CELL[:NEURON]=Q,...",
            description =
                    "Record activity, error, residual or energy (also sent, received, stale, lost,"
                            + " in-flight) of a cell, or of one neuron by its index in the layer, at"
                            + " each relaxation in some steps (--probe-every), as settle does: as"
                            + " CSV, NPZ and pictures in the run directory of --out. With"
                            + " --in-flight, of the first part of a minibatch. A checkpoint keeps no"
                            + " rows. May be repeated.")
    private List<String> probed;

    @Option(
            names = "--probe-every",
            paramLabel = "N",
            description =
                    "Steps from one that --probe records to the next, from the first on. Default"
                            + " the steps of an epoch.")
    private Long every;

    /**
     * The probes, checked before anything runs; null for none.
     *
     * @param perEpoch steps of an epoch
     * @param out where run directories are to be; null for nowhere
     * @throws IllegalArgumentException naming an option that has no effect or is out of range
     */
    Probes recorded(TrainPlan plan, long perEpoch, Path out) {
        if (probed == null) {
            if (every != null) {
                throw new IllegalArgumentException("probe-every: has no effect without --probe");
            }
            return null;
        }
        if (out == null) {
            throw new IllegalArgumentException(
                    "probe: series are written to a run directory; give --out DIR");
        }
        if (every != null && every < 1) {
            throw new IllegalArgumentException(
                    "probe-every: %d is not at least 1 step".formatted(every));
        }
        List<CellId> cells = Wiring.of(plan.network(), plan.run().granularity()).cells();
        int lanes = plan.pace().inFlight();
        int part = (plan.pace().batch() + lanes - 1) / lanes;
        return Probes.ofTraining(
                probed,
                plan.network(),
                plan.run().rule(),
                cells,
                part * plan.method().columnsPerExample(),
                every == null ? perEpoch : every);
    }
}
