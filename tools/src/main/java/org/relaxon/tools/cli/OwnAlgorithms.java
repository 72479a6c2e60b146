package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.energy.EnergyTerm;

/** Algorithms from elsewhere: whole ones, and those that follow from the term of an energy. */
final class OwnAlgorithms {
    /** A name of the library that is no algorithm that settles. */
    private static final String INCREMENTAL = "ipc";

    private final List<AlgorithmSource> sources = new ArrayList<>();
    private final List<Catalog.Entry<String>> lines = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param library names of the library's algorithms
     * @throws IllegalArgumentException naming one that cannot be made, or whose name is taken
     */
    OwnAlgorithms(List<String> library) {
        List<String> taken = new ArrayList<>(library);
        taken.add(INCREMENTAL);
        for (AlgorithmSource source :
                Installed.found(AlgorithmSource.class, AlgorithmSource::optionName, taken)) {
            add(source, source.line() + ", from " + source.getClass().getName());
        }
        taken.addAll(names());
        for (EnergyTerm term : Installed.found(EnergyTerm.class, EnergyTerm::optionName, taken)) {
            String gradient = term.isDivergence() ? "backprop" : "implicit gradient";
            add(
                    new OfTerm(term),
                    "%s, order 1 or 2, from %s".formatted(gradient, term.getClass().getName()));
        }
    }

    private void add(AlgorithmSource source, String line) {
        sources.add(source);
        lines.add(new Catalog.Entry<>(source.optionName(), line, source.optionName()));
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
     * @throws IllegalArgumentException if it has no gradient dynamics, or is not what it is called
     */
    Algorithm find(String name, double step) {
        for (AlgorithmSource source : sources) {
            if (source.optionName().equals(name)) {
                return named(
                        source, Double.isNaN(step) ? source.algorithm() : source.bySteps(step));
            }
        }
        return null;
    }

    private static Algorithm named(AlgorithmSource source, Algorithm made) {
        if (made == null || !source.optionName().equals(made.optionName())) {
            throw new IllegalArgumentException(
                    "RELAXON_CLASSPATH: %s is called %s and makes %s"
                            .formatted(
                                    source.getClass().getName(),
                                    source.optionName(),
                                    made == null ? "nothing" : made.optionName()));
        }
        return made;
    }
}
