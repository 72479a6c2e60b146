package org.relaxon.runtime;

import java.util.function.Consumer;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/** A rule, predictive coding by default, with something planted before every correction. */
class HookedRule implements Rule {
    private final Rule inner;
    private final Consumer<CellState> before;

    HookedRule(Consumer<CellState> before) {
        this(new PredictiveCoding(), before);
    }

    HookedRule(Rule inner, Consumer<CellState> before) {
        this.inner = inner;
        this.before = before;
    }

    @Override
    public String optionName() {
        return "hooked";
    }

    @Override
    public void validate(Network network) {
        inner.validate(network);
    }

    @Override
    public boolean usesSlope() {
        return inner.usesSlope();
    }

    @Override
    public void predict(CellState state) {
        inner.predict(state);
    }

    @Override
    public void correct(CellState state) {
        before.accept(state);
        inner.correct(state);
    }

    @Override
    public void announce(CellState state) {
        inner.announce(state);
    }

    @Override
    public int activityPlanes() {
        return inner.activityPlanes();
    }

    @Override
    public int feedbackPlanes() {
        return inner.feedbackPlanes();
    }

    @Override
    public boolean wantsAnotherTurn(CellState state, double threshold) {
        return inner.wantsAnotherTurn(state, threshold);
    }

    @Override
    public boolean actsOnce(Phase phase) {
        return inner.actsOnce(phase);
    }

    @Override
    public boolean isDataflow(Phase phase) {
        return inner.isDataflow(phase);
    }

    @Override
    public boolean sendsCurvature() {
        return inner.sendsCurvature();
    }

    @Override
    public void driveCurvature(CellState state, double[] curvature) {
        inner.driveCurvature(state, curvature);
    }

    @Override
    public boolean curvatureOfOneCell() {
        return inner.curvatureOfOneCell();
    }

    @Override
    public double curvatureMax() {
        return inner.curvatureMax();
    }

    /** The judge is not hooked: it speaks after the settling. */
    @Override
    public Rule judge() {
        return inner.judge();
    }

    @Override
    public boolean holdsErrors() {
        return inner.holdsErrors();
    }

    @Override
    public boolean isErrorForm() {
        return inner.isErrorForm();
    }

    @Override
    public double activityUnit(Phase phase, int column, int height) {
        return inner.activityUnit(phase, column, height);
    }

    @Override
    public double feedbackUnit(Phase phase, int column, int height) {
        return inner.feedbackUnit(phase, column, height);
    }

    @Override
    public double roundOff(Phase phase, int column) {
        return inner.roundOff(phase, column);
    }

    @Override
    public void addEnergy(CellState state, double[] energy) {
        inner.addEnergy(state, energy);
    }

    @Override
    public boolean accepts(Phase phase) {
        return inner.accepts(phase);
    }

    @Override
    public LocalRule localRule() {
        return inner.localRule();
    }
}
