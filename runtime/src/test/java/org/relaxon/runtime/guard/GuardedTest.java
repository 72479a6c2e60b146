package org.relaxon.runtime.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import own.Thrower;

/** Every method of every part from elsewhere is guarded, those with a default included. */
class GuardedTest {
    private static final Map<Class<?>, Function<Object, Object>> GUARDS =
            Map.of(
                    EnergyTerm.class, part -> Guarded.of((EnergyTerm) part),
                    Activation.class, part -> Guarded.of((Activation) part),
                    Loss.class, part -> Guarded.of((Loss) part),
                    AlgorithmSource.class, part -> Guarded.of((AlgorithmSource) part),
                    Rule.class, part -> new GuardedRule((Rule) part),
                    Dynamics.class, part -> new GuardedDynamics((Dynamics) part, "planted-part"),
                    LocalRule.class, part -> new GuardedLocalRule((LocalRule) part, "planted-part"),
                    StatedEnergy.Value.class,
                            part -> new GuardedEnergy((StatedEnergy.Value) part, "planted-part"));

    static Stream<Arguments> methods() {
        List<Arguments> out = new ArrayList<>();
        for (Class<?> kind : GUARDS.keySet()) {
            for (Method method : kind.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())
                        && !method.getName().equals("optionName")) {
                    out.add(Arguments.of(kind, method));
                }
            }
        }
        return out.stream();
    }

    private static Object guarded(Class<?> kind, InvocationHandler part) {
        Object raw = Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, part);
        return GUARDS.get(kind).apply(raw);
    }

    private static Throwable thrown(Object guarded, Method method) {
        Object[] arguments = Stream.of(method.getParameterTypes()).map(GuardedTest::some).toArray();
        return assertThrows(
                        InvocationTargetException.class, () -> method.invoke(guarded, arguments))
                .getCause();
    }

    private static Object some(Class<?> type) {
        return type == double.class
                ? (Object) 0.5
                : type == int.class ? (Object) 1 : type == Drive.class ? new Drive(1, 2, 3) : null;
    }

    @Test
    void dynamicsKeepTheNameOfTheirVariant() {
        Object dynamics = guarded(Dynamics.class, (part, method, arguments) -> "mine");
        assertEquals("mine", ((Dynamics) dynamics).optionName());
    }

    /** A class path makes a new part at every look: one that is read from its name is the same. */
    @Test
    void anActivationOfOneNameIsOneActivation() {
        Activation one = (Activation) guarded(Activation.class, (p, m, a) -> "mine");
        Activation again = (Activation) guarded(Activation.class, (p, m, a) -> "mine");
        Activation other = (Activation) guarded(Activation.class, (p, m, a) -> "other");
        assertEquals(one, again);
        assertEquals(one.hashCode(), again.hashCode());
        assertNotEquals(one, other);
        InvocationHandler named =
                (part, method, arguments) ->
                        method.getName().equals("equals")
                                ? (Object) (part == arguments[0])
                                : "mine";
        assertNotEquals(
                guarded(Dynamics.class, named), guarded(Dynamics.class, named), "has parameters");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatAPartThrowsIsNamed(Class<?> kind, Method method) {
        for (Throwable planted :
                List.of(
                        new IllegalStateException("planted"),
                        new ArithmeticException("planted"),
                        new AssertionError("planted"),
                        new StackOverflowError("planted"))) {
            Throwable found = thrown(guarded(kind, new Thrower(planted)), method);
            OwnPartException own = assertInstanceOf(OwnPartException.class, found);
            String text = own.getMessage();
            assertTrue(text.contains("planted-part: " + method.getName()), text);
            assertTrue(text.contains(planted + ", at own.Thrower.invoke(Thrower.java:"), text);
            assertSame(planted, own.getCause());
        }
    }

    /** As where a default of the library's runs the library's code. */
    @ParameterizedTest
    @MethodSource("methods")
    void whatTheLibraryThrowsPasses(Class<?> kind, Method method) {
        RuntimeException defect = new IllegalStateException("a defect");
        InvocationHandler library =
                (proxy, called, arguments) -> {
                    if (called.getName().equals("optionName")) {
                        return "part";
                    }
                    throw defect;
                };
        assertSame(defect, thrown(guarded(kind, library), method));
    }

    @Test
    void memoryThatIsUsedUpIsNotThePartsFault() throws NoSuchMethodException {
        OutOfMemoryError full = new OutOfMemoryError("planted");
        Object term = guarded(EnergyTerm.class, new Thrower(full));
        Method value = EnergyTerm.class.getMethod("value", double.class, Drive.class);
        assertSame(full, thrown(term, value));
    }

    @Test
    void whereATermWasAskedIsSaid() {
        EnergyTerm term =
                (EnergyTerm) guarded(EnergyTerm.class, new Thrower(new RuntimeException("no")));
        OwnPartException own =
                assertThrows(
                        OwnPartException.class, () -> term.byDrive(0.25, new Drive(-1.5, 0, 0)));
        assertTrue(
                own.getMessage()
                        .startsWith(
                                "energy term planted-part: byDrive(x = 0.250000, a = -1.50000)"),
                own.getMessage());
    }

    /** Answers that are none are named as well, and a refusal by contract stays one. */
    @Test
    void whatIsMissingIsNamed() {
        Rule nothing =
                (Rule)
                        guarded(
                                Rule.class,
                                (proxy, method, arguments) ->
                                        method.getName().equals("optionName") ? "part" : null);
        for (Runnable asked :
                List.<Runnable>of(
                        nothing::traits, nothing::dynamics, nothing::energy, nothing::localRule)) {
            OwnPartException own = assertThrows(OwnPartException.class, asked::run);
            assertTrue(own.getMessage().endsWith("gives null"), own.getMessage());
        }
        Rule refusing =
                (Rule) guarded(Rule.class, new Thrower(new IllegalArgumentException("layers")));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> refusing.validate(null));
        assertEquals("layers", refusal.getMessage());
    }
}
