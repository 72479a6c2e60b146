package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon train} scores answers as the task of the data asks for. */
class TaskCommandTest {
    private static final int SIZE = 180;
    private static final String OPTIONS = " --batch 30 --quiet ";

    @TempDir private Path directory;

    /** Examples x in [-1, 1] with the target f(x). */
    private Path file(String name, DoubleUnaryOperator target) throws IOException {
        Path file = directory.resolve(name + ".npz");
        double[] x = new double[SIZE];
        double[] t = new double[SIZE];
        for (int k = 0; k < SIZE; k++) {
            x[k] = 2.0 * k / (SIZE - 1) - 1.0;
            t[k] = target.applyAsDouble(x[k]);
        }
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("x0", x, 1, SIZE);
            npz.put("target", t, 1, SIZE);
        }
        return file;
    }

    private static JsonNode train(Path file, String options) throws IOException {
        Ran ran = relaxon("train --data " + file + OPTIONS + options + " --json -");
        assertEquals(0, ran.code(), ran.err());
        return ran.json();
    }

    @Test
    void aRegressionHasLossAndR2AndNoAccuracy() throws IOException {
        Path file = file("sine", x -> Math.sin(3 * x));
        JsonNode json = train(file, "--layers 1,8,1 --rate 0.05 --epochs 40");
        assertEquals("regression", json.get("task").asText());
        assertTrue(json.get("taskInferred").asBoolean());
        assertTrue(json.get("testAccuracy").isNull());
        assertTrue(json.get("bestTestAccuracy").isNull());
        assertTrue(json.get("curve").get(0).get("testR2").asDouble() < 0.7, json.toString());
        assertTrue(json.get("testR2").asDouble() > 0.9, json.toString());
        Ran text = relaxon("train --data " + file + OPTIONS + "--layers 1,8,1");
        assertTrue(text.out().contains("task         regression, inferred"), text.out());
        assertTrue(text.out().contains("R2           "), text.out());
        assertFalse(text.out().contains("accuracy"), text.out());
    }

    /** R2 from loss and variance, which is another way: loss is half the squared distance. */
    @Test
    void r2IsWhatLossAndVarianceImply() throws IOException {
        Path file = file("line", x -> x > 0.2 ? x : -3 * x);
        JsonNode json = train(file, "--layers 1,4,1 --examples 150 --test-examples 30");
        Path arrays = directory.resolve("out");
        relaxon("train --data " + file + OPTIONS + "--layers 1,4,1 --out " + arrays);
        List<String> rows;
        try (Stream<Path> files = Files.walk(arrays)) {
            rows =
                    Files.readAllLines(
                            files.filter(f -> f.endsWith("results.csv")).findFirst().orElseThrow());
        }
        String[] names = rows.get(0).split(",", -1);
        String[] first = rows.get(1).split(",", -1);
        String[] last = rows.get(2).split(",", -1);
        int loss = List.of(names).indexOf("testLoss");
        int r2 = List.of(names).indexOf("testR2");
        assertEquals("", first[List.of(names).indexOf("testAccuracy")]);
        double one = (1 - Double.parseDouble(first[r2])) / Double.parseDouble(first[loss]);
        double two = (1 - Double.parseDouble(last[r2])) / Double.parseDouble(last[loss]);
        assertEquals(1.0, one / two, 1e-9); // 2 over the variance of the test targets
        assertEquals(json.get("testR2").asDouble(), Double.parseDouble(last[r2]));
    }

    /** The argmax of one output is always right. */
    @Test
    void oneOutputOfTwoCodesIsJudgedByItsSide() throws IOException {
        for (double low : new double[] {0, -1}) {
            Path file = file("codes" + low, x -> x > 0.2 ? 1 : low);
            JsonNode json = train(file, "--layers 1,6,1 --rate 0.05 --epochs 30");
            assertEquals("binary", json.get("task").asText());
            double before = json.get("curve").get(0).get("testAccuracy").asDouble();
            assertTrue(before < 0.9, json.toString());
            assertTrue(json.get("testAccuracy").asDouble() > 0.9, json.toString());
            assertTrue(json.get("testR2").isNull());
        }
    }

    /** An accuracy of 100 % at step 0 would end the first of these after two evaluations. */
    @Test
    void patienceWaitsForAFallingLossWhereThereIsNoAccuracy() throws IOException {
        Path file = file("slope", x -> 2 * x + 0.25);
        JsonNode json = train(file, "--layers 1,1 --epochs 6 --patience 2 --rate 0.01");
        assertEquals("done", json.get("ending").asText(), json.toString());
        JsonNode stuck = train(file, "--layers 1,1 --epochs 6 --patience 2 --rate 1e-300");
        assertEquals("patience", stuck.get("ending").asText(), stuck.toString());
    }

    @Test
    void theTaskCanBeAskedFor() throws IOException {
        Path file = file("codes", x -> x > 0 ? 1 : 0);
        JsonNode json = train(file, "--layers 1,4,1 --task regression");
        assertEquals("regression", json.get("task").asText());
        assertFalse(json.get("taskInferred").asBoolean());
        assertTrue(json.get("testAccuracy").isNull());
        Ran moons =
                relaxon(
                        "train --data two-moons --examples 60 --test-examples 30 --batch 20"
                                + " --task binary --quiet --json -");
        assertEquals(0, moons.code(), moons.err());
        assertEquals("2-16-8-1", moons.json().get("network").asText());
        Ran same =
                relaxon(
                        "train --data two-moons --examples 60 --test-examples 30 --batch 20"
                                + " --task reconstruction --quiet");
        assertTrue(same.out().contains("task         reconstruction, as requested"), same.out());
        Ran refused = relaxon("train --data " + file + " --task classification");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("task: classification needs"), refused.err());
        assertEquals(2, relaxon("train --data two-moons --task guess").code());
    }

    /** A checkpoint of one task is not of another. */
    @Test
    void theTaskIsPartOfATraining() throws IOException {
        Path file = file("codes", x -> x > 0 ? 1 : 0);
        Path kept = directory.resolve("a.ckpt");
        train(file, "--layers 1,4,1 --checkpoint " + kept);
        Ran other =
                relaxon(
                        "train --data "
                                + file
                                + OPTIONS
                                + "--layers 1,4,1 --epochs 2 --task regression --checkpoint "
                                + kept);
        assertEquals(2, other.code(), other.out());
        assertTrue(other.err().contains("--task was not given and is regression"), other.err());
        assertEquals(
                "done",
                train(file, "--layers 1,4,1 --epochs 2 --checkpoint " + kept)
                        .get("ending")
                        .asText());
    }
}
