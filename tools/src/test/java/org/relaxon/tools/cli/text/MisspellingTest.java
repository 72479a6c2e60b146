package org.relaxon.tools.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Words that users type for others. */
class MisspellingTest {
    private static final String MOONS =
            "train --data two-moons --examples 60 --test-examples 20 --batch 20 --quiet --json - ";

    @ParameterizedTest
    @CsvSource({
        "settle --granularty neuron, unknown option --granularty; did you mean --granularity?",
        "train --optimzer=adam, unknown option --optimzer; did you mean --optimizer?",
        "train -rate 3, unknown option -rate; did you mean --rate?",
        "settle --lyers 3, unknown option --lyers; did you mean --layers?",
        "settle --treshold 1, unknown option --treshold; did you mean --threshold?",
        "train --weightdecay 1, unknown option --weightdecay; did you mean --weight-decay?",
        "settle --gian 1, unknown option --gian; did you mean --gain?",
        "settle --granul layer, unknown option --granul; did you mean --granularity?",
        "trian --epochs 3, unknown command trian; did you mean train?",
        "'settle --epochs 3', 'unknown option --epochs; it is an option of relaxon sweep, relaxon train'",
        "settle neuron, unexpected argument \"neuron\"",
    })
    void theNearestIsNamed(String line, String message) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code(), line);
        assertTrue(ran.err().startsWith("relaxon: " + message + " (see "), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    @Test
    void whatIsLikeNothingSuggestsNothing() {
        for (String word : List.of("--wibble", "--x", "--")) {
            assertFalse(relaxon("check " + word + "zz 3").err().contains("did you mean"), word);
        }
        assertEquals(Optional.empty(), Misspelling.nearest("--ab", List.of("--abc1", "--abc2")));
        assertEquals(Optional.empty(), Misspelling.nearest("--abc", List.of("--abcd1", "--abcd2")));
    }

    /** Every option of every command, with one letter left out, doubled, replaced or swapped. */
    @Test
    void oneWrongLetterIsAlwaysFoundAgain() {
        SplittableRandom random = new SplittableRandom(12);
        int tried = 0;
        int exact = 0;
        try (Interruption interruption = new Interruption()) {
            for (CommandLine command : Ran.commands(interruption).getSubcommands().values()) {
                List<String> names =
                        command.getCommandSpec().options().stream()
                                .map(OptionSpec::longestName)
                                .filter(n -> n.length() > 5)
                                .toList();
                for (String name : names) {
                    int at = 2 + random.nextInt(name.length() - 3);
                    for (String wrong :
                            List.of(
                                    name.substring(0, at) + name.substring(at + 1),
                                    name.substring(0, at) + name.charAt(at) + name.substring(at),
                                    name.substring(0, at) + "~" + name.substring(at + 1),
                                    name.substring(0, at)
                                            + name.charAt(at + 1)
                                            + name.charAt(at)
                                            + name.substring(at + 2))) {
                        String found = Misspelling.nearest(wrong, names).orElse("");
                        assertTrue(Misspelling.distance(wrong, found) <= 1, wrong + ": " + found);
                        exact += found.equals(name) ? 1 : 0; // --precisios may be two options
                        tried++;
                    }
                }
            }
        }
        assertTrue(tried > 500 && exact > 0.97 * tried, exact + " of " + tried);
    }

    @Test
    void lettersInsertedLostReplacedAndSwappedCountOne() {
        assertEquals(0, Misspelling.distance("rate", "rate"));
        assertEquals(1, Misspelling.distance("rate", "rates"));
        assertEquals(1, Misspelling.distance("rate", "rte"));
        assertEquals(1, Misspelling.distance("rate", "rare"));
        assertEquals(1, Misspelling.distance("rate", "raet"));
        assertEquals(3, Misspelling.distance("kitten", "sitting"));
        assertEquals(4, Misspelling.distance("", "rate"));
    }

    @Test
    void aliasesAreTheSameOptions() throws IOException {
        JsonNode one = relaxon(MOONS + "--optimiser sgd --rate 0.3").json();
        for (String words :
                List.of("--optimizer sgd --learning-rate 0.3", "--optimizer sgd --lr .3")) {
            assertEquals(one.get("curve"), relaxon(MOONS + words).json().get("curve"), words);
        }
        String sized = MOONS.replace("--batch ", "--batch-size ");
        assertEquals(
                one.get("curve"), relaxon(sized + "--optimiser sgd --lr .3").json().get("curve"));
        assertNotEquals(one.get("curve"), relaxon(MOONS + "--lr .3").json().get("curve"));
        assertEquals(2, relaxon(MOONS + "--lr .3 --rate .3").code());
    }

    @Test
    void aPenaltyIsTheDecayOfSgdAndRefusedWhereItIsNot() throws IOException {
        String sgd = MOONS + "--optimiser sgd --lr .3 ";
        JsonNode decayed = relaxon(sgd + "--weight-decay .1").json();
        assertEquals(decayed.get("curve"), relaxon(sgd + "--l2 .1").json().get("curve"));
        assertNotEquals(decayed.get("curve"), relaxon(sgd).json().get("curve"));
        for (String words :
                List.of(
                        "--l2 .1",
                        "--optimiser momentum --l2 .1",
                        "--optimiser adam:.8,.9 --l2 .1")) {
            Ran ran = relaxon(MOONS + words);
            assertEquals(2, ran.code(), words);
            assertTrue(ran.err().contains("use --weight-decay 0.1"), ran.err());
        }
        for (String words : List.of("--l2 -1", "--l2 NaN", "--l2 .1 --weight-decay .1")) {
            Ran ran = relaxon(sgd + words);
            assertEquals(2, ran.code(), words);
            assertTrue(ran.err().contains("l2: "), ran.err());
        }
    }

    /** The twin: a value that is near none is refused as before. */
    @Test
    void onlyANearValueIsSuggested() {
        String far = "loss: \"huber\" is not one of squared, cross-entropy";
        assertEquals(far, Misspelling.completed(far));
        String other = "layers: 3 is too few";
        assertEquals(other, Misspelling.completed(other));
        String near = "loss: \"sqared\" is not one of squared, cross-entropy";
        assertEquals(near + "; did you mean squared?", Misspelling.completed(near));
        assertEquals(
                near + "; did you mean squared?",
                Misspelling.completed(near + "; did you mean squared?"));
    }
}
