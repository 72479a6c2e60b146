package org.relaxon.tools.cli.text;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The beginning of every command that the program writes. Results, tables and pages are read
 * elsewhere and record {@code relaxon}; a line on the terminal repeats what the user typed, such as
 * {@code bin/relaxon}, so that it can be pasted. Nothing that identifies a run depends on it.
 */
public final class Launcher {
    /** Environment variable that names jars with users' own parts. */
    public static final String CLASSPATH = "RELAXON_CLASSPATH";

    /** System property in which {@code bin/relaxon} states how it was called. */
    static final String CALLED = "relaxon.launcher";

    /** System property in which {@code bin/relaxon} names the options that gave the jars. */
    static final String PARTS = "relaxon.parts";

    private static final String NAME = "relaxon";
    private static final String JARS = jars(System.getenv(CLASSPATH));

    private Launcher() {}

    /**
     * A command as results record it.
     *
     * @param verb words of the subcommand
     * @param options each with a space before it
     * @return the command, for a shell
     */
    public static String recorded(String verb, Object options) {
        return JARS + NAME + " " + verb + options;
    }

    /**
     * The command that is running, as results record it.
     *
     * @param verb its name
     * @param spec the command, parsed
     * @return the command, for a shell
     */
    public static String running(String verb, CommandSpec spec) {
        return recorded(verb, Words.without(Words.after(verb, spec), Set.of()));
    }

    /**
     * The same for a whole command line.
     *
     * @param words of the command line, the subcommand's first
     * @return the command, for a shell
     */
    public static String recorded(List<String> words) {
        return JARS + NAME + Words.without(words, Set.of());
    }

    /**
     * A recorded command as it is typed here, for the terminal.
     *
     * @param recorded command from one of the other methods
     * @return the command, for a shell
     */
    public static String typed(String recorded) {
        return typed(recorded, System.getProperty(CALLED, NAME));
    }

    static String typed(String recorded, String called) {
        String rest = recorded.substring(JARS.length() + NAME.length());
        return JARS + Words.quoted(called) + rest;
    }

    /**
     * What stands before a command, so that users' own parts are found again.
     *
     * @param classPath value of {@link #CLASSPATH}; null if it is not set
     */
    static String jars(String classPath) {
        boolean own = classPath != null && !classPath.isBlank();
        return own ? CLASSPATH + "=" + Words.quoted(classPath) + " " : "";
    }

    /**
     * A message with the options in front that gave the jars, such as {@code --module}.
     *
     * @param message that begins with {@link #CLASSPATH} if it is about a jar
     * @param given the options; null if the launcher named none
     * @return the message
     */
    static String naming(String message, String given) {
        boolean about = given != null && message.startsWith(CLASSPATH + ": ");
        return about ? given + message.substring(CLASSPATH.length()) : message;
    }
}
