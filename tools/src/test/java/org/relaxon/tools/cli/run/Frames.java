package org.relaxon.tools.cli.run;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;

/** Frames as a host would deliver them. */
public final class Frames {
    private Frames() {}

    /** The cell of a whole population, called "1". */
    public static CellId cell(int neurons) {
        Population whole =
                new Population(1, "1", neurons, Population.Role.HIDDEN, StandardActivation.TANH);
        return new CellId(0, whole, 0, neurons);
    }

    /** The activity of one cell. */
    public static Frame of(
            CellId cell, long phaseId, long sequence, long relaxations, double... activity) {
        int[] neurons = IntStream.range(cell.from(), cell.to()).toArray();
        return new Frame(
                cell,
                phaseId,
                sequence,
                relaxations,
                0,
                Frame.Unit.VIRTUAL_NANOS,
                false,
                List.of(
                        Reading.ofNeurons(
                                Quantity.ACTIVITY, cell.from(), cell.size(), neurons, activity)));
    }
}
