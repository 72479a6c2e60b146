package org.relaxon.experiments.reproduction.published;

/**
 * In which order layers move, how old the states are that they read, and who moves the multipliers:
 * the modes of the published study. One event moves one layer, and a sweep is as many events as
 * there are hidden layers. All multipliers that are read are current.
 */
public enum PublishedSchedule {
    /** All layers at once, then all multipliers. */
    SYNCHRONOUS("synchronous", Order.ALL, false, 0.0, 0.0),
    /** One layer an event, drawn evenly; all multipliers after every sweep. */
    COORDINATE("random coordinate", Order.EVEN, false, 0.0, 0.0),
    /** Every layer once a sweep, in random order; all multipliers after every sweep. */
    PERMUTATION("permutation", Order.PERMUTATION, false, 0.0, 0.0),
    /** As drawn evenly, neighbours as they were up to a sweep ago. */
    GLOBAL_STALE("global, 1 sweep stale", Order.EVEN, false, 1.0, 0.0),
    /** The same up to two sweeps ago. */
    GLOBAL_OLDER("global, 2 sweeps stale", Order.EVEN, false, 2.0, 0.0),
    /** Drawn evenly; a layer moves its own multiplier after its state. */
    LOCAL("local", Order.EVEN, true, 0.0, 0.0),
    /** The same, neighbours as they were up to a quarter of a sweep ago. */
    LOCAL_QUARTER("local, 1/4 sweep stale", Order.EVEN, true, 0.25, 0.0),
    /** The same up to a sweep ago. */
    LOCAL_STALE("local, 1 sweep stale", Order.EVEN, true, 1.0, 0.0),
    /** Drawn with probabilities proportional to exp(1.5 N(0, 1)); all multipliers every sweep. */
    RATES("unequal rates", Order.EVEN, false, 0.0, 1.5);

    /** Which layer is next. */
    enum Order {
        ALL,
        EVEN,
        PERMUTATION
    }

    private final String reportName;
    private final Order order;
    private final boolean local;
    private final double sweeps;
    private final double spread;

    PublishedSchedule(String reportName, Order order, boolean local, double sweeps, double spread) {
        this.reportName = reportName;
        this.order = order;
        this.local = local;
        this.sweeps = sweeps;
        this.spread = spread;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    /** {@return whether a layer moves its own multiplier, and there is no barrier} */
    public boolean isLocal() {
        return local;
    }

    /** {@return whether the published comparison of depths has it} */
    public boolean isOfEveryDepth() {
        return this != GLOBAL_OLDER && this != LOCAL_QUARTER && this != RATES;
    }

    Order order() {
        return order;
    }

    double spread() {
        return spread;
    }

    /** The oldest version that is read, in events. */
    int staleness(int layers) {
        return (int) Math.rint(sweeps * layers);
    }
}
