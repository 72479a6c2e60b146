package org.relaxon.runtime.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.delay.Durations;

/**
 * A one-way outage: parcels sent from one end to the other between two moments never arrive.
 *
 * @param from name of a population or of one cell
 * @param to name of a population or of one cell
 * @param begin first moment, nanoseconds of host time since the phase began
 * @param end first moment after it; {@link Long#MAX_VALUE} for a permanent outage
 */
public record Cut(String from, String to, long begin, long end) {
    private static final Pattern TEXT =
            Pattern.compile("([^@>]+)->([^@>]+?)(?:@([^.]*(?:\\.[0-9]+[a-z]+)?)\\.\\.(.*))?");

    /**
     * Checks the two moments.
     *
     * @param from name of a population or of one cell
     * @param to name of a population or of one cell
     * @param begin first moment, nanoseconds of host time since the phase began
     * @param end first moment after it; {@link Long#MAX_VALUE} for a permanent outage
     * @throws IllegalArgumentException if it ends before it begins or begins before 0
     */
    public Cut {
        if (begin < 0 || end <= begin) {
            throw new IllegalArgumentException(
                    "cut: \"%s->%s@%s..%s\" ends before it begins; need 0 <= from < to"
                            .formatted(from, to, Durations.format(begin), Durations.format(end)));
        }
    }

    /**
     * Reads {@code A->B}, a permanent outage, {@code A->B@from..}, permanent from a moment on, or
     * {@code A->B@from..to}, such as {@code 2->3@0ms..5ms}.
     *
     * @param text option value
     * @return the outage that the text describes
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Cut parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "cut: \"%s\" is not of the form A->B or A->B@from..to".formatted(text));
        }
        if (m.group(3) == null) {
            return new Cut(m.group(1), m.group(2), 0, Long.MAX_VALUE);
        }
        long begin = Durations.parse("cut", m.group(3));
        long end = m.group(4).isEmpty() ? Long.MAX_VALUE : Durations.parse("cut", m.group(4));
        return new Cut(m.group(1), m.group(2), begin, end);
    }

    /** {@return whether it has no end} */
    public boolean isForGood() {
        return end == Long.MAX_VALUE;
    }

    /**
     * {@return whether a signal between two cells is lost at some moment}
     *
     * @param sender cell that sends on the link
     * @param receiver cell that receives on it
     */
    public boolean matches(CellId sender, CellId receiver) {
        return sender.isNamed(from) && receiver.isNamed(to);
    }

    @Override
    public String toString() {
        if (begin == 0 && end == Long.MAX_VALUE) {
            return from + "->" + to;
        }
        String until = end == Long.MAX_VALUE ? "" : Durations.format(end);
        return from + "->" + to + "@" + Durations.format(begin) + ".." + until;
    }
}
