package org.relaxon.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/**
 * Parts with one wrong factor, under the names of the sound ones: the negative twin of a test. A
 * test that passes with them as well does not test what the factor changes.
 */
public final class PlantedMistakes {
    private PlantedMistakes() {}

    /**
     * {@return the activation with a slope that is wrong by a factor}
     *
     * @param f sound activation
     * @param factor not 1
     */
    public static Activation slope(Activation f, double factor) {
        return number(Activation.class, f, "slope", factor);
    }

    /**
     * {@return the loss with a pull that is wrong by a factor}
     *
     * @param loss sound loss
     * @param factor not 1
     */
    public static Loss pull(Loss loss, double factor) {
        return planted(
                Loss.class,
                loss,
                (method, arguments, result) -> {
                    if (method.equals("pull")) {
                        double[] out = (double[]) arguments[6];
                        int n = (int) arguments[2];
                        int stride = (int) arguments[3];
                        for (int i = 0; i < n; i++) {
                            out[i * stride + (int) arguments[4]] *= factor;
                        }
                    }
                    return result;
                });
    }

    /**
     * {@return the term with a derivative with respect to the activity that is wrong by a factor}
     *
     * @param term sound term
     * @param factor not 1
     */
    public static EnergyTerm byActivity(EnergyTerm term, double factor) {
        return number(EnergyTerm.class, term, "byActivity", factor);
    }

    /**
     * {@return the term with a derivative with respect to the drive that is wrong by a factor}
     *
     * @param term sound term
     * @param factor not 1
     */
    public static EnergyTerm byDrive(EnergyTerm term, double factor) {
        return number(EnergyTerm.class, term, "byDrive", factor);
    }

    /**
     * {@return the rule with feedback to the cells below that is wrong by a factor}
     *
     * @param rule sound rule
     * @param factor not 1
     */
    public static Rule sending(Rule rule, double factor) {
        return planted(
                Rule.class,
                rule,
                (method, arguments, result) -> {
                    if (method.equals("announce") || method.equals("correct")) {
                        scale(((CellState) arguments[0]).backward(), factor);
                    }
                    return result;
                });
    }

    /**
     * {@return the rule with changes of synapses that are wrong by a factor}
     *
     * @param rule sound rule
     * @param factor not 1; a host refuses a rule whose synapses change in the wrong direction
     */
    public static Rule learning(Rule rule, double factor) {
        return planted(
                Rule.class,
                rule,
                (method, arguments, result) ->
                        method.equals("localRule") ? learning((LocalRule) result, factor) : result);
    }

    private static LocalRule learning(LocalRule rule, double factor) {
        return planted(
                LocalRule.class,
                rule,
                (method, arguments, result) -> {
                    if (method.equals("postsynaptic") || method.equals("anchored")) {
                        scale((double[]) arguments[2], factor);
                    }
                    return result;
                });
    }

    private static void scale(double[] values, double factor) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
    }

    private static <T> T number(Class<T> type, T sound, String wrong, double factor) {
        return planted(
                type,
                sound,
                (method, arguments, result) ->
                        method.equals(wrong) ? (Object) (factor * (double) result) : result);
    }

    /** What a method returns in the place of the sound result. */
    private interface Mistake {
        Object make(String method, Object[] arguments, Object result);
    }

    private static <T> T planted(Class<T> type, T sound, Mistake mistake) {
        InvocationHandler handler =
                (proxy, method, arguments) ->
                        mistake.make(method.getName(), arguments, call(sound, method, arguments));
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object sound, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
