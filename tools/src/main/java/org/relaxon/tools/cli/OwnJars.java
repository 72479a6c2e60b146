package org.relaxon.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.relaxon.tools.cli.text.Launcher;

/** Jars with users' own parts. The Java runtime ignores one that it cannot read. */
final class OwnJars {
    private OwnJars() {}

    /**
     * Refuses a class path with a jar that cannot be read.
     *
     * @param classPath entries as {@link Launcher#CLASSPATH} lists them; null if it is not set
     * @throws IllegalArgumentException naming the jar
     */
    static void requireReadable(String classPath) {
        if (classPath == null) {
            return;
        }
        for (String entry : classPath.split(System.getProperty("path.separator"))) {
            if (!entry.endsWith(".jar") || !Files.isRegularFile(Path.of(entry))) {
                continue;
            }
            try (ZipFile jar = new ZipFile(entry)) {
                jar.size();
            } catch (ZipException e) {
                throw new IllegalArgumentException(
                        "%s: %s is not a complete jar (%s)"
                                .formatted(Launcher.CLASSPATH, entry, e.getMessage()),
                        e);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "%s: cannot read %s: %s"
                                .formatted(Launcher.CLASSPATH, entry, e.getMessage()),
                        e);
            }
        }
    }
}
