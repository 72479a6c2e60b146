package org.relaxon.runtime.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelaysTest {
    private static final int DRAWS = 40_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "constant:1ms",
                "constant:0ms",
                "uniform:0ms,2ms",
                "uniform:5us,5us",
                "exponential:200us",
                "pareto:1ms,1.5",
                "pareto:50us,0.8"
            })
    void aDelayModelReadsBackFromItsOwnText(String text) {
        DelayModel model = Delays.parse(text);
        DelayModel again = Delays.parse(model.spec());

        assertEquals(model.spec(), again.spec());
        assertEquals(model.typicalNanos(), again.typicalNanos());
        for (int draw = 0; draw < 100; draw++) {
            assertEquals(model.nanos(3, 4, draw), again.nanos(3, 4, draw), text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant:-1ms | -1ms",
                "constant:1 | \"1\"",
                "constant: | \"\"",
                "constant:1ms, | constant:1ms,",
                "constant | constant",
                "none: | none:",
                "none:1ms | none:1ms",
                "uniform:1ms | uniform:1ms",
                "uniform:2ms,1ms | 2ms, 1ms",
                "uniform:0ms,2ms, | uniform:0ms,2ms,",
                "uniform:1,2ms | \"1\"",
                "exponential:NaN | NaN",
                "exponential:NaNms | NaNms",
                "exponential:1ms,2ms | exponential:1ms,2ms",
                "exponential:12days | 12days",
                "exponential:1000001s | 1000001s",
                "pareto:1ms | pareto:1ms",
                "pareto:1ms,NaN | NaN",
                "pareto:1ms,-1 | -1.0",
                "pareto:1ms,0 | 0.0",
                "pareto:1ms,Infinity | Infinity",
                "pareto:1ms,x | \"x\"",
                "pareto:1ms,1.5d | 1.5d",
                "pareto:1ms,0x1p1 | 0x1p1",
                "normal:1ms | normal:1ms",
                "Constant:1ms | Constant:1ms",
                "'' | \"\""
            })
    void whatIsNoDelayModelIsRefusedNamingTheFieldAndTheValue(String text, String named) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Delays.parse(text)).getMessage();

        assertTrue(message.startsWith("delay: "), message);
        assertTrue(message.contains(named), message + " should name " + named);
        assertTrue(message.matches(".*(not one of|not a span|needs|not in 0\\.\\.).*"), message);
    }

    @Test
    void everyModelOfTheHelpTextIsUnderstood() {
        for (String line : Delays.SYNTAX) {
            if (line.startsWith("measured:")) {
                continue; // needs a file; MoreDelaysTest writes one
            }
            String example = line.split(" ")[0];
            assertEquals(example, Delays.parse(example).spec());
        }
    }

    /** Within five standard errors of the mean. */
    @ParameterizedTest
    @CsvSource({
        "'constant:1ms', 1e6, 0",
        "'uniform:0ms,2ms', 1e6, 577350",
        "'uniform:1ms,3ms', 2e6, 577350",
        "'exponential:200us', 2e5, 2e5",
        "'pareto:1ms,3', 1.5e6, 866025",
        "'pareto:1ms,5', 1.25e6, 322749"
    })
    void theMeanOfTheDrawsIsTheMeanOfTheModel(String text, double mean, double deviation) {
        DelayModel model = Delays.parse(text);
        for (long seed = 1; seed <= 3; seed++) {
            double sum = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                sum += model.nanos(seed, draw % 17, draw);
            }
            double bound = 5 * deviation / Math.sqrt(DRAWS) + 1; // a draw is cut to whole ns
            assertEquals(mean, sum / DRAWS, bound, text + ", seed " + seed);
        }
        assertEquals(mean, (double) model.typicalNanos(), 1, text);
    }

    /** Where a model has no mean, the share below its median is a half. */
    @Test
    void halfOfTheDrawsOfAHeavyTailAreBelowItsTypicalTime() {
        DelayModel model = Delays.parse("pareto:1ms,0.9");
        int below = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            below += model.nanos(5, 1, draw) < model.typicalNanos() ? 1 : 0;
        }

        assertEquals(0.5, (double) below / DRAWS, 5 * 0.5 / Math.sqrt(DRAWS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "constant:3us",
                "uniform:2us,5us",
                "exponential:1us",
                "pareto:2us,0.01",
                "pareto:0ms,0.0001"
            })
    void everyDrawIsWithinTheBounds(String text) {
        DelayModel model = Delays.parse(text);
        for (int draw = 0; draw < 10_000; draw++) {
            long nanos = model.nanos(1, 2, draw);
            assertTrue(nanos >= 0 && nanos <= Delays.NANOS_MAX, text + " drew " + nanos);
        }
        assertTrue(model.typicalNanos() >= 0 && model.typicalNanos() <= Delays.NANOS_MAX);
    }

    @Test
    void aLeastDelayOfZeroScalesEveryParetoDrawToZero() {
        DelayModel model = Delays.parse("pareto:0ms,0.0001");
        assertEquals(0, model.typicalNanos());
        for (int draw = 0; draw < 1_000; draw++) {
            assertEquals(0, model.nanos(1, 2, draw));
        }
    }

    @Test
    void uniformDrawsReachBothHalvesAndNeverLeave() {
        DelayModel model = Delays.parse("uniform:10ns,20ns");
        boolean[] seen = new boolean[21];
        for (int draw = 0; draw < 2_000; draw++) {
            seen[(int) model.nanos(1, 1, draw)] = true;
        }
        for (int k = 0; k < 10; k++) {
            assertEquals(false, seen[k], k + " ns is below the least");
            assertEquals(true, seen[10 + k], 10 + k + " ns is never drawn");
        }
    }

    @Test
    void aDrawDependsOnSeedLinkAndNumberAndOnNothingElse() {
        DelayModel model = Delays.parse("exponential:1s");
        long one = model.nanos(1, 2, 3);
        model.nanos(9, 9, 9);

        assertEquals(one, model.nanos(1, 2, 3));
        assertNotEquals(one, model.nanos(2, 2, 3));
        assertNotEquals(one, model.nanos(1, 3, 3));
        assertNotEquals(one, model.nanos(1, 2, 4));
        assertNotEquals(one, model.nanos(1, -2, 3));
    }
}
