package org.relaxon.tools.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * HTML that is well-formed XML as well. Text and attributes are escaped by the writer of the JDK;
 * no unescaped text can be added but the script of this program. Characters that XML does not
 * allow, and those that change the direction of writing, become U+FFFD.
 */
final class Markup {
    private static final int REPLACEMENT = 0xFFFD;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** An HTML document. */
    Markup() {
        this("<!DOCTYPE html>");
    }

    private Markup(String documentType) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            if (!documentType.isEmpty()) {
                xml.writeDTD(documentType);
                xml.writeCharacters("\n");
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    /** {@return an empty XML document of a type that needs no declaration, such as SVG} */
    static Markup xml() {
        return new Markup("");
    }

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Markup open(String tag, String... attributes) {
        try {
            xml.writeStartElement(tag);
            write(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    /** Closes the element opened last. */
    Markup close() {
        try {
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("nothing is open", e);
        }
    }

    /** Adds text, escaped. */
    Markup text(String value) {
        try {
            xml.writeCharacters(printable(value));
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    /** An element that contains only text. */
    Markup element(String tag, String value, String... attributes) {
        return open(tag, attributes).text(value).close();
    }

    /**
     * Writes a script of this program, whose text HTML reads as it is: as XML, the marks around it
     * are those of unescaped text, for a script they are comments.
     */
    Markup script(String script) {
        try {
            open("script");
            xml.writeCharacters("//");
            xml.writeCData("\n" + script + "//");
            return close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    /** The text of a script element as HTML reads it. */
    static String inScript(String script) {
        return "//<![CDATA[\n" + script + "//]]>";
    }

    /** An element that HTML never closes, such as {@code meta} and {@code img}. */
    Markup empty(String tag, String... attributes) {
        try {
            xml.writeEmptyElement(tag);
            write(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    Markup line() {
        return text("\n");
    }

    /** The complete text; every opened element has been closed. */
    String finish() {
        try {
            xml.writeEndDocument();
            xml.close();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a writer into memory does not fail", e);
        }
    }

    private void write(String... attributes) throws XMLStreamException {
        for (int k = 0; k < attributes.length; k += 2) {
            xml.writeAttribute(attributes[k], printable(attributes[k + 1]));
        }
    }

    /** The text without characters that no page may contain. */
    static String printable(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().map(c -> isShown(c) ? c : REPLACEMENT).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** XML 1.0 characters, without control characters and those that reorder a line. */
    private static boolean isShown(int c) {
        boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c <= 0x9F;
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !turns && !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}
