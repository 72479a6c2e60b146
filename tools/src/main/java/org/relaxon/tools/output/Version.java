package org.relaxon.tools.output;

/** The version of this build. */
public final class Version {
    private Version() {}

    /** {@return the version in the jar's manifest; "development" when run from class files} */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
