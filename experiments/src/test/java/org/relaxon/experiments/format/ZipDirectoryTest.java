package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test changes one number of a sound archive of one stored entry. */
class ZipDirectoryTest {

    private static final int LOCAL_NAME = 30;
    private static final int STORED_BYTES = 20;
    private static final int EXPANDED_BYTES = 24;

    @TempDir private Path directory;

    private byte[] file;
    private int end;
    private int central;

    @BeforeEach
    void makeASoundArchive() throws IOException {
        file = Samples.stored("a.bin", new byte[] {1, 2, 3});
        end = file.length - 22;
        central = end - 46 - "a.bin".length();
    }

    @Test
    void theEntryIsFoundWhereItsBytesAre() throws IOException {
        ZipMember member = read().get(0);

        assertEquals("a.bin", member.name());
        assertEquals(3, member.bytes());
        assertEquals(1, file[(int) member.start()]);
        assertEquals(3, file[(int) (member.start() + member.storedBytes() - 1)]);
    }

    @Test
    void anotherNameInFrontOfTheDataIsRefused() {
        file[LOCAL_NAME] = 'b';
        assertRefused("a.bin second name");
    }

    @Test
    void dataThatReachIntoTheDirectoryAreRefused() {
        patch(central + STORED_BYTES, 4);
        patch(central + EXPANDED_BYTES, 4);
        assertRefused("a.bin size is 4; allowed: to 3");
    }

    @Test
    void aStoredEntryThatClaimsToExpandIsRefused() {
        patch(central + EXPANDED_BYTES, 4);
        assertRefused("a.bin expanded size is 4; allowed: exactly 3");
    }

    @Test
    void bytesBetweenDirectoryAndEndAreRefused() {
        patch(end + 16, central - 1);
        assertRefused("start of directory");
    }

    @Test
    void aDirectoryLargerThanItsEntriesCanBeIsRefused() {
        patch(end + 12, -1);
        assertRefused("length of directory is 4294967295");
    }

    @Test
    void anotherCountOfEntriesIsRefused() {
        patch(end + 8, 0x00020002);
        assertRefused("entry 1 is cut off");
        patch(end + 8, 0x00020001);
        assertRefused("entries here");
        patch(end + 8, 0);
        assertRefused("length of directory");
    }

    private void patch(int position, int value) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
    }

    private List<ZipMember> read() throws IOException {
        Path path = Files.write(directory.resolve("sample.zip"), file);
        try (FileChannel channel = FileChannel.open(path)) {
            return ZipDirectory.read(
                    "sample", channel, Pattern.compile("[a-z]+\\.bin"), name -> true);
        }
    }

    private void assertRefused(String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, this::read, part);
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
