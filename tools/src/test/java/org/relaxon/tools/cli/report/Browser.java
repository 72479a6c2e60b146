package org.relaxon.tools.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, which loads a page, runs a script in it and leaves the document. */
public final class Browser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern RESULT = Pattern.compile("(?s)<pre id=\"result\">(.*?)</pre>");
    private static final Pattern POLICY =
            Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"[^>]*>");

    private final Path program;
    private final Path home;

    private Browser(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /** The browser on the path; empty if there is none. */
    public static Optional<Browser> find(Path home) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> new Browser(found, home));
    }

    /** The document after its scripts have run; a message on the console is an error. */
    String document(Path page, String... options) throws IOException, InterruptedException {
        Path errors = home.resolve("errors.txt");
        List<String> line = new ArrayList<>(List.of(program.toString(), "--headless"));
        line.addAll(List.of("--no-sandbox", "--disable-gpu", "--hide-scrollbars"));
        line.addAll(List.of("--enable-logging=stderr", "--virtual-time-budget=20000"));
        line.add("--user-data-dir=" + home.resolve("profile"));
        line.addAll(List.of(options));
        line.addAll(List.of("--dump-dom", page.toUri().toString()));
        Process process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String messages = Files.readString(errors);
        assertEquals(0, process.waitFor(), messages);
        assertTrue(messages.lines().noneMatch(l -> l.contains("CONSOLE")), messages);
        return out;
    }

    /**
     * Runs a script in a copy of a page without its policy, and returns what it passes to {@code
     * done}.
     */
    public JsonNode run(String page, String script, String... options)
            throws IOException, InterruptedException {
        Path copy = home.resolve("copy.html");
        String done =
                "function done(result) { const place = document.createElement('pre');"
                        + " place.id = 'result'; place.textContent = JSON.stringify(result);"
                        + " document.body.append(place); }\n";
        Files.writeString(
                copy,
                POLICY.matcher(page)
                        .replaceFirst("")
                        .replace("</body>", "<script>" + done + script + "</script></body>"));
        Matcher result = RESULT.matcher(document(copy, options));
        assertTrue(result.find(), "the script did not end");
        return new ObjectMapper()
                .readTree(
                        result.group(1)
                                .replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&amp;", "&"));
    }

    /** The findings of axe-core that hinder people seriously, as identities and elements. */
    public List<String> hindrances(String page, String... options)
            throws IOException, InterruptedException {
        String judge =
                axe()
                        + "\naxe.run().then(function (found) { done(found.violations.map(function (v) {"
                        + " return {impact: v.impact, text: v.id + ' ' + v.nodes[0].html}; })); });";
        List<String> out = new ArrayList<>();
        for (JsonNode one : run(page, judge, options)) {
            if (one.path("impact").asText().matches("serious|critical")) {
                out.add(one.path("text").asText());
            }
        }
        return out;
    }

    private static String axe() throws IOException {
        try (InputStream in = Browser.class.getClassLoader().getResourceAsStream("axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
