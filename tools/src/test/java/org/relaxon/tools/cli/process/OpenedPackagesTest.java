package org.relaxon.tools.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of the JDK that are opened are the same however the program is started. */
class OpenedPackagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static TreeSet<String> all(String pattern, String text) {
        Matcher m = Pattern.compile(pattern).matcher(text);
        return m.results()
                .map(r -> r.group(1).toLowerCase(Locale.ROOT) + " " + r.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As words of a command line. */
    private static TreeSet<String> ofWords(String text) {
        return all("--(add-opens|add-exports) (\\S+)=ALL-UNNAMED", text);
    }

    private static TreeSet<String> ofManifest(String text) {
        return all("<(Add-Opens|Add-Exports)>(.*?)</", text);
    }

    @Test
    void nodesManifestAndLauncherOpenTheSamePackages() throws IOException {
        TreeSet<String> nodes = ofWords(String.join(" ", NodeProcesses.OPENED));
        assertEquals(NodeProcesses.OPENED.size(), 2 * nodes.size());
        assertEquals(nodes, ofManifest(Files.readString(ROOT.resolve("tools/pom.xml"))));
        assertEquals(nodes, ofWords(Files.readString(ROOT.resolve("bin/relaxon"))));
    }

    @Test
    void aPackageMoreIsFound() {
        assertEquals(
                new TreeSet<>(List.of("add-opens a/b", "add-opens a/c")),
                ofManifest("<Add-Opens>a/b</Add-Opens><Add-Opens>a/c</Add-Opens>"));
        assertEquals(
                new TreeSet<>(List.of("add-exports a/b", "add-opens a/b")),
                ofWords("--add-opens a/b=ALL-UNNAMED --add-exports a/b=ALL-UNNAMED"));
    }
}
