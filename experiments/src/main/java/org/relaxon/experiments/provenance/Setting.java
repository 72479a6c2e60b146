package org.relaxon.experiments.provenance;

/**
 * One setting of a run.
 *
 * @param value what is compared; a file stands in it with the SHA-256 of its content, not with its
 *     name
 * @param shown the same for a reader, with names
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
