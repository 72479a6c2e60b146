package org.relaxon.runtime.delay;

import java.util.HashSet;
import java.util.Set;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.guard.OwnParts;

/** Users' own delays, and the checks before they are used. */
final class OwnDelays {
    private static final long[] LINKS = {-2, 0, 1};
    private static final int[] NUMBERS = {1, 100};
    private static final long LATER = 1_234_567;
    private static final int DRAWS = 8;

    private OwnDelays() {}

    /**
     * @param library the library's names
     */
    static OwnParts<DelayModel> found(Set<String> library) {
        Set<String> taken = new HashSet<>(library);
        taken.add("all"); // the name that selects one of every family in a check
        return OwnParts.of(
                "delay", DelayFactory.class, taken, DelayModel::spec, OwnDelays::requireContract);
    }

    private static void requireContract(DelayModel model) {
        long typical;
        String remark;
        try {
            typical = model.typicalNanos();
            remark = model.remark();
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of("delay: " + model.spec(), e);
        }
        Delays.requireTypical(model.spec(), typical);
        if (remark == null) {
            throw new OwnPartException("delay: the remark of %s is null".formatted(model.spec()));
        }
        for (long link : LINKS) {
            for (int numbers : NUMBERS) {
                for (long draw = 0; draw < DRAWS; draw++) {
                    requirePure(model, link, draw, numbers, draw * LATER);
                }
            }
        }
    }

    private static void requirePure(DelayModel model, long link, long draw, int numbers, long now) {
        long first = Delays.drawn(model, 1, link, draw, numbers, now);
        long second = Delays.drawn(model, 1, link, draw, numbers, now);
        if (first != second) {
            throw new OwnPartException(
                    "delay: %s drew %d ns and then %d ns for the same signal; it has to be a pure"
                                    .formatted(model.spec(), first, second)
                            + " function of its arguments");
        }
    }
}
