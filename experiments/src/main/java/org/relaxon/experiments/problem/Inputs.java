package org.relaxon.experiments.problem;

import java.util.Locale;

/** The range of presented inputs. */
public enum Inputs {
    /** From -1 to 1. */
    SIGNED,
    /** Unchanged from their file; pixels from 0 to 255. */
    UNIT,
    /** As they stand in their file; pixels from 0 to 255. */
    RAW,
    /** With mean 0 and standard deviation 1 over the examples to train on. */
    STANDARD;

    /** {@return the name on the command line} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
