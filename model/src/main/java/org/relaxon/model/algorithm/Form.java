package org.relaxon.model.algorithm;

import java.util.Locale;

/** What cells hold in the phases that a contrastive estimate compares. */
public enum Form {
    /** Absolute activities, whose products are subtracted: loses accuracy of order eps / beta. */
    PLAIN,
    /** Differences from the free state: loses nothing of the size of beta. */
    DIFFERENCE;

    /** {@return the name in options} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
