package org.relaxon.experiments.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a file, held by one owner at a time. It is a lock of the operating system on
 * the file {@code NAME.lock}, which ends with the process however that ends; its content names the
 * owner.
 *
 * <p>POSIX releases such a lock when its process closes any other descriptor of the same file. The
 * file of a held lock is therefore never opened here, and a table distinguishes owners in this
 * process.
 */
public final class OwnerLock implements AutoCloseable {
    private static final int TRIES = 100;
    private static final int TEXT_MAX = 4096;
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final Path file;
    private final Object key; // distinguishes files of one name; null where there is none

    private OwnerLock(FileChannel channel, Path file, Object key) {
        this.channel = channel;
        this.file = file;
        this.key = key;
    }

    /**
     * Takes the lock for this process, identified by its number, host, start and command.
     *
     * @param subject file to be written; a symbolic link stands for its target
     * @return the lock, held until it is closed
     * @throws IllegalArgumentException naming the owner if another process or sweep has the lock
     * @throws UnwritableException if there cannot be a lock
     */
    public static OwnerLock take(Path subject) throws IOException {
        return take(subject, thisProcess());
    }

    /**
     * Takes the lock for a named owner.
     *
     * @param subject file to be written; a symbolic link stands for its target
     * @param owner one line that identifies this owner
     * @return the lock, held until it is closed
     * @throws IllegalArgumentException naming the owner if another one has the lock
     * @throws UnwritableException if there cannot be a lock
     */
    public static OwnerLock take(Path subject, String owner) throws IOException {
        Path file;
        try {
            Path target = WholeFile.target(subject).toAbsolutePath();
            Path parent = target.getParent().toRealPath();
            file = parent.resolve(target.getFileName() + ".lock");
        } catch (IOException e) {
            throw new UnwritableException(subject, e);
        }
        String other = HELD_HERE.putIfAbsent(file, owner);
        if (other != null) {
            throw refusal(subject, other);
        }
        OwnerLock lock = null;
        try {
            for (int k = 0; lock == null && k < TRIES; k++) {
                lock = tryOnce(subject, file, owner);
            }
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        } finally {
            if (lock == null) {
                HELD_HERE.remove(file);
            }
        }
        if (lock == null) {
            throw refusal(subject, "several processes");
        }
        return lock;
    }

    /** Null if the file was deleted by its last owner after it was opened here. */
    private static OwnerLock tryOnce(Path subject, Path file, String owner) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        OwnerLock out = null;
        try {
            Object key = key(file);
            // beyond the text, which others may read where locks forbid reading
            if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
                throw refusal(subject, text(channel));
            }
            if (key != NOWHERE && Objects.equals(key, key(file))) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
                out = new OwnerLock(channel, file, key);
            }
            return out;
        } finally {
            if (out == null) {
                channel.close();
            }
        }
    }

    private static final Object NOWHERE = new Object();

    private static Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return NOWHERE;
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(TEXT_MAX);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return text.isBlank() ? "another process" : text.strip();
    }

    private static IllegalArgumentException refusal(Path subject, String owner) {
        return new IllegalArgumentException(
                "%s is being written by %s; wait for it, stop it or name another"
                        .formatted(subject, owner));
    }

    private static String thisProcess() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        String command = System.getProperty("sun.java.command", "");
        return "process %d on %s%s%s"
                .formatted(
                        self.pid(),
                        host(),
                        self.info().startInstant().map(at -> ", running since " + at).orElse(""),
                        command.isEmpty() ? "" : ": " + command.replaceAll("\\s+", " "));
    }

    /** The name of this machine, without a network request. */
    private static String host() throws IOException {
        Path linux = Path.of("/proc/sys/kernel/hostname");
        if (Files.isReadable(linux)) {
            return Files.readString(linux).strip();
        }
        String windows = System.getenv("COMPUTERNAME");
        return windows == null ? "this host" : windows;
    }

    /** Releases it; a file that belongs to another owner by now remains. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            if (Objects.equals(key, key(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // if the name leads nowhere by now; a remaining file is not a lock without its owner
        } finally {
            channel.close();
            HELD_HERE.remove(file);
        }
    }
}
