package org.relaxon.experiments.training;

/** Treatment of examples that do not settle. */
public enum Unsettled {
    /** They end the training. */
    FAIL,
    /** They are left out and counted. */
    DROP
}
