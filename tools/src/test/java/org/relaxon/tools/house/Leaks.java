package org.relaxon.tools.house;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;

/** Signatures that name machinery, to show that a test sees them. */
public final class Leaks {
    private Leaks() {}

    /** Leaks by the argument of a generic type. */
    public static final class Generic {
        /** {@return cells} */
        public List<? extends Cell[]> cells() {
            return new ArrayList<>();
        }
    }

    /** Leaks by a protected field. */
    public static class Field {
        /** A cell. */
        protected Cell cell;
    }

    /** Leaks by a supertype. */
    public abstract static class Super implements Comparable<Cell> {}

    /** Names machinery where no user sees it. */
    public static final class Hidden {
        private Cell cell;

        Cell cell() {
            return cell;
        }
    }
}
