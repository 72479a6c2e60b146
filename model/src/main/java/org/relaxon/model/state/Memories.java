package org.relaxon.model.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memories that one cell holds for its rule in one phase, in the order declared. */
final class Memories {
    /** Those of a rule that declares none. */
    static final Memories NONE = new Memories(List.of(), 0, 0, 0);

    private final int neurons;
    private final int columns;
    private final Map<String, double[]> byLabel;

    Memories(List<RuleMemory> declared, int projections, int neurons, int columns) {
        this.neurons = neurons;
        this.columns = columns;
        Map<String, double[]> all = new LinkedHashMap<>();
        for (RuleMemory one : declared) {
            for (int k = 0; k < one.arrays(projections); k++) {
                all.put(one.label(k), new double[Math.multiplyExact(neurons, columns)]);
            }
        }
        byLabel = Collections.unmodifiableMap(all);
    }

    StateView view(String label) {
        double[] values = byLabel.get(label);
        if (values == null) {
            throw new IllegalArgumentException(
                    "memory: \"%s\" is not declared; declared are %s"
                            .formatted(label, byLabel.keySet()));
        }
        return new StateView(values, neurons, columns);
    }

    Map<String, double[]> byLabel() {
        return byLabel;
    }

    double[][] appendedTo(double[][] own) {
        if (byLabel.isEmpty()) {
            return own;
        }
        List<double[]> all = new ArrayList<>(List.of(own));
        all.addAll(byLabel.values());
        return all.toArray(double[][]::new);
    }

    /** Copies what both hold. */
    void recall(Memories from) {
        byLabel.forEach(
                (label, values) -> {
                    double[] held = from.byLabel.get(label);
                    if (held != null) {
                        System.arraycopy(held, 0, values, 0, values.length);
                    }
                });
    }
}
