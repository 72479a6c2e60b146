package org.relaxon.runtime.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.runtime.metrics.Histograms;

class MoreDelaysTest {
    private static final int DRAWS = 40_000;
    private static final long MS = 1_000_000;

    private static long[] draws(DelayModel model) {
        long[] out = new long[DRAWS];
        Arrays.setAll(out, k -> model.nanos(7, 3, k));
        Arrays.sort(out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lognormal:1ms,0.5",
                "per-link:1ms,1000.0",
                "bimodal:1ms,300ms,0.02",
                "payload:1ms,10us",
                "newest-first:1ms"
            })
    void aModelReadsBackFromItsOwnTextAndIsPure(String text) {
        DelayModel model = Delays.parse(text);
        assertEquals(text, model.spec());
        DelayModel again = Delays.parse(model.spec());
        for (int k = 0; k < 100; k++) {
            assertEquals(model.nanos(1, 2, k, 5, 77), again.nanos(1, 2, k, 5, 77));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lognormal:1ms,0",
                "lognormal:1ms",
                "per-link:1ms,1",
                "per-link:1ms,NaN",
                "bimodal:1ms,2ms,1.5",
                "bimodal:1ms,2ms",
                "payload:1ms,x",
                "newest-first:0ms",
                "newest-first:1000000s",
                "measured:",
                "measured:/nowhere/at/all.hlog"
            })
    void whatIsNoDelayIsRefused(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Delays.parse(text)).getMessage();
        assertTrue(message.startsWith("delay: "), message);
    }

    /** Standard errors of these quantiles are below 1 % with so many draws. */
    @Test
    void quantilesAreThoseOfTheDistribution() {
        long[] lognormal = draws(Delays.lognormal(MS, 0.5));
        assertEquals(1.0, lognormal[DRAWS / 2] / (double) MS, 0.02);
        double upper = Math.exp(0.5 * 1.2815515655446004);
        assertEquals(upper, lognormal[DRAWS * 9 / 10] / (double) MS, 0.04);
        long[] bimodal = draws(Delays.bimodal(MS, 300 * MS, 0.02));
        long slow = Arrays.stream(bimodal).filter(d -> d > MS).count();
        assertEquals(0.02 * (1 - 1 / 300.0), slow / (double) DRAWS, 0.003);
    }

    @Test
    void nothingTimesAnyTailIsNothing() {
        DelayModel none = Delays.lognormal(0, 60);
        assertEquals(0, none.typicalNanos());
        assertEquals(0, none.nanos(1, 2, 3));
    }

    @Test
    void aLinkKeepsItsOwnDelay() {
        DelayModel model = Delays.perLink(MS, 1000);
        double sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int link = 0; link < DRAWS; link++) {
            long d = model.nanos(7, link, 0);
            assertEquals(d, model.nanos(7, link, 99));
            sum += d;
            least = Math.min(least, d);
            most = Math.max(most, d);
        }
        assertEquals(1.0, sum / DRAWS / MS, 0.03);
        assertTrue(most / (double) least <= 1000.5 && most / (double) least > 900);
        assertNotEquals(model.nanos(7, 1, 0), model.nanos(8, 1, 0));
    }

    @Test
    void biggerPayloadsTakeLonger() {
        DelayModel model = Delays.payload(MS, 10);
        assertEquals(MS + 50, model.nanos(1, 1, 1, 5, 0));
        assertEquals(MS + 10, model.nanos(1, 1, 1));
    }

    @Test
    void whatIsSentInOneWindowArrivesInReverse() {
        DelayModel model = Delays.newestFirst(100);
        long previous = Long.MAX_VALUE;
        for (long t = 300; t < 400; t++) {
            long arrival = t + model.nanos(1, 1, 1, 1, t);
            assertTrue(arrival < previous && arrival > 400 && arrival <= 500, "sent at " + t);
            previous = arrival;
        }
        long next = 400 + model.nanos(1, 1, 1, 1, 400);
        assertTrue(next > 500, "another window is not overtaken");
    }

    @Test
    void aRecordedRunIsDrawnFrom(@TempDir Path dir) throws IOException {
        Histogram recorded = new Histogram(3);
        for (int k = 0; k < 90; k++) {
            recorded.recordValue(1000);
        }
        for (int k = 0; k < 10; k++) {
            recorded.recordValue(50_000);
        }
        Path file = dir.resolve("latency.hlog");
        HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLegend();
        recorded.setStartTimeStamp(0);
        recorded.setEndTimeStamp(1000);
        writer.outputIntervalHistogram(recorded);
        writer.outputIntervalHistogram(recorded);
        writer.close();
        DelayModel read = Delays.parse("measured:" + file);
        assertEquals("measured:" + file + ",unit=ns", read.spec());
        assertEquals("", read.remark());
        assertEquals(read.spec(), Delays.parse(read.spec()).spec());

        long[] drawn = draws(Delays.parse("measured:" + file));
        assertEquals(1e3, (double) drawn[DRAWS / 2], 1.0);
        long slow = Arrays.stream(drawn).filter(d -> d > 2000).count();
        assertEquals(0.1, slow / (double) DRAWS, 0.006);

        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(lines.size() - 1, "garbage between two intervals");
        Path torn = Files.write(dir.resolve("torn.hlog"), lines);
        assertThrows(IllegalArgumentException.class, () -> Delays.parse("measured:" + torn));
        Path broken = Files.writeString(dir.resolve("broken.hlog"), "no log\n1,2\n");
        assertThrows(IllegalArgumentException.class, () -> Delays.parse("measured:" + broken));
    }

    /** A log of three tags: travel times of 130 us, waits of 0, lateness of 7 ms. */
    private static Path log(Path dir, String latencyTag) throws IOException {
        Path file = dir.resolve(latencyTag + ".hlog");
        HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLegend();
        String[] tags = {"inboxWaitNanos", latencyTag, "timerLatenessNanos"};
        long[] values = {0, 130_000, 7_000_000};
        for (int t = 0; t < 3; t++) {
            Histogram one = Histograms.nanos();
            for (int k = 0; k < 40; k++) {
                one.recordValue(values[t]);
            }
            one.setTag(tags[t]);
            writer.outputIntervalHistogram(0, 1, one, 1.0);
        }
        writer.close();
        return file;
    }

    @Test
    void travelTimesAloneAreReplayedAndTheOtherTagsAreNamed(@TempDir Path dir) throws IOException {
        Path file = log(dir, "virtual.signalLatencyNanos");
        DelayModel model = Delays.parse("measured:" + file);
        for (long nanos : draws(model)) {
            assertEquals(130_000, nanos); // which is not the end of a bucket
        }
        assertEquals("measured:" + file + ",unit=ns,tag=virtual.signalLatencyNanos", model.spec());
        assertTrue(
                model.remark().endsWith("not from inboxWaitNanos, timerLatenessNanos"),
                model.remark());
        assertEquals(1.3e5, (double) model.typicalNanos(), 500.0);
        DelayModel late = Delays.parse("measured:" + file + ",tag=timerLatenessNanos");
        assertEquals(7_000_000, late.nanos(1, 2, 3));
        DelayModel micros = Delays.parse("measured:" + file + ",tag=inboxWaitNanos,unit=us");
        assertEquals(0, micros.nanos(1, 2, 3));
        DelayModel seconds = Delays.parse("measured:" + file + ",unit=s");
        assertEquals(130_000 * 1_000_000_000L, seconds.nanos(1, 2, 3));
    }

    @Test
    void aChoiceOfTagsIsTheUsers(@TempDir Path dir) throws IOException {
        Path file = log(dir, "pingMicros");
        assertRefused("measured:" + file, "inboxWaitNanos, pingMicros, timerLatenessNanos");
        assertRefused("measured:" + file + ",tag=pong", "no histogram with the tag \"pong\"");
        assertRefused("measured:" + file + ",tag=pingMicros,unit=h", "unit \"h\"");
        assertRefused("measured:" + file + ",tag=pingMicros,tag=x", "tag is given twice");
        DelayModel ping = Delays.parse("measured:" + file + ",tag=pingMicros");
        assertEquals(130_000_000, ping.nanos(1, 2, 3)); // the tag ends with its unit
        assertEquals(ping.spec(), Delays.parse(ping.spec()).spec());
        assertEquals(
                130_000,
                Delays.parse("measured:" + file + ",unit=ns,tag=pingMicros").nanos(1, 2, 3));
    }

    private static void assertRefused(String text, String part) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Delays.parse(text)).getMessage();
        assertTrue(message.startsWith("delay: ") && message.contains(part), message);
    }

    @Test
    void anExceptionNamesItsLink() {
        DelayOn one = DelayOn.parse("1->2=uniform:0ms,2ms");
        assertEquals("1", one.from());
        assertEquals("2", one.to());
        assertEquals("uniform:0ms,2ms", one.model().spec());
        assertEquals(one.toString(), DelayOn.parse(one.toString()).toString());
        assertThrows(IllegalArgumentException.class, () -> DelayOn.parse("1=constant:1ms"));
        assertThrows(IllegalArgumentException.class, () -> DelayOn.parse("1->=constant:1ms"));
    }
}
