package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.state.CellState;
import org.relaxon.runtime.virtual.VirtualHost;

/** A nudge that pushes the network into another basin gives no gradient, and says so. */
class BasinsTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.PLAIN);

    /**
     * Two units that hold each other: h = tanh(x + 2 o), o = 2 h in the free phase, so h = +-1
     * nearly, with the sign that the input .3 favours.
     */
    private static Network bistable() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = network.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 2.0;
        return network.with(p);
    }

    /** The same numbers as W and B: it moves as the network above, and has no energy. */
    private static Network bistableWithoutEnergy() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("0", 1)
                        .hidden("1", 1, StandardActivation.TANH)
                        .output("2", 1, StandardActivation.LINEAR)
                        .project("1", "0", "1")
                        .project("2", "1", "2")
                        .feedback("2", FeedbackWeights.random(1))
                        .build(Initialisation.uniform(1));
        Parameters p = network.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 2.0;
        p.feedback(1)[0][0] = 2.0;
        return network.with(p);
    }

    private static GradientEstimate estimate(double target, double beta) {
        return estimate(bistable(), target, beta);
    }

    private static GradientEstimate estimate(Network network, double target, double beta) {
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(network, RunPlan.of(EP.rule()))) {
            return GradientEstimate.withinOneBasin(
                    session,
                    new Method(EP, Estimator.ONE_SIDED, beta),
                    Matrix.column(0.3),
                    Matrix.column(target),
                    Budget.DEFAULT);
        }
    }

    @Test
    void aNudgeToTheOtherSideIsRefusedWithBothEnergies() {
        GradientEstimate jumped = estimate(-4.0, 5.0);

        NotSettled verdict = assertInstanceOf(NotSettled.class, jumped.verdict());
        assertEquals(Reason.MULTISTABLE, verdict.reason());
        assertNull(jumped.update());
        String[] numbers = verdict.detail().replaceAll("[^-+.e0-9 ]", " ").trim().split(" +");
        assertTrue(verdict.detail().contains("energy"), verdict.detail());
        double free = ((Settled) jumped.free()).equilibrium().energy(0);
        double shown = Double.parseDouble(numbers[numbers.length - 1]);
        assertEquals(free, shown, 1e-8);
        assertTrue(numbers.length >= 3, verdict.detail());
    }

    @Test
    void withoutAnEnergyTheReasonStandsInItsPlace() {
        Network network = bistableWithoutEnergy();
        GradientEstimate jumped = estimate(network, -4.0, 5.0);

        NotSettled verdict = assertInstanceOf(NotSettled.class, jumped.verdict());
        assertEquals(Reason.MULTISTABLE, verdict.reason());
        assertTrue(Double.isNaN(((Settled) jumped.free()).equilibrium().energy(0)));
        String detail = verdict.detail();
        assertTrue(detail.endsWith(network.noEnergy()) && !detail.contains("NaN"), detail);
        String by = detail.replaceAll(".* an activity by ([^;]*);.*", "$1");
        assertEquals(3.8, Double.parseDouble(by), 0.2, detail); // o = +-2 nearly
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.1, 5.0})
    void aNudgeWithinTheBasinIsNot(double beta) {
        GradientEstimate stayed = estimate(1.5, beta);

        assertInstanceOf(Settled.class, stayed.verdict());
        assertTrue(stayed.isConclusive());
    }

    /** The free state of x = .05 is at o = .74; the target is far on the other side. */
    private static GradientEstimate weaklyBistable(
            Algorithm algorithm, double target, double beta) {
        return weaklyBistable(algorithm, target, beta, Budget.DEFAULT);
    }

    private static GradientEstimate weaklyBistable(
            Algorithm algorithm, double target, double beta, Budget budget) {
        Network like = bistable();
        Parameters p = like.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 1.3;
        Network network = like.with(p);
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(network, RunPlan.of(algorithm.rule()))) {
            return GradientEstimate.withinOneBasin(
                    session,
                    new Method(algorithm, algorithm.estimators().get(0), beta),
                    Matrix.column(0.05),
                    Matrix.column(target),
                    budget);
        }
    }

    /** Two nudges one after another, of which the weak one stays in its basin. */
    private static Algorithm inTurn(double first, double last) {
        return new Algorithm(
                "in-turn",
                "",
                EP.rule(),
                List.of(
                        PhaseSpec.free("free"),
                        PhaseSpec.nudged("one").at(first).startingFrom("free").withShare(0.5),
                        PhaseSpec.nudged("two").at(last).startingFrom("free").withShare(0.5)),
                EP.strength(),
                EP.reference(),
                EP.order());
    }

    static List<Algorithm> forms() {
        return List.of(
                EP,
                inTurn(0.02, 1.0),
                inTurn(1.0, 0.02),
                Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                Algorithms.coupled(Form.PLAIN),
                Algorithms.coupled(Form.DIFFERENCE),
                Algorithms.clampedHebbian(Form.PLAIN),
                Algorithms.clampedHebbian(Form.DIFFERENCE));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsReleasedFromItsNudge(Algorithm algorithm) {
        GradientEstimate left = weaklyBistable(algorithm, -3.0, 0.5);

        NotSettled verdict = assertInstanceOf(NotSettled.class, left.verdict());
        assertEquals(Reason.MULTISTABLE, verdict.reason());
        assertNull(left.update());
    }

    /** A nudge that moves activities as far within the basin is none of that. */
    @ParameterizedTest
    @MethodSource("forms")
    void everyFormThatStaysIsLeftAlone(Algorithm algorithm) {
        GradientEstimate stayed = weaklyBistable(algorithm, 3.0, 0.5);

        assertInstanceOf(Settled.class, stayed.verdict());
        assertTrue(stayed.isConclusive());
    }

    /** The energy of a Hopfield network that is nudged by five times the loss. */
    private static class FiveFold extends Hopfield {
        private final boolean stated;

        FiveFold(boolean stated) {
            super("five-fold");
            this.stated = stated;
        }

        @Override
        public void correct(CellState s) {
            if (!s.isOutput()) {
                super.correct(s);
                return;
            }
            for (int k = 0; k < s.activity().length; k++) {
                double b = 5 * s.beta()[k % s.columns()];
                double pulled = b == 0 ? 0 : b * s.target()[k];
                s.activity()[k] = (s.drive()[k] + pulled) / (1 + b);
            }
            publish(s);
        }

        @Override
        public StatedEnergy energy() {
            StatedEnergy hopfield = new Hopfield("ep").energy();
            return StatedEnergy.own(
                    new StatedEnergy.Value() {
                        @Override
                        public void add(CellState state, double[] energy) {
                            hopfield.add(state, energy);
                        }

                        @Override
                        public double loss(Network network, double[] output, double[] target) {
                            double loss = hopfield.loss(network, output, target);
                            return stated ? 5 * loss : loss;
                        }
                    });
        }
    }

    private static Algorithm fiveFold(boolean stated) {
        return new Algorithm(
                "five-fold",
                "",
                new FiveFold(stated),
                EP.start(),
                EP.output(),
                EP.strength(),
                EP.reference(),
                EP.order());
    }

    /** Its own loss stated or not: the branch from the free state leads to where it rests. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEnergyWithAnotherLossStaysInItsBasin(boolean stated) {
        for (double beta : new double[] {1e-3, 0.1, 1.0}) {
            GradientEstimate stayed = weaklyBistable(fiveFold(stated), 3.0, beta);
            assertInstanceOf(Settled.class, stayed.verdict(), "" + beta);
        }
        GradientEstimate left = weaklyBistable(fiveFold(stated), -3.0, 0.5);
        assertEquals(Reason.MULTISTABLE, ((NotSettled) left.verdict()).reason());
    }

    /** All settlings along a branch share one budget; what is given up for it is said. */
    @Test
    void aBranchThatIsNotAffordedIsGivenUpByName() {
        int givenUp = 0;
        long enough = 0;
        for (long limit = 16; limit <= 1 << 16 && enough == 0; limit += 1 + limit / 16) {
            Settlement verdict =
                    weaklyBistable(fiveFold(false), 3.0, 0.1, Budget.DEFAULT.withMessages(limit))
                            .verdict();
            boolean said =
                    verdict instanceof NotSettled not
                            && not.reason() == Reason.MULTISTABLE
                            && not.detail().contains("is not known: given up after ");
            givenUp += said ? 1 : 0;
            enough = verdict instanceof Settled ? limit : 0;
        }
        assertTrue(givenUp > 0, "every limit that lets both phases settle affords the branch");
        assertTrue(enough > 0);
        NotSettled left =
                (NotSettled) weaklyBistable(fiveFold(false), -3.0, 0.5, Budget.DEFAULT).verdict();
        assertEquals(
                -1, left.detail().indexOf("given up"), left.detail()); // it does not lead there
    }

    @Test
    void aSmallNudgeToTheOtherSideStays() {
        assertInstanceOf(Settled.class, estimate(-4.0, 1e-3).verdict());
    }

    /** Gain .4 has one minimum: nothing to refuse, at small and at large nudges. */
    @Test
    void networksWithOneMinimumAreNeverRefused() {
        RunPlan plan = RunPlan.of(EP.rule()).withThreshold(1e-14);
        for (long seed = 1; seed <= 50; seed++) {
            Network network =
                    Network.layered(
                            new int[] {5, 7, 6, 3},
                            StandardActivation.TANH,
                            StandardActivation.LINEAR,
                            StandardLoss.SQUARED,
                            new Initialisation(Scheme.NORMAL, 0.4, seed));
            for (double beta : new double[] {1e-5, 1e-2, 1.0}) {
                try (VirtualHost host = new VirtualHost();
                        Session session = host.open(network, plan)) {
                    GradientEstimate one =
                            GradientEstimate.withinOneBasin(
                                    session,
                                    new Method(EP, Estimator.ONE_SIDED, beta),
                                    normal(5, seed),
                                    normal(3, seed + 1000),
                                    Budget.DEFAULT);
                    assertInstanceOf(Settled.class, one.verdict(), "seed " + seed + " " + beta);
                }
            }
        }
    }

    /**
     * The bounds of the theorem have room for rounding alone: an energy that is beyond them by a
     * millionth of beta times the loss is that of another basin, and one that is beyond by the
     * thousandth part of that is rounding.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-2, 1.0})
    void theBoundsOfTheTheoremAreSharp(double beta) {
        GradientEstimate stayed = estimate(1.5, beta);
        Settled free = (Settled) stayed.free();
        Settled nudged = assertInstanceOf(Settled.class, stayed.verdict());
        double x0 = free.equilibrium().activity(2).get(0, 0);
        double x = nudged.equilibrium().activity(2).get(0, 0);
        double before = 0.5 * (x0 - 1.5) * (x0 - 1.5);
        double after = 0.5 * (x - 1.5) * (x - 1.5);
        // in units of the stated energy, without the loss: between 0 and beta (L0 - L)
        double lowest = free.equilibrium().energy(0);
        double highest = lowest + beta * (before - after);
        double unit = beta * (1.0 + before);

        for (double within : new double[] {lowest - 1e-9 * unit, highest + 1e-9 * unit}) {
            assertInstanceOf(Settled.class, judge(free, nudged, within), within + "");
        }
        for (double beyond : new double[] {lowest - 1e-6 * unit, highest + 1e-6 * unit}) {
            NotSettled not =
                    assertInstanceOf(NotSettled.class, judge(free, nudged, beyond), beyond + "");
            assertEquals(Reason.MULTISTABLE, not.reason());
        }
    }

    /** The verdict if the nudged state had another energy. */
    private static Settlement judge(Settled free, Settled nudged, double energy) {
        Equilibrium e = nudged.equilibrium();
        Matrix[] activity = {e.activity(0), e.activity(1), e.activity(2)};
        Matrix[] error = {e.error(0), e.error(1), e.error(2)};
        Equilibrium other =
                new Equilibrium(e.phaseId(), e.phase(), activity, error, new double[] {energy});
        Settled made = new Settled(other, List.of(new ColumnVerdict(0, 0.0, null, "")));
        Settled start = new Settled(free.equilibrium(), List.of(new ColumnVerdict(0, 0, null, "")));
        return Basins.judge(start, made, Matrix.column(1.5), bistable(), EP.rule());
    }

    private static Matrix normal(int n, long seed) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = CounterRandom.normal(seed, 7, i);
        }
        return Matrix.column(values);
    }
}
