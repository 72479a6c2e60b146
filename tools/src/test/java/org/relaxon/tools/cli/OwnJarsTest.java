package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that was not copied whole is named, since the Java runtime passes over it. */
class OwnJarsTest {
    @TempDir private Path home;

    private Path jar() throws IOException {
        Path jar = home.resolve("whole.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("META-INF/services/org.relaxon.Part"));
            out.write(new byte[2000]);
        }
        return jar;
    }

    @Test
    void aWholeJarAndADirectoryAreReadable() throws IOException {
        String path = home + System.getProperty("path.separator") + jar();
        assertDoesNotThrow(() -> OwnJars.requireReadable(path));
        assertDoesNotThrow(() -> OwnJars.requireReadable(null));
    }

    @Test
    void aTruncatedJarIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(jar());
        Path half = home.resolve("half.jar");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> OwnJars.requireReadable(half.toString()));
        assertTrue(e.getMessage().startsWith("RELAXON_CLASSPATH: " + half), e.getMessage());
    }
}
