package org.relaxon.tools.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads a page as XML, by a parser that fetches nothing. */
final class PageParser {
    private PageParser() {}

    static Document parse(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setAttribute(javax.xml.XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(page)));
    }

    /** What stands above tables, inside them or, if it is long, before them. */
    static List<String> captions(Document page) {
        List<String> out = new ArrayList<>(texts(page, "caption"));
        NodeList all = page.getElementsByTagName("p");
        for (int k = 0; k < all.getLength(); k++) {
            Element one = (Element) all.item(k);
            if (one.getAttribute("class").equals("caption")) {
                out.add(one.getTextContent());
            }
        }
        return out;
    }

    /** The texts of all elements of one name, in order. */
    static List<String> texts(Document page, String tag) {
        List<String> out = new ArrayList<>();
        NodeList all = page.getElementsByTagName(tag);
        for (int k = 0; k < all.getLength(); k++) {
            out.add(all.item(k).getTextContent());
        }
        return out;
    }
}
