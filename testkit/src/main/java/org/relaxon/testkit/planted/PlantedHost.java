package org.relaxon.testkit.planted;

import java.util.function.Supplier;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.virtual.VirtualHost;

/** A host in virtual time with planted mistakes. */
public final class PlantedHost extends VirtualHost {
    private static final int EACH_CELL = Integer.MAX_VALUE;

    private final boolean credulous;
    private final Supplier<WaveDetector> detectors;
    private final Arrival arrival;
    private final int shards; // with a detector each

    private PlantedHost(
            boolean credulous, Supplier<WaveDetector> detectors, Arrival arrival, int shards) {
        this.credulous = credulous;
        this.detectors = detectors;
        this.arrival = arrival;
        this.shards = shards;
    }

    /** {@return a host that takes quiescence for settling} */
    public static PlantedHost credulous() {
        return new PlantedHost(true, FourCounter::new, Arrival.UNCHANGED, EACH_CELL);
    }

    /**
     * {@return a host with another root detector, used if the plan asks for probe waves}
     *
     * @param detectors makes the root detector of each session
     */
    public static PlantedHost detecting(Supplier<WaveDetector> detectors) {
        return detecting(detectors, EACH_CELL);
    }

    /**
     * {@return a host with another root detector over detectors of shards, used if the plan asks
     * for probe waves}
     *
     * @param detectors makes the root detector of each session
     * @param shards shards with a detector each, at least 1; at most one per cell is used
     */
    public static PlantedHost detecting(Supplier<WaveDetector> detectors, int shards) {
        return new PlantedHost(false, detectors, Arrival.UNCHANGED, shards);
    }

    /**
     * {@return a host on which parcels arrive changed}
     *
     * @param arrival changes each parcel
     */
    public static PlantedHost receiving(Arrival arrival) {
        return new PlantedHost(false, FourCounter::new, arrival, EACH_CELL);
    }

    /**
     * {@return the same host with parcels that arrive changed}
     *
     * @param value changes each parcel
     */
    public PlantedHost withArrival(Arrival value) {
        return new PlantedHost(credulous, detectors, value, shards);
    }

    @Override
    protected Judge judge(Wiring wiring, double tolerance) {
        return credulous ? new CredulousJudge(wiring, tolerance) : super.judge(wiring, tolerance);
    }

    @Override
    protected WaveDetector detector() {
        return detectors.get();
    }

    @Override
    protected Division detectors(int cells) {
        return Division.atMost(shards, cells);
    }

    @Override
    protected Parcel arrived(Cell receiver, int slot, Parcel parcel) {
        return arrival.arrive(receiver, slot, parcel);
    }
}
