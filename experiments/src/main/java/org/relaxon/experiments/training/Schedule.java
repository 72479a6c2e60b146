package org.relaxon.experiments.training;

import java.util.List;

/**
 * When weights change: at equilibrium, once per minibatch; at every relaxation under the target, by
 * the change of the local update; or at each of a cell's first relaxations, by the whole local
 * update.
 *
 * @param kind which of the three
 * @param updates whole updates of a cell per minibatch, greater than 0 only for incremental
 */
public record Schedule(Kind kind, long updates) {
    /** At equilibrium. */
    public static final Schedule PHASED = new Schedule(Kind.PHASED, 0);

    /** Throughout, by increments. */
    public static final Schedule CONTINUAL = new Schedule(Kind.CONTINUAL, 0);

    /** The syntax of {@link #parse}, a line each. */
    public static final List<String> SYNTAX =
            List.of(
                    "phased         once per minibatch, at equilibrium",
                    "continual      at every relaxation, by the change of the local update",
                    "incremental:N  at a cell's first N relaxations, by the whole local update");

    /** Which of the three. */
    public enum Kind {
        /** At equilibrium, once per minibatch. */
        PHASED,
        /** At every relaxation under the target, by the change of the local update. */
        CONTINUAL,
        /** At each of a cell's first relaxations, by the whole local update. */
        INCREMENTAL
    }

    /**
     * Checks that the number belongs to the kind.
     *
     * @param kind which of the three
     * @param updates whole updates of a cell per minibatch, greater than 0 only for incremental
     * @throws IllegalArgumentException if the number does not belong to the kind
     */
    public Schedule {
        if (kind == Kind.INCREMENTAL ? updates < 1 : updates != 0) {
            throw new IllegalArgumentException(
                    "schedule: %d updates do not make %s".formatted(updates, kind));
        }
    }

    /**
     * {@return a schedule that applies the whole local update at each of a cell's first
     * relaxations}
     *
     * @param updates whole updates of a cell per minibatch, at least 1
     */
    public static Schedule incremental(long updates) {
        return new Schedule(Kind.INCREMENTAL, updates);
    }

    /**
     * Reads {@code phased}, {@code continual} or {@code incremental:N}.
     *
     * @param text such as {@code incremental:10}
     * @return the schedule
     * @throws IllegalArgumentException naming the text and the allowed forms
     */
    public static Schedule parse(String text) {
        String prefix = "incremental:";
        if (text.equals("phased")) {
            return PHASED;
        }
        if (text.equals("continual")) {
            return CONTINUAL;
        }
        try {
            if (text.startsWith(prefix)) {
                return incremental(Long.parseLong(text.substring(prefix.length())));
            }
        } catch (IllegalArgumentException e) {
            throw unknown(text, e);
        }
        throw unknown(text, null);
    }

    private static IllegalArgumentException unknown(String text, Exception cause) {
        return new IllegalArgumentException(
                "schedule: \"%s\" is not one of phased, continual, incremental:N with N from 1"
                        .formatted(text),
                cause);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PHASED -> "phased";
            case CONTINUAL -> "continual";
            case INCREMENTAL -> "incremental:" + updates;
        };
    }
}
