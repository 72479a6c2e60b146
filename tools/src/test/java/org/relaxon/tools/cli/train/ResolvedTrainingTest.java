package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.option.ResolvedOptions;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine.Model.OptionSpec;

/** A training states every option that determines its result, whether or not it was given. */
class ResolvedTrainingTest {
    private static final String FEW =
            "train --quiet --data two-moons --examples 64 --test-examples 20 --iterations 2"
                    + " --algorithm ep ";

    /** Options that are absent unless they are given, or stated by another one. */
    private static final String WITHOUT_VALUE =
            "--(network|weights|feedback|drive|cut|burst|slow|crash|starve|drop|duplicate|reorder|late|delay-on"
                    + "|dynamics|step|form|gamma|points|precisions|parameters|inference-rate|against|beside"
                    + "|budget-sweeps|threshold|tolerance|epochs|l2|checkpoint|resume-with|budget-memory|threads|join|nodes"
                    + "|probe|probe-every|tensorboard)";

    @TempDir private Path temp;

    private static Set<String> optionsOfATraining() {
        Set<String> out = new TreeSet<>();
        try (Interruption interruption = new Interruption()) {
            for (OptionSpec option :
                    Ran.commands(interruption)
                            .getSubcommands()
                            .get("train")
                            .getCommandSpec()
                            .options()) {
                String name = ResolvedOptions.name(option);
                if (!ResolvedOptions.OUTPUT.contains(name) && !name.matches(WITHOUT_VALUE)) {
                    out.add(name);
                }
            }
        }
        return out;
    }

    private static Set<String> names(JsonNode options) {
        Set<String> out = new TreeSet<>();
        options.fieldNames().forEachRemaining(out::add);
        return out;
    }

    @Test
    void everyOptionIsInTheResultTheManifestThePageAndTheText() throws IOException {
        Ran ran = relaxon(FEW + "--json - --out " + temp);
        JsonNode options = ran.json().get("options");
        assertEquals(optionsOfATraining(), names(options));
        assertEquals("normal", options.get("--init").asText());
        assertEquals("0.4", options.get("--gain").asText());
        assertEquals("virtual", options.get("--host").asText());
        Path directory = Path.of(ran.json().get("directory").asText());
        JsonNode manifest = Ran.json(directory.resolve("manifest.json")).get("config");
        assertEquals(options, manifest.get("options"));
        String page = Files.readString(directory.resolve("report.html"));
        String text = relaxon(FEW).out();
        for (String name : names(options)) {
            String words = name + " " + options.get(name).asText();
            assertTrue(page.contains(words), words);
            assertTrue(text.contains(words), words + " in " + text);
        }
        assertTrue(text.contains("weights      drawn: normal, gain 0.4, seed 1"), text);
        assertTrue(text.contains("host         virtual in layer cells, delay none, turn-"), text);
        assertTrue(text.contains("init normal with gain 0.4 (of ep)"), text);
    }

    /** The record is whole if nothing else is needed to train again. */
    @Test
    void aTrainingRepeatsFromItsStatedOptionsAlone() throws IOException {
        JsonNode first = relaxon(FEW + "--json -").json();
        JsonNode again = trained(first.get("options"), "--gain", "0.4");
        assertEquals(first.get("curve"), again.get("curve"));
        assertEquals(first.get("messages"), again.get("messages"));
        JsonNode other = trained(first.get("options"), "--gain", "0.5");
        assertNotEquals(first.get("curve"), other.get("curve"));
    }

    private static JsonNode trained(JsonNode options, String name, String value)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("train", "--quiet", "--json", "-"));
        options.properties()
                .forEach(
                        e ->
                                words.addAll(
                                        List.of(
                                                e.getKey(),
                                                e.getKey().equals(name)
                                                        ? value
                                                        : e.getValue().asText())));
        Ran ran = relaxon(words.toArray(new String[0]));
        assertEquals(0, ran.code(), ran.err());
        return ran.json();
    }

    /** The twin: weights from a file are not drawn, so that neither scheme nor gain applies. */
    @Test
    void weightsFromAFileHaveNoGain() throws IOException {
        Path run =
                Path.of(relaxon(FEW + "--json - --out " + temp).json().get("directory").asText());
        String read = FEW + "--weights " + run.resolve("arrays.npz");
        JsonNode options = relaxon(read + " --json -").json().get("options");
        assertFalse(options.has("--gain"), options.toString());
        assertFalse(options.has("--init"), options.toString());
        assertTrue(options.get("--weights").asText().contains("arrays.npz"), options.toString());
        Ran text = relaxon(read);
        assertTrue(text.out().contains("weights      " + run.resolve("arrays.npz")), text.out());
        assertFalse(text.out().contains("init normal"), text.out());
    }

    @Test
    void aSettlingStatesItsOptionsToo() throws IOException {
        JsonNode json = relaxon("settle --algorithm ep --json -").json();
        JsonNode options = json.get("options");
        assertEquals("0.4", options.get("--gain").asText());
        assertEquals("10000000", options.get("--budget-messages").asText());
        assertEquals("strict", options.get("--kernels").asText());
        JsonNode gamma = relaxon("settle --algorithm chl --json -").json().get("options");
        assertEquals("0.001", gamma.get("--gamma").asText());
        assertFalse(gamma.has("--beta"), gamma.toString());
    }
}
