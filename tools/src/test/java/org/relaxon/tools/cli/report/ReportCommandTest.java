package org.relaxon.tools.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Reports of real runs. */
class ReportCommandTest {
    @TempDir private Path temp;

    private Ran run(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--quiet", "--out", temp.resolve("runs").toString()));
        return relaxon(words.toArray(String[]::new));
    }

    private List<Path> directories() throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve("runs"), 2)) {
            return all.filter(p -> Files.exists(p.resolve("manifest.json"))).sorted().toList();
        }
    }

    @Test
    void everyRunLeavesAReportAndOnePageLeadsToAll() throws IOException {
        assertEquals(0, run("check --host virtual --seeds 1 --beta 1e-2,1e-3").code());
        assertEquals(0, run("settle --host virtual --batch 3").code());
        assertEquals(3, run("settle --cut 2->3").code());
        assertEquals(0, run("paper --runs 1 --layers 784,7,10 --batch 2 --betas 1e-1,1e-2").code());
        List<Path> runs = directories();
        assertEquals(4, runs.size());
        for (Path run : runs) {
            String page = Files.readString(run.resolve("report.html"));
            assertTrue(Files.exists(run.resolve("result.json")));
            assertTrue(page.contains("Worst rows"), page);
            assertFalse(page.contains("https:") || page.contains("http:"), page);
        }
        Path over = temp.resolve("over.html");
        List<String> words = new ArrayList<>(List.of("report", "--out", over.toString()));
        runs.forEach(r -> words.add(r.toString()));

        Ran ran = relaxon(words.toArray(String[]::new));

        assertEquals(0, ran.code(), ran.err());
        assertEquals(5, ran.out().lines().count());
        String page = Files.readString(over);
        int runsOf = page.indexOf("Worst first");
        int worst = page.indexOf("quiet-away-from-equilibrium", runsOf);
        assertTrue(runsOf >= 0 && worst >= 0, page);
        assertTrue(worst < page.indexOf("The claim holds<", runsOf), page);
    }

    /** A box that says "Missing" stands for what was asked for and is not there. */
    @Test
    void whatIsWholeMissesNothing() throws IOException {
        String moons = "--data two-moons --examples 64 --test-examples 20 --batch 16 ";
        for (String line :
                List.of(
                        "check --seeds 1 --algorithm pc-nudge,ep --beta 1e-2,1e-3 --delay none",
                        "check --seeds 1 --host virtual --delay none --algorithm precision-pc",
                        "settle --beta 0",
                        "settle --host red-black",
                        "sweep --axis beta=1e-2,1e-3 --seeds 1",
                        "sweep --axis beta=1e-2,1e-3 --axis gain=1,2 --seeds 1",
                        "train --iterations 4 --beside backprop --align-every 2 " + moons,
                        "sweep --axis rate=1e-3,1e-2 --seeds 1 --iterations 2 " + moons)) {
            assertEquals(0, run(line).code(), line);
        }
        assertEquals(3, run("settle --cut 2->3").code());
        int missing = 0;
        for (Path run : directories()) {
            String page = Files.readString(run.resolve("report.html"));
            boolean unsettled = page.contains("Not settled");
            int found = page.split("Missing: ", -1).length - 1;
            assertEquals(unsettled ? 1 : 0, found, page.replaceAll("base64,[^\"]*", ""));
            missing += found;
        }
        assertEquals(9, directories().size());
        assertEquals(1, missing, "what did not settle has no alignment");
    }

    @Test
    void whatIsNoRunDirectoryIsOneLine() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        Path file = Files.writeString(temp.resolve("file"), "text");
        for (Path bad : List.of(empty, file, temp.resolve("nowhere"))) {
            Ran ran = relaxon("report", bad.toString());
            assertEquals(2, ran.code());
            assertEquals("", ran.out());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().contains(bad.toString()), ran.err());
        }
        assertEquals(2, relaxon("report").code());
    }
}
