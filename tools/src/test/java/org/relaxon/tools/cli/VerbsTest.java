package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;

/** A command line with the options of one verb answers as the one with all verbs does. */
class VerbsTest {
    private static String help(CommandLine command) {
        StringWriter out = new StringWriter();
        command.usage(new PrintWriter(out));
        return out.toString();
    }

    private static Ran ran(CommandLine command, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
        return new Ran(code, out.toString(), err.toString());
    }

    @Test
    void everyVerbHasItsOptionsAndTheNamesOfTheOthers() {
        try (Interruption nobody = new Interruption()) {
            CommandLine all = Main.commandLine(nobody);
            for (String verb : all.getSubcommands().keySet()) {
                CommandLine one = Main.commandLine(nobody, verb);

                assertEquals(
                        List.copyOf(all.getSubcommands().keySet()),
                        List.copyOf(one.getSubcommands().keySet()));
                assertEquals(
                        help(all.getSubcommands().get(verb)), help(one.getSubcommands().get(verb)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --rate 3", // an option of others
                "check --no-such-option",
                "check --beta x",
                "settle --seedz 4",
                "settle --layers 2,3,1 --dry-run",
                "reproduce no-such-finding",
                "reproduce depth --rate 3",
                "no-such-verb",
                "--version",
                "list"
            })
    void answersAreTheSame(String line) {
        String[] words = line.split(" ");
        try (Interruption nobody = new Interruption()) {
            assertEquals(
                    ran(Main.commandLine(nobody), words),
                    ran(Main.commandLine(nobody, words), words));
        }
    }

    @Test
    void verbsThatReadTheOptionsOfOthersHaveThem() {
        assertTrue(Verbs.oneSuffices("check", "--help"));
        assertFalse(Verbs.oneSuffices("sweep"));
        assertFalse(Verbs.oneSuffices("help", "check"));
        assertFalse(Verbs.oneSuffices("--help", "check"));
        assertFalse(Verbs.oneSuffices());
    }
}
