package org.relaxon.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.AbstractHistogram;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.virtual.EventQueue;

/**
 * Compares all fields that are reachable from two objects, by reflection, and names those that
 * differ: "Class.field". It knows no list of fields, so that it meets those that are new.
 */
final class FieldWalk {
    private static final String OWN = "org.relaxon.";

    private final Set<String> ignored;
    private final Set<String> differing = new TreeSet<>();
    private final Set<String> mutable = new TreeSet<>(); // fields met that may change
    private final Map<Object, Set<Object>> met = new IdentityHashMap<>();

    /**
     * @param ignored names of fields that are not entered
     */
    FieldWalk(Set<String> ignored) {
        this.ignored = ignored;
    }

    /** Fields that differ. */
    Set<String> differing() {
        return differing;
    }

    /** Fields met that may change, in classes of the library. */
    Set<String> mutable() {
        return mutable;
    }

    FieldWalk compare(Object a, Object b) {
        compare("", a, b);
        return this;
    }

    private void compare(String name, Object a, Object b) {
        if (a == null || b == null) {
            differ(name, a != b);
            return;
        }
        Class<?> type = a.getClass();
        if (type.isEnum() || !type.isArray() && !isEntered(a)) {
            differ(name, !a.equals(b));
            return;
        }
        if (a == b || !met.computeIfAbsent(a, key -> identities()).add(b)) {
            return;
        }
        if (type != b.getClass() && !(a instanceof Collection) && !(a instanceof Map)) {
            differ(name, true);
        } else if (type.isArray()) {
            compareArrays(name, a, b);
        } else if (a instanceof EventQueue) {
            compareQueues(a, b);
        } else if (a instanceof Signal signal) {
            compareArrays("Signal", parts(signal), parts((Signal) b));
        } else if (a instanceof Map<?, ?> map) {
            compareMaps(name, map, (Map<?, ?>) b);
        } else if (a instanceof Collection<?> all) {
            compareArrays(name, all.toArray(), ((Collection<?>) b).toArray());
        } else if (!type.isHidden()) { // not a lambda
            differ(name, a instanceof AbstractHistogram && !a.equals(b));
            compareFields(type, a, b);
        }
    }

    private static boolean isEntered(Object one) {
        return one.getClass().getName().startsWith(OWN)
                || one instanceof Collection
                || one instanceof Map;
    }

    private static Set<Object> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private void differ(String name, boolean differs) {
        if (differs) {
            differing.add(name);
        }
    }

    private void compareArrays(String name, Object a, Object b) {
        int length = Array.getLength(a);
        differ(name, length != Array.getLength(b));
        boolean primitive = a.getClass().getComponentType().isPrimitive();
        for (int k = 0; k < Math.min(length, Array.getLength(b)); k++) {
            if (primitive) {
                differ(name, !bits(Array.get(a, k)).equals(bits(Array.get(b, k))));
            } else {
                compare(name, Array.get(a, k), Array.get(b, k));
            }
        }
    }

    private static Object bits(Object value) {
        return value instanceof Double d ? (Object) Double.doubleToRawLongBits(d) : value;
    }

    /** Phase, version and the part of the array that it views. */
    private static Object[] parts(Signal s) {
        double[] payload = Arrays.copyOfRange(s.values(), s.offset(), s.offset() + s.length());
        return new Object[] {s.phase(), s.version(), payload};
    }

    private void compareMaps(String name, Map<?, ?> a, Map<?, ?> b) {
        differ(name, !a.keySet().equals(b.keySet()));
        for (Map.Entry<?, ?> one : a.entrySet()) {
            compare(name, one.getValue(), b.get(one.getKey()));
        }
    }

    private void compareFields(Class<?> type, Object a, Object b) {
        for (Class<?> own = type;
                own != null && own.getName().startsWith(OWN);
                own = own.getSuperclass()) {
            for (Field field : own.getDeclaredFields()) {
                String name = name(field);
                if (isState(field) && !ignored.contains(name)) {
                    if (mayChange(field)) {
                        mutable.add(name);
                    }
                    Object x = value(field, a);
                    Object y = value(field, b);
                    if (field.getType().isPrimitive()) {
                        differ(name, !bits(x).equals(bits(y)));
                    } else {
                        compare(name, x, y);
                    }
                }
            }
        }
    }

    static String name(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    static boolean isState(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    /** Whether its value changes in a settling, as far as its declaration shows. */
    static boolean mayChange(Field field) {
        boolean holder =
                field.getType().isArray()
                        || Collection.class.isAssignableFrom(field.getType())
                        || Map.class.isAssignableFrom(field.getType());
        return !Modifier.isFinal(field.getModifiers())
                || holder && !field.getDeclaringClass().isRecord();
    }

    static Object value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Events in their order; where heap, list and calendar have them does not matter. */
    private void compareQueues(Object a, Object b) {
        for (String scalar : List.of("size", "nextSequence", "time", "sequence")) {
            mutable.add("EventQueue." + scalar);
            differ("EventQueue." + scalar, !of(a, scalar).equals(of(b, scalar)));
        }
        Map<List<Long>, Object[]> mine = events(a);
        Map<List<Long>, Object[]> other = events(b);
        differ(
                "EventQueue.events",
                !List.copyOf(mine.keySet()).equals(List.copyOf(other.keySet())));
        for (Map.Entry<List<Long>, Object[]> one : mine.entrySet()) {
            Object[] found = other.get(one.getKey());
            if (found != null) {
                compareArrays("EventQueue.events", one.getValue(), found);
            }
        }
    }

    private static Object of(Object owner, String field) {
        try {
            return value(owner.getClass().getDeclaredField(field), owner);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** Code, mark and payload by time and number. */
    private static Map<List<Long>, Object[]> events(Object queue) {
        Map<List<Long>, Object[]> out =
                new TreeMap<>(
                        (x, y) ->
                                x.get(0).equals(y.get(0))
                                        ? x.get(1).compareTo(y.get(1))
                                        : x.get(0).compareTo(y.get(0)));
        Object store = of(queue, "store");
        for (int entry : waiting(store)) {
            long time = ((long[]) of(store, "times"))[entry];
            long number = ((long[]) of(store, "sequences"))[entry];
            int code = ((int[]) of(store, "codes"))[entry];
            int mark = ((int[]) of(store, "marks"))[entry];
            Object payload = ((Object[]) of(store, "payloads"))[entry];
            out.put(List.of(time, number), new Object[] {code, mark, payload});
        }
        return out;
    }

    /** The entries of a queue that hold events. */
    private static int[] waiting(Object store) {
        try {
            Method inOrder = store.getClass().getDeclaredMethod("inOrder");
            inOrder.setAccessible(true);
            return (int[]) inOrder.invoke(store);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A field of a number or an array of numbers, in one object. */
    record Place(Field field, Object owner) {
        /** Changes its number, or the first of its numbers; false if there is none. */
        boolean change() {
            try {
                Class<?> type = field.getType();
                if (type.isArray()) {
                    Object array = value(field, owner);
                    if (array == null || Array.getLength(array) == 0) {
                        return false;
                    }
                    Array.set(array, 0, other(Array.get(array, 0)));
                } else {
                    field.set(owner, other(value(field, owner)));
                }
                return true;
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        private static Object other(Object value) {
            if (value instanceof Boolean b) {
                return !b;
            } else if (value instanceof Long n) {
                return ~n;
            } else if (value instanceof Integer n) {
                return ~n;
            } else if (value instanceof Byte n) {
                return (byte) ~n;
            }
            return Double.longBitsToDouble(~Double.doubleToRawLongBits((double) value));
        }
    }

    /** One place for every field of numbers that may change and is reachable, by name. */
    static Map<String, Place> places(Object root, Set<String> ignored) {
        Map<String, Place> out = new TreeMap<>();
        List<Object> left = new ArrayList<>(List.of(root));
        Map<Object, Boolean> met = new IdentityHashMap<>();
        while (!left.isEmpty()) {
            Object one = left.remove(left.size() - 1);
            if (one == null || met.put(one, true) != null) {
                continue;
            }
            if (one instanceof Map<?, ?> map) {
                left.addAll(map.values());
            } else if (one instanceof Collection<?> all) {
                left.addAll(all);
            } else if (one instanceof Object[] array) {
                left.addAll(Arrays.asList(array));
            } else if (one instanceof EventQueue) { // its numbers are compared event by event
                left.add(of(of(one, "store"), "payloads"));
                left.add(of(one, "payload"));
            } else if (one.getClass().getName().startsWith(OWN) && !one.getClass().isHidden()) {
                enter(one, ignored, left, out);
            }
        }
        return out;
    }

    private static void enter(
            Object one, Set<String> ignored, List<Object> left, Map<String, Place> out) {
        for (Class<?> own = one.getClass();
                own != null && own.getName().startsWith(OWN);
                own = own.getSuperclass()) {
            for (Field field : own.getDeclaredFields()) {
                if (!isState(field) || ignored.contains(name(field))) {
                    continue;
                }
                Class<?> type = field.getType();
                Object value = value(field, one);
                boolean numbers =
                        type.isPrimitive()
                                || type.isArray() && type.getComponentType().isPrimitive();
                if (!numbers) {
                    left.add(value);
                } else if (mayChange(field)
                        && !(one instanceof Signal)
                        && !one.getClass().isRecord()
                        && (type.isPrimitive() || value != null && Array.getLength(value) > 0)) {
                    out.putIfAbsent(name(field), new Place(field, one));
                }
            }
        }
    }
}
