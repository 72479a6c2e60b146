package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feedback weights of their own through the verbs: what is withdrawn, and what is verified. */
class OwnFeedbackTest {
    private static final String CHECK =
            "check --seeds 2 --host virtual,synchronous --delay none --json - --quiet ";

    @TempDir private Path directory;

    private static JsonNode json(Ran ran) {
        try {
            return new ObjectMapper().readTree(ran.out());
        } catch (IOException e) {
            throw new AssertionError(ran.out() + ran.err(), e);
        }
    }

    private Path only(String name) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void checkClaimsNothingAndVerifiesCellsAndAgreement() {
        for (String algorithm : List.of("pc-nudge", "ep", "chl", "dual-propagation", "pc-alm")) {
            Ran own = relaxon(CHECK + "--feedback random --algorithm " + algorithm);
            assertEquals(0, own.code(), algorithm + own.err() + own.out());
            JsonNode found = json(own);
            assertTrue(found.get("holds").isNull() && found.get("caseHolds").isNull(), algorithm);
            assertTrue(found.get("noClaim").asText().startsWith("the network has no energy"));
            assertFalse(found.get("certificate").get("certified").asBoolean());
            assertTrue(found.get("predictedError").isNull() && found.get("order").isNull());
            assertEquals("backprop", found.get("reference").asText());
            assertTrue(found.get("angleDegrees").asDouble() > 20.0, algorithm);
            assertTrue(found.get("spread").asDouble() <= 1e-6, algorithm);
            assertEquals(6, found.get("projections").size());
        }
        JsonNode plain = json(relaxon(CHECK + "--algorithm pc-nudge"));
        assertTrue(plain.get("holds").asBoolean() && plain.get("noClaim").isNull());
        assertTrue(plain.get("angleDegrees").asDouble() < 0.1);
    }

    @Test
    void theTextSaysSo() throws IOException {
        Ran own =
                relaxon(
                        "check --seeds 1 --host virtual --granularity layer --delay none"
                                + " --feedback random --out "
                                + directory);
        assertEquals(0, own.code(), own.err());
        List<String> table = Files.readAllLines(only("angles.csv"));
        assertEquals(1 + 2 * 7, table.size()); // two algorithms, of seven parts
        String page = Files.readString(only("report.html"));
        assertFalse(page.contains("The claim holds"));
        assertFalse(page.contains("<td>exact</td>"), page);
        assertTrue(own.out().contains("No gradient is claimed: the network has no energy"));
        assertTrue(own.out().contains("angle of pc-nudge to backprop, seed 1: "), own.out());
        assertFalse(own.out().contains("The claim holds") || own.out().contains(" yes"));
    }

    /** One case of each algorithm: nothing was compared, and no order is declared. */
    @Test
    void aSingleCaseIsComparedWithNone() throws IOException {
        String line = CHECK.replace(",synchronous", "").replace("--quiet ", "--granularity layer ");
        String alone = line.replace("--json - ", "") + "--algorithm pc-nudge ";
        Ran own = relaxon(alone + "--feedback random --out " + directory);
        assertEquals(0, own.code(), own.err());
        assertTrue(own.out().contains("; there are no two cases of one algorithm and seed to com"));
        assertFalse(own.out().contains("have the same update"), own.out());
        String page = Files.readString(only("report.html"));
        assertFalse(page.contains("<td>exact</td>"), page);
        List<String> rows = Files.readAllLines(only("results.csv"));
        int order = List.of(rows.get(0).split(",")).indexOf("declaredOrder");
        assertEquals("", rows.get(1).split(",")[order], rows.get(1));
        Ran two = relaxon(alone.replace("virtual", "virtual,synchronous") + "--feedback random");
        assertTrue(two.out().contains("seed have the same update."), two.out());
        JsonNode found = json(relaxon(line + "--quiet --algorithm pc-nudge --feedback random"));
        assertTrue(found.get("declaredOrder").isNull() && found.get("spread").isNull());
        JsonNode plain = json(relaxon(line + "--quiet --algorithm pc-clamped"));
        assertEquals(0, plain.get("declaredOrder").asInt(-1));
    }

    @Test
    void aCheckThatIsStoppedClaimsNothingEither() {
        String line = "check --delay all --seeds 20 --algorithm pc-nudge --json - ";
        JsonNode own = json(Ran.stopped("INT", line + "--quiet --feedback random"));
        assertTrue(own.get("holds").isNull(), own.toString());
        assertTrue(own.get("noClaim").asText().startsWith("the network has no energy"));
        JsonNode plain = json(Ran.stopped("INT", line + "--quiet"));
        assertTrue(plain.get("holds").isNull(), plain.toString());
        assertFalse(plain.get("noClaim").isTextual(), plain.toString());
        Ran text = Ran.stopped("INT", line.replace("--json -", "") + "--feedback random");
        assertTrue(text.out().contains("No gradient is claimed: the network has"), text.out());
        assertFalse(text.out().contains("claim is judged"), text.out());
    }

    @Test
    void aRunThatDoesNotSettleIsNoneThatIsVerified() {
        Ran own =
                relaxon(
                        "check --seeds 1 --host virtual --granularity layer --delay none"
                                + " --feedback random --cut 2->3");
        assertEquals(3, own.code(), own.out() + own.err());
        Ran swings =
                relaxon(
                        "settle --host synchronous --algorithm ep --activation linear --gain 9"
                                + " --init normal --feedback random");
        assertEquals(3, swings.code(), swings.out() + swings.err());
        assertTrue(swings.out().contains("no energy    the network has no energy"), swings.out());
    }

    @Test
    void settleReportsTheAngleOfEveryLayer() {
        Ran own = relaxon("settle --feedback random:seed=3");
        assertEquals(0, own.code(), own.err());
        assertTrue(own.out().contains("certificate  none: the network has no energy"), own.out());
        assertTrue(own.out().contains("from its own fixed point"), own.out());
        assertTrue(own.out().matches("(?s).*angle {8}to backprop [0-9.]+ degrees \\(cosine .*"));
        JsonNode found = json(relaxon("settle --quiet --json - --feedback random:seed=3"));
        assertEquals("random:seed=3", found.get("options").get("--feedback").asText());
        assertTrue(found.get("noEnergy").isTextual());
        assertTrue(found.get("energy").get("internal").isNull());
        assertEquals(0, found.get("minimum").get("minima").asInt());
        double whole = found.get("angleDegrees").asDouble();
        assertEquals(Math.cos(Math.toRadians(whole)), found.get("cosine").asDouble(), 1e-12);
        assertTrue(found.get("projections").get(0).get("angleDegrees").asDouble() > 1.0);
    }

    /** The twin: the commands that compare with a reference of choice take it. */
    @Test
    void trainingsAndSweepsTakeNoReference() {
        for (String line : List.of("train --data two-moons", "sweep")) {
            Ran ran = relaxon(line + " --against backprop");
            assertEquals(2, ran.code(), line + ran.out());
            assertTrue(ran.err().contains("--against"), ran.err());
        }
        assertEquals(0, relaxon("settle --against backprop --quiet").code());
    }

    @Test
    void theTextStatesTheAngleOfEveryWeightAndBias() {
        String out = relaxon("settle --feedback random").out();
        for (String part : List.of("W1 ", "b1 ", "W2 ", "b2 ", "W3 ", "b3 ")) {
            assertTrue(out.lines().anyMatch(l -> l.startsWith("angle") && l.contains(part)), out);
        }
    }

    @Test
    void whatNeedsAnEnergyIsRefusedByName() {
        for (String line :
                List.of(
                        "settle --algorithm hep",
                        "settle --algorithm pc",
                        "settle --dynamics coordinate",
                        "settle --algorithm ep --against implicit",
                        "train --data two-moons --schedule continual",
                        "train --data two-moons --update-probability 0.5")) {
            Ran ran = relaxon(line + " --feedback kolen-pollack:0.1");
            assertEquals(2, ran.code(), line + ran.out());
            assertTrue(ran.err().contains("feedback weights"), line + ": " + ran.err());
        }
        Ran unknown = relaxon("settle --feedback symmetric");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("kolen-pollack:KAPPA"), unknown.err());
    }

    @Test
    void networkFilesStateThemAndReadThemBack() throws IOException {
        Path file = directory.resolve("net.conf");
        Ran written =
                relaxon(
                        "network --layers 5,4,3,2 --feedback homeostasis:0.5,seed=2 --write "
                                + file);
        assertEquals(0, written.code(), written.err());
        assertTrue(written.out().contains("feedback weights homeostasis:0.5,seed=2"));
        String text = Files.readString(file);
        assertTrue(text.contains("feedback = \"homeostasis:0.5,seed=2\""), text);
        Ran chain =
                relaxon(
                        "settle --quiet --json - --layers 5,4,3,2 --feedback"
                                + " homeostasis:0.5,seed=2");
        Ran read = relaxon("settle --quiet --json - --network " + file);
        assertEquals(json(chain).get("traceHash").asText(), json(read).get("traceHash").asText());
        Ran twice = relaxon("settle --feedback random --network " + file);
        assertEquals(2, twice.code());
        Files.writeString(file, text.replace("homeostasis:0.5,seed=2", "own"));
        Ran wrong = relaxon("network " + file);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("net.conf, line "), wrong.err());
    }

    @Test
    void weightsFilesHaveThem() throws IOException {
        String settle = "settle --quiet --json - --layers 5,4,3,2 ";
        Ran first = relaxon(settle + "--feedback random:seed=7 --out " + directory);
        assertEquals(0, first.code(), first.err());
        Path arrays = only("arrays.npz");
        Ran read = relaxon(settle + "--feedback random:seed=8 --weights " + arrays);
        assertEquals(0, read.code(), read.err());
        assertEquals(json(first).get("traceHash").asText(), json(read).get("traceHash").asText());
        Ran drawn = relaxon(settle + "--feedback random:seed=8");
        assertNotEquals(
                json(first).get("traceHash").asText(), json(drawn).get("traceHash").asText());
        Ran without = relaxon(settle + "--weights " + arrays);
        assertEquals(2, without.code());
        assertTrue(without.err().contains("feedback weights F2"), without.err());
    }

    /** A training that is resumed equals one that was not interrupted, bit for bit. */
    @Test
    void trainingsReportAnglesAndResume() throws IOException {
        String train =
                "train --quiet --data two-moons --layers 2,8,6,2 --examples 64 --test-examples 20"
                        + " --batch 16 --optimiser sgd --rate 0.1 --feedback kolen-pollack:0.05 ";
        Ran whole = relaxon(train + "--epochs 4 --json - --out " + directory);
        assertEquals(0, whole.code(), whole.err());
        Path kept = directory.resolve("a.ckpt");
        assertEquals(0, relaxon(train + "--epochs 2 --checkpoint " + kept).code());
        Ran resumed = relaxon(train + "--epochs 4 --json - --checkpoint " + kept);
        JsonNode one = json(whole);
        JsonNode other = json(resumed);
        assertEquals(one.get("curve"), other.get("curve"));
        assertEquals(5, one.get("curve").size());
        assertTrue(one.get("noEnergy").isTextual());
        assertEquals(6, one.get("angles").size());
        double first = one.get("curve").get(0).get("angleDegrees").asDouble();
        assertTrue(one.get("angleDegrees").asDouble() < first, "no alignment");
        List<String> table = Files.readAllLines(only("angles.csv"));
        assertEquals("step,name,angleDegrees,cosine", table.get(0));
        assertEquals(1 + 5 * 7, table.size());
        String total =
                "16,total,%s,%s".formatted(one.get("angleDegrees"), one.get("cosineToBackprop"));
        assertEquals(total, table.get(1 + 4 * 7));
        assertEquals(0, one.get("anglesFromStep").asInt(-1));
        assertEquals(12, other.get("anglesFromStep").asInt());
        String page = Files.readString(only("report.html"));
        assertTrue(page.contains("angle to backprop at the last evaluation"), "no angle");
        assertTrue(page.contains("no gradient is claimed"), "claims one");
        assertTrue(
                page.contains("with feedback weights kolen-pollack:0.05,seed=1, by pc-nudge"),
                page);
        assertTrue(Files.size(only("angle.png")) > 0);
        assertTrue(page.contains("angle to backprop at every evaluation"), "no picture");
        Ran changed = relaxon(train.replace("0.05", "0.06") + "--epochs 4 --checkpoint " + kept);
        assertEquals(2, changed.code(), changed.out());
        assertTrue(changed.err().contains("--feedback was kolen-pollack:0.05"), changed.err());
    }

    /** A checkpoint keeps the whole angle of an evaluation, not those of layers. */
    @Test
    void aResumedTrainingStatesFromWhereAnglesOfLayersAreKnown() throws IOException {
        String train =
                "train --quiet --data two-moons --layers 2,4,2 --examples 32 --test-examples 20"
                        + " --batch 16 --optimiser sgd --feedback random --checkpoint "
                        + directory.resolve("a.ckpt");
        Ran first = relaxon(train + " --epochs 1");
        assertEquals(0, first.code(), first.err());
        assertFalse(first.out().contains("angles       of layers"), first.out());
        Ran resumed = relaxon(train + " --epochs 2 --out " + directory);
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.out().contains("angles       of layers from step 4 on"), resumed.out());
        assertTrue(Files.readAllLines(only("angles.csv")).get(1).startsWith("4,total,"));
        String page = Files.readString(only("report.html"));
        assertTrue(page.contains("first step with angles of layers"), "no step");
    }

    @Test
    void theEnergyOfACellIsNoQuantityOfSuchANetwork() {
        String probed = " --probe 2=activity,energy --out " + directory;
        for (String verb : List.of("settle", "train --data two-moons --layers 2,5,2")) {
            Ran own = relaxon(verb + " --algorithm pc-nudge --feedback random" + probed);
            assertEquals(2, own.code(), own.out());
            assertTrue(own.err().contains("there is no quantity energy, since the network has no"));
        }
        Ran plain = relaxon("settle --quiet --algorithm pc-nudge" + probed);
        assertEquals(0, plain.code(), plain.err());
    }

    @Test
    void thePageOfACheckCountsNoCaseThatHolds() throws IOException {
        Ran own = relaxon(CHECK + "--feedback random --algorithm pc-nudge --out " + directory);
        assertEquals(0, own.code(), own.err());
        String page = Files.readString(only("report.html"));
        assertTrue(page.contains("judged, none for a gradient, since the network has no energy"));
        assertFalse(page.contains("cases hold"), page);
        assertTrue(
                page.contains(
                        "what angle the local updates of pc-nudge, with feedback weights random:seed=1,"));
    }

    /** The seeds of a check draw W; B has its own seed, as the help states. */
    @Test
    void theFeedbackWeightsAreThoseOfTheirOwnSeed() {
        String line = "settle --quiet --json - --host synchronous --feedback ";
        JsonNode one = json(relaxon(line + "random --seed 5")).get("options");
        assertEquals("random:seed=1", one.get("--feedback").asText());
        String help = relaxon("check --help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("drawn from the seed S, default 1, the same for every"), help);
    }

    @Test
    void aSweepStatesThatItsNetworksHaveNoEnergy() throws IOException {
        String settlings = "sweep --axis threshold=1e-8,1e-10 --quiet --json - ";
        String trainings =
                "sweep --data two-moons --layers 2,5,4,2 --examples 40 --test-examples 20 --epochs 1"
                        + " --axis rate=1e-3,1e-2 --quiet --json - ";
        for (String line : List.of(settlings, trainings, settlings.replace("sweep", "stress"))) {
            Ran own = relaxon(line + "--feedback random:seed=2");
            assertEquals(0, own.code(), own.err());
            String why = json(own).get("noEnergy").asText();
            assertTrue(why.startsWith("the network has no energy: its feedback weights"), why);
            Ran plain = relaxon(line);
            assertTrue(json(plain).get("noEnergy").isNull(), plain.out());
        }
    }

    @Test
    void textAndPageOfASweepClaimNoGradient() throws IOException {
        String line = "sweep --axis threshold=1e-8,1e-10 --seeds 2 --out " + directory;
        Ran own = relaxon(line + "/own --feedback random");
        assertEquals(0, own.code(), own.err());
        assertTrue(own.out().contains("no energy: the network has no energy"), own.out());
        assertTrue(own.out().contains("no gradient is claimed, and errors are distances"));
        String page = Files.readString(only("report.html"));
        assertTrue(page.contains("No gradient is claimed: the network has no energy"), page);
        assertTrue(
                page.contains("2 seeds at each point, with feedback weights random:seed=1."), page);
        Ran plain = relaxon(line + "/plain");
        assertFalse(plain.out().contains("no gradient is claimed"), plain.out());
        try (Stream<Path> all = Files.walk(directory.resolve("plain"))) {
            Path other = all.filter(p -> p.endsWith("report.html")).findFirst().orElseThrow();
            assertFalse(Files.readString(other).contains("No gradient is claimed"));
        }
    }

    /** The twin: with transposed weights no angle is drawn, and none is requested. */
    @Test
    void aPlainTrainingHasNoPictureOfAngles() throws IOException {
        Ran plain =
                relaxon(
                        "train --quiet --data two-moons --layers 2,5,2 --examples 20"
                                + " --test-examples 10 --epochs 1 --out "
                                + directory);
        assertEquals(0, plain.code(), plain.err());
        Path page = only("report.html");
        assertFalse(Files.exists(page.resolveSibling("angle.png")));
        assertFalse(Files.readString(page).contains("feedback weights"), "not requested");
    }
}
