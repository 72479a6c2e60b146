package org.relaxon.tools.output;

/** Names of counted faults that need more words than results have in their fields. */
public final class FaultWords {
    private FaultWords() {}

    /**
     * {@return the words for text and page}
     *
     * @param field as in JSON
     */
    public static String of(String field) {
        return switch (field) {
            case "held" -> "kept back beyond their phase, and lost to it";
            case "late" -> "of these sent in a later phase";
            default -> field;
        };
    }

    /**
     * {@return the words behind a count}
     *
     * @param field as in JSON
     * @param count of the fault
     */
    public static String of(String field, long count) {
        return field.equals("crashes") && count == 1 ? "crash" : of(field);
    }
}
