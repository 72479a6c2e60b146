package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Refusals and drawings of a network with a cycle. */
class CyclicNetworkTest {
    private static final String CYCLE =
            """
            populations = [
              { name = x, size = 8, role = input }
              { name = h, size = 12 }
              { name = y, size = 4, role = output }
            ]
            projections = [
              { from = x, to = h }
              { name = lat, from = h, to = h }
              { from = h, to = y }
            ]
            """;

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("cycle.conf"), CYCLE);
    }

    /** An arc back to a box with a loop passes above the words of the loop. */
    @Test
    void wordsOfALoopAreNotOnAnArc() throws IOException {
        Path svg = directory.resolve("back.svg");
        Files.writeString(
                file,
                CYCLE.replace(
                        "{ from = h, to = y }",
                        "{ from = h, to = y }\n{ name = back, from = y, to = h }"));
        Ran ran = relaxon("network " + file + " --svg " + svg);
        assertEquals(0, ran.code(), ran.err());
        String drawn = Files.readString(svg);
        Matcher words =
                Pattern.compile("<text x=\"(\\d+)\" y=\"(\\d+)\"[^>]*>others</text>")
                        .matcher(drawn);
        assertTrue(words.find(), drawn);
        Matcher arcs =
                Pattern.compile("M(\\d+) (\\d+) C(\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\"")
                        .matcher(drawn);
        double nearest = Double.POSITIVE_INFINITY;
        while (arcs.find()) {
            for (double t = 0; t <= 1; t += 0.001) {
                double right = curve(arcs, 1, t) - Double.parseDouble(words.group(1));
                double down = curve(arcs, 2, t) - (Double.parseDouble(words.group(2)) - 4);
                nearest = Math.min(nearest, Math.max(Math.abs(right) - 16, Math.abs(down)));
            }
        }
        assertTrue(nearest > 6, "a curve at " + nearest + " pixels from the middle of others");
    }

    private static double curve(Matcher points, int first, double t) {
        double[] at = new double[4];
        Arrays.setAll(at, k -> Double.parseDouble(points.group(first + 2 * k)));
        double u = 1 - t;
        return u * u * u * at[0]
                + 3 * u * u * t * at[1]
                + 3 * u * t * t * at[2]
                + t * t * t * at[3];
    }

    @Test
    void oneReasonOfManyAlgorithmsIsOneLine() throws IOException {
        String said = relaxon("network " + file).out();
        List<String> lines = said.lines().filter(l -> l.contains("close a cycle")).toList();
        assertEquals(1, lines.size(), said);
        String line = lines.get(0);
        assertTrue(line.startsWith("refused      pc-nudge, pc, pc-clamped, fpa-pc, "), line);
        assertTrue(line.contains(": not defined where projections close a cycle, as lat"), line);
    }

    /** Where no dynamics were chosen, none are blamed. */
    @Test
    void theNudgeThatCannotBeAddedIsTheAlgorithms() throws IOException {
        Files.writeString(
                file,
                CYCLE.replace("{ name = lat, from = h, to = h }", "")
                        .replace(
                                "role = output }",
                                "role = output }\n{ name = z, size = 2, role = output }")
                        .replace("from = h, to = y }", "from = h, to = y }\n{ from = y, to = z }"));
        String said = relaxon("network " + file).out();
        assertTrue(said.contains("y projects onwards by z, and the algorithm cannot add"), said);
        assertFalse(said.contains("these dynamics"), said);
        Ran chosen = relaxon("settle --dynamics coordinate --network " + file);
        assertTrue(chosen.err().contains("pc-nudge without other dynamics can"), chosen.err());
    }

    @Test
    void aDrawingEndsInSvg() throws IOException {
        Path png = directory.resolve("skip.png");
        Ran ran = relaxon("network " + file + " --svg " + png);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(
                ran.err().contains("svg: " + png + ": need a name that ends in .svg"), ran.err());
        assertFalse(Files.exists(png));
    }

    @Test
    void aGridThatIsRefusedAsAWholeRunsNothing() throws IOException {
        Path out = directory.resolve("runs");
        String options = " --seeds 2 --axis beta=1e-3,1e-4 --network " + file;
        for (String verb : new String[] {"stress", "sweep"}) {
            Ran ran = relaxon(verb + options + " --out " + out);
            assertEquals(2, ran.code(), ran.out());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().contains("pc-nudge: not defined where"), ran.err());
            assertFalse(Files.exists(out.resolve(verb)));
        }
        String other = " --axis algorithm=pc-nudge,ep --seeds 1 --network " + file;
        Ran half = relaxon("sweep" + other);
        assertEquals(0, half.code(), half.err());
        assertTrue(half.out().contains("refused"), half.out());
    }
}
