package org.relaxon.experiments.provenance;

/**
 * One setting in which two runs differ.
 *
 * @param name of the setting
 * @param before its value in the stored run, for display
 * @param now its value in the requested run, likewise
 */
public record Difference(String name, String before, String now) {
    @Override
    public String toString() {
        return "%s was %s and is %s now".formatted(name, before, now);
    }
}
