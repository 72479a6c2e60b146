package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a library of the system is missing, pictures are left out with one line. */
class DrawingTest {
    @Test
    void aMissingLibraryIsNamedWithWhatToInstall() {
        String line =
                Drawing.obstacle(
                                () -> {
                                    throw new UnsatisfiedLinkError("libfreetype.so.6: none");
                                })
                        .orElseThrow();
        assertTrue(line.contains("install fontconfig"), line);
        assertTrue(line.contains("libfreetype.so.6: none"), line);
    }

    @Test
    void whereLettersCanBeDrawnThereIsNoObstacle() {
        assertEquals(Optional.empty(), Drawing.obstacle(() -> {}));
        assertEquals(Optional.empty(), Drawing.obstacle(), "on this machine");
    }
}
