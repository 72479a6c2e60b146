package org.relaxon.experiments.training;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.runtime.delay.Durations;

/**
 * How examples change while they are shown. A minibatch becomes a number of frames, each of which
 * is one step of a training.
 *
 * @param kind of change
 * @param frames of each minibatch; 1 if nothing changes
 * @param frameNanos host time after which the next frame comes, whether or not the network is at
 *     rest; 0 to wait for rest
 */
public record Motion(Kind kind, int frames, long frameNanos) {
    /** Nothing changes. */
    public static final Motion STILL = new Motion(Kind.STILL, 1, 0);

    /** The syntax of {@link #parse}, a line each. */
    public static final List<String> SYNTAX =
            List.of(
                    "still    examples do not change",
                    "fade:N   every example turns into that of the next minibatch over N frames",
                    "shift:N  every picture moves by a pixel per frame, for N frames",
                    "...@T    the next frame comes after time T, at rest or not");

    private static final int FRAMES_MAX = 10_000;
    private static final Pattern TEXT = Pattern.compile("(fade|shift):([0-9]{1,9})(?:@(.+))?");

    /** The kinds of change. */
    public enum Kind {
        /** Nothing changes. */
        STILL,
        /** Every example changes gradually into the corresponding one of the next minibatch. */
        FADE,
        /** Every picture moves by one pixel per frame. */
        SHIFT
    }

    /**
     * Checks the ranges.
     *
     * @param kind of change
     * @param frames of each minibatch
     * @param frameNanos host time after which the next frame comes whether or not the network is at
     *     rest
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Motion {
        if (kind == Kind.STILL ? frames != 1 || frameNanos != 0 : frames < 2) {
            throw new IllegalArgumentException(
                    "motion: %d frames do not make %s".formatted(frames, name(kind)));
        }
        if (frames > FRAMES_MAX || frameNanos < 0) {
            throw new IllegalArgumentException(
                    "motion: need at most %d frames of a time >= 0, got %d of %d ns"
                            .formatted(FRAMES_MAX, frames, frameNanos));
        }
    }

    /**
     * Reads {@code still}, {@code fade:N} or {@code shift:N}, the last two also with {@code @T}.
     *
     * @param text such as {@code fade:10} or {@code shift:5@1ms}
     * @return the motion
     * @throws IllegalArgumentException naming the text and the allowed forms
     */
    public static Motion parse(String text) {
        if (text.equals("still")) {
            return STILL;
        }
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "motion: \"%s\" is not one of still, fade:N, shift:N, fade:N@T, shift:N@T"
                            .formatted(text));
        }
        Kind kind = m.group(1).equals("fade") ? Kind.FADE : Kind.SHIFT;
        long nanos = m.group(3) == null ? 0 : Durations.parse("motion", m.group(3));
        if (m.group(3) != null && nanos == 0) {
            throw new IllegalArgumentException("motion: a frame of zero duration has no effect");
        }
        return new Motion(kind, Integer.parseInt(m.group(2)), nanos);
    }

    /** {@return true if nothing changes} */
    public boolean isStill() {
        return kind == Kind.STILL;
    }

    /** {@return true if frames end by the clock, whether or not the network is at rest} */
    public boolean hurries() {
        return frameNanos > 0;
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        if (isStill()) {
            return name(kind);
        }
        return name(kind) + ":" + frames + (hurries() ? "@" + Durations.format(frameNanos) : "");
    }
}
