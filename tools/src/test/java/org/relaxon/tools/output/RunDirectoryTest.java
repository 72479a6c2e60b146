package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
