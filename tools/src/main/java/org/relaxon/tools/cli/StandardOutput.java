package org.relaxon.tools.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Interruption;

/**
 * The standard output of every verb, which keeps the reason if it could not be written: text
 * writers hide such failures.
 */
final class StandardOutput extends OutputStream {
    /**
     * Exit code in shells of a program whose reader has closed the pipe: 128 and the number of
     * SIGPIPE.
     */
    static final int READER_GONE = 141;

    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private final OutputStream to;
    private final boolean pipe;
    private IOException failure; // the first one; null for none

    /**
     * @param to destination of the bytes
     * @param pipe true if that is known to be a pipe, which fails only without a reader
     */
    StandardOutput(OutputStream to, boolean pipe) {
        this.to = to;
        this.pipe = pipe;
    }

    /** The standard output of this process. */
    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
    }

    /** For text; pending text is written by {@link #exitCode}. */
    PrintWriter writer() {
        return new PrintWriter(this, true, Charset.defaultCharset());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            return; // reported once, without gaps in the output
        }
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * The exit code of a command whose output must not be lost: 4 with a line on stderr if it was
     * lost, 141 without a line if its reader closed the pipe, as in {@code relaxon ...
     *
     * head -1}. A command stopped by a signal keeps the code of that signal.
     *
     * @param own of the command
     */
    int exitCode(int own, PrintWriter writer, PrintWriter err) {
        writer.flush();
        if (failure == null) {
            return own;
        }
        boolean stopped = own >= Interruption.SIGNALLED;
        boolean verdict = own == ExitCode.DONE || own == ExitCode.DOES_NOT_HOLD;
        if (readerGone()) {
            return verdict || own == ExitCode.NOT_SETTLED ? READER_GONE : own;
        }
        err.println("relaxon: cannot write to the standard output: " + failure.getMessage());
        err.flush();
        return stopped ? own : ExitCode.OUT_OF_RESOURCES;
    }

    private boolean readerGone() {
        String reason = String.valueOf(failure.getMessage());
        return pipe || reason.contains("Broken pipe"); // whose text may be in another language
    }

    private static boolean isPipe() {
        try {
            return Files.isSymbolicLink(DESCRIPTOR)
                    && Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
        } catch (IOException e) {
            return false;
        }
    }
}
