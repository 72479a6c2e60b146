package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a check of the whole family leaves out, by name. */
class LeftOutTest {
    private static List<String> leftOut(Ran ran) {
        return ran.err().lines().filter(l -> l.startsWith("left out: ")).toList();
    }

    /** A variant that is refused is not taken for its algorithm, which runs. */
    @Test
    void variantsAreNamedAsSuch() {
        Ran own = relaxon("check --all --dry-run --feedback random");
        assertEquals(0, own.code(), own.err());
        List<String> lines = leftOut(own);
        String joint =
                lines.stream().filter(l -> l.contains("joint energy")).findFirst().orElse("");
        assertTrue(joint.contains("pc-nudge coordinate, "), own.err());
        assertFalse(own.err().contains(": pc-nudge: "), own.err());
        assertFalse(own.err().contains(" pc-nudge, "), own.err());
        assertTrue(lines.stream().allMatch(l -> l.contains("feedback weights")), joint);
        assertTrue(own.out().contains("pc-nudge"), own.out());
        assertFalse(own.out().contains("pc-nudge coordinate"), own.out());
    }

    /** The twin: with transposed weights everything runs. */
    @Test
    void nothingIsLeftOutOfAChain() {
        Ran plain = relaxon("check --all --dry-run");
        assertEquals(List.of(), leftOut(plain));
        assertTrue(plain.out().contains("pc-nudge coordinate"), plain.out());
    }
}
