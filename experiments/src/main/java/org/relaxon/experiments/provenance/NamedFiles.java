package org.relaxon.experiments.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the files that the text of an option names, whatever the option: {@code mnist:DIR}, {@code
 * FILE.npz}, {@code A->B=measured:FILE.hlog,unit=us}. A name is delimited by the ends of the text
 * or by one of {@code = : , [ ]}. In a directory only IDX files count.
 */
final class NamedFiles {
    private static final String SEPARATORS = "=:,[]";
    private static final String NUMBER = "[-+.eE0-9]+";
    private static final int ENDS_MAX = 100;
    private static final int HEX_SHOWN = 12;

    private NamedFiles() {}

    /**
     * The setting in which content replaces names.
     *
     * @throws IOException if a file cannot be read
     */
    static Setting resolve(String text) throws IOException {
        List<Integer> ends = ends(text);
        StringBuilder value = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        int from = 0;
        while (from < ends.size() - 1) {
            int to = ends.size() - 1; // the longest name first: it may contain separators
            String hash = "";
            for (; to > from && hash.isEmpty(); to--) {
                hash = content(text.substring(ends.get(from) + 1, ends.get(to)));
            }
            int next = hash.isEmpty() ? from + 1 : to + 1;
            String part = text.substring(ends.get(from) + 1, ends.get(next));
            String separator =
                    next < ends.size() - 1
                            ? text.substring(ends.get(next), ends.get(next) + 1)
                            : "";
            value.append(hash.isEmpty() ? part : "sha256 " + hash).append(separator);
            shown.append(part);
            if (!hash.isEmpty()) {
                shown.append(" (SHA-256 ").append(hash, 0, HEX_SHOWN).append("...)");
            }
            shown.append(separator);
            from = next;
        }
        return value.length() == 0 ? Setting.NONE : new Setting(value.toString(), shown.toString());
    }

    /** Positions of separators, with -1 before the first and the length at the end. */
    private static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>(List.of(-1));
        for (int k = 0; k < text.length(); k++) {
            if (SEPARATORS.indexOf(text.charAt(k)) >= 0 && ends.size() < ENDS_MAX) {
                ends.add(k);
            }
        }
        ends.add(text.length());
        return ends;
    }

    /** SHA-256 of the content under a name; empty if there is none. */
    private static String content(String name) throws IOException {
        Path path = path(name);
        if (path == null) {
            return "";
        }
        if (Files.isRegularFile(path)) {
            return ContentHash.of(path);
        }
        if (!Files.isDirectory(path)) {
            return "";
        }
        ContentHash all = new ContentHash();
        List<Path> files;
        try (Stream<Path> entries = Files.list(path)) {
            files = entries.filter(NamedFiles::isIdx).sorted().toList();
        }
        for (Path file : files) {
            all.add(file.getFileName().toString()).add(ContentHash.of(file));
        }
        return files.isEmpty() ? "" : all.hex();
    }

    private static boolean isIdx(Path file) {
        return file.getFileName().toString().contains("idx") && Files.isRegularFile(file);
    }

    /** Null for a text that cannot be a path. */
    private static Path path(String name) {
        try {
            return name.isBlank() || name.matches(NUMBER) ? null : Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
