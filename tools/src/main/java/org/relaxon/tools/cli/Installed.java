package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.relaxon.runtime.part.OwnParts;

/**
 * Parts of one kind: the library's, and those from elsewhere, which a jar on the class path names
 * in {@code META-INF/services}: see {@link java.util.ServiceLoader}. {@code RELAXON_CLASSPATH} puts
 * such a jar there.
 *
 * @param <T> what they are
 */
final class Installed<T> {
    private final List<T> library;
    private final List<T> own;
    private final Function<T, String> name;

    private Installed(List<T> library, List<T> own, Function<T, String> name) {
        this.library = library;
        this.own = own;
        this.name = name;
    }

    /**
     * Finds those from elsewhere, in order of their names.
     *
     * @param name the name in options
     * @param library the library's
     * @throws IllegalArgumentException naming a part that cannot be made, or whose name is taken
     */
    static <T> Installed<T> of(Class<T> kind, Function<T, String> name, List<T> library) {
        List<String> taken = library.stream().map(name).toList();
        return new Installed<>(library, found(kind, name, taken), name);
    }

    /**
     * Those from elsewhere alone, in order of their names.
     *
     * @param name the name in options
     * @param taken names that they must not have
     * @throws IllegalArgumentException naming a part that cannot be made, or whose name is taken
     */
    static <T> List<T> found(Class<T> kind, Function<T, String> name, List<String> taken) {
        List<T> found = OwnParts.load(kind);
        List<String> names = new ArrayList<>(taken);
        for (T part : found) {
            String text = name.apply(part);
            if (names.contains(text)) {
                throw new IllegalArgumentException(
                        "RELAXON_CLASSPATH: the name %s of %s is taken"
                                .formatted(text, part.getClass().getName()));
            }
            names.add(text);
        }
        found.sort(Comparator.comparing(name));
        return found;
    }

    /**
     * The part of a name.
     *
     * @param option named in the message
     * @throws IllegalArgumentException if there is none
     */
    T find(String option, String text) {
        List<T> all = new ArrayList<>(library);
        all.addAll(own);
        return all.stream()
                .filter(part -> name.apply(part).equals(text))
                .findFirst()
                .orElseThrow(() -> Catalog.unknown(option, text, all.stream().map(name).toList()));
    }

    /** A line of {@code list} for each from elsewhere. */
    List<Catalog.Entry<String>> lines() {
        List<Catalog.Entry<String>> out = new ArrayList<>();
        for (T part : own) {
            String text = name.apply(part);
            out.add(new Catalog.Entry<>(text, "from " + part.getClass().getName(), text));
        }
        return out;
    }
}
