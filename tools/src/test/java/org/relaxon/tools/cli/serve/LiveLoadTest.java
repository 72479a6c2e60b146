package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.serve.Limits;
import org.relaxon.tools.serve.LiveServer;

/** A live run of 200 cells for two minutes: pictures a second, and memory of page and server. */
class LiveLoadTest {
    private static final int PARTS = 12; // of a minute
    private static final String PART =
            "new Promise(r => { let n = 0; const t0 = performance.now(); const f = () => { n++;"
                    + " const t = performance.now() - t0; if (t < 5000) requestAnimationFrame(f);"
                    + " else r({pictures: n, seconds: t / 1000}); }; requestAnimationFrame(f); })";

    @TempDir private Path profile;

    private static final double BAR = 30.0; // pictures a second

    /** What one minute showed. */
    private record Minute(double rate, double least, long pageBytes, long serverBytes) {}

    @Test
    @Tag("slow")
    void twoHundredCellsAreShownSmoothlyInBoundedMemory() throws Exception {
        assumeTrue(Browser.program() != null, "no chromium on the PATH");
        String options =
                "--algorithm pc-nudge --granularity neuron --delay exponential:1ms --layers"
                        + " 10,90,90,20";
        try (LiveDesk desk = Desks.open(true, options);
                LiveServer server = LiveServer.open(0, desk, desk.broadcast(), Limits.DEFAULT);
                Browser page = Browser.open(profile)) {
            Desks.act(desk, "speed", "{'value': 50000}"); // virtual nanoseconds a second
            page.size(1400, 1000);
            double empty = page.evaluate(PART).get("pictures").asDouble() / 5;
            page.go(server.address());
            page.until("document.getElementById('problem').textContent.includes('pc-nudge')");
            page.until("document.getElementById('film').max > 5");
            Minute first = minute(page);
            Minute second = minute(page);
            assertTrue(
                    page.evaluate("!document.getElementById('pause').disabled").asBoolean(),
                    "the run was to last until the end of the measure");
            assertEquals(List.of(), page.complaints());
            page.go("about:blank");
            double after = page.evaluate(PART).get("pictures").asDouble() / 5;
            double most = Math.min(empty, after);
            System.out.printf(
                    "first minute %s%nsecond minute %s%nempty page %s and %s pictures a second%n",
                    first, second, empty, after);
            assumeTrue(0.8 * most >= BAR, "this machine shows an empty page at " + most);
            String figures = "%s, %s, empty %s".formatted(first, second, most);
            assertTrue(first.rate() >= BAR && second.rate() >= BAR, figures);
            assertTrue(second.pageBytes() <= 1.2 * first.pageBytes(), figures);
            assertTrue(second.serverBytes() <= 1.2 * first.serverBytes(), figures);
        }
    }

    /** The film of the page is full, and is thinned, within the first. */
    private static Minute minute(Browser page) {
        double pictures = 0;
        double seconds = 0;
        double least = Double.POSITIVE_INFINITY;
        long ofPage = 0;
        long ofServer = 0;
        for (int k = 0; k < PARTS; k++) {
            JsonNode part = page.evaluate(PART);
            pictures += part.get("pictures").asDouble();
            seconds += part.get("seconds").asDouble();
            double rate = part.get("pictures").asDouble() / part.get("seconds").asDouble();
            least = Math.min(least, rate);
            ofPage = Math.max(ofPage, page.heap());
            System.gc();
            Runtime own = Runtime.getRuntime();
            ofServer = Math.max(ofServer, own.totalMemory() - own.freeMemory());
        }
        return new Minute(pictures / seconds, least, ofPage, ofServer);
    }
}
