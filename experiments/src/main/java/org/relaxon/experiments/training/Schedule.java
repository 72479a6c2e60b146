package org.relaxon.experiments.training;

import java.util.Locale;

/** When weights change. */
public enum Schedule {
    /** At equilibrium, once per minibatch. */
    PHASED,
    /** At every relaxation under the target, by how much the local update has moved. */
    CONTINUAL;

    /** The name in options. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
