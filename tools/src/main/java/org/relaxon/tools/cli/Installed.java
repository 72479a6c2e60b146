package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Parts from elsewhere, which a jar on the class path names in {@code META-INF/services}: see
 * {@link ServiceLoader}. {@code RELAXON_CLASSPATH} puts such a jar there.
 *
 * @param <T> what they are
 */
final class Installed<T> {
    private final List<T> parts;
    private final Function<T, String> name;

    private Installed(List<T> parts, Function<T, String> name) {
        this.parts = parts;
        this.name = name;
    }

    /**
     * Finds those of one kind, in order of their names.
     *
     * @param name the name in options
     * @param taken names of the library's own
     * @throws IllegalArgumentException naming a part that cannot be made, or whose name is taken
     */
    static <T> Installed<T> of(Class<T> kind, Function<T, String> name, List<String> taken) {
        List<T> found = new ArrayList<>();
        try {
            ServiceLoader.load(kind).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            String why = e.getCause() == null ? "" : ": " + e.getCause();
            throw new IllegalArgumentException("RELAXON_CLASSPATH: " + e.getMessage() + why, e);
        }
        List<String> names = new ArrayList<>(taken);
        for (T part : found) {
            String own = name.apply(part);
            if (names.contains(own)) {
                throw new IllegalArgumentException(
                        "RELAXON_CLASSPATH: the name %s of %s is taken"
                                .formatted(own, part.getClass().getName()));
            }
            names.add(own);
        }
        found.sort(Comparator.comparing(name));
        return new Installed<>(found, name);
    }

    /** All of them. */
    List<T> parts() {
        return parts;
    }

    /** A line of {@code list} for each. */
    List<Catalog.Entry<String>> lines() {
        List<Catalog.Entry<String>> out = new ArrayList<>();
        for (T part : parts) {
            String own = name.apply(part);
            out.add(new Catalog.Entry<>(own, "from " + part.getClass().getName(), own));
        }
        return out;
    }
}
