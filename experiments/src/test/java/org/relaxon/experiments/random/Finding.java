package org.relaxon.experiments.random;

/**
 * What a run did that it should not have done.
 *
 * @param kind of fault
 * @param detail one line
 */
record Finding(Kind kind, String detail) {
    enum Kind {
        /** An exception that is no refusal. */
        CRASH,
        /** A projection's update that is off by more than was declared, and not named. */
        PROJECTION,
        /** A projection named as hidden by rounding where rounding is far less. */
        OVER_NAMED,
        /** Refused as unresolved where it is certified, or where rounding is far less. */
        UNRESOLVED,
        /** Settled where the energy has a direction of descent. */
        SADDLE,
        /** Refused as a saddle where the energy bends upwards in every direction. */
        NO_SADDLE,
        /** Settled in another basin than the free state's. */
        OTHER_BASIN,
        /** Refused as multistable where both phases rest in one basin. */
        SAME_BASIN,
        /** Certified or advised, and did not settle. */
        ADVICE,
        /** Settled where no solution can be found to set the update beside, for no reason. */
        UNTOLD,
        /** An update that is not finite. */
        NOT_FINITE
    }
}
