package org.relaxon.experiments.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Names, shapes and kinds of the arrays in an NPZ file, read only from their heads, for messages
 * about missing arrays. Arrays that cannot be listed are left out: a listing never fails.
 */
public final class NpzListing {
    private static final int SHOWN_MAX = 12;
    private static final List<String> INPUTS =
            List.of("x0", "x", "xtrain", "trainx", "inputs", "input", "images", "features", "data");
    private static final List<String> OUTPUTS =
            List.of(
                    "labels", "target", "y", "ytrain", "trainy", "targets", "label", "classes",
                    "outputs", "t");

    private record Listed(String name, int[] shape, char kind) {
        int axes() {
            return shape.length;
        }

        String text() {
            return name + " " + NpzListing.text(shape);
        }
    }

    private final String file;
    private final List<Listed> arrays;

    private NpzListing(String file, List<Listed> arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /**
     * Lists the arrays of a file without their elements.
     *
     * @param file in NPZ format
     * @return the names and shapes in the order of the file; none of a file that cannot be read
     */
    public static NpzListing of(Path file) {
        List<Listed> arrays = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            Predicate<String> named = name -> NpzReader.isArray(name);
            for (ZipMember member :
                    ZipDirectory.read(file.toString(), channel, NpzReader.ENTRY, named)) {
                add(arrays, channel, member);
            }
        } catch (IOException e) {
            arrays.clear();
        }
        return new NpzListing(String.valueOf(file.getFileName()), arrays);
    }

    private static void add(List<Listed> arrays, FileChannel channel, ZipMember member) {
        Inflater inflater = new Inflater(true);
        FileSlice slice = new FileSlice(channel, member.start(), member.storedBytes());
        try {
            InputStream in = member.deflated() ? new InflaterInputStream(slice, inflater) : slice;
            NpyHeader header = NpyHeader.read(member.name(), in, Integer.MAX_VALUE);
            arrays.add(
                    new Listed(
                            NpzReader.arrayName(member.name()),
                            header.shape(),
                            header.type().kind()));
        } catch (IOException e) {
            return; // of a type that is not read
        } finally {
            inflater.end();
        }
    }

    /** {@return names and shapes, such as {@code X (100, 784), y (100,)}} */
    public String text() {
        if (arrays.isEmpty()) {
            return "no array of numbers";
        }
        String more =
                arrays.size() > SHOWN_MAX
                        ? " and %d more".formatted(arrays.size() - SHOWN_MAX)
                        : "";
        return arrays.stream()
                .limit(SHOWN_MAX)
                .map(Listed::text)
                .collect(Collectors.joining(", ", "", more));
    }

    /**
     * {@return the line of Python that stores these arrays in the expected form; empty if none of
     * them is likely to hold inputs and another one outputs}
     */
    public Optional<String> remedy() {
        Listed x = pick(INPUTS, null);
        Listed y = pick(OUTPUTS, x);
        if (x == null || y == null || x.axes() < 2 || y.axes() < 1 || y.axes() > 2) {
            return Optional.empty();
        }
        int examples = y.axes() == 1 || !shares(x, y.shape()[1]) ? y.shape()[0] : y.shape()[1];
        String inputs = "x0=" + columns(x, examples);
        boolean classes = y.axes() == 1 && "iub".indexOf(y.kind()) >= 0;
        String outputs =
                classes
                        ? "labels=" + y.name()
                        : y.axes() == 1
                                ? "target=%s[None]".formatted(y.name())
                                : "target=" + columns(y, examples);
        return Optional.of("np.savez(\"%s\", %s, %s)".formatted(file, inputs, outputs));
    }

    private static boolean shares(Listed x, int size) {
        return x.shape()[0] == size || x.shape()[x.axes() - 1] == size;
    }

    /** With one column for each example. */
    private static String columns(Listed array, int examples) {
        if (array.axes() > 2) {
            return "%s.reshape(len(%1$s), -1).T".formatted(array.name());
        }
        return array.name() + (array.shape()[1] == examples ? "" : ".T");
    }

    /**
     * The array with the first of these names that exists; otherwise the one with the most axes.
     */
    private Listed pick(List<String> names, Listed other) {
        for (String name : names) {
            for (Listed array : arrays) {
                String bare = array.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
                if (array != other && bare.equals(name)) {
                    return array;
                }
            }
        }
        return arrays.size() == 2
                ? arrays.stream().filter(a -> a != other).findFirst().orElseThrow()
                : null;
    }

    /**
     * {@return a shape as Python prints it}
     *
     * @param shape sizes of the axes
     */
    public static String text(int... shape) {
        String inside =
                Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return shape.length == 1 ? "(" + inside + ",)" : "(" + inside + ")";
    }
}
