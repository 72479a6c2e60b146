package org.relaxon.experiments.claims;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/** A rule with a planted mistake in what cells do or in how synapses change. */
final class MistakenRule implements Rule {
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
        Rule own = rule.judge();
        // the audit makes the same mistake, so that the verdict is the claim's
        this.judge = own == rule ? this : new MistakenRule(own, before, after, local);
    }

    /** The mistake is made to what a cell has heard, before it corrects itself. */
    static MistakenRule hearing(Rule rule, Consumer<CellState> mistake) {
        return new MistakenRule(rule, mistake, s -> {}, UnaryOperator.identity());
    }

    /** The mistake is made to what a cell is about to send. */
    static MistakenRule sending(Rule rule, Consumer<CellState> mistake) {
        return new MistakenRule(rule, s -> {}, mistake, UnaryOperator.identity());
    }

    static MistakenRule learning(Rule rule, UnaryOperator<LocalRule> mistake) {
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
    public Rule judge() {
        return judge;
    }

    @Override
    public boolean wantsAnotherTurn(CellState state, double threshold) {
        double[] heard = state.feedback().clone();
        before.accept(state);
        boolean wants = rule.wantsAnotherTurn(state, threshold);
        System.arraycopy(heard, 0, state.feedback(), 0, heard.length);
        return wants;
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
    public int activityPlanes() {
        return rule.activityPlanes();
    }

    @Override
    public int feedbackPlanes() {
        return rule.feedbackPlanes();
    }

    @Override
    public boolean usesSlope() {
        return rule.usesSlope();
    }

    @Override
    public void predict(CellState state) {
        rule.predict(state);
    }

    @Override
    public boolean actsOnce(Phase phase) {
        return rule.actsOnce(phase);
    }

    @Override
    public boolean isDataflow(Phase phase) {
        return rule.isDataflow(phase);
    }

    @Override
    public boolean sendsCurvature() {
        return rule.sendsCurvature();
    }

    @Override
    public void driveCurvature(CellState state, double[] curvature) {
        rule.driveCurvature(state, curvature);
    }

    @Override
    public boolean curvatureOfOneCell() {
        return rule.curvatureOfOneCell();
    }

    @Override
    public double curvatureMax() {
        return rule.curvatureMax();
    }

    @Override
    public boolean holdsErrors() {
        return rule.holdsErrors();
    }

    @Override
    public boolean isErrorForm() {
        return rule.isErrorForm();
    }

    @Override
    public double activityUnit(Phase phase, int column, int height) {
        return rule.activityUnit(phase, column, height);
    }

    @Override
    public double feedbackUnit(Phase phase, int column, int height) {
        return rule.feedbackUnit(phase, column, height);
    }

    @Override
    public double roundOff(Phase phase, int column) {
        return rule.roundOff(phase, column);
    }

    @Override
    public void addEnergy(CellState state, double[] energy) {
        rule.addEnergy(state, energy);
    }

    @Override
    public boolean accepts(Phase phase) {
        return rule.accepts(phase);
    }
}
