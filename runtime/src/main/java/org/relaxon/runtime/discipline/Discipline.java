package org.relaxon.runtime.discipline;

import java.util.List;
import org.relaxon.model.math.Numeral;

/**
 * When a cell may relax.
 *
 * @param kind the rule
 * @param rate of {@link Kind#POISSON}, relaxations per second of host time; 0 elsewhere
 */
public record Discipline(Kind kind, double rate) {
    /** The rules that there are. */
    public enum Kind {
        /** When its inbox has been drained and its refractory period is over. */
        EAGER,
        /** On its own random clock, independent of all others. */
        POISSON,
        /**
         * Step k + 1 when the answers of all neighbours to its step k have arrived (the alpha
         * synchroniser of Awerbuch 1985).
         */
        HANDSHAKE,
        /** When it holds the turns of all its edges (Barbosa and Gafni 1989). */
        TURN_TAKING
    }

    /** A cell relaxes when its inbox has been drained and its refractory period is over. */
    public static final Discipline EAGER = new Discipline(Kind.EAGER, 0);

    /** A cell relaxes step by step, when all its neighbours have answered its last step. */
    public static final Discipline HANDSHAKE = new Discipline(Kind.HANDSHAKE, 0);

    /** A cell relaxes when it holds the turns of all its edges. */
    public static final Discipline TURN_TAKING = new Discipline(Kind.TURN_TAKING, 0);

    /** One line per discipline, for help texts. */
    public static final List<String> SYNTAX =
            List.of(
                    "eager          when everything that arrived has been read and a pause is over",
                    "poisson:RATE   on a random clock of its own, RATE times per second",
                    "handshake      when all neighbours have answered: equals synchronous, clockless",
                    "turn-taking    when all neighbours have passed their turn: bit-identical runs");

    private static final double RATE_MAX = 1e9;

    /**
     * Checks the rate.
     *
     * @param kind the rule
     * @param rate of {@link Kind#POISSON}, relaxations per second of host time; 0 elsewhere
     * @throws IllegalArgumentException if a Poisson clock has no rate, or another discipline has
     *     one
     */
    public Discipline {
        boolean poisson = kind == Kind.POISSON;
        if (poisson ? !(rate > 0 && rate <= RATE_MAX) : rate != 0) {
            throw new IllegalArgumentException(
                    "discipline: poisson needs a rate above 0, at most 1e9 per second, got "
                            + rate);
        }
    }

    /**
     * {@return the discipline in which a cell relaxes on a random clock that ticks {@code rate}
     * times per second of host time}
     *
     * @param rate relaxations per second of host time, greater than 0, at most 1e9
     */
    public static Discipline poisson(double rate) {
        return new Discipline(Kind.POISSON, rate);
    }

    /**
     * Reads a text form, such as {@code poisson:1000}.
     *
     * @param text option value
     * @return the discipline that the text names
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Discipline parse(String text) {
        if (text.startsWith("poisson:")) {
            try {
                return poisson(Double.parseDouble(text.substring("poisson:".length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "discipline: \"%s\" needs a number after the colon".formatted(text), e);
            }
        }
        return switch (text) {
            case "eager" -> EAGER;
            case "handshake" -> HANDSHAKE;
            case "turn-taking" -> TURN_TAKING;
            default ->
                    throw new IllegalArgumentException(
                            "discipline: \"%s\" is not one of eager, poisson:RATE, handshake, turn-taking"
                                    .formatted(text));
        };
    }

    /**
     * {@return whether cells answer each other instead of pausing, so that a lost parcel is a
     * deadlock}
     */
    public boolean isInStep() {
        return kind == Kind.HANDSHAKE || kind == Kind.TURN_TAKING;
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind == Kind.POISSON
                ? "poisson:" + Numeral.text(rate)
                : kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
