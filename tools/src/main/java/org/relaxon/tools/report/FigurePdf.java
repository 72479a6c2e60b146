package org.relaxon.tools.report;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A figure as a page of PDF, with its font embedded as far as it is used. It draws what figures
 * consist of (lines, rectangles, circles, paths and texts), and refuses anything else, so that
 * nothing is left out without notice.
 */
final class FigurePdf {
    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float POINTS_PER_MILLIMETRE = 72f / 25.4f;
    private static final float ROUND = 0.5523f; // control points of a quarter of a circle
    private static final float BOLD = 0.6f; // pixels that a stroke adds
    private static final Pattern STEP = Pattern.compile("([MLCHVZ])([^MLCHVZ]*)");
    private static final Pattern PLACE =
            Pattern.compile("translate\\(([-0-9.]+),([-0-9.]+)\\) rotate\\(-90\\)");

    private final SvgStyle style;
    private final PDPageContentStream out;
    private final PDFont font;

    private FigurePdf(SvgStyle style, PDPageContentStream out, PDFont font) {
        this.style = style;
        this.out = out;
        this.font = font;
    }

    /**
     * {@return the document}
     *
     * @param svg a figure, with its style within it
     * @param sheet that style
     * @param width in millimetres
     * @throws IOException if it cannot be written
     */
    static byte[] of(String svg, String sheet, double width) throws IOException {
        Element root = parsed(svg);
        String[] box = root.getAttribute("viewBox").split(" ");
        float scale = (float) width * POINTS_PER_MILLIMETRE / Float.parseFloat(box[2]);
        float height = scale * Float.parseFloat(box[3]);
        try (PDDocument document = new PDDocument();
                InputStream letters = PDDocument.class.getResourceAsStream(FONT)) {
            PDPage page =
                    new PDPage(new PDRectangle((float) width * POINTS_PER_MILLIMETRE, height));
            document.addPage(page);
            PDFont font = PDType0Font.load(document, letters, true);
            try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                out.transform(new Matrix(scale, 0, 0, -scale, 0, height)); // y downwards
                new FigurePdf(new SvgStyle(sheet), out, font).children(root);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static Element parsed(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("a figure is a document of XML", e);
        }
    }

    private void children(Element above) throws IOException {
        for (Node node = above.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                draw(element);
            }
        }
    }

    private void draw(Element e) throws IOException {
        Map<String, String> look =
                style.of(
                        e.getTagName(),
                        new LinkedHashSet<>(List.of(e.getAttribute("class").split(" "))));
        switch (e.getTagName()) {
            case "style", "title" -> {}
            case "text" -> text(e, look);
            case "line" -> {
                out.moveTo(number(e, "x1"), number(e, "y1"));
                out.lineTo(number(e, "x2"), number(e, "y2"));
                paint(look, false);
            }
            case "rect" -> {
                out.addRect(
                        number(e, "x"), number(e, "y"), number(e, "width"), number(e, "height"));
                paint(look, true);
            }
            case "circle" -> {
                circle(number(e, "cx"), number(e, "cy"), number(e, "r"));
                paint(look, true);
            }
            case "path" -> {
                path(e.getAttribute("d"));
                paint(look, true);
            }
            default -> throw new IllegalStateException("no PDF is made of " + e.getTagName());
        }
    }

    /** An attribute; 0 where it is left out. */
    private static float number(Element e, String name) {
        String text = e.getAttribute(name);
        return text.isEmpty() ? 0f : Float.parseFloat(text);
    }

    private void circle(float x, float y, float r) throws IOException {
        float c = ROUND * r;
        out.moveTo(x + r, y);
        out.curveTo(x + r, y + c, x + c, y + r, x, y + r);
        out.curveTo(x - c, y + r, x - r, y + c, x - r, y);
        out.curveTo(x - r, y - c, x - c, y - r, x, y - r);
        out.curveTo(x + c, y - r, x + r, y - c, x + r, y);
        out.closePath();
    }

    private void path(String shape) throws IOException {
        Matcher step = STEP.matcher(shape);
        while (step.find()) {
            String[] words = step.group(2).strip().split("[ ,]+");
            float[] p = new float[step.group(1).equals("Z") ? 0 : words.length];
            for (int k = 0; k < p.length; k++) {
                p[k] = Float.parseFloat(words[k]);
            }
            switch (step.group(1)) {
                case "M" -> out.moveTo(p[0], p[1]);
                case "L" -> out.lineTo(p[0], p[1]);
                case "C" -> out.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
                case "Z" -> out.closePath();
                default -> throw new IllegalStateException("no PDF is made of " + shape);
            }
        }
    }

    /** Black within, as SVG has it, where no rule states a colour. */
    private void paint(Map<String, String> look, boolean area) throws IOException {
        String fill = area ? look.getOrDefault("fill", "#000000") : "none";
        String stroke = look.getOrDefault("stroke", "none");
        boolean lines = !stroke.equals("none");
        if (lines) {
            out.setStrokingColor(Color.decode(stroke));
            out.setLineWidth(Float.parseFloat(look.getOrDefault("stroke-width", "1")));
            out.setLineDashPattern(dashes(look.getOrDefault("stroke-dasharray", "")), 0);
        }
        if (!fill.equals("none")) {
            out.setNonStrokingColor(Color.decode(fill));
        }
        if (!fill.equals("none") && lines) {
            out.fillAndStroke();
        } else if (lines) {
            out.stroke();
        } else if (!fill.equals("none")) {
            out.fill();
        } else {
            throw new IllegalStateException("a shape without a colour");
        }
    }

    private static float[] dashes(String text) {
        String[] words = text.isEmpty() ? new String[0] : text.split(" ");
        float[] out = new float[words.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = Float.parseFloat(words[k]);
        }
        return out;
    }

    private void text(Element e, Map<String, String> look) throws IOException {
        String shown = known(e.getTextContent());
        float size = Float.parseFloat(look.getOrDefault("font-size", "16px").replace("px", ""));
        float width = font.getStringWidth(shown) / 1000f * size;
        float back =
                switch (e.getAttribute("text-anchor")) {
                    case "middle" -> width / 2;
                    case "end" -> width;
                    default -> 0f;
                };
        Color ink = Color.decode(look.getOrDefault("fill", "#000000"));
        boolean bold = look.getOrDefault("font-weight", "").equals("bold");
        out.beginText();
        out.setFont(font, size);
        out.setNonStrokingColor(ink);
        out.setStrokingColor(ink);
        out.setLineWidth(BOLD);
        out.setLineDashPattern(new float[0], 0);
        out.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        Matcher upwards = PLACE.matcher(e.getAttribute("transform"));
        if (upwards.matches()) {
            float x = Float.parseFloat(upwards.group(1));
            float y = Float.parseFloat(upwards.group(2));
            out.setTextMatrix(new Matrix(0, -1, -1, 0, x, y + back));
        } else {
            out.setTextMatrix(new Matrix(1, 0, 0, -1, number(e, "x") - back, number(e, "y")));
        }
        out.showText(shown);
        out.endText();
    }

    /** Letters that the font lacks become question marks. */
    private String known(String text) {
        Set<Integer> lacking = new LinkedHashSet<>();
        text.codePoints().filter(c -> !has(c)).forEach(lacking::add);
        int[] all = text.codePoints().map(c -> lacking.contains(c) ? '?' : c).toArray();
        return new String(all, 0, all.length);
    }

    private boolean has(int letter) {
        try {
            return font.encode(Character.toString(letter)).length > 0;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
