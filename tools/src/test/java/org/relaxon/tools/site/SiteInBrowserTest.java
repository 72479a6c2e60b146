package org.relaxon.tools.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.report.Browser;

/** The site as a browser shows it, on a phone too. */
@Tag("site")
class SiteInBrowserTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String DARK = "--blink-settings=preferredColorScheme=0";

    /** Measures each page in a frame of 390 pixels, one after another. */
    private static final String MEASURE =
            """
            const pages = %s, found = [];
            const frame = document.createElement('iframe');
            frame.style = 'width: 390px; height: 800px; border: 0';
            document.body.append(frame);
            function next() {
              if (pages.length === 0) { done(found); return; }
              const page = pages.shift();
              frame.onload = function () {
                const shown = frame.contentDocument, root = shown.documentElement;
                found.push({page: page, width: root.scrollWidth,
                  requests: frame.contentWindow.performance.getEntriesByType('resource')
                    .map(function (r) { return r.name; }),
                  pictures: Array.from(shown.images).filter(function (i) {
                    i.loading = 'eager'; return i.complete && i.naturalWidth === 0; }).length});
                next();
              };
              frame.src = page;
            }
            next();
            """;

    @TempDir private Path directory;
    private Browser browser;

    @BeforeEach
    void requireBrowser() {
        Optional<Browser> found = Browser.find(directory);
        assumeTrue(found.isPresent(), "no chromium is on the path");
        browser = found.get();
    }

    private JsonNode measured(Map<Path, String> pages) throws Exception {
        Path out = directory.resolve("site");
        List<String> addresses = new ArrayList<>();
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            Path file = out.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            if (page.getValue() == null) {
                Files.copy(ROOT.resolve(page.getKey()), file);
            } else {
                Files.writeString(file, page.getValue());
                addresses.add(file.toUri().toString());
            }
        }
        String script = MEASURE.formatted(new ObjectMapper().writeValueAsString(addresses));
        return browser.run("<body></body>", script, "--allow-file-access-from-files");
    }

    private static List<String> wide(JsonNode measured) {
        List<String> out = new ArrayList<>();
        for (JsonNode page : measured) {
            if (page.get("width").asInt() > 390) {
                out.add(page.get("page").asText() + " is " + page.get("width") + " wide");
            }
        }
        return out;
    }

    /** Nor does it load from anywhere but its own directory. */
    @Test
    void noPageScrollsSidewaysOnAPhone() throws Exception {
        Map<Path, String> pages = new Site(ROOT).pages();
        pages.keySet().removeIf(page -> page.toString().endsWith(".java.html")); // plain text
        JsonNode measured = measured(pages);
        assertTrue(measured.size() > 60, measured.size() + " pages");
        assertEquals(List.of(), wide(measured));
        for (JsonNode page : measured) {
            assertEquals(0, page.get("pictures").asInt(), page.toString());
            for (JsonNode request : page.get("requests")) {
                String name = request.asText();
                assertTrue(name.startsWith(directory.resolve("site").toUri().toString()), name);
            }
        }
    }

    @Test
    void aPageThatDoesIsNamed() throws Exception {
        String body = "<body><div style=\"width: 500px\">x</div></body>";
        assertEquals(1, wide(measured(Map.of(Path.of("wide.html"), body))).size());
    }

    @Test
    void nothingHindersSeriously() throws Exception {
        Map<Path, String> pages = new Site(ROOT).pages();
        String table = pages.get(Path.of("docs/troubleshooting.html"));
        assertEquals(List.of(), browser.hindrances(table, "--window-size=1400,900"));
        String start = pages.get(Path.of("docs/start.html"));
        assertEquals(List.of(), browser.hindrances(start, DARK));
        String worse = start.replace("<html lang=\"en\">", "<html>");
        assertTrue(browser.hindrances(worse, DARK).toString().contains("html-has-lang"));
    }
}
