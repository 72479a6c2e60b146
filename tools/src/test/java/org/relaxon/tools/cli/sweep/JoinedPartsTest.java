package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** The parts of a sweep are joined, and continued, with the options of the sweep. */
class JoinedPartsTest {
    private static final String SWEEP =
            "sweep --layers 3,4,2 --axis beta=1e-2,1e-3 --seeds 1 --quiet ";

    @TempDir private Path temp;
    private String parts = "";
    private String first;

    @BeforeEach
    void makeParts() throws IOException {
        for (int k = 1; k <= 2; k++) {
            Ran part = relaxon(SWEEP + "--shard %d/2 --json - --out %s".formatted(k, temp));
            String made = part.json().get("directory").asText();
            first = k == 1 ? made : first;
            parts += (k == 1 ? "" : ",") + made;
        }
    }

    /** The command in the message is true as it stands. */
    @Test
    void joiningWithoutTheOptionsNamesThem() throws IOException {
        Ran alone = relaxon("sweep --merge " + parts + " --out " + temp.resolve("joined"));
        assertEquals(2, alone.code(), alone.out());
        String message = alone.err().strip();
        String before = "relaxon: merge: needs the options of the sweep: relaxon ";
        assertTrue(message.startsWith(before), message);

        Ran joined = relaxon(message.substring(before.length()) + " --quiet");
        assertEquals(0, joined.code(), joined.err());
        assertTrue(joined.out().startsWith("2 runs of 2: 2 settled"), joined.out());
    }

    @Test
    void continuingWithoutTheOptionsNamesThem() throws IOException {
        Ran alone = relaxon("sweep --resume " + first);
        assertEquals(2, alone.code(), alone.out());
        String message = alone.err().strip();
        String before = "relaxon: resume: needs the options of the sweep: relaxon ";
        assertTrue(message.startsWith(before), message);
        assertEquals(0, relaxon(message.substring(before.length())).code(), message);
    }

    /** Of a directory that was moved, the command names the place where it is now. */
    @Test
    void aMovedDirectoryIsNamedWhereItIs() throws IOException {
        Path moved = temp.resolve("moved");
        Files.move(Path.of(first), moved);
        Ran alone = relaxon("sweep --resume " + moved);
        assertEquals(2, alone.code(), alone.out());
        assertTrue(alone.err().strip().endsWith("--resume " + moved), alone.err());
        String command = alone.err().strip().replaceFirst(".*sweep: relaxon ", "");
        assertEquals(0, relaxon(command).code(), command);
        Ran none = relaxon("sweep --resume " + temp.resolve("none"));
        assertEquals(2, none.code(), none.out());
        assertTrue(none.err().contains("resume: there is no directory"), none.err());
    }

    @Test
    void aPartContinuesAsThatPart() throws IOException {
        Ran whole = relaxon(SWEEP + "--resume " + first);
        assertEquals(2, whole.code(), whole.out());
        assertTrue(whole.err().contains("is of the part 1/2; add --shard 1/2"), whole.err());
        assertEquals(0, relaxon(SWEEP + "--shard 1/2 --resume " + first).code(), "the twin");
        Ran all = relaxon(SWEEP + "--json - --out " + temp.resolve("whole"));
        String directory = all.json().get("directory").asText();
        Ran part = relaxon(SWEEP + "--shard 1/2 --resume " + directory);
        assertEquals(2, part.code(), part.out());
        assertTrue(part.err().contains("is of the whole sweep; leave out --shard"), part.err());
    }

    @Test
    void partsThatAreRefusedLeaveNothing() {
        Path out = temp.resolve("refused");
        Ran refused = relaxon(SWEEP + "--merge " + first + " --out " + out);
        assertEquals(2, refused.code(), refused.out());
        assertFalse(Files.exists(out), "a directory was made");
    }

    @Test
    void joiningWithOtherOptionsNamesTheDifference() {
        Ran other = relaxon(SWEEP + "--tolerance 1e-3 --merge " + parts);
        assertEquals(2, other.code(), other.out());
        assertTrue(other.err().contains("merge: " + first), other.err());
        assertTrue(other.err().contains("--tolerance"), other.err());
        assertEquals(0, relaxon(SWEEP + "--merge " + parts).code(), "the twin");
    }
}
