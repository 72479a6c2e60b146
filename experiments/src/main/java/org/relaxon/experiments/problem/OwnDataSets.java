package org.relaxon.experiments.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.runtime.guard.OwnParts;

/** Users' own data sets, which jars name in {@code META-INF/services}. */
final class OwnDataSets {
    private static final List<String> TAKEN =
            List.of("random", "strokes", "two-moons", "mnist", "fashion-mnist", "idx");

    private OwnDataSets() {}

    /**
     * The set of a name; null if there is none.
     *
     * @throws IllegalArgumentException naming a set that cannot be created, is empty, whose name is
     *     taken, or that breaks its contract
     */
    static DataSet find(String name) {
        for (DataSet set : OwnParts.load(DataSet.class)) {
            if (name.equals(named(set))) {
                requireSizes(set);
                OwnExamples.require(set);
                return set;
            }
        }
        return null;
    }

    /** The names after a comma, for a list of what is allowed. */
    static String listed() {
        return OwnParts.load(DataSet.class).stream()
                .map(set -> ", " + named(set))
                .collect(Collectors.joining());
    }

    private static String named(DataSet set) {
        String name = set.name();
        boolean plain = name != null && name.matches("[a-z][a-z0-9-]*");
        if (!plain || TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    "RELAXON_CLASSPATH: the name %s of %s is %s"
                            .formatted(
                                    name,
                                    set.getClass().getName(),
                                    plain
                                            ? "taken"
                                            : "not of lower-case letters, digits and hyphens, a"
                                                    + " letter first"));
        }
        return name;
    }

    private static void requireSizes(DataSet set) {
        if (set.size() < 1 || set.inputs() < 1 || set.classes() < 1) {
            throw new IllegalArgumentException(
                    "data: %s has %d examples, %d inputs and %d classes; need at least 1 of each"
                            .formatted(set.name(), set.size(), set.inputs(), set.classes()));
        }
    }
}
