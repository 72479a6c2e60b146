package org.relaxon.runtime.fault;

import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.CellId;

/**
 * A probability per parcel, on all links or on those from one end to another.
 *
 * @param from name of a population or of one cell; null for all links
 * @param to likewise
 * @param probability the probability, in [0, 1)
 */
public record Chance(String from, String to, double probability) {
    /**
     * Checks that both ends are given or none, and the probability.
     *
     * @param from name of a population or of one cell; null for all links
     * @param to likewise
     * @param probability the probability, in [0, 1)
     * @throws IllegalArgumentException naming the value that is not allowed
     */
    public Chance {
        if ((from == null) != (to == null)) {
            throw new IllegalArgumentException(
                    "fault: a chance is for all links or from one end to another, got %s->%s"
                            .formatted(from, to));
        }
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "fault: probability %s is not in 0..1, 1 excluded; use --cut for a dead link"
                            .formatted(probability));
        }
    }

    /**
     * {@return the same probability on every link}
     *
     * @param probability the probability, in [0, 1)
     */
    public static Chance everywhere(double probability) {
        return new Chance(null, null, probability);
    }

    /**
     * Reads {@code P} or {@code A->B=P}.
     *
     * @param option name of the option, for the message
     * @param text option value
     * @return the probability that the text describes
     * @throws IllegalArgumentException naming option and text
     */
    public static Chance parse(String option, String text) {
        int equals = text.lastIndexOf('=');
        int arrow = text.indexOf("->");
        try {
            if (equals < 0 && arrow < 0) {
                return everywhere(probability(option, text, text));
            }
            if (arrow > 0 && equals > arrow + 2) {
                return new Chance(
                        text.substring(0, arrow),
                        text.substring(arrow + 2, equals),
                        probability(option, text, text.substring(equals + 1)));
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new IllegalArgumentException(
                "%s: \"%s\" is not of the form P or A->B=P".formatted(option, text));
    }

    private static double probability(String option, String text, String number) {
        double value = Double.parseDouble(number);
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s: the probability of \"%s\" is not in 0..1, 1 excluded; use --cut for a dead link"
                            .formatted(option, text));
        }
        return value;
    }

    /**
     * {@return whether this chance is about the link between two cells}
     *
     * @param sender cell that sends on the link
     * @param receiver cell that receives on it
     */
    public boolean matches(CellId sender, CellId receiver) {
        return from == null || sender.isNamed(from) && receiver.isNamed(to);
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return from == null
                ? Numeral.text(probability)
                : from + "->" + to + "=" + Numeral.text(probability);
    }
}
