package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No method of the product is longer than a screen, from its first annotation to its brace, and no
 * file longer than can be read at once.
 */
class MethodLengthTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LINES_MAX = 60;
    private static final int FILE_MAX = 400;

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("model", "runtime", "testkit", "experiments", "tools")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(f -> f.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertTrue(sources.size() > 400, sources.size() + " sources");
        return sources;
    }

    @Test
    void noFileIsLongerThanCanBeRead() throws IOException {
        List<String> longer = new ArrayList<>();
        int most = 0;
        for (Path source : sources()) {
            int lines = Files.readAllLines(source).size();
            most = Math.max(most, lines);
            if (lines > FILE_MAX) {
                longer.add(source.getFileName() + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), longer);
        assertTrue(most > FILE_MAX / 2, "files are measured");
    }

    @Test
    void noMethodIsLongerThanAScreen() throws IOException {
        List<Path> sources = sources();
        assertEquals(List.of(), longer(sources, LINES_MAX));
        assertTrue(longer(sources, 20).size() > 10, "methods are measured");
    }

    @Test
    void oneLineMoreIsFound(@TempDir Path temp) throws IOException {
        assertEquals(List.of(), longer(List.of(source(temp, "Fits", LINES_MAX)), LINES_MAX));
        List<String> found = longer(List.of(source(temp, "Long", LINES_MAX + 1)), LINES_MAX);
        assertEquals(List.of("Long.java:2: method has 61 lines"), found);
    }

    private static Path source(Path directory, String name, int lines) throws IOException {
        String method = "    void method() {\n" + "        ;\n".repeat(lines - 2) + "    }\n";
        return Files.writeString(
                directory.resolve(name + ".java"), "class " + name + " {\n" + method + "}\n");
    }

    private static List<String> longer(List<Path> sources, int most) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    message -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, positions, most, found).scan(unit, null);
            }
        }
        return found;
    }

    /** Names the methods of one file that are too long. */
    private static final class Measure extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final int most;
        private final List<String> found;

        Measure(CompilationUnitTree unit, SourcePositions positions, int most, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.most = most;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, method));
            long last = map.getLineNumber(positions.getEndPosition(unit, method));
            long lines = last - first + 1;
            if (lines > most) {
                String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
                found.add("%s:%d: %s has %d lines".formatted(file, first, method.getName(), lines));
            }
            return super.visitMethod(method, nothing);
        }
    }
}
