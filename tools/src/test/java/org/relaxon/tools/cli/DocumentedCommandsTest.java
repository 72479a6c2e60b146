package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command that a document shows has a verb and options that are there. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What the parser objects to; nothing for a pattern of commands such as VERB --help. */
    private static Optional<String> objection(String command) {
        if (command.matches("(?s).*([A-Z]{4,} --help|\\.\\.\\.|VERB|FINDING).*")) {
            return Optional.empty();
        }
        try (Interruption unused = new Interruption()) {
            CommandLine commands = Ran.commands(unused);
            // The launcher takes the first, a shell the second; the last stands for any number.
            String taken =
                    command.replaceAll("--module \\S+", "")
                            .replaceAll(" > \\S+", "")
                            .replaceAll(" N(?= |$)", " 1");
            commands.parseArgs(DocumentedCommands.words(taken));
            return Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(command + ": " + e.getMessage());
        }
    }

    @Test
    void everyCommandCanBeParsed() throws IOException {
        List<String> faults = new ArrayList<>();
        int commands = 0;
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
                for (String command : DocumentedCommands.in(Files.readString(page))) {
                    commands++;
                    objection(command).ifPresent(o -> faults.add(page.getFileName() + ": " + o));
                }
            }
        }
        assertTrue(commands > 80, commands + " commands");
        assertEquals(List.of(), faults);
    }

    @Test
    void anUnknownOptionIsNamedWithItsCommand() {
        List<String> shown =
                DocumentedCommands.in(
                        "```sh\nbin/relaxon settle --no-such 1 # x\n```\nor `bin/relaxon settle\n"
                                + "--cut \"2->3\"`, not `settle`\n");
        assertEquals(List.of("settle --no-such 1", "settle --cut \"2->3\""), shown);
        assertTrue(objection(shown.get(0)).orElseThrow().contains("--no-such"));
        assertEquals(Optional.empty(), objection(shown.get(1)));
    }
}
