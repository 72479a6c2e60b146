package org.relaxon.experiments.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.IdxDataSet;
import org.relaxon.experiments.data.NpzDataSet;
import org.relaxon.experiments.data.Shuffled;
import org.relaxon.experiments.data.Strokes;
import org.relaxon.experiments.data.TwoMoons;
import org.relaxon.experiments.format.IdxFiles;

/**
 * The source of examples that an option names. Files are read once; synthetic sets are drawn again
 * for every seed.
 */
final class DataSource {
    /** Examples in a synthetic set; as many as in the set that it replaces. */
    static final int DRAWN_SIZE = 60_000;

    /** Test examples of a synthetic set if no number is given. */
    private static final int DRAWN_TESTED = 10_000;

    private static final double MOONS_NOISE = 0.1;
    private static final long SPLIT_STREAM = 1L << 49;

    private enum Kind {
        RANDOM,
        STROKES,
        TWO_MOONS,
        IDX,
        NPZ,
        /** Of a user's own class. */
        OWN
    }

    private final Kind kind;
    private final String name;
    private final Path path; // null unless files are read
    private DataSet opened; // the files' set, once read

    private DataSource(Kind kind, String name, Path path) {
        this.kind = kind;
        this.name = name;
        this.path = path;
    }

    /**
     * Reads the text of an option; opens nothing.
     *
     * @throws IllegalArgumentException naming the text and the allowed forms
     */
    static DataSource parse(String text) {
        int colon = text.indexOf(':');
        String head = colon < 0 ? text : text.substring(0, colon);
        String tail = colon < 0 ? "" : text.substring(colon + 1);
        if (text.equals("random")) {
            return new DataSource(Kind.RANDOM, text, null);
        }
        if (text.equals("strokes")) {
            return new DataSource(Kind.STROKES, text, null);
        }
        if (text.equals("two-moons")) {
            return new DataSource(Kind.TWO_MOONS, text, null);
        }
        if (List.of("mnist", "fashion-mnist", "idx").contains(head) && !tail.isEmpty()) {
            return new DataSource(Kind.IDX, head, path(text, tail));
        }
        if (text.endsWith(".npz")) {
            return new DataSource(Kind.NPZ, text, path(text, text));
        }
        DataSet own = OwnDataSets.find(text);
        if (own != null) {
            DataSource found = new DataSource(Kind.OWN, text, null);
            found.opened = own;
            return found;
        }
        throw new IllegalArgumentException(
                "data: \"%s\" is not one of random, strokes, two-moons, mnist:DIR,".formatted(text)
                        + " fashion-mnist:DIR, idx:DIR, FILE.npz"
                        + OwnDataSets.listed()
                        + meant(text));
    }

    /** The probable meaning of a path alone. */
    private static String meant(String text) {
        Path path = path(text, text);
        if (IdxFiles.areIn(path)) {
            return "; %s holds IDX files: give idx:%1$s, or mnist:%1$s if they are MNIST"
                    .formatted(text);
        }
        return Files.isDirectory(path)
                ? "; the directory %s holds no train-images-idx3-ubyte".formatted(text)
                : Files.exists(path) ? "; the file %s does not end in .npz".formatted(text) : "";
    }

    private static Path path(String text, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "data: \"%s\" does not name a file or directory".formatted(text), e);
        }
    }

    /** Whether inputs and targets are random numbers instead of a set. */
    boolean isRandom() {
        return kind == Kind.RANDOM;
    }

    /**
     * The training set; only if not {@link #isRandom}.
     *
     * @throws IOException if a file cannot be read or is malformed
     */
    DataSet set(long seed) throws IOException {
        return switch (kind) {
            case STROKES -> new Strokes(seed, DRAWN_SIZE);
            case TWO_MOONS -> new TwoMoons(seed, DRAWN_SIZE, MOONS_NOISE);
            case IDX -> {
                opened = opened == null ? IdxDataSet.open(name, path, true) : opened;
                yield opened;
            }
            case NPZ -> {
                opened = opened == null ? NpzDataSet.open(path) : opened;
                yield opened;
            }
            case OWN -> opened;
            default -> throw new IllegalStateException("random numbers are not a set");
        };
    }

    /**
     * A part to train on and a part to test on: the two halves of IDX files, two seeds of a
     * synthetic set, the last sixth of an NPZ file or of a user's own set.
     *
     * @param train most examples to train on
     * @param test most examples to test on; {@link Integer#MAX_VALUE} for all of a file, 10,000 of
     *     a synthetic set
     * @param inputs range of the inputs; null for signed, or raw for NPZ files
     * @throws IOException if a file cannot be read or is malformed
     */
    Split split(long seed, int train, int test, Inputs inputs) throws IOException {
        if (isRandom()) {
            throw new IllegalArgumentException(
                    "data: there is nothing to learn from random examples; name a set, such as"
                            + " two-moons, strokes, mnist:DIR or FILE.npz");
        }
        if (train < 1 || test < 1) {
            throw new IllegalArgumentException(
                    "%s: need at least 1, got %d"
                            .formatted(
                                    train < 1 ? "examples" : "test-examples",
                                    Math.min(train, test)));
        }
        boolean drawn = kind == Kind.STROKES || kind == Kind.TWO_MOONS;
        boolean onePart = isOnePart(); // which may be sorted by class
        DataSet first = onePart ? new Shuffled(set(seed), 0, SPLIT_STREAM) : set(seed);
        DataSet second =
                switch (kind) {
                    case STROKES -> new Strokes(~seed, DRAWN_SIZE);
                    case TWO_MOONS -> new TwoMoons(~seed, DRAWN_SIZE, MOONS_NOISE);
                    case IDX -> IdxDataSet.open(name, path, false);
                    default -> first;
                };
        if (inputs == Inputs.RAW && kind == Kind.IDX) {
            first = ((IdxDataSet) first).raw();
            second = ((IdxDataSet) second).raw();
        }
        boolean shared = second == first;
        int held = shared ? Math.max(1, first.size() / 6) : second.size();
        int from = second.size() - held; // of what is tested on
        int offered = shared ? from : first.size(); // to train on
        int trained = Math.min(train, offered);
        int tested = Math.min(drawn && test == Integer.MAX_VALUE ? DRAWN_TESTED : test, held);
        DataSet plain = new Selection(first, 0, trained, InputScaling.none(""), drawn);
        InputScaling scaling = scaling(inputs, plain);
        String labelling = kind == Kind.NPZ ? ((NpzDataSet) opened).labelling() : "";
        String text =
                "%s, %d to train and %d to test on%s, inputs %s%s"
                        .formatted(
                                name,
                                trained,
                                tested,
                                onePart ? ", shuffled once" : "",
                                scaling.text(),
                                labelling.isEmpty() ? "" : ", " + labelling);
        return new Split(
                scaling.isNone() ? plain : new Selection(first, 0, trained, scaling, drawn),
                new Selection(second, from, tested, scaling, drawn),
                drawn ? 0 : offered - trained,
                text);
    }

    /** The range of inputs that is used if none is requested. */
    Inputs inputs() {
        return isOnePart() ? Inputs.RAW : Inputs.SIGNED;
    }

    /** One set of any range, of which a part is left for tests. */
    private boolean isOnePart() {
        return kind == Kind.NPZ || kind == Kind.OWN;
    }

    /** The transformation of inputs; sets other than NPZ files hold inputs from -1 to 1. */
    private InputScaling scaling(Inputs asked, DataSet train) {
        Inputs inputs = asked != null ? asked : inputs();
        return switch (inputs) {
            case STANDARD -> InputScaling.standard(train);
            case RAW ->
                    InputScaling.none(
                            switch (kind) {
                                case IDX -> "raw, pixels from 0 to 255";
                                case NPZ -> "raw, as they stand in the file";
                                case OWN -> "raw, as the set gives them";
                                default -> "raw, as they are drawn";
                            });
            case SIGNED ->
                    isOnePart()
                            ? InputScaling.range(train, inputs, -1.0)
                            : InputScaling.none("signed, from -1 to 1");
            case UNIT -> isOnePart() ? InputScaling.range(train, inputs, 0.0) : InputScaling.unit();
        };
    }

    /** The number of {@link #defaultLayers}, input included, whatever the data. */
    static final int DEFAULT_LAYERS = 4;

    /** Layers that are used if none are requested. {@code set} is null for random numbers. */
    List<Integer> defaultLayers(DataSet set) {
        return switch (kind) {
            case RANDOM -> List.of(8, 16, 12, 4);
            case STROKES -> List.of(set.inputs(), 64, 32, set.classes());
            case TWO_MOONS -> List.of(set.inputs(), 16, 8, set.classes());
            case IDX -> List.of(set.inputs(), 128, 64, set.classes());
            case NPZ, OWN -> List.of(set.inputs(), 64, 32, set.classes());
        };
    }
}
