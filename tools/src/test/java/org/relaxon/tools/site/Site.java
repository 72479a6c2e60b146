package org.relaxon.tools.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All pages of the site, made of a source tree. */
final class Site {
    private static final Path DECISIONS = Path.of("docs/adr/README.md");

    private final Tree tree;
    private final Navigation navigation;

    Site(Path root) throws IOException {
        this.tree = new Tree(root);
        this.navigation = new Navigation(tree.documents().get(Navigation.INDEX));
    }

    Tree tree() {
        return tree;
    }

    /** What is broken in the documents, each with file and line; empty if nothing is. */
    List<String> faults() {
        List<String> out = new ArrayList<>();
        for (Document document : tree.documents().values()) {
            for (Document.Reference reference : document.references()) {
                tree.fault(document, reference)
                        .ifPresent(
                                fault ->
                                        out.add(
                                                "%s:%d: %s"
                                                        .formatted(
                                                                document.path(),
                                                                reference.line(),
                                                                fault)));
            }
        }
        Set<Path> listed =
                navigation.entries().stream()
                        .map(Navigation.Entry::path)
                        .collect(Collectors.toSet());
        for (Path path : tree.documents().keySet()) {
            if (isRecord(path) && !decisions().contains(path)) {
                out.add(DECISIONS + ": no link leads to " + path);
            } else if (!isRecord(path) && !listed.contains(path)) {
                out.add(Navigation.INDEX + ": no link leads to " + path);
            }
        }
        return out;
    }

    private Set<Path> decisions() {
        Document page = tree.documents().get(DECISIONS);
        return page == null
                ? Set.of()
                : page.references().stream()
                        .map(r -> Tree.target(page, r.destination()))
                        .collect(Collectors.toSet());
    }

    /** A decision is listed by the page of all decisions. */
    private static boolean isRecord(Path path) {
        return path.startsWith("docs/adr") && path.getFileName().toString().matches("\\d{4}-.*");
    }

    /** The contents of all pages by their place, and the pictures as null. */
    TreeMap<Path, String> pages() throws IOException {
        TreeMap<Path, String> out = new TreeMap<>();
        Layout layout = new Layout(tree.root(), navigation, style());
        Set<Path> sources = new TreeSet<>();
        for (Document document : tree.documents().values()) {
            String body = new Rendering(tree.root(), document).html();
            out.put(
                    Places.page(tree.root(), document.path()),
                    layout.page(document.path(), document.title(), document.sections(), body));
            for (Document.Reference reference : document.references()) {
                if (!Tree.isExternal(reference.destination())) {
                    sources.add(Tree.target(document, reference.destination()));
                }
            }
        }
        for (Path source : sources) {
            addSource(source, layout, out);
        }
        return out;
    }

    private void addSource(Path source, Layout layout, TreeMap<Path, String> out)
            throws IOException {
        Path file = tree.root().resolve(source);
        Path page = Places.page(tree.root(), source);
        if (Places.isPicture(source)) {
            out.put(page, null);
        } else if (Files.isDirectory(file)) {
            addDirectory(source, layout, out);
        } else if (!tree.documents().containsKey(source)) {
            String text = Layout.escape(Files.readString(file));
            String name = source.getFileName().toString();
            String body =
                    "<h1>%s</h1>\n<pre tabindex=\"0\"><code>%s</code></pre>\n"
                            .formatted(Layout.escape(name), text);
            out.putIfAbsent(page, layout.page(source, name, List.of(), body));
        }
    }

    /** A list of its files, unless the directory has a page of its own. */
    private void addDirectory(Path directory, Layout layout, TreeMap<Path, String> out)
            throws IOException {
        Path page = Places.page(tree.root(), directory);
        if (out.containsKey(page)) {
            return;
        }
        StringBuilder list = new StringBuilder("<h1>" + directory + "</h1>\n<ul>\n");
        try (Stream<Path> files = Files.list(tree.root().resolve(directory))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path source = tree.root().relativize(file);
                addSource(source, layout, out);
                String link = Places.link(page, Places.page(tree.root(), source));
                String name = Layout.escape(source.getFileName().toString());
                list.append("<li><a href=\"%s\">%s</a></li>%n".formatted(link, name));
            }
        }
        String body = list.append("</ul>\n").toString();
        out.put(page, layout.page(directory, directory.toString(), List.of(), body));
    }

    private static String style() throws IOException {
        try (var in = Site.class.getResourceAsStream("/site/site.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes all pages and pictures below a directory. */
    void write(Path directory) throws IOException {
        for (var entry : pages().entrySet()) {
            Path file = directory.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            if (entry.getValue() == null) {
                Files.write(file, Files.readAllBytes(tree.root().resolve(entry.getKey())));
            } else {
                Files.writeString(file, entry.getValue());
            }
        }
    }
}
