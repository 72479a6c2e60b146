package org.relaxon.tools.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;

/** The order of the pages and their groups: that of the links on one page, docs/README.md. */
final class Navigation {
    static final Path INDEX = Path.of("docs/README.md");

    /** Pages under one heading, as files of the source tree. */
    record Group(String title, List<Entry> entries) {}

    /** One page with its name on the index. */
    record Entry(Path path, String title) {}

    private final List<Group> groups = new ArrayList<>();

    Navigation(Document index) {
        Set<Path> seen = new LinkedHashSet<>();
        index.root()
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Heading heading) {
                                if (heading.getLevel() == 2) {
                                    groups.add(
                                            new Group(Document.words(heading), new ArrayList<>()));
                                }
                            }

                            @Override
                            public void visit(Link link) {
                                Path path = Tree.target(index, link.getDestination());
                                boolean page =
                                        !Tree.isExternal(link.getDestination())
                                                && path.toString().endsWith(".md");
                                if (page && !groups.isEmpty() && seen.add(path)) {
                                    groups.get(groups.size() - 1)
                                            .entries()
                                            .add(new Entry(path, Document.words(link)));
                                }
                            }
                        });
    }

    List<Group> groups() {
        return groups;
    }

    /** All pages in their order, first the index itself. */
    List<Entry> entries() {
        List<Entry> out = new ArrayList<>(List.of(new Entry(INDEX, "All pages")));
        groups.forEach(group -> out.addAll(group.entries()));
        return out;
    }
}
