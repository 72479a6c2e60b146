package org.relaxon.experiments.provenance;

import java.io.IOException;

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

    /**
     * {@return the classes that a class path names, as a setting: their content, not their names}
     *
     * @param classPath jars and directories, separated as the platform does; null or blank for none
     * @throws IOException if an existing one cannot be read
     */
    public static Setting ofClassPath(String classPath) throws IOException {
        return ClassPathContent.of(classPath);
    }
}
