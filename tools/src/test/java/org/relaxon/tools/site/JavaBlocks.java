package org.relaxon.tools.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles every block of Java in the documents, each a file of its own, and writes no class. */
final class JavaBlocks {
    private static final Pattern TYPE =
            Pattern.compile("public (?:final )?(?:class|record|interface|enum) (\\w+)");

    private JavaBlocks() {}

    /** A block as a source file, with the place where a document shows it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String code;
        private final String document;
        private final int line;

        Source(Path document, Document.Block block, String name) {
            super(URI.create("block:///" + name + ".java"), Kind.SOURCE);
            this.code = block.code();
            this.document = document.toString();
            this.line = block.line();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return code;
        }

        String fault(Diagnostic<?> found) {
            return "%s:%d: %s"
                    .formatted(
                            document,
                            line + Math.max(0, found.getLineNumber()),
                            found.getMessage(Locale.ROOT).lines().findFirst().orElse(""));
        }
    }

    /** How many blocks the documents have. */
    static int count(Iterable<Document> documents) {
        int count = 0;
        for (Document document : documents) {
            count += (int) document.blocks().stream().filter(JavaBlocks::isJava).count();
        }
        return count;
    }

    private static boolean isJava(Document.Block block) {
        return block.language().toLowerCase(Locale.ROOT).matches("java\\b.*");
    }

    /** What the compiler refuses, with document and line; empty if it accepts every block. */
    static List<String> faults(Iterable<Document> documents) throws IOException {
        List<String> out = new ArrayList<>();
        for (Document document : documents) {
            for (Document.Block block : document.blocks()) {
                if (isJava(block)) {
                    out.addAll(faults(document.path(), block));
                }
            }
        }
        return out;
    }

    private static List<String> faults(Path document, Document.Block block) throws IOException {
        Matcher type = TYPE.matcher(block.code());
        Source source = new Source(document, block, type.find() ? type.group(1) : "Block");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String path = System.getProperty("java.class.path");
        List<String> options = List.of("-cp", path, "-proc:none", "-implicit:none");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            var task = compiler.getTask(null, files, found, options, null, List.of(source));
            ((com.sun.source.util.JavacTask) task).parse();
            ((com.sun.source.util.JavacTask) task).analyze();
        }
        return found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(source::fault)
                .toList();
    }
}
