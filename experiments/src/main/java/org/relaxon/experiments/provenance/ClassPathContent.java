package org.relaxon.experiments.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** The classes that a class path names, as a setting: their content, not their names. */
final class ClassPathContent {
    private static final int HEX_SHOWN = 12;

    private ClassPathContent() {}

    /**
     * {@return the setting}
     *
     * @param classPath jars and directories, separated as the platform does; null or blank for none
     * @throws IOException if an existing one cannot be read
     */
    static Setting of(String classPath) throws IOException {
        if (classPath == null || classPath.isBlank()) {
            return Setting.NONE;
        }
        StringJoiner value = new StringJoiner(File.pathSeparator);
        StringJoiner shown = new StringJoiner(File.pathSeparator);
        for (String entry : classPath.split(File.pathSeparator)) {
            String hash = hash(Path.of(entry));
            value.add("sha256 " + hash);
            shown.add(entry + " (SHA-256 " + hash.substring(0, HEX_SHOWN) + "...)");
        }
        return new Setting(value.toString(), shown.toString());
    }

    private static String hash(Path entry) throws IOException {
        if (Files.isRegularFile(entry)) {
            return ContentHash.of(entry);
        }
        ContentHash all = new ContentHash();
        if (Files.isDirectory(entry)) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(entry)) {
                files = found.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                all.add(entry.relativize(file).toString()).add(ContentHash.of(file));
            }
        }
        return all.hex();
    }
}
