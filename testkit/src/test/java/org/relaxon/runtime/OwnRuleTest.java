package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Units;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.state.CellState;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;

/** A rule from elsewhere is probed when a host opens it, and one that is right settles. */
class OwnRuleTest {
    private static final Problem PROBLEM = Problem.tanh(4, 1, 3, 6, 5, 2);

    @Test
    void everyHostRefusesWhatWouldEndQuietAway() {
        List<Rule> wrong = List.of(new OwnForm(true), new OwnHopfield(Units.OF_ERRORS));
        List<String> methods = List.of("announce reads the feedback", "dynamics().units()");
        for (Host host : hosts()) {
            try (host) {
                for (int k = 0; k < wrong.size(); k++) {
                    RunPlan plan = RunPlan.of(wrong.get(k));
                    String message =
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> host.open(PROBLEM.network(), plan))
                                    .getMessage();
                    assertTrue(message.startsWith("rule own: " + methods.get(k)), message);
                }
            }
        }
    }

    @Test
    void theirCorrectTwinsSettle() {
        for (Host host : hosts()) {
            try (host) {
                for (Rule rule :
                        List.of(new OwnForm(false), new OwnHopfield(Units.OF_ACTIVITIES))) {
                    try (Session session = host.open(PROBLEM.network(), RunPlan.of(rule))) {
                        assertInstanceOf(
                                Settled.class,
                                session.settle(PROBLEM.nudged(0.01), Budget.DEFAULT));
                    }
                }
            }
        }
    }

    private static List<Host> hosts() {
        return List.of(
                new VirtualHost(), new AkkaHost(), new SynchronousHost(), new RedBlackHost());
    }

    /** Predictive coding; what it announces comes from its error, or from what it heard. */
    private static final class OwnForm extends ErrorForm {
        private final boolean hears;

        OwnForm(boolean hears) {
            this.hears = hears;
        }

        @Override
        public String optionName() {
            return "own";
        }

        @Override
        public void announce(CellState s) {
            boolean wrong = hears && !s.isOutput();
            for (int k = 0; k < s.backward().length; k++) {
                s.backward()[k] = s.slope()[k] * (wrong ? s.feedback()[k] : s.error()[k]);
            }
        }

        @Override
        protected void hiddenError(CellState s) {
            System.arraycopy(s.feedback(), 0, s.error(), 0, s.error().length);
        }

        @Override
        protected void outputError(CellState s) {
            nudgeByLoss(s);
        }
    }

    private static final class OwnHopfield extends Hopfield {
        private final Units units;

        OwnHopfield(Units units) {
            super("own");
            this.units = units;
        }

        @Override
        public Dynamics dynamics() {
            return Dynamics.fixedPoint(units);
        }
    }
}
