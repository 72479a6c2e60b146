package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.FixedPrediction;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Neurons of any population are held in one phase, and settle in another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClampTest {
    private static final int COLUMNS = 3;
    private static final boolean[] HALF = {true, true, false};

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);
    private final Problem problem = Family.hopfield(5, COLUMNS); // 4-6-5-3, tanh, linear output
    private final Matrix hidden = values(6, 0.3);
    private final Matrix image = values(3, 0.8);

    @AfterAll
    void close() {
        akka.close();
    }

    private List<Host> hosts() {
        return List.of(virtual, akka, new SynchronousHost(), new RedBlackHost());
    }

    private static Matrix values(int rows, double size) {
        double[] out = new double[rows * COLUMNS];
        Arrays.setAll(out, k -> size * Math.sin(1.7 * k + rows));
        return Matrix.of(rows, COLUMNS, out);
    }

    private static RunPlan plan(Rule rule) {
        return RunPlan.of(rule).withThreshold(1e-14).withTolerance(1e-8);
    }

    private Equilibrium settle(Host host, RunPlan plan, Phase phase) {
        try (Session session = host.open(problem.network(), plan)) {
            return Compare.settled(session.settle(phase, Budget.DEFAULT), host.optionName())
                    .equilibrium();
        }
    }

    /** W x + b of a projection of a chain. */
    private Matrix drive(int projection, Matrix x) {
        Parameters p = problem.network().parameters();
        double[][] w = p.weights(projection);
        Matrix out = Matrix.zeros(w.length, COLUMNS);
        for (int i = 0; i < w.length; i++) {
            for (int c = 0; c < COLUMNS; c++) {
                double sum = p.biases(projection + 1)[i];
                for (int j = 0; j < w[i].length; j++) {
                    sum += w[i][j] * x.get(j, c);
                }
                out.values()[i * COLUMNS + c] = sum;
            }
        }
        return out;
    }

    /** W^T x of a projection of a chain. */
    private Matrix feedback(int projection, Matrix x) {
        double[][] w = problem.network().parameters().weights(projection);
        Matrix out = Matrix.zeros(w[0].length, COLUMNS);
        for (int j = 0; j < w[0].length; j++) {
            for (int c = 0; c < COLUMNS; c++) {
                double sum = 0.0;
                for (int i = 0; i < w.length; i++) {
                    sum += w[i][j] * x.get(i, c);
                }
                out.values()[j * COLUMNS + c] = sum;
            }
        }
        return out;
    }

    private static Matrix tanh(Matrix a) {
        double[] out = a.values().clone();
        for (int k = 0; k < out.length; k++) {
            out[k] = StandardActivation.TANH.value(out[k], Elementary.STRICT);
        }
        return Matrix.of(a.rows(), a.columns(), out);
    }

    private static Matrix plus(Matrix a, Matrix b, double factor) {
        double[] out = a.values().clone();
        Arrays.setAll(out, k -> a.values()[k] + factor * b.values()[k]);
        return Matrix.of(a.rows(), a.columns(), out);
    }

    private static double distance(Matrix a, Matrix b) {
        double most = 0.0;
        for (int k = 0; k < a.values().length; k++) {
            most = Math.max(most, Math.abs(a.values()[k] - b.values()[k]));
        }
        return most;
    }

    /** A held hidden layer of predictive coding: what follows is its forward pass, on all hosts. */
    @Test
    void belowTheOutputAHeldLayerIsASecondInput() {
        Matrix third = tanh(drive(1, hidden));
        for (Host host : hosts()) {
            for (Granularity g : List.of(Granularity.LAYER, Granularity.NEURON)) {
                Equilibrium at =
                        settle(
                                host,
                                plan(new PredictiveCoding()).withGranularity(g),
                                problem.free().clamping("1", hidden));
                String context = host.optionName() + ", " + g;
                assertEquals(hidden, at.activity(1), context);
                assertEquals(0.0, distance(at.activity(2), third), 1e-12, context);
                assertEquals(0.0, distance(at.activity(3), drive(2, third)), 1e-12, context);
                Matrix error = plus(hidden, tanh(drive(0, problem.input())), -1.0);
                assertEquals(0.0, distance(at.error(1), error), 1e-12, context);
                assertTrue(distance(at.activity(1), settled(host, g).activity(1)) > 0.1);
            }
        }
    }

    private Equilibrium settled(Host host, Granularity g) {
        return settle(host, plan(new PredictiveCoding()).withGranularity(g), problem.free());
    }

    static Stream<Rule> divergences() {
        return Stream.of(
                new PredictiveCoding(),
                PredictiveCoding.coordinate(),
                PredictiveCoding.gradient(0.4));
    }

    /** Half of an output is held: the state is where the derivative of the energy vanishes. */
    @ParameterizedTest
    @MethodSource("divergences")
    void halfAnImageSettlesTheRest(Rule rule) {
        Phase phase = problem.free().clamping("3", image, HALF);
        Equilibrium first = null;
        for (Host host : hosts()) {
            Equilibrium at = settle(host, plan(rule), phase);
            requireMinimum(at, host.optionName());
            first = first == null ? at : first;
            for (int p = 1; p <= 3; p++) {
                assertEquals(0.0, distance(at.activity(p), first.activity(p)), 1e-7);
            }
        }
    }

    /** e_l = W^T (f'(a) e) above every neuron that settles; no error where nothing pulls. */
    private void requireMinimum(Equilibrium at, String context) {
        for (int c = 0; c < COLUMNS; c++) {
            for (int i = 0; i < 3; i++) {
                double x = at.activity(3).get(i, c);
                if (HALF[i]) {
                    assertEquals(image.get(i, c), x, context);
                    assertTrue(Math.abs(at.error(3).get(i, c)) > 1e-3, context);
                } else {
                    assertEquals(0.0, at.error(3).get(i, c), 1e-7, context);
                }
            }
        }
        Matrix below = feedback(2, at.error(3));
        assertEquals(0.0, distance(at.error(2), below), 1e-7, context);
        double[] slope = drive(1, at.activity(1)).values();
        Matrix back = at.error(2);
        double[] sent = back.values().clone();
        for (int k = 0; k < sent.length; k++) {
            double f = Math.tanh(slope[k]);
            sent[k] *= 1.0 - f * f;
        }
        below = feedback(1, Matrix.of(back.rows(), COLUMNS, sent));
        assertEquals(0.0, distance(at.error(1), below), 1e-7, context);
        assertTrue(distance(at.error(1), Matrix.zeros(6, COLUMNS)) > 1e-4, context);
    }

    /** Turns, too, hold what is held: the state of the eager host. */
    @Test
    void disciplinesAndDynamicsReachTheSameState() {
        Phase phase = problem.free().clamping("3", image, HALF);
        RunPlan turns =
                RunPlan.of(PredictiveCoding.safeguarded(Moves.ONE_CELL))
                        .withThreshold(1e-12)
                        .withTolerance(1e-6)
                        .withDiscipline(Discipline.TURN_TAKING);
        requireMinimumNearly(settle(virtual, turns, phase));
        RunPlan delayed =
                plan(new PredictiveCoding())
                        .withDelay(Delays.parse("exponential:100us"))
                        .withGranularity(Granularity.parse("block:2"));
        requireMinimum(settle(virtual, delayed, phase), "delayed");
        requireMinimum(settle(akka, delayed, phase), "delayed, akka");
    }

    private void requireMinimumNearly(Equilibrium at) {
        Equilibrium eager =
                settle(
                        virtual,
                        plan(new PredictiveCoding()),
                        problem.free().clamping("3", image, HALF));
        for (int p = 1; p <= 3; p++) {
            assertEquals(0.0, distance(at.activity(p), eager.activity(p)), 1e-5);
        }
    }

    /** A Hopfield network completes a pattern: every other neuron rests at f of all it receives. */
    @Test
    void aHopfieldNetworkCompletesAPattern() {
        Phase phase = problem.free().clamping("3", image, HALF);
        for (Host host : hosts()) {
            Equilibrium at = settle(host, plan(new Hopfield("ep")), phase);
            Matrix h1 = plus(drive(0, problem.input()), feedback(1, at.activity(2)), 1.0);
            Matrix h2 = plus(drive(1, at.activity(1)), feedback(2, at.activity(3)), 1.0);
            Matrix h3 = drive(2, at.activity(2));
            assertEquals(0.0, distance(at.activity(1), tanh(h1)), 1e-9);
            assertEquals(0.0, distance(at.activity(2), tanh(h2)), 1e-9);
            for (int c = 0; c < COLUMNS; c++) {
                for (int i = 0; i < 3; i++) {
                    double x = at.activity(3).get(i, c);
                    double rest = h3.get(i, c);
                    assertEquals(HALF[i] ? image.get(i, c) : rest, x, 1e-9);
                    assertTrue(!HALF[i] || Math.abs(x - rest) > 1e-3, "it is held by force");
                }
            }
        }
    }

    /** Held in one phase and free in the next: the network returns to its free state. */
    @Test
    void aPopulationThatIsReleasedSettlesAgain() {
        for (Rule rule : List.of(new PredictiveCoding(), new Hopfield("ep"))) {
            for (Host host : hosts()) {
                try (Session session = host.open(problem.network(), plan(rule))) {
                    Settled free =
                            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), rule);
                    session.snapshot("free");
                    Phase held = problem.free().clamping("1", hidden).startingFrom("free");
                    Settled away = Compare.settled(session.settle(held, Budget.DEFAULT), rule);
                    session.snapshot("held");
                    assertEquals(hidden, away.equilibrium().activity(1));
                    Settled back =
                            Compare.settled(
                                    session.settle(
                                            problem.free().startingFrom("held"), Budget.DEFAULT),
                                    rule);
                    for (int p = 1; p <= 3; p++) {
                        Matrix one = free.equilibrium().activity(p);
                        assertEquals(0.0, distance(one, back.equilibrium().activity(p)), 1e-9);
                        assertTrue(distance(one, away.equilibrium().activity(p)) > 1e-3);
                    }
                }
            }
        }
    }

    /** In differences from the free state the same neurons rest at the same values. */
    @Test
    void differencesHoldTheSameValues() {
        for (Host host : hosts()) {
            try (Session session = host.open(problem.network(), plan(new Hopfield("ep")))) {
                Settled free = Compare.settled(session.settle(problem.free(), Budget.DEFAULT), 0);
                session.snapshot("free");
                Phase held = problem.free().clamping("3", image, HALF);
                Equilibrium plain =
                        Compare.settled(
                                        session.settle(held.startingFrom("free"), Budget.DEFAULT),
                                        0)
                                .equilibrium();
                Parameters update = update(session, held.startingFrom("free"));
                Equilibrium differences =
                        Compare.settled(
                                        session.settle(
                                                held.differencesFrom("free"), Budget.DEFAULT),
                                        0)
                                .equilibrium();
                Parameters other = update(session, held.differencesFrom("free"));
                for (int p = 1; p <= 3; p++) {
                    Matrix sum = plus(differences.activity(p), free.equilibrium().activity(p), 1.0);
                    assertEquals(0.0, distance(sum, plain.activity(p)), 1e-9);
                }
                assertEquals(0.0, Compare.relative(update, other, 3), 1e-8);
            }
        }
    }

    private static Parameters update(Session session, Phase phase) {
        Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), phase);
        return session.update(settled, Estimator.ONE_SIDED).gradient();
    }

    /**
     * The update of a phase with held neurons is the derivative of the least energy, by differences
     * of energies at changed weights: without a contrast for a divergence, against the free state
     * for a Hopfield energy.
     */
    @ParameterizedTest
    @MethodSource("rules")
    void theUpdateIsTheDerivativeOfTheEnergy(Rule rule) {
        boolean contrast = rule.localRule().isContrast();
        Phase held = problem.free().clamping("3", image, HALF);
        try (Session session = virtual.open(problem.network(), plan(rule))) {
            Parameters found;
            if (contrast) {
                session.settle(problem.free(), Budget.DEFAULT);
                session.snapshot("free");
                found = update(session, held.startingFrom("free"));
            } else {
                found = update(session, held);
            }
            double step = 1e-4;
            for (int e = 0; e < 3; e++) {
                double up = energy(session, e, step, held, contrast);
                double down = energy(session, e, -step, held, contrast);
                double slope = (up - down) / (2 * step);
                double stated = found.weights(e)[1][2];
                assertEquals(slope, stated, 1e-6 * (1 + Math.abs(slope)), rule + " " + e);
                assertTrue(Math.abs(slope) > 1e-5, "the derivative is not zero");
            }
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new PredictiveCoding(),
                PredictiveCoding.coordinate(),
                new FenchelYoung(),
                new Hopfield("ep"));
    }

    private double energy(Session session, int e, double step, Phase held, boolean contrast) {
        Parameters changed = problem.network().parameters().copy();
        changed.weights(e)[1][2] += step;
        session.load(changed);
        BiFunction<Phase, String, Double> total =
                (phase, name) -> {
                    Equilibrium at =
                            Compare.settled(session.settle(phase, Budget.DEFAULT), name)
                                    .equilibrium();
                    double sum = 0.0;
                    for (int c = 0; c < COLUMNS; c++) {
                        sum += at.energy(c);
                    }
                    return sum;
                };
        double energy = total.apply(held, "held");
        return contrast ? energy - total.apply(problem.free(), "free") : energy;
    }

    /** An output of which all neurons are held is the output that is clamped at its target. */
    @Test
    void anOutputHeldAsAWholeIsTheClampedOutput() {
        Phase clamped = Phase.clamped(problem.input(), problem.target());
        Phase held = problem.free().clamping("3", problem.target());
        for (Host host : hosts()) {
            try (Session session = host.open(problem.network(), plan(new PredictiveCoding()))) {
                Settled one = Compare.settled(session.settle(clamped, Budget.DEFAULT), host);
                Parameters due = session.update(one, Estimator.ONE_SIDED).gradient();
                Settled other = Compare.settled(session.settle(held, Budget.DEFAULT), host);
                for (int p = 1; p <= 3; p++) {
                    Matrix error = one.equilibrium().error(p);
                    assertEquals(0.0, distance(error, other.equilibrium().error(p)), 1e-11);
                }
                Parameters found = session.update(other, Estimator.ONE_SIDED).gradient();
                assertEquals(0.0, Compare.relative(found, due, 3), 1e-10);
                Phase shifted = problem.free().clamping("3", image);
                assertTrue(Compare.relative(update(session, shifted), due, 3) > 1e-3, "twin");
            }
        }
    }

    /** A cell that comes back from a crash holds its neurons again. */
    @Test
    void aCellThatCrashedHoldsItsNeuronsAgain() {
        Phase phase = problem.free().clamping("3", image, HALF);
        for (Host host : List.of(virtual, akka)) {
            for (String cell : List.of("3", "2")) {
                RunPlan plan =
                        plan(new PredictiveCoding())
                                .withDelay(Delays.parse("uniform:0us,60us"))
                                .withFaults(
                                        Faults.NONE.withCrashes(
                                                List.of(new Crash(cell, 2, false))));
                try (Session session = host.open(problem.network(), plan)) {
                    Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), cell);
                    requireMinimum(settled.equilibrium(), cell + " crashed");
                    assertEquals(1, session.report().faults().crashes(), cell);
                }
            }
        }
    }

    /** Held neurons and a nudge of the output act together. */
    @Test
    void aTargetActsBesideAHeldHiddenPopulation() {
        Phase phase = problem.nudged(0.1).clamping("1", hidden);
        for (Host host : hosts()) {
            Equilibrium at = settle(host, plan(new PredictiveCoding()), phase);
            assertEquals(hidden, at.activity(1));
            Matrix pull = plus(problem.target(), at.activity(3), -1.0);
            double[] due = pull.values().clone();
            Arrays.setAll(due, k -> 0.1 * due[k]);
            Matrix error = Matrix.of(3, COLUMNS, due);
            assertEquals(0.0, distance(at.error(3), error), 1e-10);
            assertEquals(0.0, distance(at.error(2), feedback(2, error)), 1e-10);
        }
    }

    @Test
    void rulesThatCannotHoldAreRefusedByName() {
        Phase phase = problem.free().clamping("1", hidden);
        for (Rule rule :
                List.of(
                        new DualPropagation(),
                        new FixedPrediction(),
                        Hopfield.holomorphic(),
                        new Hopfield("own") {})) {
            try (Session session = virtual.open(problem.network(), RunPlan.of(rule))) {
                String message = refused(session, phase);
                assertTrue(message.contains("1, 6 of 6 neurons held"), message);
                assertTrue(message.contains(rule.optionName() + " cannot hold"), message);
            }
        }
    }

    private static String refused(Session session, Phase phase) {
        return assertThrows(
                        IllegalArgumentException.class, () -> session.settle(phase, Budget.DEFAULT))
                .getMessage();
    }

    /** An update needs a strength: held neurons have one, a phase without any has none. */
    @Test
    void aFreePhaseStillHasNoUpdate() {
        try (Session session = virtual.open(problem.network(), plan(Algorithms.pcNudge().rule()))) {
            Settled free = Compare.settled(session.settle(problem.free(), Budget.DEFAULT), 0);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> session.update(free, Estimator.ONE_SIDED));
            Phase held = problem.free().clamping("1", hidden);
            Parameters found = update(session, held);
            Network network = problem.network();
            assertTrue(Compare.relative(found, network.zeros(), 3) > 0);
            assertArrayEquals(new double[3], found.biases(3), "nothing pulls at the output");
        }
    }
}
