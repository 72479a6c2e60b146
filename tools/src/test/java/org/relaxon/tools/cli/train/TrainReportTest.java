package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.tools.cli.Ran;

/** A training reports what ran in the words of its options. */
class TrainReportTest {
    private static final String FEW =
            "train --quiet --data two-moons --examples 64 --test-examples 20 --iterations 2 ";

    @TempDir private Path temp;

    private static String line(Ran ran, String name) {
        assertEquals(0, ran.code(), ran.err());
        return ran.out()
                .lines()
                .filter(l -> l.startsWith(name + " "))
                .findFirst()
                .orElse("no line " + name);
    }

    @Test
    void anAlgorithmIsNamedAsItWasAskedFor() throws IOException {
        Ran ipc = relaxon(FEW + "--algorithm ipc");
        assertTrue(
                line(ipc, "algorithm").contains(" ipc: pc on the schedule incremental:4, "),
                ipc.out());
        assertTrue(line(ipc, "schedule").contains("first 4 relaxations"), ipc.out());
        assertTrue(line(ipc, "by default").contains("(of ipc)"), ipc.out());
        JsonNode json = relaxon(FEW + "--algorithm ipc --json -").json();
        assertEquals("ipc", json.get("algorithm").asText());
        assertEquals("pc on the schedule incremental:4", json.get("standsFor").asText());

        Ran pc = relaxon(FEW + "--algorithm pc");
        assertTrue(line(pc, "algorithm").contains(" pc, "), pc.out());
        assertTrue(line(pc, "schedule").contains("phased"), pc.out());
        assertTrue(relaxon(FEW + "--algorithm pc --json -").json().get("standsFor").isNull());
    }

    @Test
    void theScheduleHasALine() {
        String continual = FEW + "--optimiser sgd --schedule continual";
        assertTrue(line(relaxon(continual), "schedule").contains(" continual: "));
    }

    @Test
    void aStrengthStandsUnderItsOwnName() throws IOException {
        String chl = line(relaxon(FEW + "--algorithm chl"), "algorithm");
        assertTrue(chl.contains(", gamma 0.001, "), chl);
        assertFalse(chl.contains("beta"), chl);
        String ep = line(relaxon(FEW + "--algorithm ep --beta 0.01"), "algorithm");
        assertTrue(ep.contains(", beta 0.01, "), ep);
        Ran none = relaxon(FEW + "--algorithm pc-clamped");
        assertFalse(none.out().matches("(?s).*\\b(beta|strength|gamma) \\d.*"), none.out());
        JsonNode json = relaxon(FEW + "--algorithm chl --json -").json();
        assertEquals("gamma", json.get("strengthName").asText());
    }

    @Test
    void resolvedThresholdsAreRecordedEverywhere() throws IOException {
        Ran ran = relaxon(FEW + "--algorithm ep --json - --out " + temp);
        JsonNode json = ran.json();
        assertEquals(1e-6, json.get("threshold").asDouble());
        assertEquals(1e-4, json.get("tolerance").asDouble(), 1e-18);
        Path directory = Path.of(json.get("directory").asText());
        JsonNode config =
                new ObjectMapper()
                        .readTree(directory.resolve("manifest.json").toFile())
                        .get("config");
        assertEquals(json.get("threshold"), config.get("threshold"));
        assertEquals(json.get("tolerance"), config.get("tolerance"));
        String page = Files.readString(directory.resolve("report.html"));
        assertTrue(page.matches("(?s).*>threshold</th><td>1[.0]*[eE]-0?6<.*"), page);
        JsonNode own = relaxon(FEW + "--algorithm ep --threshold 1e-7 --json -").json();
        assertEquals(1e-7, own.get("threshold").asDouble());
    }

    /** No line begins with a word that nothing beside it explains. */
    @Test
    void whatALineIsAboutIsSaidInIt() {
        Ran ran = relaxon(FEW + "--align-every 1");
        assertTrue(
                line(ran, "minimum").contains("do settled examples rest at a minimum"), ran.out());
        String changes = line(ran, "changes");
        assertTrue(changes.contains("of weights and biases by the optimiser"), changes);
        assertTrue(changes.contains("relative error at most "), changes);
        assertEquals("no line changes", line(relaxon(FEW), "changes"));
        Ran settled = relaxon("settle --delay exponential:1ms --host virtual");
        assertTrue(
                line(settled, "verdict").contains("largest distance of a cell from"),
                settled.out());
        assertTrue(
                line(settled, "trace").contains("hash of all deliveries of the last phase"),
                settled.out());
        assertTrue(line(settled, "minimum").contains("rest at a minimum"), settled.out());
    }

    /** Help says of a training what holds for a training. */
    @Test
    void helpKnowsTheDefaultsOfATraining() {
        String help = relaxon("train --help").out().replaceAll("\\s+", " ");
        assertFalse(help.contains("Default random"), help);
        assertFalse(help.contains("random 8,16,12,4"), help);
        assertTrue(help.contains("Default 64, or all examples if there are fewer."), help);
        assertTrue(help.contains("16,8 for two-moons, 64,32 for strokes"), help);
        assertEquals(2, relaxon("train --quiet").code());
        assertEquals("network      2-16-8-2", line(relaxon(FEW), "network"));
        String check = relaxon("check --help").out().replaceAll("\\s+", " ");
        assertTrue(check.contains("random 8,16,12,4"), check);
    }

    /** The default batch is no wish: a set with fewer examples is one batch. */
    @Test
    void theDefaultBatchIsAtMostTheWholeSet() throws IOException {
        String few = "train --quiet --data two-moons --test-examples 20 --iterations 1 --json -";
        JsonNode json = relaxon(few + " --examples 3").json();
        assertEquals(3, json.get("batch").asInt());
        assertTrue(json.get("chosenByDefault").toString().contains("batch 3 (all examples)"));
        JsonNode whole = relaxon(few + " --examples 64").json();
        assertTrue(whole.get("chosenByDefault").toString().contains("\"batch 64\""));
        Ran asked = relaxon(few + " --examples 3 --batch 64");
        assertEquals(2, asked.code());
        assertTrue(asked.err().contains("batch: 64 is not in 1..3"), asked.err());
    }

    private String npz(String name, double[] labels, double[] target) throws IOException {
        int size = labels.length;
        double[] x0 = new double[size];
        for (int k = 0; k < size; k++) {
            x0[k] = 0.1 * k;
        }
        Path file = temp.resolve(name + ".npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("x0", x0, 1, size);
            npz.put("labels", labels, size);
            if (target != null) {
                npz.put("target", target, 2, size);
            }
        }
        return file.toString();
    }

    private static Ran trained(String file) {
        return relaxon("train --quiet --batch 2 --iterations 1 --layers 1,3,2 --data " + file);
    }

    @Test
    void whatLabelsOfAFileMeanIsSaid() throws IOException {
        double[] plain = {0, 1, 0, 1, 0, 1};
        double[] shifted = {1, 2, 1, 2, 1, 2};
        double[] target = {1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0};
        Ran same = trained(npz("plain", plain, null));
        assertFalse(line(same, "data").contains("labels"), same.out());
        assertEquals("no line remark", line(same, "remark"));
        Ran moved = trained(npz("shifted", shifted, null));
        assertTrue(line(moved, "data").contains("labels 1 to 2 are classes 0 to 1"), moved.out());
        Ran both = trained(npz("both", plain, target));
        assertTrue(line(both, "data").contains("target is learned, labels are scored"), both.out());
        assertTrue(line(both, "remark").contains("in 1 of 6 examples"), both.out());
    }

    @Test
    void theOutcomeStandsFirstOnItsPage() throws IOException {
        Ran ran = relaxon(FEW + "--beside backprop --json - --out " + temp);
        String page =
                Files.readString(Path.of(ran.json().get("directory").asText(), "report.html"));
        int accuracy = page.indexOf("Test accuracy");
        assertTrue(accuracy > 0 && accuracy < page.indexOf("<svg"), page);
        assertTrue(page.contains(" %; backprop "), page);
        int folded = page.indexOf(">Configuration</h2>");
        assertTrue(folded > page.indexOf(">Outcome</h2>"), "settings stand before the outcome");
        for (String name : new String[] {"test loss", "examples left out", "ending"}) {
            int at = page.indexOf(">" + name + "</th>");
            assertTrue(at > 0 && at < folded, name);
        }
    }

    /** The twin: what trained nothing has no outcome of a training. */
    @Test
    void aSettledRunHasNoAccuracy() throws IOException {
        relaxon("settle --quiet --layers 2,3,2 --out " + temp);
        try (Stream<Path> all = Files.walk(temp)) {
            Path page = all.filter(p -> p.endsWith("report.html")).findFirst().orElseThrow();
            assertFalse(Files.readString(page).contains(">test accuracy</th>"));
        }
    }

    /** The angle to backprop is no measure of ep, whose own gradient is another one. */
    @Test
    void aTrainingNamesTheGradientThatItFollows() {
        String few = FEW.replace("--quiet ", "");
        Ran ep = relaxon(few + "--algorithm ep");
        assertTrue(line(ep, "reference").contains("implicit gradient of its own"), ep.out());
        assertTrue(ep.err().startsWith("note: the updates of ep follow"), ep.err());
        assertTrue(ep.err().contains(", 1 - cosine to backprop "), ep.err());
    }

    /** The twin: one that follows backprop needs no note. */
    @Test
    void aTrainingThatFollowsBackpropHasNoNote() {
        Ran pc = relaxon(FEW.replace("--quiet ", "") + "--algorithm pc-nudge");
        assertEquals("no line reference", line(pc, "reference"));
        assertFalse(pc.err().contains("note: "), pc.err());
    }
}
