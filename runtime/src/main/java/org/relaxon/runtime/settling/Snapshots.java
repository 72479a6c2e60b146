package org.relaxon.runtime.settling;

import java.util.HashMap;
import java.util.Map;
import org.relaxon.model.phase.Phase;

/** What a session knows about the states that it has saved by name. */
final class Snapshots {
    /**
     * Facts about a saved state.
     *
     * @param off distances that the audit's sweep moved; null if it was not swept
     */
    record Saved(int columns, boolean settled, double[][] off) {}

    private final Map<String, Saved> byName = new HashMap<>();

    void add(String name, Saved saved) {
        byName.put(name, saved);
    }

    /** They belong to other weights. */
    void clear() {
        byName.clear();
    }

    /** The state that a phase starts from; null if it starts at rest. */
    Saved start(Phase phase) {
        return phase.start() == null ? null : byName.get(phase.start());
    }

    /** Refuses a phase whose start is not saved, or does not fit it. */
    void requireStart(Phase phase) {
        if (phase.start() == null) {
            return;
        }
        Saved saved = start(phase);
        if (saved == null) {
            throw new IllegalArgumentException(
                    "start: no state has been saved as \"%s\"".formatted(phase.start()));
        }
        if (phase.columns() % saved.columns() != 0) {
            throw new IllegalArgumentException(
                    "start: \"%s\" was saved with %d columns, the phase has %d, not a multiple"
                            .formatted(phase.start(), saved.columns(), phase.columns()));
        }
    }
}
