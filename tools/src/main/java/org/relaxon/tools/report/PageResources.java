package org.relaxon.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheets and the script of every page, which its policy admits by their hashes. */
final class PageResources {
    /** Of pictures, in light colours; saved with them. */
    static final String FIGURE_STYLE = read("figure.css");

    /** Of pages, with the dark colours of pictures. */
    static final String PAGE_STYLE = read("page.css");

    /** Buttons that save and copy. A page is complete without it. */
    static final String SCRIPT = read("page.js");

    private PageResources() {}

    private static String read(String name) {
        try (InputStream in = PageResources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a part of this program is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a part of this program cannot be read: " + name, e);
        }
    }

    /** What a browser may do: nothing but these styles, this script and embedded pictures. */
    static String policy() {
        return ("default-src 'none'; img-src data:; style-src '%s' '%s'; script-src '%s';"
                        + " base-uri 'none'; form-action 'none'")
                .formatted(hash(FIGURE_STYLE), hash(PAGE_STYLE), hash(Markup.inScript(SCRIPT)));
    }

    private static String hash(String content) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
