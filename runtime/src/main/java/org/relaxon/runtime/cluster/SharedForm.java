package org.relaxon.runtime.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/** Writes down what shards add up over numbers that several cells share. */
final class SharedForm {
    private static final int LEAST_BYTES = 12; // of an entry

    private SharedForm() {}

    static <T> void save(Map<Numbers, T> map, BiConsumer<T, StateWriter> value, StateWriter out) {
        out.writeInt(map.size());
        new TreeMap<>(map)
                .forEach(
                        (numbers, one) -> {
                            out.writeInt(numbers.projection());
                            out.writeInt(numbers.firstRow());
                            value.accept(one, out);
                        });
    }

    static <T> Map<Numbers, T> load(StateReader in, Function<StateReader, T> value) {
        Map<Numbers, T> map = new TreeMap<>();
        for (int k = in.readCount(Integer.MAX_VALUE, LEAST_BYTES); k > 0; k--) {
            Numbers numbers = new Numbers(in.readInt(), in.readInt());
            map.put(numbers, value.apply(in));
        }
        return map;
    }

    static void saveRows(double[][] rows, StateWriter out) {
        out.writeInt(rows.length);
        Arrays.stream(rows).forEach(out::writeDoubles);
    }

    static double[][] loadRows(StateReader in) {
        double[][] rows = new double[in.readCount(Integer.MAX_VALUE, Integer.BYTES)][];
        Arrays.setAll(rows, i -> in.readDoubles());
        return rows;
    }

    /** Writes the weights of all projections that share them. */
    static void saveShared(Network network, Parameters sums, StateWriter out) {
        for (Projection p : network.projections()) {
            if (p.sharesWeights()) {
                Arrays.stream(sums.weights(p.index())).forEach(out::writeDoubles);
            }
        }
    }

    static void loadShared(Network network, Parameters into, StateReader in) {
        for (Projection p : network.projections()) {
            if (p.sharesWeights()) {
                Arrays.stream(into.weights(p.index())).forEach(in::readDoubles);
            }
        }
    }
}
