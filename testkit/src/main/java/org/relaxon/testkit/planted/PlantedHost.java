package org.relaxon.testkit.planted;

import java.util.function.Supplier;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.virtual.VirtualHost;

/** A host in virtual time with planted mistakes. */
public final class PlantedHost extends VirtualHost {
    private final boolean credulous;
    private final Supplier<WaveDetector> detectors;
    private final Arrival arrival;

    private PlantedHost(boolean credulous, Supplier<WaveDetector> detectors, Arrival arrival) {
        this.credulous = credulous;
        this.detectors = detectors;
        this.arrival = arrival;
    }

    /** {@return a host that takes quiescence for settling} */
    public static PlantedHost credulous() {
        return new PlantedHost(true, FourCounter::new, Arrival.UNCHANGED);
    }

    /**
     * {@return a host with another detector, used if the plan asks for probe waves}
     *
     * @param detectors makes the detector of each session
     */
    public static PlantedHost detecting(Supplier<WaveDetector> detectors) {
        return new PlantedHost(false, detectors, Arrival.UNCHANGED);
    }

    /**
     * {@return a host on which parcels arrive changed}
     *
     * @param arrival changes each parcel
     */
    public static PlantedHost receiving(Arrival arrival) {
        return new PlantedHost(false, FourCounter::new, arrival);
    }

    /**
     * {@return the same host with parcels that arrive changed}
     *
     * @param value changes each parcel
     */
    public PlantedHost withArrival(Arrival value) {
        return new PlantedHost(credulous, detectors, value);
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
    protected Parcel arrived(Cell receiver, int slot, Parcel parcel) {
        return arrival.arrive(receiver, slot, parcel);
    }
}
