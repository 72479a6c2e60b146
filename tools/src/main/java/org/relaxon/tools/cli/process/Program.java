package org.relaxon.tools.cli.process;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program as one of its commands sees it: the root of all commands. */
public interface Program {
    /** {@return the user's request to stop, for the command that runs} */
    Interruption interruption();

    /**
     * New objects of all commands, so that one command can run another.
     *
     * @param interruption ends the other command
     * @return the root of all commands
     */
    CommandLine commandLine(Interruption interruption);

    /** {@return the name of the class that java starts} */
    String mainClass();

    /**
     * The program of a command.
     *
     * @param spec the command
     * @return the user object of its root
     */
    static Program of(CommandSpec spec) {
        return (Program) spec.root().userObject();
    }
}
