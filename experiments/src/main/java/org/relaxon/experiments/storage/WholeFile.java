package org.relaxon.experiments.storage;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file completely or not at all: the content is written beside the name, forced to the
 * device and renamed, so that a reader sees the old file or the new one. A directory that has
 * vanished is created again.
 */
public final class WholeFile {
    private static final int LINKS_MAX = 40;

    private WholeFile() {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes the content; closing the stream is allowed.
         *
         * @param out the file to be
         * @throws IOException if writing fails; the file is then left as it was
         */
        void writeTo(OutputStream out) throws IOException;

        /**
         * {@return the content that is a text in UTF-8}
         *
         * @param text whole content
         */
        static Content text(String text) {
            return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Writes a file that may exist already. A symbolic link is followed: its target is replaced,
     * and the link remains. Two writers of one file need an {@link OwnerLock}.
     *
     * @param file to be created or replaced
     * @param content written whole
     * @throws UnwritableException naming the file; the old one is unchanged
     */
    public static void replace(Path file, Content content) throws UnwritableException {
        try {
            Path target = target(file);
            Path fresh = beside(target, ".new");
            write(fresh, content);
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /**
     * Writes a file that must not exist, not even as a link.
     *
     * @param file to be created
     * @param content written whole
     * @throws UnwritableException naming the file; if it existed, it is unchanged
     */
    public static void create(Path file, Content content) throws UnwritableException {
        try {
            requireAbsent(file);
            Path fresh = beside(file, ".%d.new".formatted(ProcessHandle.current().pid()));
            write(fresh, content);
            try {
                publish(fresh, file);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /** Of two writers of the same new file one wins, where the file system has hard links. */
    private static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            requireAbsent(file);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void requireAbsent(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    /** A name beside another one, in an existing directory. */
    private static Path beside(Path target, String suffix) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private static void write(Path fresh, Content content) throws IOException {
        boolean whole = false;
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        LinkOption.NOFOLLOW_LINKS,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(new Unclosed(out));
            out.flush();
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(fresh);
            }
        }
    }

    /** A stream whose file only its owner closes. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /**
     * {@return the file that a name leads to; a link may point to a file that is not there yet}
     *
     * @param file name, possibly of a symbolic link
     * @throws FileSystemException if the links lead nowhere
     */
    public static Path target(Path file) throws IOException {
        Path at = file;
        for (int k = 0; Files.isSymbolicLink(at); k++) {
            if (k == LINKS_MAX) {
                throw new FileSystemException(file.toString(), null, "too many symbolic links");
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }
}
