package org.relaxon.experiments.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.storage.WholeFile.Content;

class WholeFileTest {
    @TempDir private Path home;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** What a reader sees while the content is written, half of it, and afterwards. */
    @Test
    void aReaderSeesTheOldFileOrTheNewOne() throws IOException {
        Path file = Files.writeString(home.resolve("a"), "old");
        WholeFile.replace(
                file,
                out -> {
                    out.write(new byte[1 << 20]);
                    out.flush();
                    assertEquals("old", Files.readString(file));
                    out.write("new".getBytes(StandardCharsets.UTF_8));
                });
        assertEquals((1 << 20) + 3, Files.size(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void aNewFileIsNotThereBeforeItIsWhole() throws IOException {
        Path file = home.resolve("a");
        WholeFile.create(
                file,
                out -> {
                    out.write(1);
                    out.close(); // as writers of formats do
                    assertFalse(Files.exists(file));
                });
        assertEquals(1, Files.size(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void whatFailsLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(home.resolve("a"), "old");
        Content failing =
                out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                };
        Exception e = assertThrows(IOException.class, () -> WholeFile.replace(file, failing));
        assertEquals(file + ": No space left on device", e.getMessage());
        assertThrows(IOException.class, () -> WholeFile.create(home.resolve("b"), failing));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void whatIsThereIsNoNewFile() throws IOException {
        Path file = Files.writeString(home.resolve("a"), "old");
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere"));
        for (Path there : List.of(file, link, home)) {
            assertThrows(
                    UnwritableException.class,
                    () -> WholeFile.create(there, Content.text("new")),
                    there.toString());
        }
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a", "link"), names());
    }

    /** Somebody was faster: his file stays. */
    @Test
    void ofTwoNewFilesTheFirstStays() throws IOException {
        Path file = home.resolve("a");
        assertThrows(
                UnwritableException.class,
                () ->
                        WholeFile.create(
                                file,
                                out -> {
                                    out.write(1);
                                    Files.writeString(file, "his");
                                }));
        assertEquals("his", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void linksAreFollowedAndStay() throws IOException {
        Path below = Files.createDirectory(home.resolve("below"));
        Path target = Files.writeString(below.resolve("target"), "old");
        Path link = Files.createSymbolicLink(home.resolve("a"), Path.of("below/target"));
        Path second = Files.createSymbolicLink(home.resolve("b"), link);
        Path dangling = Files.createSymbolicLink(home.resolve("c"), below.resolve("new"));
        for (Path file : List.of(second, dangling)) {
            WholeFile.replace(file, Content.text("new"));
            assertTrue(Files.isSymbolicLink(file));
        }
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Files.isSymbolicLink(target));
        assertEquals("new", Files.readString(target));
        assertEquals("new", Files.readString(below.resolve("new")));
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path a = Files.createSymbolicLink(home.resolve("a"), home.resolve("b"));
        Files.createSymbolicLink(home.resolve("b"), a);
        assertThrows(UnwritableException.class, () -> WholeFile.replace(a, Content.text("new")));
        assertEquals(List.of("a", "b"), names());
        assertTrue(Files.isSymbolicLink(a));
    }

    @Test
    void aDirectoryThatHasVanishedIsMadeAgain() throws IOException {
        Path file = home.resolve("below/it/a");
        WholeFile.replace(file, Content.text("new"));
        assertEquals("new", Files.readString(file));
    }
}
