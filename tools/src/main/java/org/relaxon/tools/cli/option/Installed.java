package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relaxon.model.math.Numeral;
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
    private final BiFunction<T, List<Double>, T> with;

    private Installed(
            List<T> library,
            List<Own<T>> own,
            Function<T, String> name,
            BiFunction<T, List<Double>, T> with) {
        this.library = library;
        this.own = own;
        this.name = name;
        this.with = with;
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
     * @param with the part with other parameters
     * @param library the library's
     * @throws IllegalArgumentException naming a part that cannot be created, or whose name is taken
     */
    static <T> Installed<T> of(
            Class<T> kind,
            Function<T, String> name,
            UnaryOperator<T> guard,
            BiFunction<T, List<Double>, T> with,
            List<T> library) {
        List<String> taken = library.stream().map(name).toList();
        return new Installed<>(library, found(kind, name, guard, taken), name, with);
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
     * The part of a name, or of a name, a colon and parameters that commas separate.
     *
     * @param option named in the message
     * @throws IllegalArgumentException if there is none, or it refuses its parameters
     */
    T find(String option, String text) {
        List<T> all = new ArrayList<>(library);
        own.forEach(one -> all.add(one.part()));
        Optional<T> plain = named(all, text);
        if (plain.isPresent()) {
            return plain.get();
        }
        int colon = text.indexOf(':');
        Optional<T> family = colon < 0 ? Optional.empty() : named(all, text.substring(0, colon));
        T found =
                family.orElseThrow(
                        () -> Catalog.unknown(option, text, all.stream().map(name).toList()));
        T made = made(option, text, found);
        requireText(option, text, name.apply(made), found);
        return made;
    }

    /** Refuses a part from whose own text another part, or none, would be read. */
    private void requireText(String option, String text, String own, T family) {
        boolean back =
                own.startsWith(name.apply(family) + ":")
                        && name.apply(made(option, own, family)).equals(own);
        if (!back) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" gives its text as \"%s\", from which %s does not read the same"
                            .formatted(option, text, own, name.apply(family)));
        }
    }

    private Optional<T> named(List<T> all, String text) {
        return all.stream().filter(part -> name.apply(part).equals(text)).findFirst();
    }

    private T made(String option, String text, T family) {
        try {
            return with.apply(family, Numeral.numbers(text.substring(text.indexOf(':') + 1)));
        } catch (NumberFormatException e) {
            String why = "%s: \"%s\": need numbers after the colon, separated by commas";
            throw new IllegalArgumentException(why.formatted(option, text), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: \"%s\": %s".formatted(option, text, e.getMessage()), e);
        }
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
