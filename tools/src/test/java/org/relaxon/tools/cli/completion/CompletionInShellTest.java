package org.relaxon.tools.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;

/** A shell reads the script and completes by it. */
class CompletionInShellTest {
    @TempDir private Path directory;
    private Path script;

    @BeforeEach
    void print() throws Exception {
        Ran ran = relaxon("completion bash");
        assertEquals(0, ran.code(), ran.err());
        script = Files.writeString(directory.resolve("relaxon"), ran.out());
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    private String shell(String program, String commands) throws Exception {
        assumeTrue(has(program), program + " is not on the path");
        Process process =
                new ProcessBuilder(List.of(program, "-c", commands))
                        .redirectErrorStream(true)
                        .directory(directory.toFile())
                        .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.strip();
    }

    /** What bash offers for the last of some words, as it would at the tabulator key. */
    private List<String> offered(String words) throws Exception {
        String last = words.substring(words.lastIndexOf(' ') + 1);
        String commands =
                """
                . ./relaxon
                compopt() { :; } # works while a key is pressed alone
                COMP_WORDS=(%s%s)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMP_LINE='%s'
                COMP_POINT=${#COMP_LINE}
                f=$(complete -p relaxon | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                $f relaxon '%s' ''
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(words, last.isEmpty() ? " ''" : "", words, last);
        return shell("bash", commands).lines().map(String::strip).sorted().toList();
    }

    @Test
    void bashRegistersIt() throws Exception {
        String said = shell("bash", ". ./relaxon; complete -p relaxon");
        assertTrue(said.matches("complete .*-F _complete_relaxon relaxon"), said);
    }

    @ParameterizedTest
    @CsvSource({
        "relaxon ser, serve",
        "bin/relaxon ser, serve",
        "relaxon settle --del, --delay --delay-on --delivery",
        "relaxon settle --algorithm du, dual-propagation",
        "relaxon settle --algorithm zz, ''",
        "relaxon sweep --host virt, virtual",
        "relaxon reproduce str, straggler",
        "relaxon completion z, zsh"
    })
    void aWordIsCompleted(String words, String completions) throws Exception {
        assertEquals(completions, String.join(" ", offered(words)));
    }

    /** Every verb and no verb twice. */
    @Test
    void allVerbsAreOffered() throws Exception {
        List<String> offered = offered("relaxon ");
        assertTrue(offered.contains("check") && offered.contains("completion"), "" + offered);
        assertEquals(offered.stream().distinct().toList(), offered);
        assertFalse(offered.contains("no-such"));
    }

    @Test
    void zshReadsTheSameScript() throws Exception {
        assertEquals(Files.readString(script), relaxon("completion zsh").out());
        String said = shell("zsh", ". ./relaxon; echo ${_comps[relaxon]}");
        assertTrue(said.contains("bash_complete") || said.contains("_complete_relaxon"), said);
    }

    @Test
    void anotherShellIsRefusedByName() {
        String line = relaxon("completion fish").refusal();
        assertTrue(line.contains("fish") && line.contains("bash, zsh"), line);
    }
}
