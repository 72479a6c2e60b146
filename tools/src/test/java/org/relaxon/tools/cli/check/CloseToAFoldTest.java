package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** A minimum that is nearly lost, where differences of fixed steps were off by 1e-5. */
class CloseToAFoldTest {
    private static final String SKIP =
            """
            populations = [ { name = image, size = 8, role = input }, { name = low, size = 6 },
              { name = high, size = 5 }, { name = label, size = 4, role = output } ]
            projections = [ { from = image, to = low }, { from = low, to = high },
              { name = skip, from = image, to = high }, { from = high, to = label } ]
            """;

    private static final String ONE =
            " --seeds 1 --granularity layer --host virtual --delay none --json - --algorithm ";

    @Test
    void aCorrectUpdateIsNotDenied(@TempDir Path temp) throws IOException {
        String check = "check --network " + Files.writeString(temp.resolve("net.conf"), SKIP) + ONE;
        Ran ran = relaxon(check + "chl-clamped");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        double error = ran.json().get("relativeError").asDouble();
        assertTrue(error < 1e-8, "relative error " + error);
    }

    /** The twin: the update of another nudge than the differences are of. */
    @Test
    void anotherGradientIs(@TempDir Path temp) throws IOException {
        String check = "check --network " + Files.writeString(temp.resolve("net.conf"), SKIP) + ONE;
        Ran ran = relaxon(check + "chl-clamped --against backprop");
        assertEquals(1, ran.code(), ran.out() + ran.err());
    }
}
