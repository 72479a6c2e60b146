package org.relaxon.experiments.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.problem.NetworkFile;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;

/**
 * Networks that cannot run are refused with the place and the name of what is wrong, and before
 * anything starts. Each is a sound random graph with one mistake; {@code
 * -Drelaxon.invalid.first=SEED -Drelaxon.invalid.count=1} repeats those of one graph.
 */
class InvalidNetworkTest {
    private static final long FIRST = Long.getLong("relaxon.invalid.first", 1);
    private static final int COUNT = Integer.getInteger("relaxon.invalid.count", 10);

    @TempDir private Path directory;

    private static Activation activation(String name) {
        return Stream.of(StandardActivation.values())
                .filter(f -> f.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not one of these"));
    }

    private NetworkPlan read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("net.conf"), text);
        return NetworkFile.read(file, InvalidNetworkTest::activation);
    }

    /** The message; null if the text was read. */
    private String refusal(String text) {
        try {
            read(text);
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Test
    void fiveHundredMistakesAreRefusedAtTheirPlaceAndByName() throws IOException {
        Set<String> texts = new HashSet<>();
        TreeMap<String, Integer> kinds = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            for (Mistake mistake : Mistakes.of(seed)) {
                String said = refusal(mistake.text());
                String context = mistake + "\nsaid: " + said + "\n" + mistake.text();
                assertTrue(said != null, context);
                assertTrue(said.contains("net.conf"), context);
                for (String named : mistake.named()) {
                    assertTrue(said.contains(named), named + " is not named: " + context);
                }
                assertEquals(1, said.lines().count(), context);
                if (texts.add(mistake.text())) {
                    kinds.merge(mistake.what(), 1, Integer::sum);
                }
            }
        }
        assertTrue(COUNT < 10 || texts.size() >= 500, texts.size() + " mistakes");
        assertTrue(kinds.size() >= 30, kinds.toString());
    }

    /** The twin: without the mistake they are read and built. */
    @Test
    void whatTheMistakesAreMadeInIsSound() throws IOException {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            NetworkPlan plan = Mistakes.sound(seed);
            assertEquals(plan, read(NetworkFile.text(plan)), "seed " + seed);
            assertTrue(build(plan).depth() > 0);
        }
    }

    private static Network build(NetworkPlan plan) {
        return plan.build(
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(3));
    }

    /** Weights of another network are refused by the array that does not fit. */
    @Test
    void weightsOfAnotherNetworkAreRefusedByName() throws IOException {
        int refused = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            NetworkPlan plan = Mistakes.sound(seed);
            Network network = build(plan);
            for (int k = 0; k < network.projections().size(); k++) {
                double[][] w = network.parameters().weights(k);
                if (w.length == 0) {
                    continue;
                }
                String name = "W" + network.projection(k).name();
                Path file = directory.resolve("weights-%d-%d.npz".formatted(seed, k));
                write(file, network, k);
                String said = refusal(plan, file);
                assertTrue(said.contains(name), "seed " + seed + ": " + name + ": " + said);
                assertTrue(said.contains(Integer.toString(w.length)), said);
                refused++;
            }
        }
        assertTrue(refused > 2 * COUNT, refused + " refused");
    }

    private static String refusal(NetworkPlan plan, Path weights) {
        try {
            ProblemSpec.defaults().withGraph(plan).withWeights(weights.toString()).build();
            return "nothing";
        } catch (IOException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** All arrays of a network; one of them has a row too many. */
    private static void write(Path file, Network network, int wrong) throws IOException {
        try (NpzWriter out = NpzWriter.create(file)) {
            for (Projection e : network.projections()) {
                double[][] w = network.parameters().weights(e.index());
                if (w.length == 0) {
                    continue;
                }
                int rows = w.length + (e.index() == wrong ? 1 : 0);
                double[][] more = Arrays.copyOf(w, rows);
                more[rows - 1] = w[0];
                out.put("W" + e.name(), flat(more), rows, w[0].length);
                if (!e.connectivity().isMatrix() && !e.connectivity().shares()) {
                    double[][] from = new double[w.length][];
                    for (int i = 0; i < w.length; i++) {
                        int[] onto = e.connectivity().onto(i, size(network, e)).presynaptic();
                        from[i] = Arrays.stream(onto).asDoubleStream().toArray();
                    }
                    out.put("j" + e.name(), flat(from), w.length, w[0].length);
                }
            }
        }
    }

    private static int size(Network network, Projection e) {
        return network.population(e.pre()).size();
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void aMistakeIsAFunctionOfItsSeed() {
        List<Mistake> some = Mistakes.of(5);
        assertEquals(some, Mistakes.of(5));
        assertFalse(some.isEmpty());
        assertFalse(
                some.stream().map(Mistake::text).collect(Collectors.toSet()).size() < some.size());
    }

    /**
     * A text with a mistake.
     *
     * @param named what the message has to contain
     */
    record Mistake(long seed, String what, String text, List<String> named) {
        @Override
        public String toString() {
            return "seed %d, %s, expects %s".formatted(seed, what, named);
        }
    }
}
