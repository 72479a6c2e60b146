package org.relaxon.runtime.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.part.PartFactory;

/**
 * The parts of one kind that jars on the class path add to the library's. Every part must return
 * its own text form, so that reports and the commands that repeat a run name it exactly.
 *
 * @param <P> the parts
 */
public final class OwnParts<P> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    /** One word of a command line, without characters that separate lists. */
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e&&[^;]]+");

    private final String option;
    private final List<PartFactory<P>> factories;
    private final Function<P, String> spec;
    private final Consumer<P> contract;

    private OwnParts(
            String option,
            List<PartFactory<P>> factories,
            Function<P, String> spec,
            Consumer<P> contract) {
        this.option = option;
        this.factories = factories;
        this.spec = spec;
        this.contract = contract;
    }

    /**
     * Finds the factories that the context class loader of this thread knows, in order of their
     * names.
     *
     * @param option named in messages
     * @param kind the service
     * @param taken names that they must not have
     * @param spec the text form of a part
     * @param contract throws if a part breaks the contract of its kind
     * @param <F> kind of factory
     * @param <P> kind of part
     * @return the factories
     * @throws IllegalArgumentException naming a factory that cannot be created, or whose name is
     *     taken or invalid
     */
    public static <P, F extends PartFactory<P>> OwnParts<P> of(
            String option,
            Class<F> kind,
            Set<String> taken,
            Function<P, String> spec,
            Consumer<P> contract) {
        List<PartFactory<P>> found = new ArrayList<>(load(kind));
        List<String> names = new ArrayList<>(taken);
        for (PartFactory<P> factory : found) {
            requireName(factory, names);
            names.add(factory.name());
        }
        found.sort(Comparator.comparing(PartFactory::name));
        return new OwnParts<>(option, found, spec, contract);
    }

    /**
     * Creates every service of a kind that the context class loader of this thread finds.
     *
     * @param kind the service
     * @param <T> kind of service
     * @return the services, in no particular order
     * @throws IllegalArgumentException naming one that cannot be created
     */
    public static <T> List<T> load(Class<T> kind) {
        List<T> found = new ArrayList<>();
        try {
            ServiceLoader.load(kind).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            String why = e.getCause() == null ? "" : ": " + e.getCause();
            throw new IllegalArgumentException(
                    "RELAXON_CLASSPATH: " + e.getMessage() + why + listed(kind, e.getMessage()), e);
        }
        return found;
    }

    /**
     * The service files whose entry an error message quotes, since the message does not always name
     * the file.
     */
    private static String listed(Class<?> kind, String complaint) {
        String file = "META-INF/services/" + kind.getName();
        List<String> where = new ArrayList<>();
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            for (URL url : Collections.list(loader.getResources(file))) {
                if (entries(url).anyMatch(complaint::contains)) {
                    where.add(url.toString());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return ""; // the error itself matters more than its source
        }
        return where.isEmpty() ? "" : "; listed in " + String.join(", ", where);
    }

    private static Stream<String> entries(URL services) throws IOException {
        URLConnection connection = services.openConnection();
        connection.setUseCaches(false); // a jar that stays open could not be replaced
        try (InputStream in = connection.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(l -> l.replaceFirst("#.*", "").strip())
                    .filter(l -> !l.isEmpty());
        }
    }

    private static void requireName(PartFactory<?> factory, List<String> names) {
        String name = stated(factory, "name", factory::name);
        String wrong =
                !NAME.matcher(name).matches()
                        ? "not of lower-case letters, digits and hyphens, a letter first"
                        : names.contains(name) ? "taken" : "";
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "RELAXON_CLASSPATH: the name %s of %s is %s"
                            .formatted(name, factory.getClass().getName(), wrong));
        }
    }

    private interface Statement {
        String text();
    }

    private static String stated(PartFactory<?> factory, String method, Statement statement) {
        String part = "RELAXON_CLASSPATH: " + method + "() of " + factory.getClass().getName();
        String text;
        try {
            text = statement.text();
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of(part, e);
        }
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(part + " returns no text");
        }
        return text;
    }

    /** {@return their names, sorted} */
    public List<String> names() {
        return factories.stream().map(PartFactory::name).toList();
    }

    /** {@return an example of each, sorted by name} */
    public List<String> examples() {
        return factories.stream().map(f -> stated(f, "example", f::example)).toList();
    }

    /**
     * {@return a line for each: an example, a space, its description and the class that it comes
     * from}
     *
     * @throws IllegalArgumentException naming an example that cannot be read
     */
    public List<String> lines() {
        List<String> out = new ArrayList<>();
        for (PartFactory<P> factory : factories) {
            String example = stated(factory, "example", factory::example);
            if (!nameIn(example).equals(factory.name())) {
                throw new IllegalArgumentException(
                        "RELAXON_CLASSPATH: the example %s of %s does not begin with its name %s"
                                .formatted(example, factory.getClass().getName(), factory.name()));
            }
            read(factory, example);
            String line = stated(factory, "line", factory::line).strip().replaceAll("\\s+", " ");
            out.add("%s %s; from %s".formatted(example, line, factory.getClass().getName()));
        }
        return out;
    }

    /**
     * Reads a part; empty if no factory has the name in the text.
     *
     * @param text option value
     * @return the part; empty if no factory has its name
     * @throws IllegalArgumentException naming the text and the argument that its factory refuses,
     *     or a part that cannot be read from its own text form
     * @throws OwnPartException naming a part that failed or broke its contract
     */
    public Optional<P> read(String text) {
        return factories.stream()
                .filter(f -> f.name().equals(nameIn(text)))
                .findFirst()
                .map(f -> read(f, text));
    }

    private P read(PartFactory<P> factory, String text) {
        P part = parsed(factory, text);
        String own = guarded(part, spec);
        boolean back = own != null && TEXT.matcher(own).matches();
        back = back && nameIn(own).equals(factory.name());
        back = back && guarded(parsed(factory, own), again -> again.equals(part));
        if (!back) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" gives its text as \"%s\", from which %s does not read an equal %s"
                            .formatted(
                                    option,
                                    text,
                                    own,
                                    factory.getClass().getName(),
                                    part.getClass().getName()));
        }
        contract.accept(part);
        return part;
    }

    private P parsed(PartFactory<P> factory, String text) {
        P part;
        try {
            part = factory.parse(arguments(text));
        } catch (IllegalArgumentException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            boolean named = why.startsWith(option + ": ");
            throw new IllegalArgumentException(
                    named ? why : "%s: \"%s\": %s".formatted(option, text, why), e);
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of("%s: %s".formatted(option, text), e);
        }
        if (part == null) {
            throw new IllegalArgumentException(
                    "%s: %s reads nothing from \"%s\""
                            .formatted(option, factory.getClass().getName(), text));
        }
        return part;
    }

    private <R> R guarded(P part, Function<P, R> question) {
        try {
            return question.apply(part);
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of(option + ": " + part.getClass().getName(), e);
        }
    }

    private static String nameIn(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static List<String> arguments(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? List.of() : List.of(text.substring(colon + 1).split(",", -1));
    }
}
