package org.relaxon.experiments.training;

/** Treatment of examples that do not settle. */
public enum Unsettled {
    /** They end the training. */
    FAIL,
    /** They are left out and counted; a training in which nothing settles any more ends. */
    DROP,
    /** They are left out and counted, however many they are. */
    CONTINUE
}
