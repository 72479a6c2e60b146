package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** The Python side of the examples: the module, the figures, and what executes a notebook. */
class NotebookTest {
    private static final Path NOTEBOOKS = Path.of("../examples/notebook").toAbsolutePath();

    @TempDir private Path temp;

    private static Path runOf(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(f -> f.endsWith("result.json"))
                    .findFirst()
                    .orElseThrow()
                    .getParent();
        }
    }

    private String module(String statements) throws Exception {
        return Python.with("numpy", temp)
                .run(NOTEBOOKS, "-c", "import relaxon\n" + statements)
                .ok();
    }

    @Test
    void theModuleRunsStreamsAndReturnsArrays() throws Exception {
        List<String> printed =
                module(
                                """
                                lines = []
                                run = relaxon.run('train', data='two-moons', layers='2,3,2', batch=8,
                                                  examples=32, test_examples=10, epochs=2, beside='backprop',
                                                  out=%r, progress=lines.append)
                                print(run.code, run.arrays['W1'].shape, run.column('testLoss').shape)
                                print(len([line for line in lines if line.startswith('pc-nudge: step ')]))
                                print(sorted(set(row['learner'] for row in run.rows)))
                                again = relaxon.Run(run.directory)
                                print(again.code, (again.arrays['W2'] == run.arrays['W2']).all())
                                """
                                        .replace("%r", "'" + temp + "'"))
                        .lines()
                        .toList();
        assertEquals("0 (3, 2) (6,)", printed.get(0));
        assertEquals("3", printed.get(1));
        assertEquals("['backprop', 'pc-nudge']", printed.get(2));
        assertEquals("None True", printed.get(3));
    }

    @Test
    void refusalsAreExceptionsAndUnsettledRunsAreNot() throws Exception {
        List<String> printed =
                module(
                                """
                                for options in dict(layers='8,x'), dict(out='/dev/null/no'):
                                    try:
                                        relaxon.run('settle', **options)
                                    except relaxon.RelaxonError as e:
                                        print(e.code, e)
                                run = relaxon.run('settle', layers='3,3,3,2', delay='exponential:1ms',
                                                  cut='1->2', out=%r)
                                print(run.code, run.result['verdict'])
                                """
                                        .replace("%r", "'" + temp + "'"))
                        .lines()
                        .toList();
        assertTrue(printed.get(0).startsWith("2 layers: \"8,x\" is not"), printed.get(0));
        assertTrue(printed.get(1).matches("[24] out: .*"), printed.get(1));
        assertEquals("3 not-settled", printed.get(2));
    }

    /** What interrupts the cell of a notebook ends the run, too. */
    @Test
    void anInterruptedRunDoesNotGoOn() throws Exception {
        List<String> printed =
                module(
                                """
                                import subprocess
                                started = []
                                popen = subprocess.Popen
                                def noted(*words, **options):
                                    started.append(popen(*words, **options))
                                    return started[-1]
                                subprocess.Popen = noted
                                def interrupt(line):
                                    raise KeyboardInterrupt
                                try:
                                    relaxon.run('train', data='two-moons', epochs=1000, out=%r, progress=interrupt)
                                except KeyboardInterrupt:
                                    print(started[0].poll() is not None)
                                """
                                        .replace("%r", "'" + temp + "'"))
                        .lines()
                        .toList();
        assertEquals(List.of("True"), printed);
    }

    @Test
    void figuresAreDrawnFromRunsAlone() throws Exception {
        Python python = Python.with("numpy, pandas, matplotlib", temp);
        List<String> commands =
                List.of(
                        "check --layers 4,3,2 --seeds 1 --estimator one-sided,centred"
                                + " --beta 1e-1,1e-2 --granularity layer --host virtual",
                        "train --data two-moons --layers 2,3,2 --examples 32 --test-examples 10"
                                + " --batch 8 --beside backprop --align-every 1",
                        "sweep --layers 4,3,2 --seeds 1 --dynamics gradient --axis step=.1,.4"
                                + " --axis delay-mean=1ms,2ms --budget-messages 2000");
        Set<String> drawn = new TreeSet<>();
        for (String command : commands) {
            Path below = temp.resolve("runs-" + command.split(" ")[0]);
            Ran.relaxon(command + " --quiet --out " + below);
            Path into = Files.createDirectories(temp.resolve("figures"));
            python.run(NOTEBOOKS, "figures.py", into.toString(), runOf(below).toString()).ok();
            try (Stream<Path> files = Files.list(into)) {
                files.forEach(f -> drawn.add(f.getFileName().toString()));
            }
        }
        assertEquals(
                Set.of("error.svg", "alignment.svg", "curves.svg", "distance.svg", "boundary.svg"),
                drawn);
        Ran.relaxon("settle --layers 2,2,1 --quiet --out " + temp.resolve("other"));
        Python.Done refused =
                python.run(
                        NOTEBOOKS,
                        "figures.py",
                        temp.toString(),
                        runOf(temp.resolve("other")).toString());
        assertEquals(1, refused.code(), refused.printed());
        assertTrue(refused.printed().contains("no figure is drawn of this run"));
    }

    /** Executed as a whole by .ci/run, which takes half a minute. */
    @Test
    void theNotebookHasCellsWithoutOutputs() throws IOException {
        JsonNode notebook = Ran.json(NOTEBOOKS.resolve("figures.ipynb"));
        int code = 0;
        for (JsonNode cell : notebook.get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                code++;
                assertEquals(0, cell.get("outputs").size());
                assertTrue(cell.get("execution_count").isNull());
            }
        }
        assertTrue(code > 5, code + " cells");
        String ci = Files.readString(NOTEBOOKS.resolve("../../.ci/run"));
        assertTrue(ci.contains("execute.py examples/notebook/figures.ipynb"), "executed");
    }

    @Test
    void aCellThatFailsIsNamed() throws Exception {
        Python python = Python.with("matplotlib", temp);
        String form =
                """
                {"cells": [{"cell_type": "markdown", "source": ["# a"]},
                 {"cell_type": "code", "source": ["import matplotlib.pyplot as plt\\n", "plt.plot([1, 2])"]},
                 {"cell_type": "code", "source": ["assert 1 + 1 == %d"]}]}
                """;
        String execute = NOTEBOOKS.resolve("execute.py").toString();
        Path good = Files.writeString(temp.resolve("good.ipynb"), form.formatted(2));
        String printed = python.run(temp, execute, good.toString(), temp.toString()).ok();
        assertTrue(printed.contains("3 cells, 1 figures"), printed);
        assertTrue(Files.size(temp.resolve("good-1.png")) > 0);
        Path bad = Files.writeString(temp.resolve("bad.ipynb"), form.formatted(3));
        Python.Done failed = python.run(temp, execute, bad.toString());
        assertNotEquals(0, failed.code());
        assertTrue(failed.printed().contains("cell 3"), failed.printed());
        assertFalse(failed.printed().contains("cells, "), failed.printed());
    }
}
