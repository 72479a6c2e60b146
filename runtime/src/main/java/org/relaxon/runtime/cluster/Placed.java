package org.relaxon.runtime.cluster;

import java.util.List;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;

/** The lanes of a session, as their cells are placed on nodes at present. */
final class Placed {
    private final HeadSession head;
    private final List<SettlingSession> lanes;
    private final Pipeline pipeline;
    private final int[] lowered; // of each lane's thresholds

    Placed(HeadSession head, List<SettlingSession> lanes) {
        this.head = head;
        this.lanes = List.copyOf(lanes);
        pipeline = SettlingPipeline.around(this.lanes);
        lowered = new int[lanes.size()];
    }

    Pipeline pipeline() {
        return pipeline;
    }

    SettlingSession lane(int index) {
        return lanes.get(index);
    }

    /** Lowers the thresholds of a lane, as {@link SettlingSession#lowerThresholds} does. */
    boolean lower(int lane, int times) {
        lowered[lane] = times;
        return lane(lane).lowerThresholds(times);
    }

    /** Settles a lane with its thresholds lowered so many times. */
    Settlement settle(int lane, int times, Phase phase, Budget budget) {
        if (lowered[lane] != times) {
            lower(lane, times);
        }
        return lane(lane).settle(phase, budget);
    }

    /**
     * Ends all that is in progress, and the session on the nodes that are left. Its threads end
     * with {@link #close}.
     */
    void retire(NodeLostException why) {
        head.abandon(why);
        head.close();
    }

    List<NodeUsage> measure() {
        return head.measure();
    }

    void cancel() {
        pipeline.cancel();
    }

    void close() {
        pipeline.close();
    }
}
