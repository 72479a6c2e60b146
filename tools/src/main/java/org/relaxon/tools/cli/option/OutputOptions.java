package org.relaxon.tools.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.relaxon.experiments.storage.UnwritableException;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.text.ErrorLine;
import org.relaxon.tools.output.Drawing;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.report.RunPage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for the destination of results. */
public final class OutputOptions {
    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description =
                    "Write one JSON object to a new file; with -, print it as the"
                            + " only output.")
    private String json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a run directory below DIR: manifest, CSV, arrays, histograms, plot, report.")
    private Path out;

    @Option(
            names = "--dry-run",
            description = "Print what would run and how much memory it needs, then stop.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress on stderr.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The user's request to stop, which every output states. */
    private Interruption interruption() {
        return Program.of(spec).interruption();
    }

    private IOException lost;

    /** Writes a run directory. */
    @FunctionalInterface
    public interface DirectoryWriter {
        /**
         * Writes it.
         *
         * @param place below which it is to be, or the directory itself if that is known
         * @return the directory
         * @throws IOException if it cannot be written
         */
        Path write(Path place) throws IOException;
    }

    /**
     * Writes a run directory on request, completes it by {@code result.json} and {@code
     * report.html}, and names it in the result. If that fails, as on a full disk, the result states
     * this and is still printed; {@link #write} fails afterwards.
     *
     * @param result to be extended
     * @param writer called if a directory was requested
     */
    public void directory(ObjectNode result, DirectoryWriter writer) {
        if (out != null) {
            directory(
                    result,
                    out,
                    below -> {
                        Path written = writer.write(below);
                        finish(written, result);
                        keptAt(written);
                        return written;
                    });
        }
    }

    /**
     * The same for a known directory, which the writer completes.
     *
     * @param result to be extended
     * @param place named if the failure names no file
     * @param writer called once
     */
    public void directory(ObjectNode result, Path place, DirectoryWriter writer) {
        Drawing.obstacle().ifPresent(line -> ErrorLine.print(spec.commandLine().getErr(), line));
        try {
            result.put("directory", writer.write(place).toString());
        } catch (IOException e) {
            lost(e, place);
            result.put("directoryLost", lost.getMessage());
        }
    }

    /**
     * Prints the name of the run directory, relative to the given path.
     *
     * @param out to print to
     * @param result that names the directory, if there is one
     */
    public static void announce(PrintWriter out, ObjectNode result) {
        if (result.has("directory")) {
            announce(out, Path.of(result.get("directory").asText()));
        }
        out.flush();
    }

    /**
     * Names one file or directory that was written.
     *
     * @param out to print to
     * @param written file or directory
     */
    public static void announce(PrintWriter out, Path written) {
        out.println("written to   " + written);
    }

    /**
     * States that something was lost, as on a full disk; {@link #write} fails afterwards.
     *
     * @param e the failure
     * @param place named if the failure names no file
     */
    public void lost(IOException e, Path place) {
        lost = named(e, place);
    }

    /** The same failure with the name of a file, where it has none. */
    private static IOException named(IOException e, Path file) {
        if (e instanceof UnwritableException) {
            return e;
        }
        boolean names = e instanceof FileSystemException f && f.getFile() != null;
        return new UnwritableException(
                names ? Path.of(((FileSystemException) e).getFile()) : file, e);
    }

    /** {@return whether only the settings are to be printed} */
    public boolean dryRun() {
        return dryRun;
    }

    /** {@return the directory given with {@code --out}; null without} */
    public Path out() {
        return out;
    }

    /** {@return whether stdout is text for display: no {@code --json -}} */
    public boolean prose() {
        return !"-".equals(json);
    }

    /** {@return whether a terminal shows a bar of progress} */
    public boolean progress() {
        return !quiet && prose() && System.console() != null;
    }

    /** {@return whether stderr has no progress and no remarks} */
    public boolean quiet() {
        return quiet || !prose();
    }

    /**
     * Refuses an output that could not be written, before anything is computed.
     *
     * @throws IllegalArgumentException naming the option
     */
    public void requireWritable() {
        CellPlacement placement = CellPlacement.of(spec);
        if (placement != null && !quiet()) {
            placement.showOn(spec.commandLine().getErr());
        }
        if (json != null && !json.equals("-")) {
            requireNew("json", Path.of(json));
        }
        if (out != null) {
            requireDirectory("out", out);
        }
    }

    /**
     * Refuses a name that cannot become a file; a link must exist.
     *
     * @param option that has the name
     * @param file to be written
     */
    public static void requireNew(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "%s: %s is a directory; name a new file".formatted(option, file));
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(
                    "%s: %s exists; nothing is overwritten, name a new file"
                            .formatted(option, file));
        }
        requireParent(option, file);
    }

    /**
     * Refuses a file that cannot be written because of its directory.
     *
     * @param option that has the name
     * @param file to be written
     */
    static void requireParent(String option, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException(
                    "%s: there is no directory %s to write %s to".formatted(option, parent, file));
        }
        requireDirectory(option, parent);
    }

    /**
     * Refuses a directory if it, or the nearest existing one above it, accepts no new files.
     *
     * @param option that has the name
     * @param directory to be written to
     */
    public static void requireDirectory(String option, Path directory) {
        Path there = directory.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; name a directory"
                            .formatted(
                                    option,
                                    there,
                                    Files.isSymbolicLink(there)
                                            ? "a link that does not lead to a directory"
                                            : "a file"));
        }
        try {
            Files.delete(Files.createTempFile(there, ".relaxon", ".tmp"));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s: cannot write to %s"
                            .formatted(option, new UnwritableException(there, e).getMessage()),
                    e);
        }
    }

    /**
     * States in a result whether the run was stopped, as its verdict, and where cells were if that
     * is not this process.
     *
     * @param result to be extended
     */
    public void mark(ObjectNode result) {
        if (spec != null) { // without a command nothing can stop it
            interruption().mark(result);
            CellPlacement placement = CellPlacement.of(spec);
            if (placement != null) {
                placement.mark(result);
            }
        }
    }

    /** What an interrupted command leaves if none continues from its files. */
    private void keptAt(Path directory) {
        if (spec != null) {
            interruption()
                    .keptAlone(
                            ("finished results are kept in %s, but no command continues from them; a"
                                            + " repetition begins from the start")
                                    .formatted(directory));
        }
    }

    /** Adds result and page to a run directory that is otherwise complete. */
    private void finish(Path directory, ObjectNode result) throws IOException {
        mark(result);
        WholeFile.create(
                directory.resolve("result.json"), Content.text(Json.pretty(result) + "\n"));
        RunPage.write(directory, false);
    }

    /**
     * Writes the result to the target of {@code --json}.
     *
     * @param result of the run
     * @param stdout for {@code --json -}
     * @throws IOException if it cannot be written, or the run directory could not be
     */
    public void write(ObjectNode result, PrintWriter stdout) throws IOException {
        mark(result);
        if ("-".equals(json)) {
            stdout.println(Json.pretty(result));
            stdout.flush();
        } else if (json != null) {
            WholeFile.create(Path.of(json), Content.text(Json.pretty(result) + "\n"));
        }
        if (lost != null) {
            throw lost;
        }
    }
}
