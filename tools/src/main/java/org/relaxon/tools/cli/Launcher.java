package org.relaxon.tools.cli;

import java.util.List;
import java.util.Set;

/** The start of every command that the program prints, so that it runs as it stands. */
final class Launcher {
    /** Environment variable that names jars with parts of a user's own. */
    static final String CLASSPATH = "RELAXON_CLASSPATH";

    private static final String PROGRAM = start(System.getenv(CLASSPATH));
    private static final String RECORDED = PROGRAM.replaceFirst("bin/relaxon$", "relaxon ");

    private Launcher() {}

    /**
     * A command of this program, for a shell.
     *
     * @param verb words of the subcommand
     * @param options each with a space before it
     */
    static String command(String verb, Object options) {
        return PROGRAM + " " + verb + options;
    }

    /** The beginning of a command as results record it, up to the subcommand. */
    static String recorded(String verb) {
        return RECORDED + verb;
    }

    /** The words of a command line, the subcommand's first. */
    static String command(List<String> words) {
        return PROGRAM + Words.without(words, Set.of());
    }

    /**
     * What a command starts with: parts of a user's own are found again.
     *
     * @param classPath value of {@link #CLASSPATH}; null if it is not set
     */
    static String start(String classPath) {
        boolean own = classPath != null && !classPath.isBlank();
        return own ? CLASSPATH + "=" + Words.quoted(classPath) + " bin/relaxon" : "bin/relaxon";
    }
}
