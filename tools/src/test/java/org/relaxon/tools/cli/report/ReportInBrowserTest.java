package org.relaxon.tools.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of real runs as a browser shows them. */
class ReportInBrowserTest {
    private static final String MOONS =
            "train --iterations 2 --beside backprop --data two-moons --examples 64"
                    + " --test-examples 20 --batch 16";
    private static final String DARK = "--blink-settings=preferredColorScheme=0";
    private static final String WINDOW = "--window-size=1400,900";

    @TempDir private Path temp;
    private Browser browser;

    @BeforeEach
    void requireBrowser() {
        Optional<Browser> found = Browser.find(temp);
        assumeTrue(found.isPresent(), "no chromium is on the path");
        browser = found.get();
    }

    private Path page(String line) throws IOException {
        Path out = Files.createTempDirectory(temp, "runs");
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--quiet", "--out", out.toString()));
        relaxon(words.toArray(String[]::new));
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(p -> p.endsWith("report.html")).findFirst().orElseThrow();
        }
    }

    /** The verdict, its reason and the main picture are in the window when the page opens. */
    @Test
    void theFirstScreenAnswers() throws Exception {
        String measure =
                "const bottom = function (what) { return document.querySelector(what)"
                        + ".getBoundingClientRect().bottom; };"
                        + "done({question: bottom('.question'), verdict: bottom('.banner'),"
                        + " picture: bottom('.opening figure > *'),"
                        + " width: document.documentElement.scrollWidth,"
                        + " loaded: performance.getEntriesByType('resource').length});";
        for (String line : List.of("check --seeds 1", "settle --cut 2->3", MOONS)) {
            JsonNode at = browser.run(Files.readString(page(line)), measure, WINDOW);
            assertTrue(at.get("question").asDouble() < at.get("verdict").asDouble(), line + at);
            assertTrue(at.get("verdict").asDouble() <= 900, line + at);
            assertTrue(at.get("picture").asDouble() <= 900, line + at);
            assertTrue(at.get("width").asDouble() <= 1400, line + at);
            assertEquals(0, at.get("loaded").asInt(), line + at);
        }
    }

    /** Also in the dark. The last page is the twin, in which findings are found. */
    @Test
    void nothingHindersSeriously() throws Exception {
        String page = Files.readString(page("check --seeds 1 --host virtual --beta 1e-2,1e-3"));
        assertEquals(List.of(), browser.hindrances(page, WINDOW));
        assertEquals(List.of(), browser.hindrances(page, DARK));
        assertEquals(
                List.of(), browser.hindrances(Files.readString(page("settle --cut 2->3")), WINDOW));
        assertEquals(List.of(), browser.hindrances(Files.readString(page(MOONS)), WINDOW));

        String worse = page.replace("aria-label", "data-label").replace("<main>", "<main><img/>");
        List<String> found = browser.hindrances(worse, WINDOW);
        assertTrue(found.stream().anyMatch(f -> f.startsWith("image-alt")), found.toString());
        assertTrue(found.stream().anyMatch(f -> f.startsWith("svg-img-alt")), found.toString());
    }

    /** Its policy admits its script, and no other: the twin adds one. */
    @Test
    void itsOwnScriptRunsAndNoOther() throws Exception {
        Path page = page("settle");
        String shown = browser.document(page, WINDOW);
        for (String button : List.of(">SVG</button>", ">PNG</button>", ">CSV</button>")) {
            assertTrue(shown.contains(button), button);
            assertFalse(Files.readString(page).contains(button), "made by the script");
        }
        Path other = temp.resolve("other.html");
        String more = "<script>document.title = 'changed'</script></body>";
        Files.writeString(other, Files.readString(page).replace("</body>", more));
        String refused =
                assertThrows(AssertionError.class, () -> browser.document(other, WINDOW))
                        .getMessage();
        assertTrue(refused.contains("script-src"), refused);
    }
}
