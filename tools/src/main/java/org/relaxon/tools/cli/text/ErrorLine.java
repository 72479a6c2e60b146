package org.relaxon.tools.cli.text;

import java.io.PrintWriter;

/** A message of the program on stderr. */
public final class ErrorLine {
    private ErrorLine() {}

    /**
     * Prints one line, whatever the message contains.
     *
     * @param err to print to
     * @param message without the name of the program
     */
    public static void print(PrintWriter err, String message) {
        String named = Launcher.naming(String.valueOf(message), System.getProperty(Launcher.PARTS));
        String line = named.replaceAll("\\s*[\\r\\n]+\\s*", "; ");
        err.println("relaxon: " + Figures.inText(line));
        err.flush();
    }
}
