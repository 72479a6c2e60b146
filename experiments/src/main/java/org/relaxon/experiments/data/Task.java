package org.relaxon.experiments.data;

import java.util.Locale;

/** The meaning of a network's outputs, and hence how they are scored. */
public enum Task {
    /** One output per class; the largest output names the class. Scored by accuracy. */
    CLASSIFICATION,
    /** One output between two codes, 0 and 1 or -1 and 1. Scored by accuracy. */
    BINARY,
    /** Outputs are quantities. Scored by R2; there is no accuracy. */
    REGRESSION,
    /** The target is the input. Scored as a regression. */
    RECONSTRUCTION;

    /** {@return the name on the command line and in files} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether an output is either right or wrong} */
    public boolean hasAccuracy() {
        return this == CLASSIFICATION || this == BINARY;
    }

    /**
     * {@return the task of some sets, inferred from the labels and targets of all their examples}
     * Labels, or one-hot or soft targets (non-negative, sum 1) of 2 or more outputs, make a
     * classification; one output of 0 and 1 or of -1 and 1 a binary task; targets that equal the
     * inputs a reconstruction; everything else a regression.
     *
     * @param sets of one problem, such as the training and the test set
     */
    public static Task of(DataSet... sets) {
        boolean labelled = true;
        for (DataSet set : sets) {
            labelled &= set.hasLabels() && set.classes() > 1;
        }
        if (labelled) {
            return CLASSIFICATION;
        }
        TaskEvidence evidence = new TaskEvidence();
        for (DataSet set : sets) {
            evidence.add(set);
        }
        return evidence.task();
    }
}
