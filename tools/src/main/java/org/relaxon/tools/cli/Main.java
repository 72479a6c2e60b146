package org.relaxon.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.storage.UnwritableException;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.NodeStartException;
import org.relaxon.tools.cli.text.ErrorLine;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Misspelling;
import org.relaxon.tools.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.setOut(System.err); // what a user's part prints is no result
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        Locale.setDefault(Locale.ROOT); // numbers are printed with a point everywhere
        StandardOutput stdout = StandardOutput.ofProcess();
        try {
            OwnJars.requireReadable(System.getenv(Launcher.CLASSPATH));
        } catch (IllegalArgumentException e) {
            System.err.println("relaxon: " + e.getMessage());
            return ExitCode.BAD_INPUT;
        }
        try (Interruption interruption = Interruption.bySignals()) {
            CommandLine command = commandLine(interruption, args).setOut(stdout.writer());
            int code = Effort.until(interruption::asked, () -> run(command, interruption, args));
            return stdout.exitCode(code, command.getOut(), command.getErr());
        } catch (OutOfMemoryError e) {
            System.err.println("relaxon: " + outOfMemory());
            return ExitCode.OUT_OF_RESOURCES;
        }
    }

    /** Runs one command; a stopped one prints the command that continues. */
    static int run(CommandLine command, Interruption interruption, String... args) {
        int code = command.execute(args);
        if (interruption.stopped()) {
            String line = interruption.line(Launcher.recorded(List.of(args)));
            ErrorLine.print(command.getErr(), Words.withoutWritten(line, List.of(args)));
        }
        return interruption.exitCode(code);
    }

    /** With all verbs. */
    static CommandLine commandLine(Interruption interruption) {
        CommandLine command = new CommandLine(new RootCommand(interruption));
        Verbs.addAll(command);
        return prepared(command, interruption);
    }

    /** With the verb of these arguments, if it needs no other. */
    static CommandLine commandLine(Interruption interruption, String... args) {
        if (!Verbs.oneSuffices(args)) {
            return commandLine(interruption);
        }
        CommandLine command = new CommandLine(new RootCommand(interruption));
        Verbs.addOne(command, args[0]);
        return prepared(command, interruption)
                .setParameterExceptionHandler(
                        (e, given) ->
                                e instanceof UnmatchedArgumentException
                                        ? again(command, interruption, given)
                                        : onBadOption(e, given));
    }

    /** With all verbs: the answer to an unknown option names those that have it. */
    private static int again(CommandLine one, Interruption interruption, String... args) {
        return commandLine(interruption).setOut(one.getOut()).setErr(one.getErr()).execute(args);
    }

    private static CommandLine prepared(CommandLine command, Interruption interruption) {
        GroupedHelp.install(command);
        return command.registerConverter(Double.class, new RealNumber())
                .registerConverter(double.class, new RealNumber())
                .setExecutionStrategy(Main::runLast)
                .setParameterExceptionHandler(Main::onBadOption)
                .setExecutionExceptionHandler((e, c, parsed) -> onFailure(e, c, interruption))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /** On a request for help the parser accepts everything, even an unknown command. */
    private static int runLast(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        boolean group = !last.commandSpec().subcommands().isEmpty();
        List<String> words = last.unmatched().stream().filter(w -> !w.startsWith("-")).toList();
        if (group && !words.isEmpty()) {
            throw new UnmatchedArgumentException(last.commandSpec().commandLine(), words);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int onBadOption(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message =
                e instanceof UnmatchedArgumentException unmatched
                        ? Misspelling.describe(unmatched)
                        : WrongValue.describe(e, args);
        ErrorLine.print(command.getErr(), message + " (see " + name + " --help)");
        return ExitCode.BAD_INPUT;
    }

    private static int onFailure(Exception e, CommandLine command, Interruption interruption) {
        PrintWriter err = command.getErr();
        if (isStop(e)) {
            return ExitCode.NOT_SETTLED; // the line on the interruption follows
        }
        OwnPartException own = OwnPartException.in(e);
        if (own != null) {
            ErrorLine.print(err, own.getMessage());
            interruption.afterFailure().ifPresent(line -> ErrorLine.print(err, line));
            return ExitCode.BAD_INPUT;
        }
        NodeLostException lost = lost(e);
        if (lost != null) {
            ErrorLine.print(err, lost.getMessage());
            interruption.goesOnWith().ifPresent(line -> ErrorLine.print(err, line));
            return ExitCode.NOT_SETTLED;
        }
        if (e instanceof NodeStartException start) {
            ErrorLine.print(err, start.getMessage());
            return start.exitCode();
        }
        if (isBadInput(e)) {
            ErrorLine.print(err, Misspelling.completed(String.valueOf(describe(e))));
            return ExitCode.BAD_INPUT;
        }
        Optional<OwnPartException> unguarded = UnguardedParts.failure(root(e));
        if (unguarded.isPresent()) {
            ErrorLine.print(err, unguarded.get().getMessage());
            return ExitCode.BAD_INPUT;
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnwritableException) {
                ErrorLine.print(err, "cannot write " + remedied(t.getMessage()));
                return ExitCode.OUT_OF_RESOURCES;
            }
        }
        Throwable root = root(e);
        if (root instanceof OutOfMemoryError) {
            ErrorLine.print(err, outOfMemory());
            return ExitCode.OUT_OF_RESOURCES;
        }
        if (root instanceof FileSystemException unread && isUnreadable(unread)) {
            ErrorLine.print(err, "cannot read " + unread.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (root instanceof IOException) {
            ErrorLine.print(err, "cannot write: " + root.getMessage());
            return ExitCode.OUT_OF_RESOURCES;
        }
        ErrorLine.print(err, "this is a defect of relaxon, please report it:");
        e.printStackTrace(err);
        err.flush();
        return ExitCode.DEFECT;
    }

    /** True for work that was abandoned because the user requested the end. */
    private static boolean isStop(Throwable e) {
        return e instanceof GaveUpException given && given.asked()
                || e.getCause() != null && isStop(e.getCause());
    }

    private static NodeLostException lost(Throwable e) {
        return e == null || e instanceof NodeLostException
                ? (NodeLostException) e
                : lost(e.getCause());
    }

    private static String outOfMemory() {
        return ("out of memory: the heap ends at %d MiB; raise it with RELAXON_JAVA_OPTS=-Xmx%dm, or"
                        + " use smaller layers or batches")
                .formatted(
                        Runtime.getRuntime().maxMemory() >> 20,
                        Runtime.getRuntime().maxMemory() >> 19);
    }

    private static boolean isBadInput(Exception e) {
        return e instanceof IllegalArgumentException
                || e instanceof MalformedFileException
                || e instanceof NoSuchFileException
                || e instanceof UncheckedIOException u
                        && (u.getCause() instanceof MalformedFileException
                                || u.getCause() instanceof NoSuchFileException);
    }

    /** A file that exists, but that this user may not read. */
    static boolean isUnreadable(FileSystemException e) {
        Path file = e.getFile() == null ? null : Path.of(e.getFile());
        return file != null && Files.exists(file) && !Files.isReadable(file);
    }

    private static String describe(Exception e) {
        Exception said = e instanceof UncheckedIOException u ? u.getCause() : e;
        return said instanceof NoSuchFileException missing
                ? "no such file: " + missing.getMessage() + place(missing)
                : said.getMessage();
    }

    /** Which part of the path is wrong, unless the exception states it. */
    private static String place(NoSuchFileException missing) {
        Path above = Path.of(missing.getFile()).toAbsolutePath().getParent();
        return missing.getReason() != null || above == null || Files.isDirectory(above)
                ? ""
                : ": its directory is not there";
    }

    private static String remedied(String message) {
        return message.endsWith(": No space left on device")
                ? message + "; free some, or name a place on another device"
                : message;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
