package org.relaxon.runtime.observe;

import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;

/**
 * Receives the events of a session. A frame is delivered on the thread that owns the cell at that
 * moment: on actors several threads deliver at the same time, elsewhere the thread that settles.
 * All other events and last frames come on the thread that uses the session. The cell waits
 * meanwhile, so that an observer should return quickly; a {@link Ring} passes events to another
 * thread. An observer must not use the session, except for {@code cancel}.
 *
 * <p>An exception thrown here ends the settling, which throws an {@link
 * org.relaxon.model.part.OwnPartException} that names the observer, or an exception caused by it.
 */
@FunctionalInterface
public interface Observer {
    /**
     * A phase begins.
     *
     * @param phaseId id of the settling, unique within its session
     * @param phase inputs, targets and strengths imposed
     */
    default void began(long phaseId, Phase phase) {}

    /**
     * A cell was read.
     *
     * @param frame what the owner of the cell has read
     */
    void sampled(Frame frame);

    /**
     * A settling was judged. A settling that ends with an exception has no such event.
     *
     * @param phaseId id of the settling
     * @param verdict what the settling returns
     */
    default void judged(long phaseId, Settlement verdict) {}

    /**
     * A presentation during which weights change has ended.
     *
     * @param phaseId id of the presentation
     * @param end how it ended
     */
    default void presented(long phaseId, Trained end) {}
}
