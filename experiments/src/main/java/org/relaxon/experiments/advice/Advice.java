package org.relaxon.experiments.advice;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.relaxon.experiments.advice.Trial.Worth;

/**
 * Advice for a refused run.
 *
 * @param words options that make it settle, as tried
 * @param replaced options to remove, or to give again among the words
 * @param remove faults to remove, in the form of their options; empty if there are none
 * @param messages of the trial that settled
 * @param tried options tried without success, in order
 * @param worth of the gradient of the trial that settled
 */
public record Advice(
        List<String> words,
        List<String> replaced,
        List<String> remove,
        long messages,
        List<String> tried,
        Worth worth) {
    /** For a run without advice and without candidates to try. */
    static final Advice NOTHING =
            new Advice(List.of(), List.of(), List.of(), 0, List.of(), Worth.UNJUDGED);

    /**
     * Copies the lists.
     *
     * @param words options that make it settle, as tried
     * @param replaced options to remove, or to give again among the words
     * @param remove faults to remove, in the form of their options
     * @param messages of the trial that settled
     * @param tried options tried without success, in order
     * @param worth of the gradient of the trial that settled
     */
    public Advice {
        words = List.copyOf(words);
        replaced = List.copyOf(replaced);
        remove = List.copyOf(remove);
        tried = List.copyOf(tried);
    }

    /** The same after further candidates that did not settle. */
    Advice withTried(List<String> more) {
        List<String> all = Stream.concat(tried.stream(), more.stream()).toList();
        return new Advice(words, replaced, remove, messages, all, worth);
    }

    /** {@return true if a candidate settled} */
    public boolean isFound() {
        return !words.isEmpty() || !replaced.isEmpty();
    }

    /** {@return one line for display; empty if nothing was tried} */
    public String line() {
        String what =
                remove.isEmpty()
                        ? Candidate.text(words, replaced)
                        : "leave out " + text(remove) + ", which never ends";
        if (isFound()) {
            return String.format(
                    Locale.ROOT,
                    "%s (tried: settles in %d messages%s)%s",
                    what,
                    messages,
                    worth.isKnown()
                            ? ", relative error %.2g to %s"
                                    .formatted(worth.error(), worth.reference())
                            : "",
                    worth.caution().isEmpty() ? "" : "; " + worth.caution());
        }
        if (!remove.isEmpty()) {
            return what + "; that alone is not enough (tried): request advice again without it";
        }
        return tried.isEmpty() ? "" : "none known; tried without success: " + text(tried);
    }

    private static String text(List<String> tried) {
        return String.join("; ", tried);
    }
}
