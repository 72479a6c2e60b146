package org.relaxon.runtime.delay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.runtime.metrics.HistogramLog;
import org.relaxon.runtime.metrics.SpanHistogram;

/**
 * Travel times drawn from one histogram of a recorded run, with all intervals of its tag together.
 */
final class MeasuredDelay implements DelayModel {
    private static final long BYTES_MAX = 64L << 20;

    /**
     * The tag under which runs of this program record travel times; in a check the host precedes
     * it.
     */
    private static final String LATENCY = "signalLatencyNanos";

    private static final Pattern TEXT =
            Pattern.compile("(?<file>.+?)(?<options>(?:,(?:unit|tag)=[^,]*)*)");
    private static final Map<String, Long> UNITS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

    /** How the end of a tag names its unit. */
    private static final Map<String, String> TAG_UNITS =
            Map.of("nanos", "ns", "micros", "us", "millis", "ms", "seconds", "s");

    private final String spec;
    private final String remark;
    private final SpanHistogram measured;
    private final long unit;

    private MeasuredDelay(String spec, String remark, SpanHistogram measured, long unit) {
        this.spec = spec;
        this.remark = remark;
        this.measured = measured;
        this.unit = unit;
    }

    /**
     * Reads {@code FILE.hlog[,unit=U][,tag=NAME]}.
     *
     * @throws IllegalArgumentException in one line if the log cannot be read, leaves a choice of
     *     tags, or holds no value
     */
    static DelayModel read(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("delay: \"%s\" names no file".formatted(text));
        }
        String file = m.group("file");
        String askedUnit = option("unit", m.group("options"));
        Map<String, SpanHistogram> log = log(Path.of(file));
        String tag = choose(file, log, option("tag", m.group("options")));
        SpanHistogram measured = log.get(tag);
        if (measured.getTotalCount() == 0) {
            throw new IllegalArgumentException("delay: %s holds no measured value".formatted(file));
        }
        String unit = askedUnit == null ? unitOf(tag) : askedUnit;
        if (!UNITS.containsKey(unit)) {
            throw new IllegalArgumentException(
                    "delay: unit \"%s\" is not one of ns, us, ms, s".formatted(unit));
        }
        String spec =
                "measured:%s,unit=%s%s".formatted(file, unit, tag.isEmpty() ? "" : ",tag=" + tag);
        return new MeasuredDelay(spec, remark(spec, tag, log), measured, UNITS.get(unit));
    }

    private static String option(String name, String options) {
        Matcher m = Pattern.compile("," + name + "=([^,]*)").matcher(options);
        String found = null;
        while (m.find()) {
            if (found != null) {
                throw new IllegalArgumentException(
                        "delay: %s is given twice in \"%s\"".formatted(name, options));
            }
            found = m.group(1);
        }
        return found;
    }

    private static Map<String, SpanHistogram> log(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                throw new IOException("not a regular file of at most 64 MiB");
            }
            Map<String, SpanHistogram> log = HistogramLog.read(Files.readAllBytes(file));
            if (log.isEmpty()) {
                throw new IllegalArgumentException(
                        "delay: %s holds no measured value".formatted(file));
            }
            return log;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "delay: %s is not a readable histogram log: %s".formatted(file, e.getMessage()),
                    e);
        }
    }

    /** The requested tag, the only one, or the only one of travel times. */
    private static String choose(String file, Map<String, SpanHistogram> log, String asked) {
        if (asked != null && log.containsKey(asked)) {
            return asked;
        }
        if (asked != null) {
            throw new IllegalArgumentException(
                    "delay: %s has no histogram with the tag \"%s\", only %s"
                            .formatted(file, asked, names(log)));
        }
        if (log.size() == 1) {
            return log.keySet().iterator().next();
        }
        List<String> latencies = log.keySet().stream().filter(t -> t.endsWith(LATENCY)).toList();
        if (latencies.size() != 1) {
            throw new IllegalArgumentException(
                    "delay: %s holds %s; choose one by \",tag=NAME\"".formatted(file, names(log)));
        }
        return latencies.get(0);
    }

    private static String names(Map<String, SpanHistogram> log) {
        List<String> names = new ArrayList<>();
        log.keySet().forEach(t -> names.add(t.isEmpty() ? "an untagged histogram" : t));
        return String.join(", ", names);
    }

    private static String unitOf(String tag) {
        String low = tag.toLowerCase(Locale.ROOT);
        return TAG_UNITS.entrySet().stream()
                .filter(e -> low.endsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("ns");
    }

    private static String remark(String spec, String tag, Map<String, SpanHistogram> log) {
        if (log.size() == 1) {
            return "";
        }
        List<String> others = log.keySet().stream().filter(t -> !t.equals(tag)).toList();
        return spec
                + " draws from "
                + (tag.isEmpty() ? "the untagged histogram" : tag)
                + ", not from "
                + String.join(
                        ", ", others.stream().map(t -> t.isEmpty() ? "the untagged" : t).toList());
    }

    @Override
    public long nanos(long seed, long link, long draw) {
        double u = CounterRandom.uniform(seed, link, draw);
        return Delays.clip((double) measured.getValueAtPercentile(100.0 * u) * unit);
    }

    @Override
    public long typicalNanos() {
        return Delays.clip(Math.min(measured.getMean(), (double) measured.getMaxValue()) * unit);
    }

    @Override
    public boolean statesMean() {
        return true;
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public String remark() {
        return remark;
    }
}
