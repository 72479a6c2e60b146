package org.relaxon.tools.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A Markdown file of the source tree, read: its headings, links and blocks of code. */
final class Document {
    private static final Parser PARSER =
            Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                    .build();

    /** A block of code with the word after its fence and the number of its first line. */
    record Block(String language, String code, int line) {}

    /** A heading with its anchor, as GitHub names it. */
    record Section(int level, String title, String anchor) {}

    /** Where a link or a picture leads, and the number of the line where its paragraph begins. */
    record Reference(String destination, int line, boolean picture) {}

    private final Path path;
    private final Node root;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<Heading, Section> sections = new IdentityHashMap<>();
    private final List<Section> inOrder = new ArrayList<>();

    Document(Path path, String markdown) {
        this.path = path;
        this.root = PARSER.parse(markdown);
        root.accept(new Reader());
    }

    /** Relative to the root of the source tree. */
    Path path() {
        return path;
    }

    Node root() {
        return root;
    }

    /** The first heading, or the path. */
    String title() {
        return inOrder.isEmpty() ? path.toString() : inOrder.get(0).title();
    }

    List<Section> sections() {
        return inOrder;
    }

    Section section(Heading heading) {
        return sections.get(heading);
    }

    List<Reference> references() {
        return references;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The words of a node without their marks. */
    static String words(Node node) {
        StringBuilder out = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text text) {
                        out.append(text.getLiteral());
                    }

                    @Override
                    public void visit(Code code) {
                        out.append(code.getLiteral());
                    }
                });
        return out.toString();
    }

    private static int line(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.getSourceSpans().isEmpty()) {
                return at.getSourceSpans().get(0).getLineIndex() + 1;
            }
        }
        return 1;
    }

    private final class Reader extends AbstractVisitor {
        private final IdGenerator anchors = IdGenerator.builder().build();

        @Override
        public void visit(Heading heading) {
            String words = words(heading);
            Section section = new Section(heading.getLevel(), words, anchors.generateId(words));
            sections.put(heading, section);
            inOrder.add(section);
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            references.add(new Reference(link.getDestination(), line(link), false));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            references.add(new Reference(image.getDestination(), line(image), true));
            visitChildren(image);
        }

        @Override
        public void visit(FencedCodeBlock block) {
            String language = block.getInfo() == null ? "" : block.getInfo().strip();
            blocks.add(new Block(language, block.getLiteral(), line(block)));
        }
    }
}
