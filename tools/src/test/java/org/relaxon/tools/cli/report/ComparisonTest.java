package org.relaxon.tools.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Several runs of one kind side by side. */
class ComparisonTest {
    @TempDir private Path home;

    private Path run(String line) throws IOException {
        Ran ran = relaxon(line + " --json - --out " + home);
        return Path.of(ran.json().get("directory").asText());
    }

    @Test
    void settingsThatDifferAndFiguresOfAllRunsAreOnOnePage() throws IOException {
        Path one = run("settle --layers 4,6,3 --delay exponential:1ms");
        Path two = run("settle --layers 4,6,3 --delay exponential:1ms --beta 0.01");
        Ran ran = relaxon("report " + one + " " + two);
        assertEquals(0, ran.code(), ran.err());
        Path page = home.resolve("settle/comparison.html");
        assertTrue(ran.out().strip().endsWith(page.toString()), ran.out());
        String text = Files.readString(page);
        String differs = text.substring(text.indexOf("What differs"), text.indexOf("Figures</h2>"));
        assertTrue(differs.contains("--beta"), differs);
        assertFalse(differs.contains("--delay") || differs.contains("--layers"), differs);
        assertTrue(text.contains("A: nudged phase") && text.contains("B: nudged phase"), "curves");
        assertTrue(text.contains("A: W1") && text.contains("B: W1"), "layers");
        Ran again = relaxon("report " + page + " " + one + " " + two);
        assertEquals(0, again.code(), "runs/settle/* names the page as well: " + again.err());
    }

    @Test
    void theSameSettingsDoNotDiffer() throws IOException {
        Path one = run("settle --layers 4,6,3");
        Path two = run("settle --layers 4,6,3");
        Path page = home.resolve("both.html");
        assertEquals(0, relaxon("report %s %s --out %s".formatted(one, two, page)).code());
        assertTrue(Files.readString(page).contains("All settings are the same."));
        assertFalse(Files.exists(home.resolve("settle/comparison.html")), "named by --out");
    }

    @Test
    void runsOfTwoKindsAreNotCompared() throws IOException {
        Path one = run("settle --layers 4,6,3");
        Path two = run("check --layers 4,6,3 --seeds 1 --host virtual --granularity layer");
        Ran ran = relaxon("report " + one + " " + two);
        assertEquals(0, ran.code(), ran.err());
        assertEquals(2, ran.out().lines().count());
        assertFalse(Files.exists(home.resolve("comparison.html")));
    }

    @Test
    void aFileOfTheUserIsNotReplaced() throws IOException {
        Path one = run("settle --layers 4,6,3");
        Path two = run("settle --layers 4,6,3 --seed 2");
        Path own = Files.writeString(home.resolve("settle/comparison.html"), "mine");
        Ran ran = relaxon("report " + one + " " + two);
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("is not a report of relaxon; --force replaces"), ran.err());
        assertEquals("mine", Files.readString(own));
    }

    @Test
    void aMapHasItsNumbers() throws IOException {
        Path sweep = run("sweep --layers 4,6,3 --axis beta=1e-2,1e-3 --axis gain=1,2 --seeds 1 -q");
        String page = Files.readString(sweep.resolve("report.html"));
        int map = page.indexOf("map-beta-gain-settled.svg)");
        String data = page.substring(map, page.indexOf("</figure>", map));
        assertTrue(data.contains("Data of this figure"), data);
        assertTrue(data.contains("settledFraction"), data);
        assertEquals(4, data.split("<tr>", -1).length - 2, "a row per point, below the header");
    }
}
