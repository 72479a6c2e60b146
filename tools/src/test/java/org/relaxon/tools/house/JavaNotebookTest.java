package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.cli.Ran;

/**
 * The Java notebook and the script of the examples run in jshell, which the kernel uses as well.
 */
class JavaNotebookTest {
    private static final Path EXAMPLES = Path.of("../examples");

    /** What cells printed, and the last value of each. */
    private record Done(String printed, List<String> values) {}

    /** Lines for the kernel itself, such as those that add jars, begin with a per cent sign. */
    private static List<String> code(JsonNode notebook) {
        List<String> out = new ArrayList<>();
        for (JsonNode cell : notebook.get("cells")) {
            StringBuilder source = new StringBuilder();
            cell.get("source").forEach(line -> source.append(line.asText()));
            boolean code = cell.get("cell_type").asText().equals("code");
            if (code && !source.toString().startsWith("%")) {
                out.add(source.toString());
            }
        }
        return out;
    }

    private static Done run(List<String> cells) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> values = new ArrayList<>();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (JShell shell = JShell.builder().out(out).err(out).build()) {
            String path = System.getProperty("java.class.path");
            for (String entry : path.split(File.pathSeparator)) {
                shell.addToClasspath(entry);
            }
            for (int k = 0; k < cells.size(); k++) {
                values.add(evaluate(shell, cells.get(k), "cell " + (k + 1)));
            }
        }
        return new Done(printed.toString(StandardCharsets.UTF_8), values);
    }

    private static String evaluate(JShell shell, String cell, String where) {
        String last = null;
        String left = cell;
        while (!left.isBlank()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(left);
            if (!info.completeness().isComplete()) {
                throw new IllegalStateException(where + ": " + info.completeness() + ": " + left);
            }
            for (SnippetEvent event : shell.eval(info.source())) {
                boolean valid = event.status() == Snippet.Status.VALID;
                if (event.causeSnippet() == null && (!valid || event.exception() != null)) {
                    List<String> why = new ArrayList<>();
                    shell.diagnostics(event.snippet()).forEach(d -> why.add(d.getMessage(null)));
                    throw new IllegalStateException(
                            where + ": " + why + event.exception() + ": " + info.source());
                }
                boolean names = event.snippet() instanceof VarSnippet;
                last = names && info.source().contains("=") ? last : event.value();
            }
            left = info.remaining();
        }
        return last;
    }

    @Test
    void everyCellOfTheNotebookRuns() throws IOException {
        JsonNode notebook = Ran.json(EXAMPLES.resolve("notebook/experiment.ipynb"));
        notebook.get("cells").forEach(c -> assertEquals(0, c.path("outputs").size()));
        List<String> cells = code(notebook);
        assertEquals(6, cells.size());
        Done done = run(cells);
        assertTrue(done.values().get(1).startsWith("settled"), done.values().get(1));
        assertTrue(done.printed().contains("W1  1 - cosine "), done.printed());
        assertEquals(1.0, Double.parseDouble(done.values().get(3)), 0.01, "slope");
        assertTrue(Double.parseDouble(done.values().get(4)) > 0.9999, done.values().get(4));
        assertEquals("false", done.values().get(5));
        assertTrue(done.printed().contains("1->2"), done.printed());
    }

    @Test
    void theScriptRuns() throws IOException {
        String script = Files.readString(EXAMPLES.resolve("first.jsh")).replace("/exit", "");
        Done done = run(List.of(script));
        assertTrue(done.printed().startsWith("settled"), done.printed());
        assertTrue(done.printed().contains("1.0E-4: "), done.printed());
    }

    @Test
    void aCellThatFailsIsNamed() {
        List<String> wrong = List.of("int a = 1;", "int b = a + none;");
        String why = assertThrows(IllegalStateException.class, () -> run(wrong)).getMessage();
        assertTrue(why.startsWith("cell 2: ") && why.contains("none"), why);
        List<String> thrown = List.of("int a = 1 / (1 - 1);");
        why = assertThrows(IllegalStateException.class, () -> run(thrown)).getMessage();
        assertTrue(why.contains("cell 1") && why.contains("Exception"), why);
    }
}
