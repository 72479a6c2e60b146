package org.relaxon.tools.report;

/** What came of a run, worst first. */
enum Outcome {
    DOES_NOT_HOLD("The claim does not hold", "bad"),
    NOT_SETTLED("Not settled: no gradient is claimed", "bad"),
    INTERRUPTED("Interrupted: stopped before it was whole", "unknown"),
    PARTLY_SETTLED("Partly settled: a gradient is claimed for the settled rows alone", "mixed"),
    PARTLY_TRAINED("Partly trained: not all trainings went on to their end", "mixed"),
    UNKNOWN("No verdict recorded", "unknown"),
    DONE("Done; no gradient is claimed", "good"),
    TRAINED("Trained; of a training no gradient is claimed", "good"),
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
