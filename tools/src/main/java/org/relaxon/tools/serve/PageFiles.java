package org.relaxon.tools.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The files of the page, read once from the classes. A request names one of them, and no path. */
final class PageFiles {
    private static final String TOKEN = "@token@";

    /**
     * One file.
     *
     * @param type its media type
     * @param text its content
     */
    record PageFile(String type, String text) {}

    private final Map<String, PageFile> files = new HashMap<>();

    /** The files, with the token in the page. */
    PageFiles(LivePage page, String token) {
        files.put("/", new PageFile("text/html", read(page.file()).replace(TOKEN, token)));
        files.put("/live.css", new PageFile("text/css", read("live.css")));
        files.put("/icon.svg", new PageFile("image/svg+xml", read("icon.svg")));
        page.scripts().forEach(s -> files.put("/" + s, new PageFile("text/javascript", read(s))));
    }

    /** The file at a path; null if there is none. */
    PageFile at(String path) {
        return files.get(path);
    }

    private static String read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
