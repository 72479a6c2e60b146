package org.relaxon.experiments.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Another setting, and the options that select it.
 *
 * @param words options and values to add
 * @param replaced options to remove
 */
record Candidate(List<String> words, List<String> replaced, Setting setting) {
    static final String THRESHOLD = "--threshold";
    static final String TIME = "--budget-time";
    static final String SWEEPS = "--budget-sweeps";

    Candidate {
        words = List.copyOf(words);
        replaced = List.copyOf(replaced);
    }

    static Candidate of(Setting setting) {
        return new Candidate(List.of(), List.of(), setting);
    }

    /** {@return whether only the host time is changed} */
    boolean isLonger() {
        return words.size() == 2 && (words.contains(TIME) || words.contains(SWEEPS));
    }

    /** {@return the change in words} */
    String text() {
        return text(words, replaced);
    }

    /** Options to leave out, unless they are only replaced, and those to add. */
    static String text(List<String> words, List<String> replaced) {
        boolean dropped = replaced.contains(THRESHOLD); // no other option takes its place
        if (words.isEmpty() && !replaced.isEmpty()) {
            return "leave out " + String.join(", ", replaced);
        }
        return (dropped ? "leave out " + THRESHOLD + " and take " : "") + String.join(" ", words);
    }

    /** The same with one option changed. */
    Candidate with(String option, String value, UnaryOperator<Setting> change) {
        return without(option).adding(option, value, change);
    }

    private Candidate adding(String option, String value, UnaryOperator<Setting> change) {
        List<String> more = new ArrayList<>(words);
        more.addAll(List.of(option, value));
        return new Candidate(more, replaced, change.apply(setting));
    }

    /** The same with an option given once for each value; without values it is removed. */
    Candidate withAll(String option, List<String> values) {
        Candidate out = without(option);
        for (String value : values) {
            out = out.adding(option, value, UnaryOperator.identity());
        }
        return out;
    }

    /** The same with another setting. */
    Candidate of(UnaryOperator<Setting> change) {
        return new Candidate(words, replaced, change.apply(setting));
    }

    /** The same without options that conflict with the added ones. */
    Candidate without(String... options) {
        List<String> more = new ArrayList<>(replaced);
        more.addAll(List.of(options));
        return new Candidate(words, more, setting);
    }
}
