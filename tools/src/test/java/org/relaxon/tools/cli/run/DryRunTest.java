package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** A dry run states what the run would be made with. */
class DryRunTest {
    @TempDir private Path temp;

    private static List<String> dry(String line) {
        Ran ran = relaxon(line + " --dry-run");
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        return ran.out().lines().toList();
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(l -> l.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .substring(13);
    }

    @Test
    void aSettlingStatesItsResolvedSettings() throws IOException {
        String line = "settle --algorithm ep --delay exponential:1ms --drop 0.1";
        List<String> lines = dry(line);
        JsonNode run = relaxon(line + " --json -").json();
        assertEquals(run.get("problem").asText(), lines.get(0));
        assertEquals(
                "ep, one-sided, strength 1e-3, on virtual in layer cells, delay exponential:1ms",
                lines.get(1).replace("0.001", "1e-3"));
        assertEquals(run.get("reference").asText(), value(lines, "reference"));
        String threshold = value(lines, "threshold").replaceFirst(",.*", "");
        assertEquals(run.get("threshold").asDouble(), Double.parseDouble(threshold));
        String tolerance = value(lines, "tolerance").replaceFirst(" .*", "");
        assertEquals(run.get("tolerance").asDouble(), Double.parseDouble(tolerance));
        assertEquals("--drop 0.1", value(lines, "faults"));
        assertTrue(
                value(lines, "budget").startsWith("10000000 messages, 10000000 relaxations, 60"));
        assertEquals("relaxon " + line, value(lines, "repeat"));
        assertEquals("none", value(dry("settle"), "faults"));
        assertNotEquals(threshold, value(dry("settle --threshold 1e-3"), "threshold"));
    }

    @Test
    void hostsThatSweepStateTheirLimit() {
        String swept = value(dry("settle --host synchronous"), "budget");
        assertTrue(swept.contains("relaxations, any number of sweeps, "), swept);
        String few = value(dry("settle --host synchronous --budget-sweeps 70"), "budget");
        assertTrue(few.contains("relaxations, 70 sweeps, "), few);
        assertTrue(value(dry("settle"), "budget").contains("relaxations, 60s, "));
    }

    @Test
    void checksAndSweepsStateWhatTheyBeginWith() {
        List<String> check = dry("check --beta 1e-3 --seeds 2");
        assertTrue(value(check, "cases").startsWith("on virtual, akka under delay none, exponen"));
        assertTrue(check.contains("algorithm    fy-pc against backprop"), check.toString());
        assertEquals("relaxon check --beta 1e-3 --seeds 2", value(check, "repeat"));
        List<String> sweep = dry("sweep --axis beta=1e-3,1e-2 --seeds 1");
        assertTrue(value(sweep, "budget").startsWith("1000000 messages"), sweep.toString());
        String command = value(sweep, "this run").replaceFirst("relaxon ", "");
        assertEquals(ExitCode.DONE, relaxon(command).code());
    }

    @Test
    void aTrainingStatesItsDefaultsAndItsRun() {
        String line = "train --data two-moons --layers 2,8,2 --rate 0.01";
        List<String> lines = dry(line);
        assertTrue(lines.contains("by default   batch 64"), lines.toString());
        assertTrue(lines.stream().noneMatch(l -> l.startsWith("by default   rate")));
        assertTrue(
                dry("train --data two-moons").stream()
                        .anyMatch(l -> l.startsWith("by default   rate")));
        assertTrue(value(lines, "tolerance").contains("for defects"), lines.toString());
        assertEquals("relaxon " + line, value(lines, "repeat"));
    }

    /** The mean delay is the unit of all times, until something else has a time of its own. */
    @Test
    void aMeanDelayThatScalesTimeAloneIsRemarkedUpon() throws IOException {
        String line =
                "sweep --seeds 1 --granularity neuron --layers 3,4,2 --axis delay-mean=1ms,64ms";
        Ran alone = relaxon(line);
        assertTrue(alone.err().contains("no figure but the time depends on it"), alone.err());
        JsonNode points = relaxon(line + " --json -").json().get("points");
        assertEquals(
                points.get(0).get("meanLog10Error").asDouble(),
                points.get(1).get("meanLog10Error").asDouble(),
                1e-9);
        assertFalse(relaxon(line + " --refractory 1ms").err().contains("delay-mean"));
        assertFalse(relaxon(line + " --quiet").err().contains("delay-mean"));
    }

    /** What an experiment states beforehand is what it does: rows, seeds, files, budget. */
    @Test
    void experimentsListWhatTheyWouldRunAndWrite() throws IOException {
        experiment("paper --layers 784,8,10 --runs 2 --batch 1,2 --betas 1e-2,1e-4 --seed 3");
        experiment(
                "paper-training --layers 784,8,10 --examples 128 --test-examples 20 --betas 1e-4"
                        + " --runs 2 --seed 3");
        experiment(
                "reproduce delays --seeds 2 --seed 3 --products 0.5 --delays 0,1 --layers 3,4,2");
        experiment(
                "reproduce desynchronised --data two-moons --update-probability 0.5"
                        + " --iterations 4 --seeds 3 --seed 3");
    }

    private void experiment(String line) throws IOException {
        List<String> lines = dry(line);
        String seeds = value(lines, "seeds");
        assertTrue(seeds.startsWith("3, 4"), line + seeds);
        assertTrue(value(lines, "budget").contains(" messages, "), lines.toString());
        assertEquals("relaxon " + line, value(lines, "repeat"));
        assertTrue(value(lines, "files").startsWith("none; with --out DIR"), lines.toString());
        try (Stream<Path> none = Files.list(temp)) {
            assertEquals(0, none.count(), "a dry run writes nothing");
        }
        String files = value(dry(line + " --out " + temp), "files");
        Ran ran = relaxon(line + " --quiet --out " + temp);
        assertTrue(ran.code() <= ExitCode.DOES_NOT_HOLD, ran.err());
        Path experiment = only(temp);
        assertTrue(files.startsWith("in " + experiment + "/...: "), files);
        Path run = only(experiment);
        try (Stream<Path> written = Files.list(run)) {
            assertEquals(
                    Set.of(files.replaceFirst(".*: ", "").split(", ")),
                    written.map(f -> f.getFileName().toString()).collect(Collectors.toSet()),
                    line);
        }
        String first =
                lines.stream()
                        .filter(l -> l.matches("(rows|settlings|trainings) .*"))
                        .findFirst()
                        .orElseThrow();
        int stated = Integer.parseInt(first.substring(13).replaceFirst(":.*", ""));
        int baselines = line.startsWith("paper-training") ? 2 : 0; // beside, without a row
        try (Stream<String> table = Files.lines(run.resolve("results.csv"))) {
            assertEquals(stated - baselines + 1, table.count(), first);
        }
        try (Stream<Path> all = Files.walk(experiment)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> found = all.toList();
            assertEquals(1, found.size(), found.toString());
            return found.get(0);
        }
    }
}
