package org.relaxon.experiments.advice;

import java.util.List;
import java.util.Locale;

/**
 * What to do about a run that was refused.
 *
 * @param words options that make it settle, which was tried
 * @param replaced options that have to go or are given anew among the words
 * @param remove faults that have to go, in the words of their options; empty if none has to
 * @param messages of the trial that settled
 * @param tried what was tried without success, in order
 * @param caution what to know about the gradient of the run that settled; empty for nothing
 */
public record Advice(
        List<String> words,
        List<String> replaced,
        List<String> remove,
        long messages,
        List<String> tried,
        String caution) {
    /** Of a run about which nothing can be done or tried. */
    static final Advice NOTHING = new Advice(List.of(), List.of(), List.of(), 0, List.of(), "");

    /**
     * Copies the lists.
     *
     * @param words options that make it settle, which was tried
     * @param replaced options that have to go or are given anew among the words
     * @param remove faults that have to go, in the words of their options
     * @param messages of the trial that settled
     * @param tried what was tried without success, in order
     * @param caution what to know about the gradient of the run that settled
     */
    public Advice {
        words = List.copyOf(words);
        replaced = List.copyOf(replaced);
        remove = List.copyOf(remove);
        tried = List.copyOf(tried);
    }

    /** {@return true if something settled} */
    public boolean isFound() {
        return !words.isEmpty() || !replaced.isEmpty();
    }

    /** {@return one line for a reader; empty if nothing was tried} */
    public String line() {
        String what =
                remove.isEmpty()
                        ? String.join(" ", words)
                        : "leave out " + text(remove) + ", which never heals";
        if (isFound()) {
            return String.format(
                    Locale.ROOT,
                    "%s (tried: settles in %d messages)%s",
                    what,
                    messages,
                    caution.isEmpty() ? "" : "; " + caution);
        }
        if (!remove.isEmpty()) {
            return what + "; that alone is not enough (tried), ask again without it";
        }
        return tried.isEmpty() ? "" : "none known; tried without success: " + text(tried);
    }

    private static String text(List<String> tried) {
        return String.join("; ", tried);
    }
}
