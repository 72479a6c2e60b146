package org.relaxon.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that a document shows, in blocks and within sentences. */
public final class DocumentedCommands {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern INLINE = Pattern.compile("`bin/relaxon ([^`]+)`");
    private static final Pattern LINE = Pattern.compile("(?m)^bin/relaxon (.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private DocumentedCommands() {}

    /** All of a document, each without its first word, in the order of blocks and sentences. */
    public static List<String> of(String document) throws IOException {
        return in(Files.readString(ROOT.resolve(document)));
    }

    static List<String> in(String text) {
        List<String> out = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            Matcher line = LINE.matcher(fenced.group(2).replace("\\\n", " "));
            while (line.find()) {
                out.add(line.group(1).replaceFirst("\\s+# .*", "").strip());
            }
        }
        Matcher inline = INLINE.matcher(FENCED.matcher(text).replaceAll(""));
        while (inline.find()) {
            out.add(inline.group(1).replaceAll("\\s+", " ").strip());
        }
        return out;
    }

    /** The words of a command, as a shell divides it. */
    public static String[] words(String command) {
        List<String> out = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            for (int group = 1; group <= 3; group++) {
                if (word.group(group) != null) {
                    out.add(word.group(group));
                }
            }
        }
        return out.toArray(new String[0]);
    }
}
