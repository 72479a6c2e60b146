package org.relaxon.experiments.reference;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/**
 * One neuron's term phi(x, a) of an energy of which a rule states the value alone: the value of a
 * cell that has this neuron only. Its derivatives are differences of that value (Richardson 1911),
 * so that {@link TermReference} compares a rule with its own statement without knowing anything
 * else about it.
 *
 * <p>Such an energy has to be a sum over neurons of a function of activity and drive, plus beta
 * times the network's loss; {@link #objection} tests this at random points.
 */
public final class ValueTerm implements EnergyTerm {
    /** Bound of the error of a derivative, absolute, where values are of order 1. */
    public static final double NOISE = 1e-11;

    /** Roundings of a sum over neurons, relative to the sum of sizes. */
    private static final double ROUNDING = 1e-12;

    /**
     * Largest of three steps h, h/2 and h/4, combined so that the terms in h^2 and h^4 cancel: for
     * a smooth value of order 1 the error of a derivative is about 1e-13.
     */
    private static final double STEP = 0x1p-5;

    private final StatedEnergy.Value value;
    private final String name;
    private final boolean errorForm;
    private final Population population;
    private final int height;
    private final Loss loss; // null except for the output

    private ValueTerm(Rule rule, Network network, Population population) {
        this.value = rule.energy().value();
        this.name = rule.optionName();
        this.errorForm = rule.traits().has(Trait.ERROR_FORM);
        this.population = population;
        this.height = network.height(population.index());
        boolean output = population.role() == Population.Role.OUTPUT;
        this.loss = output ? network.loss() : null;
    }

    /**
     * The terms of a rule on a network.
     *
     * @param rule whose energy is given by its value
     * @param network network of the run
     * @return the term of each population, by index
     */
    public static IntFunction<EnergyTerm> of(Rule rule, Network network) {
        EnergyTerm[] terms =
                network.populations().stream()
                        .map(p -> new ValueTerm(rule, network, p))
                        .toArray(EnergyTerm[]::new);
        return p -> terms[p];
    }

    /**
     * Why no gradient follows from the value that a rule states; empty if one does.
     *
     * @param rule whose energy is given by its value
     * @param network network of the run
     * @return one clause, with the numbers that contradict each other
     */
    public static String objection(Rule rule, Network network) {
        if (!rule.traits().memory().isEmpty()) {
            return "its cells have memory of their own: " + rule.traits().memory().get(0).name();
        }
        for (Population p : network.populations()) {
            String found =
                    p.role() == Population.Role.INPUT
                            ? ""
                            : new ValueTerm(rule, network, p).objection(network);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private String objection(Network network) {
        int n = population.size();
        double[] x = new double[n];
        Drive[] drives = new Drive[n];
        double sum = 0.0;
        double size = 0.0;
        for (int i = 0; i < n; i++) {
            double h = CounterRandom.normal(0, 1, i);
            x[i] = population.activation().value(h, Elementary.STRICT);
            double a = CounterRandom.normal(0, 0, i);
            drives[i] = Drive.of(a, population.activation(), Elementary.STRICT);
            double one = value(x[i], drives[i]);
            sum += one;
            size += Math.abs(one);
        }
        double whole = share(x, drives);
        if (!Double.isFinite(whole)) {
            return ("its value is %s at a state not at rest: it may read activity, drive,"
                            + " prediction and error, not slope, feedback, target or beta")
                    .formatted(whole);
        }
        if (!(Math.abs(whole - sum) <= ROUNDING * Math.max(size, 1.0))) {
            return "its value is not a sum over neurons: %.6g for %d neurons, %.6g for each alone"
                    .formatted(whole, n, sum);
        }
        return loss == null ? "" : objectionToLoss(network, x);
    }

    private String objectionToLoss(Network network, double[] output) {
        double[] target = new double[output.length];
        target[0] = 1.0;
        double stated = value.loss(network, output, target);
        double given = loss.value(output, target, target.length, 1, 0);
        return Math.abs(stated - given) <= ROUNDING * Math.max(Math.abs(given), 1.0)
                ? ""
                : "its loss is %.6g where that of the network is %.6g".formatted(stated, given);
    }

    private double share(double[] x, Drive[] drives) {
        int n = x.length;
        double[] unknown = new double[n];
        Arrays.fill(unknown, Double.NaN);
        CellState s =
                new CellState(
                                n,
                                new double[] {Double.NaN},
                                1,
                                1,
                                population.activation(),
                                Elementary.STRICT,
                                loss,
                                loss == null ? null : unknown)
                        .on(null, population.index(), height);
        for (int i = 0; i < n; i++) {
            s.drive()[i] = drives[i].value();
            s.prediction()[i] = drives[i].prediction();
            s.slope()[i] = Double.NaN;
            s.activity()[i] = x[i];
            s.error()[i] = errorForm ? x[i] - drives[i].prediction() : x[i];
            s.feedback()[i] = Double.NaN;
            s.backward()[i] = Double.NaN;
        }
        double[] energy = new double[1];
        value.add(s, energy);
        return energy[0];
    }

    @Override
    public String optionName() {
        return name;
    }

    @Override
    public double value(double x, Drive a) {
        return share(new double[] {x}, new Drive[] {a});
    }

    @Override
    public double byActivity(double x, Drive a) {
        return slope(t -> value(x + t, a), STEP * scale(x));
    }

    /**
     * Along the tangent of the prediction, which is exact for a value that does not read the slope,
     * and defined where the activation has a kink.
     */
    @Override
    public double byDrive(double x, Drive a) {
        return slope(
                t -> {
                    double prediction = a.prediction() + a.slope() * t;
                    return value(x, new Drive(a.value() + t, prediction, a.slope()));
                },
                STEP * scale(a.value()));
    }

    /** A power of two, so that steps are exact. */
    private static double scale(double at) {
        double size = Math.abs(at);
        return size > 1.0 ? Math.scalb(1.0, Math.getExponent(size)) : 1.0;
    }

    /** The derivative at 0. */
    private static double slope(DoubleUnaryOperator of, double h) {
        double wide = central(of, h);
        double middle = central(of, h / 2.0);
        double near = central(of, h / 4.0);
        double first = (4.0 * middle - wide) / 3.0;
        double second = (4.0 * near - middle) / 3.0;
        return (16.0 * second - first) / 15.0;
    }

    private static double central(DoubleUnaryOperator of, double h) {
        return (of.applyAsDouble(h) - of.applyAsDouble(-h)) / (2.0 * h);
    }
}
