package org.relaxon.experiments.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the directory at the end of a zip archive, and trusts none of its numbers.
 *
 * <p>It accepts archives as NumPy and {@link NpzWriter} write them: one volume, no comment, entries
 * in ascending order that do not overlap, stored or deflated, not encrypted, not larger than 4 GiB.
 */
final class ZipDirectory {

    static final int ENTRIES_MAX = 1000;

    /** Largest accepted quotient of expanded and stored size. */
    static final int RATIO_MAX = 100;

    /** Expanded bytes that are accepted whatever the quotient; small arrays may be all zeros. */
    static final long RATIO_FREE = 1 << 20;

    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int LOCAL_BYTES = 30;
    private static final int LOCAL_SIGNATURE = 0x04034b50;

    /** Generous for a name, extra fields and a comment; bounds the memory for the directory. */
    private static final long ENTRY_BYTES_MAX = 1024;

    /** Compression level, data descriptor, and name in UTF-8; no encryption, no patches. */
    private static final int FLAGS_ALLOWED = 0x080e;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final String file;
    private final FileChannel channel;
    private final Pattern names;
    private final Predicate<String> wanted;

    private ZipDirectory(
            String file, FileChannel channel, Pattern names, Predicate<String> wanted) {
        this.file = file;
        this.channel = channel;
        this.names = names;
        this.wanted = wanted;
    }

    /**
     * Reads and checks the directory and returns the wanted entries, in the order of the archive.
     * Of the others only the position in the archive is checked.
     *
     * @param file names the archive in messages
     * @param names pattern that the name of a wanted entry must match
     * @param wanted by name
     * @throws MalformedFileException if the archive is not as described above
     */
    static List<ZipMember> read(
            String file, FileChannel channel, Pattern names, Predicate<String> wanted)
            throws IOException {
        return new ZipDirectory(file, channel, names, wanted).members();
    }

    private List<ZipMember> members() throws IOException {
        long end = channel.size() - END_BYTES;
        String need = "an NPZ file (a ZIP archive of %d bytes or more)".formatted(END_BYTES);
        check(end >= 0, "content", channel.size() + " bytes", need);
        ByteBuffer record = bytes(end, END_BYTES);
        if (record.getInt(0) != END_SIGNATURE) {
            boolean begun = bytes(0, Integer.BYTES).getInt(0) == LOCAL_SIGNATURE;
            check(
                    false,
                    begun ? "end of archive" : "content",
                    begun ? "missing: cut off, or followed by other bytes" : "no ZIP archive",
                    begun ? "a whole NPZ file, without a comment" : "an NPZ file (a ZIP archive)");
        }
        check(record.getInt(4) == 0, "volume", hex(record.getInt(4)), hex(0));
        int count = record.getShort(10) & 0xffff;
        check(count <= ENTRIES_MAX, "number of entries", count, "0 to " + ENTRIES_MAX);
        check(record.getShort(8) == record.getShort(10), "entries here", "other", "all " + count);
        check(record.getShort(20) == 0, "archive comment", "present", "none");
        long length = unsigned(record.getInt(12));
        long lengthMax = Math.min(end, count * ENTRY_BYTES_MAX);
        check(length <= lengthMax, "length of directory", length, "0 to " + lengthMax);
        long start = unsigned(record.getInt(16));
        check(start == end - length, "start of directory", start, "exactly " + (end - length));

        ByteBuffer directory = bytes(start, (int) length);
        List<ZipMember> members = new ArrayList<>();
        long free = 0;
        for (int entry = 0; entry < count; entry++) {
            ZipMember member = member(entry, directory, free, start);
            free = member.start() + member.storedBytes();
            if (wanted.test(member.name())) {
                members.add(member);
            }
        }
        int rest = directory.remaining();
        check(rest == 0, "bytes after the last entry", rest, "none");
        return members;
    }

    /** Takes one entry from the directory; its data must lie between free and limit. */
    private ZipMember member(int entry, ByteBuffer directory, long free, long limit)
            throws IOException {
        int at = directory.position();
        int left = directory.remaining();
        check(left >= ENTRY_BYTES, "entry " + entry, "cut off", "a whole entry");
        int signature = directory.getInt(at);
        check(signature == ENTRY_SIGNATURE, "entry " + entry, hex(signature), hex(ENTRY_SIGNATURE));
        int nameBytes = directory.getShort(at + 28) & 0xffff;
        int extraBytes = directory.getShort(at + 30) & 0xffff;
        int commentBytes = directory.getShort(at + 32) & 0xffff;
        int whole = ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
        check(whole <= left, "length of entry " + entry, whole, "up to " + left);
        directory.position(at + whole);

        byte[] raw = new byte[nameBytes];
        directory.get(at + ENTRY_BYTES, raw);
        String name = new String(raw, StandardCharsets.ISO_8859_1);
        boolean asked = wanted.test(name);
        boolean named = !asked || names.matcher(name).matches();
        check(named, "name of entry " + entry, name, names.toString());
        int flags = directory.getShort(at + 8) & 0xffff;
        check(!asked || (flags & 1) == 0, name + " encryption", "on", "off");
        boolean flagged = asked && (flags & ~FLAGS_ALLOWED) != 0;
        check(!flagged, name + " flags", hex(flags), hex(FLAGS_ALLOWED));
        int method = directory.getShort(at + 10);
        boolean known = !asked || method == STORED || method == DEFLATED;
        check(known, name + " compression", method, "0 (stored) or 8 (deflated)");
        long storedBytes = unsigned(directory.getInt(at + 20));
        long bytes = unsigned(directory.getInt(at + 24));
        if (asked) {
            checkRatio(name, method, storedBytes, bytes);
        }
        long local = unsigned(directory.getInt(at + 42));
        long start = dataStart(name, raw, method, local, free, limit);
        check(storedBytes <= limit - start, name + " size", storedBytes, "to " + (limit - start));
        long checksum = unsigned(directory.getInt(at + 16));
        return new ZipMember(name, method == DEFLATED, checksum, start, storedBytes, bytes);
    }

    private void checkRatio(String name, int method, long storedBytes, long bytes)
            throws MalformedFileException {
        boolean copied = method == DEFLATED || bytes == storedBytes;
        check(copied, name + " expanded size", bytes, "exactly " + storedBytes);
        boolean modest = bytes <= RATIO_FREE || bytes / RATIO_MAX <= storedBytes;
        check(modest, name + " compression ratio", "above " + RATIO_MAX, "up to " + RATIO_MAX);
    }

    /** Checks the header in front of an entry's data and returns where the data begin. */
    private long dataStart(String name, byte[] raw, int method, long local, long free, long limit)
            throws IOException {
        long last = limit - LOCAL_BYTES - raw.length;
        boolean inside = local >= free && local <= last;
        check(inside, name + " position", local, "%d to %d".formatted(free, last));
        ByteBuffer header = bytes(local, LOCAL_BYTES + raw.length);
        int signature = header.getInt(0);
        check(signature == LOCAL_SIGNATURE, name + " head", hex(signature), hex(LOCAL_SIGNATURE));
        boolean same = (header.getShort(26) & 0xffff) == raw.length;
        same = same && header.position(LOCAL_BYTES).equals(ByteBuffer.wrap(raw));
        check(same, name + " second name", "another", "the same");
        int again = header.getShort(8);
        check(again == method, name + " second compression", again, "exactly " + method);
        long start = local + LOCAL_BYTES + raw.length + (header.getShort(28) & 0xffff);
        check(start <= limit, name + " start of data", start, "up to " + limit);
        return start;
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position + bytes.position());
            check(read >= 0, "file", "cut off while it was read", "a file at rest");
        }
        return bytes.flip();
    }

    private void check(boolean acceptable, String field, Object value, String allowed)
            throws MalformedFileException {
        if (!acceptable) {
            throw new MalformedFileException(file, field, value, allowed);
        }
    }

    private static long unsigned(int bits) {
        return Integer.toUnsignedLong(bits);
    }

    private static String hex(int bits) {
        return "0x%08x".formatted(bits);
    }
}
