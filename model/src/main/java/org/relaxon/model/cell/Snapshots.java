package org.relaxon.model.cell;

import java.util.HashMap;
import java.util.Map;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;

/** The states that one cell has saved, by name. */
final class Snapshots {
    private final CellId id;
    private Map<String, Snapshot> saved = Map.of(); // until something is saved

    Snapshots(CellId id) {
        this.id = id;
    }

    /**
     * Saves a state.
     *
     * @param base name of the state that {@code now} differs from; null if it is absolute
     */
    void save(String name, Snapshot now, String base) {
        if (saved.isEmpty()) {
            saved = new HashMap<>();
        }
        saved.put(name, base == null ? now : now.plus(saved.get(base)));
    }

    /**
     * The state of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Snapshot find(String name) {
        Snapshot found = saved.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "start: cell %s has no state saved as \"%s\"".formatted(id, name));
        }
        return found;
    }

    void save(StateWriter out) {
        out.writeNamed(saved, Snapshot::save);
    }

    void load(StateReader in) {
        Map<String, Snapshot> named = in.readNamed(Snapshot::load);
        saved = named.isEmpty() ? Map.of() : named;
    }
}
