package org.relaxon.tools.site;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The frame of every page: head, navigation, links to the pages before and after. */
final class Layout {
    private static final Path FRONT = Path.of("README.md");

    private final Path root;
    private final Navigation navigation;
    private final String style;

    Layout(Path root, Navigation navigation, String style) {
        this.root = root;
        this.navigation = navigation;
        this.style = style;
    }

    /** A whole page; path is the file of the source tree that it shows. */
    String page(Path path, String title, List<Document.Section> sections, String body) {
        Path page = Places.page(root, path);
        return """
               <!doctype html>
               <html lang="en">
               <head>
               <meta charset="utf-8">
               <meta name="viewport" content="width=device-width, initial-scale=1">
               <meta name="color-scheme" content="light dark">
               <title>%s</title>
               <style>
               %s</style>
               </head>
               <body>
               <a class="skip" href="#main">To the text</a>
               <header><a href="%s"><b>Relaxon</b></a> <a href="%s">All pages</a> <a class="menu" href="#pages">Menu</a></header>
               <div class="frame">
               <main id="main">
               %s</main>
               %s</div>
               <footer>%s<p>This page shows <code>%s</code>.</p></footer>
               </body>
               </html>
               """
                .formatted(
                        escape(title.startsWith("Relaxon") ? title : title + " - Relaxon"),
                        style,
                        link(page, FRONT),
                        link(page, Navigation.INDEX),
                        body.replaceFirst("</h1>\n", "</h1>\n" + contents(sections)),
                        menu(path, page),
                        neighbours(path, page),
                        escape(path.toString()));
    }

    private String link(Path from, Path file) {
        return Places.link(from, Places.page(root, file));
    }

    /** The sections of a long page, folded. */
    private static String contents(List<Document.Section> sections) {
        List<Document.Section> second = sections.stream().filter(s -> s.level() == 2).toList();
        if (second.size() < 4) {
            return "";
        }
        return second.stream()
                .map(
                        s ->
                                "<li><a href=\"#%s\">%s</a></li>"
                                        .formatted(s.anchor(), escape(s.title())))
                .collect(
                        Collectors.joining(
                                "\n",
                                "<details class=\"contents\"><summary>On this page</summary><ul>\n",
                                "\n</ul></details>\n"));
    }

    private String menu(Path path, Path page) {
        StringBuilder out = new StringBuilder("<nav id=\"pages\" aria-label=\"Pages\">\n");
        for (Navigation.Group group : navigation.groups()) {
            out.append("<h2>").append(escape(group.title())).append("</h2>\n<ul>\n");
            for (Navigation.Entry entry : group.entries()) {
                String here = entry.path().equals(path) ? " aria-current=\"page\"" : "";
                out.append("<li><a href=\"%s\"%s>".formatted(link(page, entry.path()), here))
                        .append(escape(entry.title()))
                        .append("</a></li>\n");
            }
            out.append("</ul>\n");
        }
        return out.append("</nav>\n").toString();
    }

    private String neighbours(Path path, Path page) {
        List<Navigation.Entry> all = navigation.entries();
        List<Path> paths = all.stream().map(Navigation.Entry::path).toList();
        int at = paths.indexOf(path);
        StringBuilder out = new StringBuilder("<p class=\"neighbours\">");
        if (at > 0) {
            out.append(neighbour("prev", "Before: ", all.get(at - 1), page));
        }
        if (at >= 0 && at + 1 < all.size()) {
            out.append(neighbour("next", "Next: ", all.get(at + 1), page));
        }
        return at < 0 ? "" : out.append("</p>").toString();
    }

    private String neighbour(String relation, String word, Navigation.Entry to, Path page) {
        return "<a rel=\"%s\" href=\"%s\">%s%s</a> "
                .formatted(relation, link(page, to.path()), word, escape(to.title()));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
