package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.report.RunPage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that say where results go. */
final class OutputOptions {
    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "One JSON object into a new file, or as the only output with -.")
    private String json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a run directory below DIR: manifest, CSV, arrays, histograms, plot, report.")
    private Path out;

    @Option(
            names = "--dry-run",
            description = "Say what would run, and how much memory it needs, and stop.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The user's wish for an end, which every output states. */
    private Interruption interruption() {
        return ((RootCommand) spec.root().userObject()).interruption();
    }

    private IOException lost;

    /** Writes a run directory. */
    @FunctionalInterface
    interface DirectoryWriter {
        /** Returns the directory. */
        Path write() throws IOException;
    }

    /**
     * Writes a run directory, if one was asked for, and names it in the result. Where that fails,
     * as on a full disk, the result says so and is still printed: {@link #write} fails afterwards.
     */
    void directory(ObjectNode result, DirectoryWriter writer) {
        if (out != null) {
            directory(result, out, writer);
        }
    }

    /**
     * The same for a directory that is known.
     *
     * @param place what is named if the failure names no file
     */
    void directory(ObjectNode result, Path place, DirectoryWriter writer) {
        try {
            result.put("directory", writer.write().toString());
        } catch (IOException e) {
            lost = named(e, place);
            result.put("directoryLost", lost.getMessage());
        }
    }

    /** The same failure with the name of a file, where it has none. */
    private static IOException named(IOException e, Path file) {
        return e instanceof FileSystemException
                ? e
                : new FileSystemException(file.toString(), null, e.getMessage());
    }

    boolean dryRun() {
        return dryRun;
    }

    /** The directory given with {@code --out}; null without. */
    Path out() {
        return out;
    }

    /** True if a human reads stdout: no {@code --json -}. */
    boolean prose() {
        return !"-".equals(json);
    }

    boolean progress() {
        return !quiet && prose() && System.console() != null;
    }

    boolean quiet() {
        return quiet || !prose();
    }

    /** Refuses an output that could not be written, before anything is computed. */
    void requireWritable() {
        if (json != null && !json.equals("-") && Files.exists(Path.of(json))) {
            throw new IllegalArgumentException(
                    "json: %s exists; nothing is overwritten, name a new file".formatted(json));
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException(
                    "out: %s is a file; name a directory".formatted(out));
        }
    }

    /** States in a result whether the run was stopped, as its verdict. */
    void mark(ObjectNode result) {
        if (spec != null) { // without a command nobody can stop it
            interruption().mark(result);
        }
    }

    /** Adds {@code result.json} and {@code report.html} to a run directory that is complete. */
    void finish(Path directory, ObjectNode result) throws IOException {
        mark(result);
        Files.writeString(
                directory.resolve("result.json"),
                Json.pretty(result) + "\n",
                StandardOpenOption.CREATE_NEW);
        RunPage.write(directory, false);
    }

    /**
     * Writes the result where {@code --json} says.
     *
     * @throws IOException if it cannot be written, or the run directory could not be
     */
    void write(ObjectNode result, PrintWriter stdout) throws IOException {
        mark(result);
        if ("-".equals(json)) {
            stdout.println(Json.pretty(result));
            stdout.flush();
        } else if (json != null) {
            Path file = Path.of(json);
            try {
                Files.writeString(file, Json.pretty(result) + "\n", StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw named(e, file);
            }
        }
        if (lost != null) {
            throw lost;
        }
    }
}
