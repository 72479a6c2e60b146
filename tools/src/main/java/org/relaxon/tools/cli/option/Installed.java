package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relaxon.runtime.guard.OwnParts;

/**
 * Parts of one kind: the library's and users' own. A jar on the class path names a user's own part
 * in {@code META-INF/services}; see {@link java.util.ServiceLoader}. {@code RELAXON_CLASSPATH} adds
 * such a jar.
 *
 * @param <T> kind of part
 */
final class Installed<T> {
    private final List<T> library;
    private final List<Own<T>> own;
    private final Function<T, String> name;

    private Installed(List<T> library, List<Own<T>> own, Function<T, String> name) {
        this.library = library;
        this.own = own;
        this.name = name;
    }

    /**
     * A user's own part.
     *
     * @param part guarded: its failures are reported by name
     * @param from name of its class
     */
    record Own<T>(T part, String from) {}

    /**
     * Finds users' own parts, in order of their names.
     *
     * @param name the name in options
     * @param guard wraps a part so that its failures are reported by name
     * @param library the library's
     * @throws IllegalArgumentException naming a part that cannot be created, or whose name is taken
     */
    static <T> Installed<T> of(
            Class<T> kind, Function<T, String> name, UnaryOperator<T> guard, List<T> library) {
        List<String> taken = library.stream().map(name).toList();
        return new Installed<>(library, found(kind, name, guard, taken), name);
    }

    /**
     * Only users' own parts, in order of their names.
     *
     * @param name the name in options
     * @param guard wraps a part so that its failures are reported by name
     * @param taken names that they must not have
     * @throws IllegalArgumentException naming a part that cannot be created, or whose name is taken
     */
    static <T> List<Own<T>> found(
            Class<T> kind, Function<T, String> name, UnaryOperator<T> guard, List<String> taken) {
        List<Own<T>> found = new ArrayList<>();
        List<String> names = new ArrayList<>(taken);
        for (T part : OwnParts.load(kind)) {
            Own<T> own = new Own<>(guard.apply(part), part.getClass().getName());
            String text = name.apply(own.part());
            if (names.contains(text)) {
                throw new IllegalArgumentException(
                        "RELAXON_CLASSPATH: the name %s of %s is taken"
                                .formatted(text, own.from()));
            }
            names.add(text);
            found.add(own);
        }
        found.sort(Comparator.comparing(own -> name.apply(own.part())));
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
        own.forEach(one -> all.add(one.part()));
        return all.stream()
                .filter(part -> name.apply(part).equals(text))
                .findFirst()
                .orElseThrow(() -> Catalog.unknown(option, text, all.stream().map(name).toList()));
    }

    /** A line of {@code list} for each of the users' own parts. */
    List<Catalog.Entry<String>> lines() {
        List<Catalog.Entry<String>> out = new ArrayList<>();
        for (Own<T> one : own) {
            String text = name.apply(one.part());
            out.add(new Catalog.Entry<>(text, "from " + one.from(), text));
        }
        return out;
    }
}
