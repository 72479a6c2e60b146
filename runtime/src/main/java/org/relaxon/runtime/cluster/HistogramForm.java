package org.relaxon.runtime.cluster;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.metrics.SpanHistogram;

/** Writes down histograms of time spans, each with its largest value. */
final class HistogramForm {
    private static final int BYTES_MAX = 1 << 24;

    private HistogramForm() {}

    static Consumer<StateWriter> saving(Map<String, Histogram> histograms) {
        return out -> out.writeNamed(histograms, HistogramForm::save);
    }

    private static void save(Histogram one, StateWriter out) {
        ByteBuffer buffer = ByteBuffer.allocate(one.getNeededByteBufferCapacity());
        int length = one.encodeIntoCompressedByteBuffer(buffer);
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        out.writeLong(one.getMaxValue());
        out.writeInt(length);
        out.writeBytes(bytes);
    }

    /** {@return histograms by name} */
    static Map<String, Histogram> load(StateReader in) {
        return new HashMap<>(in.readNamed(HistogramForm::loadOne));
    }

    private static Histogram loadOne(StateReader in) {
        long most = in.readLong();
        byte[] bytes = new byte[in.readCount(BYTES_MAX, 1)];
        in.readBytes(bytes);
        try {
            Histogram read = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
            SpanHistogram out = Histograms.nanos();
            out.add(read, most);
            return out;
        } catch (DataFormatException | RuntimeException e) {
            throw in.refusal("a histogram: " + e.getMessage());
        }
    }
}
