package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.runtime.guard.Guarded;
import org.relaxon.tools.cli.option.Installed.Own;

/**
 * Algorithms that are found on the class path: complete ones, and those that follow from an energy
 * term. Most are users' own; some come with the library in the same way.
 */
final class OwnAlgorithms {
    /** A name of the library that is not an algorithm that settles. */
    private static final String INCREMENTAL = "ipc";

    private final List<AlgorithmSource> sources = new ArrayList<>();
    private final List<Catalog.Entry<String>> lines = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param library names of the library's algorithms
     * @throws IllegalArgumentException naming one that cannot be created, or whose name is taken
     */
    OwnAlgorithms(List<String> library) {
        List<String> taken = new ArrayList<>(library);
        taken.add(INCREMENTAL);
        for (Own<AlgorithmSource> own :
                Installed.found(
                        AlgorithmSource.class, AlgorithmSource::optionName, Guarded::of, taken)) {
            add(own.part(), own.from(), own.part().line());
        }
        taken.addAll(names());
        for (Own<EnergyTerm> own :
                Installed.found(EnergyTerm.class, EnergyTerm::optionName, Guarded::of, taken)) {
            String gradient = own.part().isDivergence() ? "backprop" : "implicit gradient";
            add(new OfTerm(own.part()), own.from(), gradient + ", order 1 or 2");
        }
    }

    private void add(AlgorithmSource source, String from, String line) {
        sources.add(source);
        String name = source.optionName();
        boolean shipped = from.startsWith("org.relaxon.");
        lines.add(new Catalog.Entry<>(name, shipped ? line : line + ", from " + from, name));
    }

    private record OfTerm(EnergyTerm term) implements AlgorithmSource {
        @Override
        public String optionName() {
            return term.optionName();
        }

        @Override
        public String line() {
            return "";
        }

        @Override
        public Algorithm algorithm() {
            return Algorithms.of(term);
        }

        @Override
        public Algorithm bySteps(double step) {
            return Algorithms.of(term, step);
        }
    }

    List<String> names() {
        return sources.stream().map(AlgorithmSource::optionName).toList();
    }

    /** A line of {@code list} for each. */
    List<Catalog.Entry<String>> lines() {
        return lines;
    }

    /**
     * The algorithm of a name; null if there is none.
     *
     * @param step of gradient dynamics; NaN for its own dynamics
     * @param parameters in its own order; null for its defaults
     * @throws IllegalArgumentException if it has no gradient dynamics or no such parameters, or its
     *     name differs from that of its source
     */
    Algorithm find(String name, double step, List<Double> parameters) {
        for (AlgorithmSource found : sources) {
            if (found.optionName().equals(name)) {
                AlgorithmSource source = parameters == null ? found : found.with(parameters);
                return named(
                        source, Double.isNaN(step) ? source.algorithm() : source.bySteps(step));
            }
        }
        return null;
    }

    private static Algorithm named(AlgorithmSource source, Algorithm made) {
        if (!source.optionName().equals(made.optionName())) {
            throw new IllegalArgumentException(
                    ("RELAXON_CLASSPATH: the source of the algorithm %s returns an"
                                    + " algorithm named %s")
                            .formatted(source.optionName(), made.optionName()));
        }
        return made;
    }
}
