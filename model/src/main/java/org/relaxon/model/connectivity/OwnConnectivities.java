package org.relaxon.model.connectivity;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.relaxon.model.math.Numeral;

/**
 * Users' own connectivities, which jars name in {@code META-INF/services}. The text before the
 * colon of {@link Connectivity#spec} is the name of each.
 */
final class OwnConnectivities {
    private static final List<String> TAKEN =
            List.of(
                    "all-to-all",
                    "random",
                    "convolution",
                    "transposed-convolution",
                    "average-pooling",
                    "identity",
                    "others",
                    "scaled");

    private final String text;
    private final List<Connectivity> found = new ArrayList<>();

    /**
     * Finds them.
     *
     * @throws IllegalArgumentException naming one that cannot be created, or whose name is taken
     */
    OwnConnectivities(String text) {
        this.text = text;
        try {
            ServiceLoader.load(Connectivity.class).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            String why = e.getCause() == null ? "" : ": " + e.getCause();
            throw new IllegalArgumentException("RELAXON_CLASSPATH: " + e.getMessage() + why, e);
        }
        for (Connectivity one : found) {
            if (TAKEN.contains(name(one.spec()))) {
                throw new IllegalArgumentException(
                        "RELAXON_CLASSPATH: the name %s of %s is taken"
                                .formatted(name(one.spec()), one.getClass().getName()));
            }
        }
    }

    private static String name(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? spec : spec.substring(0, colon);
    }

    boolean known() {
        return found.stream().anyMatch(one -> name(one.spec()).equals(name(text)));
    }

    /** Names after commas, for a list of what is allowed. */
    String names() {
        return found.stream().map(one -> ", " + name(one.spec())).collect(Collectors.joining());
    }

    /**
     * Reads one that is {@link #known}.
     *
     * @throws IllegalArgumentException naming the text and why it is refused
     */
    Connectivity read() {
        Connectivity family =
                found.stream()
                        .filter(one -> name(one.spec()).equals(name(text)))
                        .findFirst()
                        .orElseThrow();
        if (text.indexOf(':') < 0) {
            return family;
        }
        Connectivity made = with(family, text);
        String own = made.spec();
        if (own.indexOf(':') < 0) {
            throw refused("it gives its text as \"" + own + "\", without its numbers");
        }
        if (!name(own).equals(name(text)) || !with(family, own).spec().equals(own)) {
            throw refused(
                    "it gives its text as \"" + own + "\", from which it does not read the same");
        }
        return made;
    }

    private Connectivity with(Connectivity family, String spec) {
        List<Double> numbers;
        try {
            numbers = Numeral.numbers(spec.substring(spec.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            throw refused("need finite numbers after the colon, separated by commas");
        }
        try {
            return family.with(numbers);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("connectivity \"%s\": %s".formatted(text, why));
    }
}
