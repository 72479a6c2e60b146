package org.relaxon.tools.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The documents of a source tree, and what a link in one of them leads to. Pages keep the places of
 * their files, so that links between them stay relative.
 */
final class Tree {
    /** Directories with documents, beside those at the root. */
    private static final Set<String> DIRECTORIES = Set.of("docs", "examples");

    private final Path root;
    private final Map<Path, Document> documents = new TreeMap<>();

    Tree(Path root) throws IOException {
        this.root = root;
        try (Stream<Path> top = Files.list(root)) {
            for (Path file : top.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    read(file);
                } else if (DIRECTORIES.contains(name)) {
                    readAll(file);
                }
            }
        }
    }

    private void readAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                if (!file.toString().contains("/target/")) {
                    read(file);
                }
            }
        }
    }

    private void read(Path file) throws IOException {
        Path path = root.relativize(file);
        documents.put(path, new Document(path, Files.readString(file)));
    }

    Path root() {
        return root;
    }

    Map<Path, Document> documents() {
        return documents;
    }

    /** The file or directory that a link leads to, relative to the root; the document for "". */
    static Path target(Document from, String destination) {
        String file = destination.replaceFirst("#.*", "");
        return file.isEmpty() ? from.path() : from.path().resolveSibling(file).normalize();
    }

    /** The anchor of a link, without its mark, or nothing. */
    static Optional<String> anchor(String destination) {
        int mark = destination.indexOf('#');
        return mark < 0 ? Optional.empty() : Optional.of(destination.substring(mark + 1));
    }

    static boolean isExternal(String destination) {
        return destination.matches("(?i)(https?|mailto):.*");
    }

    /** What is wrong with a reference in words, or nothing. */
    Optional<String> fault(Document from, Document.Reference reference) {
        String destination = reference.destination();
        if (isExternal(destination)) {
            return reference.picture()
                    ? Optional.of("the picture " + destination + " is not in the source tree")
                    : Optional.empty();
        }
        Path target = target(from, destination);
        String named = "\"" + destination + "\" leads to ";
        if (target.startsWith("..") || target.toString().contains("target/")) {
            return Optional.of(named + "nothing that is kept in the source tree");
        }
        if (!Files.exists(root.resolve(target))) {
            return Optional.of(named + "no file");
        }
        Document to = documents.get(target);
        if (target.toString().endsWith(".md") && to == null) {
            return Optional.of(named + "a document that is no page");
        }
        String anchor = anchor(destination).orElse(null);
        if (anchor == null || to != null && hasSection(to, anchor)) {
            return Optional.empty();
        }
        return Optional.of(named + "no heading");
    }

    private static boolean hasSection(Document document, String anchor) {
        return document.sections().stream().anyMatch(s -> s.anchor().equals(anchor));
    }
}
