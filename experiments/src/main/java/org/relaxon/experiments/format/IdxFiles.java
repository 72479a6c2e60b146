package org.relaxon.experiments.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The four files of a collection of images in one directory, under the names that collections are
 * distributed under: {@code train-images-idx3-ubyte}, {@code train-images.idx3-ubyte} and the same
 * with a prefix ({@code emnist-letters-train-images-idx3-ubyte}); {@code t10k} or {@code test} for
 * the test half; {@code labels-idx1} for the labels; each also with {@code .gz}.
 */
public final class IdxFiles {
    private static final int SHOWN_MAX = 12;

    private final Path directory;

    /**
     * Looks into a directory at every question.
     *
     * @param directory where the files are
     */
    public IdxFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds the images of one half.
     *
     * @param training true for the training half
     * @return the file of the images
     * @throws NoSuchFileException if there is none; the message lists what is there
     * @throws MalformedFileException if several could be meant
     * @throws IOException if the directory cannot be read
     */
    public Path images(boolean training) throws IOException {
        return find(training, "images", 3);
    }

    /**
     * Finds the labels of one half; fails as {@link #images}.
     *
     * @param training true for the training half
     * @return the file of the labels
     * @throws IOException as of {@link #images}
     */
    public Path labels(boolean training) throws IOException {
        return find(training, "labels", 1);
    }

    /**
     * {@return true if a directory holds the images and labels of a training half}
     *
     * @param directory that may be missing or unreadable; then the answer is false
     */
    public static boolean areIn(Path directory) {
        try {
            IdxFiles files = new IdxFiles(directory);
            return files.hasLabels(true) && !files.matching(true, "images", 3).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@return whether one half has labels}
     *
     * @param training true for the training half
     * @throws IOException if the directory cannot be read
     */
    public boolean hasLabels(boolean training) throws IOException {
        return Files.isDirectory(directory) && !matching(training, "labels", 1).isEmpty();
    }

    private Path find(boolean training, String content, int axes) throws IOException {
        String usual = "%s-%s-idx%d-ubyte".formatted(training ? "train" : "t10k", content, axes);
        Path plain = directory.resolve(usual);
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(plain.toString(), null, "its directory is not there");
        }
        for (String name : List.of(usual, usual + ".gz")) {
            if (Files.exists(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        List<Path> found = matching(training, content, axes);
        if (found.isEmpty()) {
            throw new NoSuchFileException(
                    plain.toString(),
                    null,
                    "neither this file nor the same with .gz, with a dot (%s) or with a prefix is"
                                    .formatted(usual.replace("-idx", ".idx"))
                            + " there; the directory holds "
                            + listing());
        }
        if (found.size() > 1) {
            throw new MalformedFileException(
                    directory.toString(),
                    "choice of " + usual,
                    found.stream().map(p -> p.getFileName().toString()).toList(),
                    "one such file");
        }
        return found.get(0);
    }

    /** Files of other accepted names; a compressed one only if there is no plain one. */
    private List<Path> matching(boolean training, String content, int axes) throws IOException {
        String half = training ? "train" : "(?:t10k|test)";
        String pattern = "(?:.*[-_.])?%s-%s[-.]idx%d-ubyte".formatted(half, content, axes);
        List<String> names = names();
        return names.stream()
                .filter(
                        name -> {
                            String bare = name.replaceFirst("\\.gz$", "");
                            boolean twice = !bare.equals(name) && names.contains(bare);
                            return !twice && bare.toLowerCase(Locale.ROOT).matches(pattern);
                        })
                .map(directory::resolve)
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private String listing() throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            return "nothing";
        }
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN_MAX, names.size())));
        int more = names.size() - SHOWN_MAX;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
