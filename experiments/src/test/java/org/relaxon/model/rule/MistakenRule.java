package org.relaxon.model.rule;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * A rule with a planted mistake in what cells do or in how synapses change; in the package of the
 * library's own, so that it is not refused at open and a claim has to find the mistake.
 */
public final class MistakenRule implements Rule {
    private final Rule rule;
    private final Rule judge;
    private final Consumer<CellState> before;
    private final Consumer<CellState> after;
    private final UnaryOperator<LocalRule> local;

    private MistakenRule(
            Rule rule,
            Consumer<CellState> before,
            Consumer<CellState> after,
            UnaryOperator<LocalRule> local) {
        this.rule = rule;
        this.before = before;
        this.after = after;
        this.local = local;
        Rule own = rule.dynamics().judge(rule);
        // the audit makes the same mistake, so that the verdict is the claim's
        this.judge = own == rule ? this : new MistakenRule(own, before, after, local);
    }

    /** The mistake is made to what a cell has heard, before it corrects itself. */
    public static MistakenRule hearing(Rule rule, Consumer<CellState> mistake) {
        return new MistakenRule(rule, mistake, s -> {}, UnaryOperator.identity());
    }

    /** The mistake is made to what a cell is about to send. */
    public static MistakenRule sending(Rule rule, Consumer<CellState> mistake) {
        return new MistakenRule(rule, s -> {}, mistake, UnaryOperator.identity());
    }

    public static MistakenRule learning(Rule rule, UnaryOperator<LocalRule> mistake) {
        return new MistakenRule(rule, s -> {}, s -> {}, mistake);
    }

    @Override
    public void correct(CellState state) {
        double[] heard = state.feedback().clone();
        before.accept(state);
        rule.correct(state);
        System.arraycopy(heard, 0, state.feedback(), 0, heard.length);
        after.accept(state);
    }

    @Override
    public void announce(CellState state) {
        rule.announce(state);
        after.accept(state);
    }

    @Override
    public LocalRule localRule() {
        return local.apply(rule.localRule());
    }

    @Override
    public Traits traits() {
        return rule.traits();
    }

    /** The value alone: nobody predicts what a mistake does. */
    @Override
    public StatedEnergy energy() {
        return StatedEnergy.own(rule.energy()::add);
    }

    @Override
    public Dynamics dynamics() {
        return new Mistaken(rule.dynamics());
    }

    /** The same way of moving, asked after the mistake, and judged with it. */
    private final class Mistaken implements Dynamics {
        private final Dynamics sound;

        Mistaken(Dynamics sound) {
            this.sound = sound;
        }

        @Override
        public Units units() {
            return sound.units();
        }

        @Override
        public Rule judge(Rule own) {
            return judge;
        }

        @Override
        public boolean wantsAnotherTurn(CellState state, double threshold) {
            double[] heard = state.feedback().clone();
            before.accept(state);
            boolean wants = sound.wantsAnotherTurn(state, threshold);
            System.arraycopy(heard, 0, state.feedback(), 0, heard.length);
            return wants;
        }

        @Override
        public double gradientStep() {
            return sound.gradientStep();
        }

        @Override
        public void driveCurvature(CellState state, double[] curvature) {
            sound.driveCurvature(state, curvature);
        }

        @Override
        public double curvatureMax() {
            return sound.curvatureMax();
        }

        @Override
        public void renew(CellState state) {
            sound.renew(state);
        }
    }

    @Override
    public String optionName() {
        return rule.optionName();
    }

    @Override
    public void validate(Network network) {
        rule.validate(network);
    }

    @Override
    public void predict(CellState state) {
        rule.predict(state);
    }

    @Override
    public boolean accepts(Phase phase) {
        return rule.accepts(phase);
    }
}
