package org.relaxon.runtime;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;

/**
 * A node of the cluster that holds cells was lost, and its cells could not be placed again. Nothing
 * that was in progress counts. The message names the node.
 */
public final class NodeLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A loss.
     *
     * @param message which node, and why the work does not go on without it
     */
    public NodeLostException(String message) {
        super(message);
    }

    /**
     * {@return the same loss with more about it}
     *
     * @param more what follows the message
     */
    public NodeLostException with(String more) {
        NodeLostException out = new NodeLostException(getMessage() + "; " + more);
        out.initCause(this);
        return out;
    }

    /**
     * {@return the verdict on a settling that was in progress}
     *
     * @param columns number of its columns
     */
    public NotSettled verdict(int columns) {
        List<ColumnVerdict> each =
                IntStream.range(0, columns)
                        .mapToObj(
                                c ->
                                        new ColumnVerdict(
                                                c, Double.NaN, Reason.NODE_LOST, getMessage()))
                        .toList();
        return new NotSettled(
                Reason.NODE_LOST,
                Double.NaN,
                getMessage(),
                List.of(),
                List.of(),
                each,
                Optional.empty());
    }
}
