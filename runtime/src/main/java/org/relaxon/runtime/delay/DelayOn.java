package org.relaxon.runtime.delay;

/**
 * The travel time from one end to another where it differs from the rest of the network. Activity
 * travels up and feedback down, so that every projection has a delay in each direction.
 *
 * @param from name of a population or of one cell
 * @param to likewise
 * @param model travel times between them
 */
public record DelayOn(String from, String to, DelayModel model) {
    /**
     * Reads {@code A->B=MODEL}, such as {@code 1->2=constant:5ms}.
     *
     * @param text option value
     * @return the travel time that the text describes
     * @throws IllegalArgumentException naming the text
     */
    public static DelayOn parse(String text) {
        int arrow = text.indexOf("->");
        int equals = text.indexOf('=');
        if (arrow < 1 || equals < arrow + 3) {
            throw new IllegalArgumentException(
                    "delay-on: \"%s\" is not of the form A->B=MODEL".formatted(text));
        }
        return new DelayOn(
                text.substring(0, arrow),
                text.substring(arrow + 2, equals),
                Delays.parse(text.substring(equals + 1)));
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return from + "->" + to + "=" + model.spec();
    }
}
