package org.relaxon.tools.report;

/** The outcomes of a run, worst first. */
enum Outcome {
    DOES_NOT_HOLD("The claim does not hold", "bad"),
    NOT_SETTLED("Not settled: no gradient is claimed", "bad"),
    NOT_JUDGED("Not judged: this run does not decide whether the claim holds", "unknown"),
    UNSETTLED("Unsettled: the training ended because examples did not settle", "bad"),
    DIVERGED("Diverged: the training ended because its numbers grew without bound", "bad"),
    INTERRUPTED("Interrupted: stopped before it was complete", "unknown"),
    PARTLY_SETTLED("Partly settled: a gradient is claimed only for the settled rows", "mixed"),
    PARTLY_TRAINED("Partly trained: not all trainings were completed", "mixed"),
    UNKNOWN("No verdict recorded", "unknown"),
    DISAGREES("Not verified (no gradient is claimed)", "bad"),
    DONE("Done (no gradient is claimed)", "good"),
    TRAINED(
            "Trained (no gradient is claimed for a training, and its score is not judged)",
            "unknown"),
    AT_REST("Settled (no gradient is claimed: the network has no energy)", "good"),
    SETTLED("Settled", "good"),
    HOLDS("The claim holds", "good");

    private final String text;
    private final String style;

    Outcome(String text, String style) {
        this.text = text;
        this.style = style;
    }

    String text() {
        return text;
    }

    /** The class in the style sheet. */
    String style() {
        return style;
    }
}
