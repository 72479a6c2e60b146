package org.relaxon.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.relaxon.experiments.storage.OwnerLock;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;

/** The destination of a page: without --force only an earlier page of this program is replaced. */
final class PageFile {
    private static final int HEAD = 4096;

    private PageFile() {}

    /**
     * Refuses a file that is not an earlier report, before anything is written.
     *
     * @param force whether the user allowed any regular file to be replaced
     * @throws IllegalArgumentException if the page may not be written there
     */
    static void requireWritable(Path file, boolean force) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Path above = file.toAbsolutePath().getParent();
            if (above != null && !Files.isDirectory(above)) {
                throw new IllegalArgumentException("report: there is no directory " + above);
            }
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(
                    "report: %s is a link or not a file; name a new file".formatted(file));
        }
        if (!force && !isOurs(file)) {
            throw new IllegalArgumentException(
                    "report: %s exists and is not a report of relaxon; --force replaces it"
                            .formatted(file));
        }
    }

    /**
     * Writes a complete page.
     *
     * @throws IllegalArgumentException if another process is writing it
     */
    static void write(Path file, String page, boolean force) throws IOException {
        requireWritable(file, force);
        OwnerLock owner = OwnerLock.take(file);
        try {
            WholeFile.replace(file, Content.text(page));
        } finally {
            owner.close();
        }
    }

    static boolean isOurs(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.contains("name=\"generator\" content=\"" + Page.GENERATOR + "\"");
        }
    }
}
