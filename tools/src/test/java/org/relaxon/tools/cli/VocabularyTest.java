package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;

/**
 * Documents, help, Javadoc and the texts of pages and messages use none of the words that the
 * vocabulary advises against.
 */
class VocabularyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path VOCABULARY = ROOT.resolve("docs/vocabulary.md");
    private static final String HEADING = "## Words to avoid";
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern INLINE =
            Pattern.compile("\\{@(code|link|linkplain|value)\\b[^}]*\\}|@param\\s+\\S+");

    /** String literals, text blocks first. */
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    /** The end of a literal and the beginning of the one that continues it. */
    private static final Pattern CONTINUED = Pattern.compile("(?<!\")\"\\s*\\+\\s*\"(?!\")");

    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);

    /** The phrases in the first column of the table, in lower case. */
    private static List<String> avoided() throws IOException {
        String section = Files.readString(VOCABULARY).split(HEADING)[1];
        return section.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2) // head and rule
                .flatMap(line -> Stream.of(line.split("\\|")[1].split(",")))
                .map(phrase -> phrase.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The phrases that occur in a text as whole words, outside code, across line breaks. */
    private static List<String> found(String text, List<String> phrases) {
        String prose = CODE.matcher(text).replaceAll("`").replaceAll("\\s+", " ");
        return phrases.stream()
                .filter(
                        phrase ->
                                Pattern.compile(
                                                "\\b" + Pattern.quote(phrase) + "\\b",
                                                Pattern.CASE_INSENSITIVE)
                                        .matcher(prose)
                                        .find())
                .toList();
    }

    private static Map<String, String> documents() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md")) {
            texts.put(name, Files.readString(ROOT.resolve(name)));
        }
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
                String name = page.getFileName().toString();
                if (!name.equals("measured.md")) { // a record, like docs/adr
                    texts.put(name, Files.readString(page).split(HEADING)[0]);
                }
            }
        }
        return texts;
    }

    private static void help(CommandLine command, Map<String, String> texts) {
        StringWriter out = new StringWriter();
        command.usage(new PrintWriter(out));
        texts.put(command.getCommandSpec().qualifiedName(), out.toString());
        command.getSubcommands().values().forEach(sub -> help(sub, texts));
    }

    /** Javadoc by source file, without inline code and the names of parameters. */
    private static Map<String, String> javadoc() throws IOException {
        return sources(
                text ->
                        JAVADOC.matcher(text)
                                .results()
                                .map(comment -> prose(comment.group()))
                                .collect(Collectors.joining("\n")));
    }

    /** What pages and messages are made of: literals of several words, outside comments. */
    private static String literals(String source) {
        String code = JAVADOC.matcher(source).replaceAll("");
        return LITERAL.matcher(CONTINUED.matcher(code).replaceAll(""))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(text -> text.strip().contains(" "))
                .map(text -> text.replace("raw tell", "")) // an operation of Akka's actors
                .collect(Collectors.joining("\n.\n"));
    }

    private static Map<String, String> sources(UnaryOperator<String> part) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String module : List.of("model", "runtime", "testkit", "experiments", "tools")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    texts.put(ROOT.relativize(file).toString(), part.apply(Files.readString(file)));
                }
            }
        }
        return texts;
    }

    private static String prose(String comment) {
        String text = comment.replaceAll("\\R\\s*\\* ?", "\n");
        return INLINE.matcher(text).replaceAll("`");
    }

    private static List<String> faults(Map<String, String> texts) throws IOException {
        List<String> phrases = avoided();
        List<String> faults = new ArrayList<>();
        texts.forEach(
                (name, text) -> found(text, phrases).forEach(f -> faults.add(name + ": " + f)));
        return faults;
    }

    @Test
    void documentsAvoidThem() throws IOException {
        Map<String, String> texts = documents();
        assertTrue(texts.size() >= 10, texts.keySet().toString());
        assertEquals(List.of(), faults(texts));
    }

    @Test
    void helpAvoidsThem() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Interruption unused = new Interruption()) {
            help(Main.commandLine(unused), texts);
        }
        assertTrue(texts.size() >= 14, texts.keySet().toString());
        assertEquals(List.of(), faults(texts));
    }

    @Test
    void javadocAvoidsThem() throws IOException {
        Map<String, String> texts = javadoc();
        assertTrue(texts.size() >= 600, texts.size() + " files");
        assertEquals(List.of(), faults(texts));
    }

    @Test
    void pagesAndMessagesAvoidThem() throws IOException {
        assertEquals(List.of(), faults(sources(VocabularyTest::literals)));
    }

    @Test
    void aFaultOfAMessageIsFoundAcrossLiteralsAndNotInNames() throws IOException {
        String message =
                "/** Says. */ f(\"what it was asked\"\n    + \" for\", \"told\", \"\"\"\nhas heard\"\"\");";
        assertEquals(List.of("x: heard", "x: asked for"), faults(Map.of("x", literals(message))));
        assertEquals("", literals("says(\"said\"); // told \n"));
    }

    @Test
    void aFaultOfJavadocIsFoundAcrossLinesAndNotInCode() throws IOException {
        String wrapped =
                prose("/**\n * Says what was {@code asked for}, or asked\n     * for.\n */");
        assertEquals(List.of("x: says", "x: asked for"), faults(Map.of("x", wrapped)));
        String code = prose("/** {@link Cell#say(int)} {@code says}\n * @param told a number */");
        assertEquals(List.of(), faults(Map.of("x", code)));
    }

    @Test
    void everyPhraseOfTheTableWouldBeFound() throws IOException {
        List<String> phrases = avoided();
        assertTrue(phrases.size() > 20, phrases.toString());
        for (String phrase : phrases) {
            String wrapped = phrase.replace(" ", "\n  ");
            assertEquals(List.of(phrase), found("Of a cell, " + wrapped + ".", phrases));
            assertEquals(List.of(), found("`" + phrase + "` of un" + phrase + "s", phrases));
        }
        assertEquals(
                List.of("everybody", "says"),
                found("Everybody then says all again.", List.of("everybody", "says", "told")));
        assertTrue(
                faults(Map.of("page", "The cell has heard nothing.")).contains("page: heard"),
                "a fault is named with its document");
    }
}
