package org.relaxon.experiments.provenance;

/**
 * One setting of a run.
 *
 * @param value the value that is compared; it contains the SHA-256 of a file's content, not its
 *     name
 * @param shown the same for display, with names
 */
public record Setting(String value, String shown) {
    /** A setting that was not given. */
    public static final Setting NONE = new Setting("", "not given");

    /**
     * {@return a setting without files}
     *
     * @param value text of the setting; empty if it was not given
     */
    public static Setting of(String value) {
        return value.isEmpty() ? NONE : new Setting(value, value);
    }
}
