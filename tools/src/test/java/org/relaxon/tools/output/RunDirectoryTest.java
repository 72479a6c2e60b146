package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Equilibrium;

class RunDirectoryTest {
    @TempDir private Path temp;

    /** A name too few would shift every figure behind it. */
    @Test
    void rowsAreAsWideAsTheirHeader() throws IOException {
        RunDirectory run =
                RunDirectory.create(
                        temp, "kind", Json.object(), Clock.system(ZoneId.systemDefault()));
        List<String> header = List.of("a", "b");
        List<List<String>> good = List.of(List.of("1", "2"), List.of("3", "4"));
        List<List<String>> bad = List.of(List.of("1", "2"), List.of("3", "4", "5"));

        for (String file : List.of("table.csv", "results.csv")) {
            String why =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> write(run, file, header, bad))
                            .getMessage();
            assertEquals(file + ": a row of 3 cells under 2 names", why);
            assertFalse(Files.exists(run.path().resolve(file)));
            write(run, file, header, good);
            assertEquals(
                    List.of("a,b", "1,2", "3,4"), Files.readAllLines(run.path().resolve(file)));
        }
    }

    /** Memories of a rule stand beside the activities; a rule without them writes none. */
    @Test
    void arraysHoldTheMemoriesOfARule() throws IOException {
        Problem problem = ProblemSpec.defaults().withLayers(2, 3, 1).buildAll(List.of(1L)).get(0);
        int columns = problem.examples();
        Matrix[] zeros = new Matrix[3];
        for (int p = 0; p < 3; p++) {
            zeros[p] = Matrix.zeros(problem.network().population(p).size(), columns);
        }
        Equilibrium without =
                new Equilibrium(1, Phase.free(problem.input()), zeros, zeros, new double[columns]);
        Matrix held = Matrix.zeros(3, columns);
        held.values()[1] = 7.0;
        Equilibrium with =
                without.remembering(List.of(Map.of(), Map.of("trace.0", held), Map.of()));
        RunDirectory run =
                RunDirectory.create(
                        temp, "kind", Json.object(), Clock.system(ZoneId.systemDefault()));
        run.arrays(problem, problem.network().parameters(), null, null, with, without);
        Map<String, NpyArray> written = NpzReader.read(run.path().resolve("arrays.npz"));
        String name = "m" + problem.network().population(1).name() + "-trace.0";
        assertArrayEquals(held.values(), written.get(name).values());
        assertFalse(written.containsKey("f" + name), "the free state held none");
    }

    private static void write(
            RunDirectory run, String file, List<String> header, List<List<String>> rows)
            throws IOException {
        if (file.equals("results.csv")) {
            run.results(header, rows);
        } else {
            run.table(file, header, rows);
        }
    }
}
