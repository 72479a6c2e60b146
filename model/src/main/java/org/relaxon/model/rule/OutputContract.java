package org.relaxon.model.rule;

import java.util.Arrays;
import java.util.Locale;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** How a user's rule nudges an output: towards the target, and by the loss of the network. */
final class OutputContract {
    /** Share of the size of a sum that counts as a sign. */
    private static final double TOLERANCE = 1e-4;

    private final Rule rule;
    private final Rule judge;
    private final Network network;
    private final Population output;

    OutputContract(Rule rule, Rule judge, Network network, Population output) {
        this.rule = rule;
        this.judge = judge;
        this.network = network;
        this.output = output;
    }

    /**
     * Refuses a nudge that points away from the target, or that is the same under another loss.
     *
     * @param weak a nudged phase
     * @param strong the same with a larger strength
     */
    void require(Phase weak, Phase strong) {
        ProbedCell cell = new ProbedCell(judge, network, output, weak);
        double[] drive = RuleContract.normals(cell, 0);
        CellState from = rested(cell, drive);
        requireDirection(from, rested(new ProbedCell(judge, network, output, strong), drive));
        if (network.loss() != StandardLoss.SQUARED) {
            requireLoss(
                    from,
                    rested(
                            new ProbedCell(judge, network, output, weak, StandardLoss.SQUARED),
                            drive));
        }
    }

    private static CellState rested(ProbedCell cell, double[] drive) {
        return cell.relaxed(drive, new double[drive.length], 0.0);
    }

    /** The output's feedback grows with the strength in the direction of -dL/dx. */
    private void requireDirection(CellState from, CellState to) {
        double[] pull = new double[from.activity().length];
        int columns = from.columns();
        for (int c = 0; c < columns; c++) {
            network.loss()
                    .pull(
                            from.activity(),
                            from.target(),
                            output.size(),
                            columns,
                            c,
                            Elementary.STRICT,
                            pull);
        }
        double along = 0.0;
        double size = 0.0;
        for (int k = 0; k < pull.length; k++) {
            double more = (to.backward()[k] - from.backward()[k]) * pull[k];
            along += more;
            size += Math.abs(more);
        }
        if (along < -TOLERANCE * size) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "rule %s: correct nudges an output away from its target: a stronger nudge sends back %.6g times -dL/dx (outputError of an ErrorForm)",
                            rule.optionName(),
                            along));
        }
    }

    /** A rule that knows one loss would settle, under any other, to a gradient of that one. */
    private void requireLoss(CellState own, CellState squared) {
        if (Arrays.equals(own.backward(), squared.backward())) {
            throw new IllegalArgumentException(
                    "rule %s: correct nudges an output by the squared distance, and the loss is %s: nudge by the loss of the state, or refuse other losses in validate"
                            .formatted(rule.optionName(), network.loss().optionName()));
        }
    }
}
