package org.relaxon.runtime.discipline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.guard.OwnParts;

/**
 * When a cell may relax.
 *
 * @param kind the rule
 * @param clock of {@link Kind#CLOCK}; null elsewhere
 */
public record Discipline(Kind kind, Clock clock) {
    /** The kinds of discipline. */
    public enum Kind {
        /** When its inbox has been drained and its refractory period is over. */
        EAGER,
        /** By its own clock, whatever other cells do. */
        CLOCK,
        /**
         * Step k + 1 when the answers of all neighbours to its step k have arrived (the alpha
         * synchroniser of Awerbuch 1985).
         */
        HANDSHAKE,
        /** When it holds the turns of all its edges (Barbosa and Gafni 1989). */
        TURN_TAKING
    }

    /** A cell relaxes when its inbox has been drained and its refractory period is over. */
    public static final Discipline EAGER = new Discipline(Kind.EAGER, null);

    /** A cell relaxes step by step, when all its neighbours have answered its last step. */
    public static final Discipline HANDSHAKE = new Discipline(Kind.HANDSHAKE, null);

    /** A cell relaxes when it holds the turns of all its edges. */
    public static final Discipline TURN_TAKING = new Discipline(Kind.TURN_TAKING, null);

    /** One line per discipline, for help texts. */
    public static final List<String> SYNTAX =
            List.of(
                    "eager          when all arrived signals are recorded and a pause is over",
                    "poisson:RATE   on a random clock of its own, RATE times per second",
                    "handshake      when all neighbours have answered: equals synchronous, clockless",
                    "turn-taking    when all neighbours have passed their turn: bit-identical runs");

    private static final String POISSON = "poisson";
    private static final Set<String> LIBRARY = Set.of("eager", POISSON, "handshake", "turn-taking");

    /**
     * Checks that kind and clock belong together.
     *
     * @param kind the rule
     * @param clock of {@link Kind#CLOCK}; null elsewhere
     * @throws IllegalArgumentException if there is a clock without its kind or a kind without its
     *     clock, or the mean of the clock is invalid
     */
    public Discipline {
        if ((kind == Kind.CLOCK) != (clock != null)) {
            throw new IllegalArgumentException(
                    "discipline: kind %s with clock %s; only CLOCK has a clock"
                            .formatted(kind, clock == null ? "none" : clock.spec()));
        }
        if (clock != null) {
            OwnClocks.requireMean(clock);
        }
    }

    /**
     * On a clock of each cell's own.
     *
     * @param clock when each cell relaxes
     * @return the discipline
     */
    public static Discipline of(Clock clock) {
        return new Discipline(Kind.CLOCK, clock);
    }

    /**
     * {@return the discipline in which a cell relaxes on a random clock that ticks {@code rate}
     * times per second of host time}
     *
     * @param rate relaxations per second of host time, greater than 0, at most 1e9
     */
    public static Discipline poisson(double rate) {
        return of(new PoissonClock(rate));
    }

    /**
     * Reads a text form, such as {@code poisson:1000}, of the library or of a {@link ClockFactory}
     * on the class path.
     *
     * @param text option value
     * @return the discipline that the text names
     * @throws IllegalArgumentException naming the text and what is allowed, or a factory whose name
     *     is taken
     * @throws OwnPartException naming a user's clock that fails or breaks its contract
     */
    public static Discipline parse(String text) {
        OwnParts<Clock> own = own();
        return own.read(text).map(Discipline::of).orElseGet(() -> ofLibrary(text, own));
    }

    private static OwnParts<Clock> own() {
        return OwnClocks.found(LIBRARY);
    }

    private static Discipline ofLibrary(String text, OwnParts<Clock> own) {
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
            default -> throw unknown(text, own.examples());
        };
    }

    private static IllegalArgumentException unknown(String text, List<String> own) {
        List<String> all =
                new ArrayList<>(List.of("eager", "poisson:RATE", "handshake", "turn-taking"));
        all.addAll(own);
        return new IllegalArgumentException(
                ("discipline: \"%s\" is not one of %s; a user's own discipline"
                                        + " is a clock of each cell, and")
                                .formatted(text, String.join(", ", all))
                        + " protocols in which cells answer one another belong to the library");
    }

    /**
     * {@return the words with which a text form begins, of the library and of users' own clocks}
     */
    public static List<String> names() {
        List<String> out = new ArrayList<>(LIBRARY);
        out.addAll(own().names());
        return out;
    }

    /** {@return {@link #SYNTAX}, and one line for each user's clock} */
    public static List<String> syntax() {
        List<String> out = new ArrayList<>(SYNTAX);
        out.addAll(own().lines());
        return out;
    }

    /**
     * {@return whether cells answer each other instead of pausing, so that a lost parcel is a
     * deadlock}
     */
    public boolean isInStep() {
        return kind == Kind.HANDSHAKE || kind == Kind.TURN_TAKING;
    }

    /**
     * How long a cell waits for its next turn by its {@link #clock}, which must exist; longer waits
     * are cut off at {@link Delays#NANOS_MAX}.
     *
     * @param seed of the run
     * @param cell index of the cell
     * @param turn turns that the cell has had in this phase
     * @return nanoseconds of host time, at least 0
     * @throws OwnPartException naming a clock that throws or gives a negative time
     */
    public long waitNanos(long seed, long cell, long turn) {
        return OwnClocks.nanos(clock, seed, cell, turn);
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind == Kind.CLOCK
                ? clock.spec()
                : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
