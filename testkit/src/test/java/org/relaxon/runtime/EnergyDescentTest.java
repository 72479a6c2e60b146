package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.HookedRule;
import org.relaxon.testkit.Problem;

/**
 * The energy of the whole network, summed up from its definition after every single relaxation on a
 * host, never rises by more than rounding where cells take turns.
 */
class EnergyDescentTest {
    private static final int SEEDS = 10;
    private static final double ROUNDING = 1e-12; // relative to the energy and 1
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(300_000);
    private static final List<String> DELAYS = List.of("none", "exponential:1ms", "pareto:7us,1.5");

    /** Energies that have a closed form for the activations below. */
    private enum Energy {
        HOPFIELD {
            @Override
            double term(StandardActivation f, double x, double a) {
                return integral(f, x) - x * a;
            }
        },
        SQUARED {
            @Override
            double term(StandardActivation f, double x, double a) {
                double d = x - f.value(a, Elementary.STRICT);
                return 0.5 * d * d;
            }
        },
        FENCHEL_YOUNG {
            @Override
            double term(StandardActivation f, double x, double a) {
                return integral(f, x) + conjugate(f, a) - x * a;
            }
        };

        abstract double term(StandardActivation f, double x, double a);

        /** G, with G' = f^-1. */
        private static double integral(StandardActivation f, double x) {
            return f == StandardActivation.TANH
                    ? 0.5 * ((1 + x) * Math.log1p(x) + (1 - x) * Math.log1p(-x))
                    : 0.5 * x * x;
        }

        /** G*, with (G*)' = f. */
        private static double conjugate(StandardActivation f, double a) {
            return switch (f) {
                case TANH -> Math.log(Math.cosh(a));
                case RELU -> 0.5 * Math.max(a, 0) * Math.max(a, 0);
                default -> 0.5 * a * a;
            };
        }
    }

    /** Follows one run: the energy after every relaxation, once every cell has spoken. */
    private static final class Watch implements Observer {
        private final Problem problem;
        private final Energy energy;
        private final double beta;
        private final double[][] x;
        private final boolean[][] spoken;
        private final Map<CellId, Long> seen = new HashMap<>(); // relaxations
        private double before = Double.NaN;
        private double worst;
        private long relaxations;

        Watch(Problem problem, Energy energy, double beta) {
            this.problem = problem;
            this.energy = energy;
            this.beta = beta;
            int count = problem.network().populations().size();
            x = new double[count][];
            spoken = new boolean[count][];
            for (int p = 0; p < count; p++) {
                x[p] = new double[problem.network().population(p).size()];
                spoken[p] = new boolean[x[p].length];
            }
            System.arraycopy(problem.input().values(), 0, x[0], 0, x[0].length);
            Arrays.fill(spoken[0], true);
        }

        @Override
        public void sampled(Frame frame) {
            CellId cell = frame.cell();
            long known = seen.getOrDefault(cell, 0L);
            if (frame.last()) {
                assertEquals(known, frame.relaxations(), cell + ": relaxations not observed");
                return;
            }
            assertEquals(known + 1, frame.relaxations(), cell + ": relaxations not observed");
            seen.put(cell, frame.relaxations());
            relaxed(cell, frame.reading(Quantity.ACTIVITY).values());
        }

        private void relaxed(CellId cell, double[] activity) {
            System.arraycopy(activity, 0, x[cell.population()], cell.from(), activity.length);
            Arrays.fill(spoken[cell.population()], cell.from(), cell.to(), true);
            for (boolean[] some : spoken) {
                for (boolean one : some) {
                    if (!one) {
                        return;
                    }
                }
            }
            double now = total();
            if (relaxations++ > 0) {
                double rise = (now - before) / (1 + Math.abs(before));
                worst = rise <= worst ? worst : rise; // NaN stays
            }
            before = now;
        }

        private double total() {
            Network network = problem.network();
            double sum = 0.0;
            for (int p = 1; p < x.length; p++) {
                StandardActivation f = (StandardActivation) network.population(p).activation();
                for (int i = 0; i < x[p].length; i++) {
                    sum += energy.term(f, x[p][i], drive(p, i));
                }
            }
            double[] out = x[x.length - 1];
            for (int i = 0; i < out.length; i++) {
                double d = out[i] - problem.target().get(i, 0);
                sum += 0.5 * beta * d * d;
            }
            return sum;
        }

        private double drive(int p, int i) {
            double a = problem.network().parameters().biases(p)[i];
            for (Projection e : problem.network().into(p)) {
                double[] row = problem.network().parameters().weights(e.index())[i];
                for (int j = 0; j < row.length; j++) {
                    a += row[j] * x[e.pre()][j];
                }
            }
            return a;
        }
    }

    private static Problem problem(StandardActivation f, double gain, long seed) {
        Problem drawn = Problem.tanh(seed, 1, 3, 5, 4, 2);
        Initialisation init = new Initialisation(Initialisation.Scheme.NORMAL, gain, seed);
        Network network =
                seed % 2 == 0
                        ? Network.layered(
                                new int[] {3, 5, 4, 2},
                                f,
                                StandardActivation.LINEAR,
                                StandardLoss.SQUARED,
                                init)
                        : skipping(f, init);
        return new Problem(seed, network, drawn.input(), drawn.target());
    }

    /** Two populations that project to each other's target and one past the other. */
    private static Network skipping(StandardActivation f, Initialisation init) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("a", 5, f)
                .hidden("b", 4, f)
                .output("out", 2, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-b", "a", "b")
                .project("a-out", "a", "out")
                .project("b-out", "b", "out")
                .build(init);
    }

    private record Run(double rise, long relaxations, Settlement verdict) {}

    private static Run run(Rule rule, Energy energy, Problem p, Granularity cells, double beta) {
        RunPlan plan =
                RunPlan.of(rule)
                        .withGranularity(cells)
                        .withDelay(Delays.parse(DELAYS.get((int) (p.seed() % DELAYS.size()))))
                        .withDiscipline(Discipline.TURN_TAKING)
                        .withRefractoryNanos(0)
                        .withSeed(p.seed());
        Watch watch = new Watch(p, energy, beta);
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            session.observe(new Observation(Sampling.everyRelaxations(1), watch));
            Settlement verdict = session.settle(p.nudged(beta), BUDGET);
            return new Run(watch.worst, watch.relaxations, verdict);
        }
    }

    private static void requireDescent(Rule rule, Energy energy, StandardActivation f) {
        boolean recurrent = energy == Energy.HOPFIELD;
        long relaxations = 0;
        for (double gain : recurrent ? new double[] {0.4} : new double[] {0.7, 2.0}) {
            for (double beta : recurrent ? new double[] {0.5} : new double[] {0.1, 10.0}) {
                for (String grain : List.of("neuron", "block:2", "layer")) {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        Problem p = problem(f, gain, seed);
                        Run run = run(rule, energy, p, Granularity.parse(grain), beta);
                        String where = "%s %s %s gain %s beta %s seed %d: %s";
                        assertTrue(
                                run.rise() <= ROUNDING,
                                where.formatted(energy, f, grain, gain, beta, seed, run));
                        relaxations += run.relaxations();
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "descent, %s %s: %d%n", energy, f, relaxations);
        assertTrue(relaxations > 250 * SEEDS, "nothing watched");
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "RELU", "LINEAR"})
    void hopfieldEnergyNeverRises(StandardActivation f) {
        requireDescent(new Hopfield("ep"), Energy.HOPFIELD, f);
    }

    @ParameterizedTest
    @EnumSource
    void predictiveCodingNeverRises(StandardActivation f) {
        requireDescent(PredictiveCoding.safeguarded(Moves.ONE_CELL), Energy.SQUARED, f);
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "RELU", "LINEAR"})
    void fenchelYoungNeverRises(StandardActivation f) {
        requireDescent(FenchelYoung.coordinate(Moves.ONE_CELL), Energy.FENCHEL_YOUNG, f);
    }

    /** What the same cells do with turns on message edges only, and with turns past the target. */
    @Test
    void withoutAnswersOfCommonTargetsTheEnergyRises() {
        for (boolean coParents : new boolean[] {false, true}) {
            int rose = 0;
            double worst = 0.0;
            for (long seed = 1; seed <= SEEDS; seed++) {
                Problem p = problem(StandardActivation.TANH, 2.0, seed);
                Rule careless =
                        new HookedRule(PredictiveCoding.safeguarded(Moves.ONE_CELL), state -> {}) {
                            @Override
                            public Traits traits() {
                                Traits plain =
                                        super.traits()
                                                .without(
                                                        Trait.NEEDS_TURNS,
                                                        Trait.NEEDS_RENEWAL,
                                                        Trait.CO_PARENTS_INTERACT);
                                return coParents ? plain.with(Trait.CO_PARENTS_INTERACT) : plain;
                            }
                        };
                Run run = run(careless, Energy.SQUARED, p, Granularity.NEURON, 10.0);
                rose += run.rise() > 1e-3 ? 1 : 0;
                worst = Math.max(worst, run.rise());
            }
            System.out.printf(
                    Locale.ROOT,
                    "descent, turns %s: rises in %d of %d networks, by up to %.3g%n",
                    coParents ? "past the target" : "on message edges only",
                    rose,
                    SEEDS,
                    worst);
            assertTrue(rose >= SEEDS / 2, "rises in %d, by %s".formatted(rose, worst));
        }
    }

    @Test
    void whatNeverRisesSettles() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Problem p = problem(StandardActivation.TANH, 2.0, seed);
            Rule rule = PredictiveCoding.safeguarded(Moves.ONE_CELL);
            Run run = run(rule, Energy.SQUARED, p, Granularity.NEURON, 10.0);
            assertInstanceOf(Settled.class, run.verdict(), "seed " + seed);
        }
    }
}
