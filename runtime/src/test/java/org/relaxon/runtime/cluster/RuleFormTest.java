package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

class RuleFormTest {
    private static final List<Algorithm> FAMILY =
            List.of(
                    Algorithms.pcNudge(),
                    Algorithms.pc(Algorithms.coordinate()),
                    Algorithms.pc(Algorithms.safeguarded(Moves.ALL_CELLS)),
                    Algorithms.pcClamped(Algorithms.safeguarded(Moves.ONE_CELL)),
                    Algorithms.pcNudge(Algorithms.gradient(0.25)),
                    Algorithms.precisionPc(2.0, 0.5),
                    Algorithms.fenchelYoung(),
                    Algorithms.coordinateFenchelYoung(Moves.ALL_CELLS),
                    Algorithms.fixedPrediction(),
                    Algorithms.zeroDivergence(1.0),
                    Algorithms.zeroDivergence(0.75),
                    Algorithms.dualPropagation(),
                    Algorithms.dualPropagation(0.25),
                    Algorithms.dualPropagationTop(0.0),
                    Algorithms.dualPropagationTop(0.25),
                    Algorithms.equilibriumPropagation(Form.PLAIN),
                    Algorithms.equilibriumPropagation(0.125),
                    Algorithms.holomorphic(),
                    Algorithms.contrastiveHebbian(Form.DIFFERENCE),
                    Algorithms.clampedHebbian(Form.PLAIN),
                    Algorithms.coupled(Form.PLAIN),
                    new PcAlm().algorithm(),
                    new PcAlm().with(List.of(3.0, 2.0)).bySteps(0.5));

    @Test
    void everyRuleOfTheLibraryIsMadeAgain() {
        for (Algorithm one : FAMILY) {
            Rule rule = one.rule();
            RuleForm form = RuleForm.of(rule);
            Rule again = form.make();
            assertEquals(rule.getClass(), again.getClass(), one.label());
            assertEquals(form, RuleForm.of(again), one.label());
            assertEquals(rule.traits(), again.traits(), one.label());
        }
    }

    @Test
    void numbersAreNotLost() {
        assertEquals(List.of(0.75), RuleForm.of(Algorithms.zeroDivergence(0.75).rule()).numbers());
        assertEquals(
                List.of(2.0, 0.5), RuleForm.of(Algorithms.precisionPc(2.0, 0.5).rule()).numbers());
        assertEquals(List.of(0.25), RuleForm.of(Algorithms.dualPropagation(0.25).rule()).numbers());
    }

    @Test
    void aRuleOfYourOwnIsRefused() {
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RuleForm.of(new PredictiveCoding() {}));
        assertTrue(refused.getMessage().contains("pc-nudge is one of your own"));
        assertNull(new RuleForm("mine", "", List.of()).make());
    }
}
