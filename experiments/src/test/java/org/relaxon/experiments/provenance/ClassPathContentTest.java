package org.relaxon.experiments.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the same classes, or not at all. */
class ClassPathContentTest {
    @TempDir private Path home;

    private String path(String jar, String classFile) throws IOException {
        Path a = Files.writeString(home.resolve("a.jar"), jar);
        Path b = Files.createDirectories(home.resolve("b/own"));
        Files.writeString(b.resolve("Part.class"), classFile);
        return a + File.pathSeparator + b.getParent();
    }

    @Test
    void anotherContentUnderTheSameNameIsAnotherSetting() throws IOException {
        Setting one = ClassPathContent.of(path("1", "x"));
        assertNotEquals(one.value(), ClassPathContent.of(path("2", "x")).value());
        assertNotEquals(one.value(), ClassPathContent.of(path("1", "y")).value());
        assertTrue(one.shown().contains("a.jar (SHA-256 "), one.shown());
    }

    @Test
    void theSameContentElsewhereIsTheSameSetting() throws IOException {
        Path here = Files.writeString(home.resolve("here.jar"), "1");
        Path there = Files.writeString(home.resolve("there.jar"), "1");
        Setting one = ClassPathContent.of(here.toString());
        assertEquals(one.value(), ClassPathContent.of(there.toString()).value());
    }

    @Test
    void withoutOneNothingIsRecorded() throws IOException {
        assertEquals(Setting.NONE, ClassPathContent.of(null));
        assertEquals(Setting.NONE, ClassPathContent.of(" "));
    }
}
