package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** A run under delays that another run has recorded. */
class MeasuredDelayCommandTest {
    private static final String SETTLE = "settle --granularity neuron --seed 3 ";

    @TempDir private Path directory;

    private Path written(String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** 130 us lie inside a bucket, so that its end would give other moments and another trace. */
    @Test
    void aConstantDelayIsReplayedToTheNanosecond() throws IOException {
        Ran first = relaxon(SETTLE + "--delay constant:130us --json - --out " + directory);
        assertEquals(0, first.code(), first.err());
        Path log = written("latency.hlog");
        Ran second = relaxon(SETTLE + "--refractory 130us --json - --delay measured:" + log);
        assertEquals(0, second.code(), second.err());
        JsonNode recorded = first.json().get("histograms").get("signalLatencyNanos");
        JsonNode replayed = second.json().get("histograms").get("signalLatencyNanos");
        for (String figure : List.of("p50", "p99", "max")) {
            assertEquals(130_000, recorded.get(figure).asLong(), figure);
            assertEquals(130_000, replayed.get(figure).asLong(), figure);
        }
        assertEquals(first.json().get("traceHash"), second.json().get("traceHash"));
        assertTrue(second.err().contains("not from inboxWaitNanos"), second.err());
        String spec = second.json().get("delay").asText();
        assertTrue(spec.endsWith(",unit=ns,tag=signalLatencyNanos"), spec);
        Ran third = relaxon(SETTLE + "--refractory 130us --json - --delay " + spec);
        assertEquals(second.json().get("traceHash"), third.json().get("traceHash"));
        Ran other = relaxon(SETTLE + "--json - --delay measured:" + log + ",tag=inboxWaitNanos");
        assertFalse(first.json().get("traceHash").equals(other.json().get("traceHash")));
        assertEquals(2, relaxon(SETTLE + "--delay measured:" + log + ",tag=nothing").code());
    }

    @Test
    void allFilesStateTheRecordedMaximum() throws IOException {
        Ran ran = relaxon(SETTLE + "--delay constant:130us --out " + directory);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().matches("(?s).*signal latency +p50 130.0 us, .*max 130.0 us.*"));
        List<String> text = Files.readAllLines(written("latency.hgrm"));
        int at = text.indexOf("#signalLatencyNanos, in microseconds");
        List<String> own = text.subList(at, text.size());
        assertTrue(own.stream().anyMatch(l -> l.matches("#\\[Max += +130\\.000, .*")), own + "");
        assertTrue(own.stream().anyMatch(l -> l.matches(" +130\\.000 1\\.0+ +\\d+")), own + "");
        assertTrue(own.stream().noneMatch(l -> l.contains("130.0") && !l.contains("130.000")));
        String page = Files.readString(written("report.html"));
        assertTrue(page.contains(">130<"), "the report has another maximum");
        assertTrue(
                Files.readString(written("latency.hlog"))
                        .contains("Tag=signalLatencyNanos,0.000,0.001,130000.000,"));
    }
}
