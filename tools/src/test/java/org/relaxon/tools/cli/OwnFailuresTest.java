package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a part from elsewhere throws late, in the middle of a run, is bad input with one line that
 * names part, method, failure and place.
 */
class OwnFailuresTest {
    private static final String COUNTED =
            "if (CALLS.incrementAndGet() > %d) { throw new %s(\"planted\"); } ";
    private static final String COUNTER =
            "static final java.util.concurrent.atomic.AtomicInteger CALLS ="
                    + " new java.util.concurrent.atomic.AtomicInteger();\n";

    private static final String TERM = "return -StrictMath.tanh(x - a.prediction())";
    private static final String ACTIVATION = "double r = Math.sqrt(";
    private static final String LOSS =
            "for (int i = c; i < n * stride; i += stride) {\n            out";
    private static final String RULE = "for (int k = 0; k < s.backward().length; k++) {";

    private static final String TRAIN =
            " --data two-moons --epochs 1 --examples 800 --test-examples 100";

    private static final List<String> VERBS =
            List.of(
                    "settle --layers 8,40,30,4 --batch 50 --host akka",
                    "check --layers 8,40,30,4 --batch 50 --granularity layer --seeds 3",
                    "train" + TRAIN,
                    "sweep --axis gain=.5,1 --layers 8,40,30,4 --batch 50 --seeds 3",
                    "settle --layers 8,40,30,4 --batch 50 --granularity neuron",
                    "settle --layers 8,40,30,4 --batch 50 --host synchronous",
                    "train --host akka --in-flight 4" + TRAIN,
                    "sweep --axis rate=0.01,0.02" + TRAIN);

    @TempDir private Path directory;
    private final OwnSources own = new OwnSources();

    @AfterEach
    void forget() throws IOException {
        own.close();
    }

    private void plant(String at, String thrown, int calls) throws IOException {
        own.install(
                directory,
                source -> {
                    int place = source.indexOf(at);
                    int head = source.indexOf("{\n", source.indexOf("public class")) + 2;
                    if (place < 0) {
                        return source;
                    }
                    String broken = COUNTED.formatted(calls, thrown);
                    return source.substring(0, head)
                            + COUNTER
                            + source.substring(head, place)
                            + broken
                            + source.substring(place);
                });
    }

    private static String place(String part) {
        return switch (part) {
            case "log-cosh-pc" -> TERM;
            case "rational" -> ACTIVATION;
            case "log-cosh" -> LOSS;
            default -> RULE;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "log-cosh-pc, byDrive, LogCoshCoding, --algorithm log-cosh-pc, 2000, 8",
        "log-cosh, pull, LogCosh, --loss log-cosh, 60, 4",
        "rational, slope, Rational, --activation rational, 2000, 4",
        "threefold, announce, Threefold, --algorithm threefold, 10, 4",
    })
    void isNamedInEveryVerbOnEveryHost(
            String part, String method, String type, String option, int calls, int verbs)
            throws IOException {
        plant(place(part), "IllegalStateException", calls);
        assertEquals(0, relaxon("settle --dry-run " + option).code(), "it is thrown late");
        for (String verb : VERBS.subList(0, verbs)) {
            own.load(directory);
            String line = verb + " " + option + " --quiet";
            requireNamed(line, part, method, type, "IllegalStateException");
        }
    }

    /** Kinds that the program gives a meaning of its own where it throws them itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ArithmeticException",
                "IllegalArgumentException",
                "UnsupportedOperationException",
                "AssertionError",
                "StackOverflowError",
            })
    void isNamedWhateverItIs(String thrown) throws IOException {
        plant(TERM, thrown, 2000);
        String settle = "settle --layers 8,40,30,4 --batch 50 --algorithm log-cosh-pc";
        for (String line : List.of(settle, "train --algorithm log-cosh-pc --quiet" + TRAIN)) {
            own.load(directory);
            requireNamed(line, "log-cosh-pc", "byDrive", "LogCoshCoding", thrown);
        }
    }

    /** What was finished before is kept, and the command that goes on is printed. */
    @Test
    void whatWasFinishedBeforeIsKeptAndGoesOn() throws IOException {
        plant(TERM, "IllegalStateException", 60_000);
        Path rows = directory.resolve("rows");
        Ran sweep =
                relaxon(
                        "sweep --axis gain=.5,1 --layers 8,40,30,4 --batch 50 --seeds 9 --quiet"
                                + " --algorithm log-cosh-pc --out "
                                + rows);
        assertEquals(2, sweep.code(), sweep.err());
        assertTrue(
                sweep.err().contains("is kept; with the same classes, go on with: "), sweep.err());
        assertTrue(sweep.err().contains("--resume"), sweep.err());
    }

    private static void requireNamed(
            String line, String part, String method, String type, String thrown) {
        Ran ran = relaxon(line);
        String text = line + "\n" + ran.err() + ran.out();
        assertEquals(2, ran.code(), text);
        assertEquals(1, ran.err().strip().lines().count(), text);
        assertTrue(ran.err().contains(part + ": "), text);
        assertTrue(ran.err().contains("failed: java.lang." + thrown), text);
        assertTrue(ran.err().contains("own.%s.%s(%s.java:".formatted(type, method, type)), text);
    }
}
