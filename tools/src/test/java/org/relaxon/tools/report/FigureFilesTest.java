package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Figures for a paper are documents of their own. */
class FigureFilesTest {
    private static final String SETTLED =
            "{\"verdict\":\"settled\",\"columnsSettled\":1,\"network\":\"4-3-2\"%s}";

    @TempDir private Path temp;

    private Path run(String more) throws IOException {
        Path run = Files.createTempDirectory(temp, "run");
        Files.writeString(
                run.resolve("manifest.json"), "{\"config\":{\"command\":\"relaxon settle\"}}");
        Files.writeString(run.resolve("result.json"), SETTLED.formatted(more));
        return run;
    }

    @Test
    void aFigureIsAsWideAsAColumnAndNeedsNoPage() throws Exception {
        Path run = run(",\"messages\":5,\"relaxations\":7");
        List<Path> files = FigureFiles.write(run);
        Path home = run.resolve("figures");
        assertEquals(List.of(home.resolve("network.svg"), home.resolve("work.svg")), files);
        String text = Files.readString(files.get(0));
        Document svg = PageParser.parse(text);
        assertEquals("85.0mm", svg.getDocumentElement().getAttribute("width"));
        assertTrue(PageParser.texts(svg, "text").contains("input"));
        assertTrue(text.contains("stroke: #222222"), text);
        assertFalse(text.contains("var("), "colours are written out");
        assertEquals(files, FigureFiles.write(run), "again");
        assertFalse(Files.readString(RunPage.write(run, false)).contains("<img"), "no picture");
    }

    /** The twins: nothing to draw leaves no directory, and a foreign one is not written to. */
    @Test
    void whatDrawsNothingWritesNothing() throws Exception {
        Path graph = run("");
        Files.writeString(graph.resolve("result.json"), "{\"verdict\":\"settled\"}");
        assertEquals(List.of(), FigureFiles.write(graph));
        assertFalse(Files.exists(graph.resolve("figures")));
        Path linked = run("");
        Files.createSymbolicLink(linked.resolve("figures"), temp);
        String refused =
                assertThrows(IllegalArgumentException.class, () -> FigureFiles.write(linked))
                        .getMessage();
        assertTrue(refused.contains("is a link"), refused);
    }
}
