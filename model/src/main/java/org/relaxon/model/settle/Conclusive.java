package org.relaxon.model.settle;

/**
 * A verdict whose state leads to an update that claims a gradient: {@link Settled} at an energy
 * minimum, or {@link Completed} by dataflow.
 */
public sealed interface Conclusive extends Settlement permits Settled, Completed {
    /** {@return the state that was reached; it holds for the columns listed as settled} */
    Equilibrium equilibrium();
}
