package org.relaxon.tools.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/** The body of a page: Markdown as HTML, with anchors, and links to pages instead of files. */
final class Rendering {
    private final Path root;
    private final Document document;
    private final Path page;

    Rendering(Path root, Document document) {
        this.root = root;
        this.document = document;
        this.page = Places.page(root, document.path());
    }

    String html() {
        String body =
                HtmlRenderer.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .escapeHtml(true)
                        .attributeProviderFactory(context -> this::attributes)
                        .build()
                        .render(document.root());
        // HTML within a document is shown as text, so that every tag is the renderer's.
        return body.replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>")
                .replace("<pre>", "<pre tabindex=\"0\">");
    }

    private void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Heading heading) {
            attributes.put("id", document.section(heading).anchor());
        } else if (node instanceof Link link) {
            attributes.put("href", linkTo(link.getDestination()));
        } else if (node instanceof Code code && isWord(code.getLiteral())) {
            attributes.put("class", "word");
        } else if (node instanceof Image && tag.equals("img")) {
            attributes.put("loading", "lazy");
        }
    }

    /** An option or a name, which no line should divide at its hyphens. */
    private static boolean isWord(String code) {
        return code.length() <= 24 && !code.contains(" ");
    }

    private String linkTo(String destination) {
        if (Tree.isExternal(destination)) {
            return destination;
        }
        String anchor = Tree.anchor(destination).map(a -> "#" + a).orElse("");
        Path target = Tree.target(document, destination);
        if (target.equals(document.path())) {
            return anchor;
        }
        return Places.link(page, Places.page(root, target)) + anchor;
    }
}
