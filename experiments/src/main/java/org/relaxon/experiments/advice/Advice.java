package org.relaxon.experiments.advice;

import java.util.List;
import java.util.Locale;

/**
 * What to do about a run that was refused.
 *
 * @param words options that make it settle, which was tried; empty if nothing that was tried does
 * @param replaced options that have to go
 * @param messages of the trial that settled
 * @param tried what was tried without success, in order
 */
public record Advice(List<String> words, List<String> replaced, long messages, List<String> tried) {
    /** Of a run about which nothing can be done or tried. */
    static final Advice NOTHING = new Advice(List.of(), List.of(), 0, List.of());

    public Advice {
        words = List.copyOf(words);
        replaced = List.copyOf(replaced);
        tried = List.copyOf(tried);
    }

    /** True if something settled. */
    public boolean isFound() {
        return !words.isEmpty();
    }

    /** For a reader, one line; empty if nothing was tried. */
    public String line() {
        if (isFound()) {
            return String.format(
                    Locale.ROOT,
                    "%s (tried: settles in %d messages)",
                    String.join(" ", words),
                    messages);
        }
        return tried.isEmpty() ? "" : "none known; tried without success: " + text(tried);
    }

    private static String text(List<String> tried) {
        return String.join("; ", tried);
    }
}
