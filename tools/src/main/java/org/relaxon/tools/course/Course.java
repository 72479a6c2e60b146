package org.relaxon.tools.course;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Sampling;

/**
 * Energy and largest residual of all cells over the phases of a settling. When there are too many
 * points, every second is removed and half as many are taken from then on.
 */
final class Course implements Observer {
    /** Columns of the table. */
    static final List<String> HEADER =
            List.of("phase", "kind", "unit", "time", "relaxations", "energy", "residual");

    private static final int POINTS_MAX = 480;

    private record Point(
            int phase,
            String kind,
            Frame.Unit unit,
            long time,
            long relaxations,
            double energy,
            double residual) {}

    private final CellReadings readings;
    private final long every;
    private final List<Point> points = new ArrayList<>();
    private Phase phase;
    private int number; // from 1
    private long frames;
    private long stride = 1;

    /**
     * @param readings of the session
     * @param every relaxations of a cell from one frame to the next
     */
    Course(CellReadings readings, long every) {
        this.readings = readings;
        this.every = every;
    }

    Observation observation() {
        Set<Quantity> what = EnumSet.of(Quantity.ACTIVITY, Quantity.RESIDUAL);
        if (readings.hasEnergy()) {
            what.add(Quantity.ENERGY);
        }
        return new Observation(Sampling.everyRelaxations(every).withQuantities(what), this);
    }

    @Override
    public void began(long phaseId, Phase imposed) {
        readings.clear();
        phase = imposed;
        number++;
    }

    @Override
    public void sampled(Frame frame) {
        readings.put(frame);
        if (!frame.last() && frames++ % stride == 0) {
            add(frame);
        }
    }

    private void add(Frame frame) {
        points.add(
                new Point(
                        number,
                        CellReadings.kind(phase),
                        frame.unit(),
                        frame.time(),
                        readings.relaxations(),
                        readings.energy(phase),
                        readings.residual()));
        if (points.size() > POINTS_MAX) {
            for (int k = points.size() - 2; k >= 0; k -= 2) {
                points.remove(k);
            }
            stride *= 2;
        }
    }

    /** Rows of a table under {@link #HEADER}; an unknown energy is empty. */
    List<List<String>> rows() {
        List<List<String>> out = new ArrayList<>();
        for (Point p : points) {
            boolean sweeps = p.unit() == Frame.Unit.SWEEPS;
            out.add(
                    List.of(
                            Integer.toString(p.phase()),
                            p.kind(),
                            sweeps ? "sweeps" : "ns",
                            Long.toString(p.time()),
                            Long.toString(p.relaxations()),
                            Double.isNaN(p.energy()) ? "" : Double.toString(p.energy()),
                            Double.toString(p.residual())));
        }
        return out;
    }
}
