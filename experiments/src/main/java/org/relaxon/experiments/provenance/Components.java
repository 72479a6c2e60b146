package org.relaxon.experiments.provenance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.discipline.Discipline;

/**
 * The settings of an object, read from its accessors, so that a component added later becomes a
 * setting automatically: records and run plans part by part, networks with the SHA-256 of their
 * parameters, anything else as its text.
 */
public final class Components {
    private static final Set<String> NO_ACCESSORS = Set.of("hashCode", "toString", "clone");

    private final SortedMap<String, Setting> settings = new TreeMap<>();

    private Components() {}

    /**
     * {@return the settings of a record, each under the path of its component, such as {@code
     * run.seed}}
     *
     * @param root whose components, and theirs in turn, are the settings
     */
    public static Provenance of(Record root) {
        Components components = new Components();
        components.readAccessors("", root);
        return new Provenance(components.settings);
    }

    private void read(String name, Object value) {
        if (value instanceof Network network) {
            read(name + ".populations", network.populations());
            read(name + ".projections", network.projections());
            read(name + ".loss", network.loss());
            put(name + ".parameters", hash(network));
        } else if (value instanceof Activation activation) {
            put(name, activation.optionName());
        } else if (value instanceof DelayModel delay) {
            put(name, delay.spec());
        } else if (value instanceof Discipline discipline) {
            put(name, discipline.toString());
        } else if (value instanceof Record || value instanceof RunPlan) {
            readAccessors(name + ".", value);
        } else if (value instanceof List<?> list) {
            put(name + ".size", Integer.toString(list.size()));
            for (int k = 0; k < list.size(); k++) {
                read(name + "." + k, list.get(k));
            }
        } else {
            put(name, text(value));
        }
    }

    private void readAccessors(String prefix, Object owner) {
        Method[] methods = owner.getClass().getDeclaredMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName));
        for (Method method : methods) {
            boolean accessor =
                    Modifier.isPublic(method.getModifiers())
                            && !Modifier.isStatic(method.getModifiers())
                            && !method.isSynthetic()
                            && method.getParameterCount() == 0
                            && method.getReturnType() != void.class
                            && !NO_ACCESSORS.contains(method.getName());
            if (accessor && (owner instanceof RunPlan || isComponent(owner, method))) {
                read(prefix + method.getName(), call(owner, method));
            }
        }
    }

    private static boolean isComponent(Object owner, Method method) {
        return Arrays.stream(owner.getClass().getRecordComponents())
                .anyMatch(c -> c.getName().equals(method.getName()));
    }

    private static Object call(Object owner, Method method) {
        try {
            method.setAccessible(true); // of a record that is not public
            return method.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + method, e);
        }
    }

    private void put(String name, String value) {
        settings.put(name, Setting.of(value));
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof double[] numbers) {
            return Arrays.toString(numbers);
        }
        String text = value.toString();
        boolean describes =
                !text.equals(
                        value.getClass().getName() + "@" + Integer.toHexString(value.hashCode()));
        return describes ? text : value.getClass().getSimpleName();
    }

    private static String hash(Network network) {
        ContentHash hash = new ContentHash();
        Parameters parameters = network.parameters();
        for (int k = 0; k < network.projections().size(); k++) {
            for (double[] row : parameters.weights(k)) {
                hash.add(row);
            }
        }
        for (int k = 0; k < network.populations().size(); k++) {
            hash.add(parameters.biases(k));
        }
        for (int k = 0; k < network.projections().size(); k++) {
            for (double[] row : parameters.feedback(k)) {
                hash.add(row);
            }
        }
        return hash.hex();
    }
}
