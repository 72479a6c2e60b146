package org.relaxon.tools.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.Numeral;
import org.relaxon.tools.cli.Ran;

/** People read one notation for numbers, 1e-4, whichever part of the program wrote them. */
class NumeralsTest {
    private static final Pattern JAVA = Pattern.compile("\\d(\\.\\d+)?E-?\\d");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --data two-moons --layers 2,4,2 --rate 1e-4 --l2 1e-5 --optimiser sgd"
                        + " --iterations 4 --quiet",
                "train --data two-moons --rate 1e-4 --dry-run",
                "settle --gain 1e-4 --threshold 1e-13 --quantum 1e-5 --delay pareto:100us,1e-5",
                "settle --gain 1e-4 --discipline poisson:1e-5 --drop 1e-9 --dry-run",
                "settle --beta 1e-200",
                "check --beta 1e-200",
                "settle --gain=-1e-5",
                "train --data two-moons --rate=-1e-5",
                "check --seeds 1 --beta 1e-4 --algorithm pc-nudge --host virtual --gain 40"
                        + " --budget-messages 500 --delay none --granularity layer",
                "paper --layers 784,8,10 --betas 1e-4 --dry-run",
                "paper-training --betas 1e-4 --examples 64 --dry-run",
                "reproduce delays --step 1e-4 --dry-run"
            })
    void noTextHasTheNotationOfJava(String line) {
        Ran ran = relaxon(line);
        String text = ran.out() + ran.err();
        assertFalse(JAVA.matcher(text).find(), text);
        assertTrue(text.contains("e-"), "a number that could have it: " + text);
    }

    @Test
    void aNumberIsRewrittenWhereverItStands() {
        assertEquals("1e-4", Numeral.text(1e-4));
        assertEquals("-2.5e-7", Numeral.text(-2.5e-7));
        assertEquals("1.0", Numeral.text(1));
        String sentence = "gain: -1.0E-5 is not in 2.5E-7..1.0E12, FILE1.E5.npz";
        assertEquals("gain: -1e-5 is not in 2.5e-7..1e12, FILE1.E5.npz", Figures.inText(sentence));
    }
}
