package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;

/** Help as a terminal of 80 columns shows it. */
class HelpTest {
    private static List<CommandLine> commands(CommandLine from) {
        List<CommandLine> all = new ArrayList<>(List.of(from));
        from.getSubcommands().values().forEach(c -> all.addAll(commands(c)));
        return all;
    }

    private static String help(CommandLine command) {
        StringWriter out = new StringWriter();
        command.usage(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void examplesCanBeCopiedAndSynopsesRead() {
        int examples = 0;
        try (Interruption nobody = new Interruption()) {
            for (CommandLine command :
                    commands(Main.commandLine(nobody).setUsageHelpAutoWidth(false))) {
                String help = help(command);
                assertFalse(help.contains("....."), help);
                boolean within = false;
                for (String line : help.lines().toList()) {
                    assertTrue(line.length() <= 80, line);
                    if (within && !line.isBlank()) {
                        assertTrue(line.startsWith("  "), () -> "wrapped: " + line);
                        examples++;
                    }
                    within |= line.equals("Examples:");
                }
            }
        }
        assertTrue(examples > 20, examples + " examples");
    }

    @ParameterizedTest
    @CsvSource({
        "train --rate abc, --rate",
        "train --lr=abc, --lr",
        "train --learning-rate abc, --learning-rate",
        "settle --lambda abc, --lambda",
        "settle --beta abc, --beta",
    })
    void aWrongValueIsOfTheOptionThatWasTyped(String line, String name) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("option '" + name + "'"), ran.err());
    }
}
