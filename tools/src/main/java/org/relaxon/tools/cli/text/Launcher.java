package org.relaxon.tools.cli.text;

import java.util.List;
import java.util.Set;

/** The beginning of every command that the program prints, so that it can be run as printed. */
public final class Launcher {
    /** Environment variable that names jars with users' own parts. */
    public static final String CLASSPATH = "RELAXON_CLASSPATH";

    private static final String PROGRAM = start(System.getenv(CLASSPATH));
    private static final String RECORDED = PROGRAM.replaceFirst("bin/relaxon$", "relaxon ");

    private Launcher() {}

    /**
     * A command of this program, for a shell.
     *
     * @param verb words of the subcommand
     * @param options each with a space before it
     * @return the command
     */
    public static String command(String verb, Object options) {
        return PROGRAM + " " + verb + options;
    }

    /**
     * The beginning of a command as results record it.
     *
     * @param verb words of the subcommand
     * @return the command up to the subcommand
     */
    public static String recorded(String verb) {
        return RECORDED + verb;
    }

    /**
     * A command as results record it, as it is typed.
     *
     * @param recorded command that begins as {@link #recorded} does
     * @return the command, for a shell
     */
    public static String typed(String recorded) {
        return PROGRAM + " " + recorded.substring(RECORDED.length());
    }

    /**
     * A command of this program, for a shell.
     *
     * @param words of the command line, the subcommand's first
     * @return the command
     */
    public static String command(List<String> words) {
        return PROGRAM + Words.without(words, Set.of());
    }

    /**
     * The beginning of a command, so that users' own parts are found again.
     *
     * @param classPath value of {@link #CLASSPATH}; null if it is not set
     */
    static String start(String classPath) {
        boolean own = classPath != null && !classPath.isBlank();
        return own ? CLASSPATH + "=" + Words.quoted(classPath) + " bin/relaxon" : "bin/relaxon";
    }
}
