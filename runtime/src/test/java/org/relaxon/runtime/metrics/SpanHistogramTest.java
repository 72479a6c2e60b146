package org.relaxon.runtime.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;

/** Maxima are values that were recorded, through every sum, copy and file. */
class SpanHistogramTest {

    private static SpanHistogram of(long... values) {
        SpanHistogram out = Histograms.nanos();
        for (long value : values) {
            out.recordValue(value);
        }
        return out;
    }

    @Test
    void theMaximumIsTheLargestValueRecorded() {
        SplittableRandom random = new SplittableRandom(5);
        SpanHistogram all = Histograms.nanos();
        SpanHistogram sum = Histograms.nanos();
        long most = 0;
        boolean coarser = false;
        for (int round = 0; round < 200; round++) {
            long value = random.nextLong(1L << random.nextInt(1, 50));
            all.recordValue(value);
            SpanHistogram one = of(value);
            coarser |= one.highestEquivalentValue(value) != value;
            sum.add(one);
            most = Math.max(most, value);
            assertEquals(most, all.getMaxValue());
            assertEquals(most, sum.getMaxValue());
            assertEquals(most, sum.copy().getMaxValue());
            assertEquals(most, all.getValueAtPercentile(100));
            assertEquals(value, one.getValueAtPercentile(50));
        }
        assertTrue(coarser, "no bucket ended above its value");
        assertEquals(200, sum.copy().getTotalCount());
        all.reset();
        assertEquals(0, all.getMaxValue());
        all.recordValue(3);
        assertEquals(3, all.getMaxValue());
    }

    @Test
    void whatIsTakenFromARecorderHasTheMaximumOfItsInterval() {
        for (SpanRecorder recorder :
                List.of(SpanRecorder.ofOneThread(), SpanRecorder.ofManyThreads())) {
            recorder.record(130_001);
            recorder.record(-5);
            SpanHistogram first = recorder.take();
            assertEquals(130_001, first.getMaxValue());
            assertEquals(2, first.getTotalCount());
            recorder.record(17);
            assertEquals(17, recorder.take().getMaxValue());
            assertEquals(0, recorder.take().getTotalCount());
            assertEquals(0, recorder.take().getMaxValue());
        }
    }

    /** Every maximum taken is a value of its interval's last bucket; none is lost. */
    @Test
    void takingWhileOthersRecordLosesNoMaximum() throws ExecutionException, InterruptedException {
        SpanRecorder recorder = SpanRecorder.ofManyThreads();
        int values = 200_000;
        FutureTask<Void> writer =
                new FutureTask<>(
                        () -> {
                            for (int k = 1; k <= values; k++) {
                                recorder.record(1000L * k);
                            }
                        },
                        null);
        Thread thread = new Thread(writer, "records");
        thread.start();
        SpanHistogram sum = Histograms.nanos();
        boolean done = false;
        while (!done) {
            done = writer.isDone();
            SpanHistogram one = recorder.take();
            long end = 0;
            for (HistogramIterationValue at : one.recordedValues()) {
                end = at.getValueIteratedTo(); // of the last bucket that has counts
            }
            assertTrue(one.getMaxValue() <= end, one.getMaxValue() + " above " + end);
            assertTrue(one.getMaxValue() >= one.lowestEquivalentValue(end));
            sum.add(one);
        }
        writer.get();
        assertEquals(values, sum.getTotalCount());
        assertEquals(1000L * values, sum.getMaxValue());
    }

    @Test
    void aLogKeepsTagsAndMaxima() throws IOException {
        byte[] log = log(1.0, of(130_000), of(5, 999_999));
        Map<String, SpanHistogram> read = HistogramLog.read(log);
        assertEquals(List.of("a", "b"), List.copyOf(read.keySet()));
        assertEquals(130_000, read.get("a").getMaxValue());
        assertEquals(999_999, read.get("b").getMaxValue());
        assertEquals(2, read.get("b").getTotalCount());
        // another writer: milliseconds with three digits, which are all that is known
        Map<String, SpanHistogram> coarse = HistogramLog.read(log(1e6, of(130_000), of(999_999)));
        assertEquals(130_000, coarse.get("a").getMaxValue());
        assertEquals(1_000_000, coarse.get("b").getMaxValue());
        // and one whose unit is not known
        Map<String, SpanHistogram> odd = HistogramLog.read(log(7.0, of(130_000), of(999_999)));
        assertEquals(of(0).highestEquivalentValue(130_000), odd.get("a").getMaxValue());
        String text = new String(log, StandardCharsets.UTF_8);
        for (String broken :
                List.of(
                        text.replaceAll("130000[^,]*,", "x,"),
                        text + "one more line\n",
                        text.replaceAll("HISTFAAA[A-Za-z0-9]", "HISTFAAA!"))) {
            assertThrows(
                    IOException.class,
                    () -> HistogramLog.read(broken.getBytes(StandardCharsets.UTF_8)),
                    broken);
        }
    }

    private static byte[] log(double unit, SpanHistogram a, SpanHistogram b) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            a.setTag("a");
            b.setTag("b");
            writer.outputIntervalHistogram(0, 1, a, unit);
            writer.outputIntervalHistogram(0, 1, b, unit);
        }
        return bytes.toByteArray();
    }
}
