package org.relaxon.experiments.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file that has an end and can be read twice: not a directory, pipe or device. */
final class RegularFile {

    private RegularFile() {}

    /**
     * Checks before opening, since opening a pipe may wait for ever.
     *
     * @throws java.nio.file.NoSuchFileException if there is no file of that name
     * @throws MalformedFileException if it is not a regular file
     */
    static void check(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            String kind = found.isDirectory() ? "a directory" : "a pipe or device";
            throw new MalformedFileException(file.toString(), "this", kind, "a regular file");
        }
    }
}
