package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.report.CurvePlot.Kind;
import org.relaxon.tools.report.CurvePlot.Point;

/** Figures as PDF: one page of a column's width, whose letters are text in an embedded font. */
class FigurePdfTest {
    private static final String SETTLED =
            "{\"verdict\":\"settled\",\"columns\":1,\"columnsSettled\":1,\"network\":\"8-16-4\","
                    + "\"messages\":5,\"relaxations\":7,\"projections\":[{\"name\":\"W1\","
                    + "\"relativeError\":1e-4,\"oneMinusCosine\":1e-6,\"normRatio\":1.01}]}";

    @TempDir private Path run;

    private List<Path> files() throws IOException {
        Files.writeString(
                run.resolve("manifest.json"), "{\"config\":{\"command\":\"relaxon settle\"}}");
        Files.writeString(run.resolve("result.json"), SETTLED);
        return FigureFiles.write(run, FigureFiles.Kind.PDF);
    }

    @Test
    void everyFigureIsAPageWithItsFontAndItsWords() throws IOException {
        List<Path> files = files();
        assertEquals(run.resolve("figures/network.pdf"), files.get(0));
        assertTrue(files.size() > 2, files.toString());
        for (Path file : files) {
            try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
                assertEquals(1, pdf.getNumberOfPages());
                PDPage page = pdf.getPage(0);
                assertEquals(85.0 / 25.4 * 72, page.getMediaBox().getWidth(), 0.01);
                for (PDFont font : fonts(page)) {
                    assertTrue(font.isEmbedded(), file + ": " + font.getName());
                    assertTrue(font.getName().matches("[A-Z]{6}\\+LiberationSans"), "a subset");
                }
            }
        }
        String words = words(Files.readAllBytes(files.get(0)));
        for (String word : List.of("input", "output", "16", "W1", "1e-4")) {
            assertTrue(words.contains(word), words);
        }
    }

    private static List<PDFont> fonts(PDPage page) throws IOException {
        List<PDFont> out = new ArrayList<>();
        for (COSName name : page.getResources().getFontNames()) {
            out.add(page.getResources().getFont(name));
        }
        assertEquals(1, out.size());
        return out;
    }

    private static String words(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static byte[] pdf(Figure.Drawing drawing) throws IOException {
        Figure figure = new Figure("f", "t", "c", drawing, List.of(), List.of());
        return FigurePdf.of(
                FigureFiles.document(figure),
                PageResources.FIGURE_STYLE.replaceAll("var\\(--\\w+\\)", "#123456"),
                85.0);
    }

    @Test
    void everyKindOfSeriesAndAnUnknownLetterAreDrawn() throws IOException {
        CurvePlot plot = new CurvePlot("x \u4e2d", "y", true, true);
        for (Kind kind : Kind.values()) {
            plot.add(kind.name(), kind, List.of(new Point(1, 1, "one"), new Point(10, 0.1, "two")));
        }
        String words = words(pdf(plot));
        assertTrue(words.contains("x ?"), words);
        assertTrue(words.contains("PREDICTED"), words);
    }

    @Test
    void whatFiguresDoNotConsistOfIsRefused() {
        Figure.Drawing odd =
                new Figure.Drawing() {
                    @Override
                    public int height() {
                        return 10;
                    }

                    @Override
                    public void draw(Markup svg) {
                        svg.open("ellipse").close();
                    }
                };
        String why = assertThrows(IllegalStateException.class, () -> pdf(odd)).getMessage();
        assertNotNull(why);
        assertTrue(why.contains("ellipse"), why);
    }
}
