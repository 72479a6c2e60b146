package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.process.ExitCode;

/** What the command line answers to the words that people try first. */
class FirstWordsTest {
    @TempDir private Path temp;

    private static String refused(String line) {
        Ran ran = relaxon(line);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), line);
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        return ran.err();
    }

    @Test
    void helpIsACommandAsWell() {
        assertEquals(relaxon("--help").out(), relaxon("help").out());
        assertEquals(relaxon("settle --help").out(), relaxon("help settle").out());
        assertEquals(
                relaxon("reproduce delays --help").out(), relaxon("help reproduce delays").out());
        assertFalse(relaxon("help settle").out().equals(relaxon("help check").out()));
        assertTrue(refused("help trian").contains("did you mean train?"));
        assertTrue(refused("help settle beta").contains("unknown command beta"));
    }

    @Test
    void helpOfACommandThatIsNotThereNamesTheNearest() {
        assertTrue(refused("trian --help").contains("unknown command trian; did you mean train?"));
        assertTrue(refused("reproduce delay --help").contains("did you mean delays?"));
        assertTrue(refused("frobnicate").contains("name one of check, settle, train"));
        assertEquals(ExitCode.DONE, relaxon("train --help").code());
        assertEquals(ExitCode.DONE, relaxon("settle what --help").code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settle --beta foo | option '--beta': \"foo\" is not a number; --beta=X: Nudging",
                "settle --beta .1 --beta .2 | option '--beta' (X) should be specified only once",
                "settle --lambda .1 --lambda .2 | option '--lambda' (X) should be specified only",
                "train --lr 1 --lr 2 | option '--lr' (X) should be specified only once",
                "train --lr | Missing required parameter for option '--lr' (X)",
                "settle --beta -1 | 3 weight layers; the estimator negative nudges by -beta; 0 settles the free",
                "settle --beta 1e13 | range of pc-nudge with 3 weight layers; 0 settles the free phase alone",
                "settle --algorithm chl --gamma -1 | range of chl with 3 weight layers",
                "settle --estimator negative --beta 1 | beta: 1.0 with the estimator negative nudges by -1.0, which must be finite and greater than -1; 0.5 is accepted",
                "settle --data twomoons | did you mean two-moons?",
                "settle --data mnist | did you mean mnist:DIR?",
                "settle --betta 1 | unknown option --betta; did you mean --beta?",
                "settle --granularity neurons | did you mean neuron?",
                "settle --delay exponental:1ms | did you mean exponential:D?",
                "settle --estimator centered | did you mean centred?",
                "settle --init unifrom | did you mean uniform?",
                "settle --discipline turntaking | did you mean turn-taking?",
                "train --data two-moons --optimiser adamm | did you mean adam?",
                "train --data two-moons --task clasification | did you mean classification?",
                "sweep --axis betta=1 | did you mean beta?",
                "settle --beta 1e-400 | option '--beta': \"1e-400\" is not a number that a double holds",
                "settle --late 0.1 | late: this run settles one phase",
                "settle --algorithm ep --beta 0 --late 0.1 | late: this run settles one phase",
                "settle --algorithm dual-propagation --beta 10 | beta: 10.0 must be greater than -2.0 and less than 2.0 for dual-propagation",
                "train --data two-moons --examples 0 | examples: need at least 1, got 0",
                "train --data two-moons --optimiser adam:2,3 | optimiser: b1 2.0 is not in [0, 1)",
                "settle --lambda foo | option '--lambda': \"foo\" is not a number; --lambda=X: Nudg",
                "settle --beta a,b | and this option takes one value (several: sweep --axis beta",
                "check --beta foo | option '--beta': \"foo\" is not a number; --beta=X: Nudging",
                "check --seeds 1.5 | \"1.5\" is not a whole number; --seeds=N: Seeds per case",
            })
    void aWrongValueSaysWhatTheOptionTakes(String line, String part) {
        String message = refused(line);
        assertTrue(message.contains(part), message);
    }

    @Test
    void severalValuesAreFineWhereAnOptionTakesThem() {
        assertEquals(ExitCode.DONE, relaxon("check --beta 1e-3,1e-4 --dry-run").code());
    }

    @Test
    void aDirectoryThatIsNoRunNamesTheRunsBelowIt() throws IOException {
        String none = refused("report " + temp);
        assertTrue(none.contains("is not a run directory: it has no manifest.json"), none);
        assertTrue(none.contains("--out DIR of other commands"), none);
        assertEquals(ExitCode.DONE, relaxon("settle --json - --out " + temp).code());
        String some = refused("report " + temp);
        assertTrue(some.contains("some below it, such as " + temp.resolve("settle")), some);
    }

    @Test
    void aRunThatWasKilledAtOnceIsLeftOutOfAnOverview() throws IOException {
        assertEquals(ExitCode.DONE, relaxon("settle --json - --out " + temp).code());
        Path runs = temp.resolve("settle");
        Path killed = Files.createDirectory(runs.resolve("killed"));
        Files.createFile(killed.resolve("manifest.json.1.new"));
        Path page = temp.resolve("all.html");
        Path run;
        try (Stream<Path> found = Files.list(runs)) {
            run = found.filter(p -> !p.equals(killed)).findFirst().orElseThrow();
        }
        Ran ran = relaxon("report " + killed + " " + run + " --out " + page);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertTrue(ran.err().contains(killed + ": its run was killed"), ran.err());
        assertTrue(Files.exists(page));
        assertTrue(refused("report " + killed).contains("is not a run directory"), "alone");
        Files.createFile(killed.resolve("notes.txt"));
        assertTrue(refused("report " + killed + " " + run).contains("is not a run directory"));
    }

    @Test
    void aPlainDirectoryOrFileIsNotTakenForData() throws IOException {
        Path images = Files.createDirectory(temp.resolve("images"));
        assertTrue(refused("data --data " + images).contains("holds no train-images-idx3-ubyte"));
        Files.createFile(images.resolve("train-images-idx3-ubyte.gz"));
        assertTrue(refused("data --data " + images).contains("holds no train-images"));
        Files.createFile(images.resolve("train-labels-idx1-ubyte"));
        String hint = refused("data --data " + images);
        assertTrue(hint.contains("holds IDX files: give idx:" + images), hint);
        Path csv = Files.createFile(temp.resolve("a.csv"));
        assertTrue(refused("data --data " + csv).contains("does not end in .npz"));
        assertTrue(relaxon("list").out().contains("  idx:DIR "));
    }

    /** One spelling, and the path as it was given. */
    @Test
    void whatWasWrittenIsNamedInOneWay() throws IOException {
        for (String line :
                new String[] {
                    "settle",
                    "data",
                    "check --seeds 1 --host virtual --delay none --granularity layer",
                    "sweep --axis beta=1e-3,1e-2 --seeds 1 -q"
                }) {
            Path out = Files.createTempDirectory(temp, "out");
            Path given = Path.of("").toAbsolutePath().relativize(out).resolve("new");
            Ran ran = relaxon(line + " --out " + given);
            String last = ran.out().lines().reduce((a, b) -> b).orElseThrow();
            assertTrue(last.startsWith("written to   " + given), line + ": " + last);
        }
    }
}
