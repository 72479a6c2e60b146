package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.host.Hosts;

/** Every planted mistake of the kit is caught, and a mistake that is added must be listed here. */
class EveryPlantedMistakeTest {
    private static final Problem PROBLEM = Problem.tanh(1, 2, 4, 5, 4, 3);

    /** A check with a mistake and without, and what the failure names. */
    private record Caught(Runnable sound, Runnable mistaken, String names) {}

    private static Map<String, Caught> mistakes() {
        EnergyTerm term = new HalfSquares("half-squares");
        PredictiveCoding rule = new PredictiveCoding();
        return Map.of(
                "slope",
                activation("slope of tanh"),
                "pull",
                new Caught(
                        () -> DerivativeCheck.require(StandardLoss.SQUARED, 3),
                        () ->
                                DerivativeCheck.require(
                                        PlantedMistakes.pull(StandardLoss.SQUARED, 1.01), 3),
                        "pull of squared"),
                "byActivity",
                term(term, PlantedMistakes.byActivity(term, 1.01), "byActivity"),
                "byDrive",
                term(term, PlantedMistakes.byDrive(term, 1.01), "byDrive"),
                "sending",
                rule(rule, PlantedMistakes.sending(rule, 1.01), "announce sends back"),
                "learning",
                rule(rule, PlantedMistakes.learning(rule, -1.0), "localRule().postsynaptic"),
                "credulous",
                host(Hosts::virtual, PlantedHosts::credulous),
                "credulousActors",
                host(() -> Hosts.akka(2), () -> PlantedHosts.credulousActors(2)));
    }

    private static Caught activation(String names) {
        StandardActivation f = StandardActivation.TANH;
        return new Caught(
                () -> DerivativeCheck.require(f),
                () -> DerivativeCheck.require(PlantedMistakes.slope(f, 1.01)),
                names);
    }

    private static Caught term(EnergyTerm sound, EnergyTerm mistaken, String names) {
        return new Caught(
                () -> DerivativeCheck.require(sound, StandardActivation.TANH),
                () -> DerivativeCheck.require(mistaken, StandardActivation.TANH),
                names);
    }

    private static Caught rule(PredictiveCoding sound, Rule mistaken, String names) {
        return new Caught(
                () -> DerivativeCheck.require(sound, PROBLEM.network()),
                () -> DerivativeCheck.require(mistaken, PROBLEM.network()),
                names);
    }

    private static Caught host(Supplier<Host> sound, Supplier<Host> mistaken) {
        return new Caught(
                () -> requireHonest(sound),
                () -> requireHonest(mistaken),
                "settled, although 2->1");
    }

    /** All feedback to the first hidden layer is lost for ever: such a run does not settle. */
    private static void requireHonest(Supplier<Host> maker) {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withCuts(List.of(Cut.parse("2->1")));
        try (Host host = maker.get();
                Session session = host.open(PROBLEM.network(), plan)) {
            Settlement verdict = session.settle(PROBLEM.nudged(0.1), Budget.DEFAULT);
            if (verdict instanceof Settled settled) {
                session.update(settled, Estimator.ONE_SIDED);
                throw new AssertionError(
                        host.optionName() + " reports settled, although 2->1 was cut");
            }
            assertEquals(List.of("2->1"), ((NotSettled) verdict).links());
        }
    }

    private static Stream<String> names() {
        return mistakes().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isCaughtByName(String name) {
        Caught one = mistakes().get(name);
        one.sound().run();
        String message = assertThrows(AssertionError.class, one.mistaken()::run).getMessage();
        assertTrue(message.contains(one.names()), message);
    }

    @Test
    void noMistakeIsMissing() {
        TreeSet<String> planted =
                Stream.of(PlantedMistakes.class, PlantedHosts.class)
                        .flatMap(c -> Arrays.stream(c.getMethods()))
                        .filter(m -> Modifier.isStatic(m.getModifiers()))
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(planted, new TreeSet<>(mistakes().keySet()));
    }
}
