package org.relaxon.tools.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The documents become a site, in target/site, on which every link leads to a page that is there;
 * what is broken in a document fails the build with its file and line.
 */
@Tag("site")
class SiteTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path OUT = ROOT.resolve("target/site");

    /** What a browser would load or follow. */
    private static final Pattern LINK = Pattern.compile(" (href|src)=\"([^\"]*)\"");

    private static Site site;
    private static Map<Path, String> pages;

    @TempDir private Path directory;

    @BeforeAll
    static void make() throws IOException {
        site = new Site(ROOT);
        pages = site.pages();
        site.write(OUT);
    }

    @Test
    void nothingInTheDocumentsIsBroken() {
        assertTrue(site.tree().documents().size() > 50, "documents are found");
        assertEquals(List.of(), site.faults());
    }

    @Test
    void everyBlockOfJavaCompiles() throws IOException {
        var documents = site.tree().documents().values();
        assertTrue(JavaBlocks.count(documents) >= 6, "blocks are found");
        assertEquals(List.of(), JavaBlocks.faults(documents));
    }

    /** The written pages, read as a browser reads them: nothing is taken from the generator. */
    @Test
    void everyLinkOfTheWrittenPagesLeadsToAnAnchorThatIsThere() throws IOException {
        int links = 0;
        List<String> broken = new ArrayList<>();
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            if (page.getValue() == null) {
                continue;
            }
            Path file = OUT.resolve(page.getKey());
            Matcher m = LINK.matcher(Files.readString(file));
            while (m.find()) {
                links++;
                if (!leadsSomewhere(file, m.group(2), m.group(1).equals("src"))) {
                    broken.add(page.getKey() + ": " + m.group(2));
                }
            }
        }
        assertTrue(links > 3000, links + " links");
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path page, String link, boolean loaded)
            throws IOException {
        if (link.matches("https?:.*")) {
            return !loaded; // followed at a click, never loaded
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!target.startsWith(OUT) || !Files.isRegularFile(target)) {
            return false;
        }
        return parts.length == 1 || Files.readString(target).contains(" id=\"" + parts[1] + "\"");
    }

    @Test
    void aPageLoadsNothingButPictures() {
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            if (page.getValue() != null) {
                String head = page.getValue().split("<main", 2)[0];
                assertFalse(head.matches("(?s).*(<script|<link|@import|url\\().*"), head);
                assertFalse(page.getValue().contains("<script"), page.getKey().toString());
            }
        }
    }

    @Test
    void aPageIsInTheMenuOnceAndMarkedThere() {
        String page = pages.get(Path.of("docs/commands.html"));
        String menu = page.substring(page.indexOf("<nav"), page.indexOf("</nav>"));
        assertEquals(1, menu.split(" aria-current=").length - 1, menu);
        assertTrue(menu.contains("<a href=\"commands.html\" aria-current=\"page\">"), menu);
    }

    /** A tree of one document beside the index, and one source file. */
    private Site planted(String markdown) throws IOException {
        Files.createDirectories(directory.resolve("docs/images"));
        Files.writeString(directory.resolve("README.md"), "# Front\n");
        Files.writeString(directory.resolve("docs/images/a.png"), "");
        Files.writeString(directory.resolve("docs/other.md"), "# Other\n\n## A part, and more\n");
        Files.writeString(
                directory.resolve("docs/README.md"),
                "# Index\n## Pages\n[f](../README.md) [o](other.md) [p](page.md)\n");
        Files.writeString(directory.resolve("docs/page.md"), "# Page\n\n" + markdown);
        return new Site(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [x](none.md)                | docs/page.md:3: "none.md" leads to no file
                    [x](other.md#no-part)       | docs/page.md:3: "other.md#no-part" leads to no heading
                    [x](#here)                  | docs/page.md:3: "#here" leads to no heading
                    [x](images/a.png#part)      | docs/page.md:3: "images/a.png#part" leads to no heading
                    [x](../../outside)          | docs/page.md:3: "../../outside" leads to nothing that is kept in the source tree
                    [x](../tools/target/a.jar)  | docs/page.md:3: "../tools/target/a.jar" leads to nothing that is kept in the source tree
                    ![x](images/none.png)       | docs/page.md:3: "images/none.png" leads to no file
                    ![x](https://host/a.png)    | docs/page.md:3: the picture https://host/a.png is not in the source tree
                    """)
    void whatIsBrokenIsNamedWithItsLine(String markdown, String fault) throws IOException {
        assertEquals(List.of(fault), planted(markdown).faults());
    }

    @ParameterizedTest
    @CsvSource({
        "[x](other.md)",
        "[x](other.md#a-part-and-more)",
        "[x](#page)",
        "![x](images/a.png)",
        "[x](images)",
        "[x](https://host/none)",
        "`[x](none.md)`"
    })
    void whatIsWholeIsNot(String markdown) throws IOException {
        assertEquals(List.of(), planted(markdown).faults());
    }

    @Test
    void aPageThatNoLinkLeadsToIsNamed() throws IOException {
        planted("");
        Files.writeString(directory.resolve("docs/lost.md"), "# Lost\n");
        assertEquals(
                List.of("docs/README.md: no link leads to docs/lost.md"),
                new Site(directory).faults());
        Files.delete(directory.resolve("docs/lost.md"));
        Files.createDirectories(directory.resolve("docs/adr"));
        Files.writeString(directory.resolve("docs/adr/0001-a.md"), "# A\n");
        assertEquals(
                List.of("docs/adr/README.md: no link leads to docs/adr/0001-a.md"),
                new Site(directory).faults());
    }

    @Test
    void aBlockThatDoesNotCompileIsNamedWithItsLine() throws IOException {
        String block = "```java\npublic class A {\n    int x = %s;\n}\n```\n";
        Site wrong = planted(block.formatted("\"text\"") + "\n~~~ java\nint y = 1\n~~~\n");
        List<String> faults = JavaBlocks.faults(wrong.tree().documents().values());
        assertEquals(2, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("docs/page.md:5: incompatible types"), faults.get(0));
        assertTrue(faults.get(1).startsWith("docs/page.md:10: "), faults.get(1));
        Site right = planted(block.formatted("1"));
        assertEquals(1, JavaBlocks.count(right.tree().documents().values()));
        assertEquals(List.of(), JavaBlocks.faults(right.tree().documents().values()));
    }

    @Test
    void htmlInADocumentIsText() throws IOException {
        String page = planted("<script>x</script>\n").pages().get(Path.of("docs/page.html"));
        assertTrue(page.contains("&lt;script&gt;"), page);
        assertFalse(page.contains("<script"), page);
    }
}
