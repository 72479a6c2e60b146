package org.relaxon.runtime.quiescence;

/**
 * What some cells have counted since their phase began, as a wave found it.
 *
 * @param sent signals that they sent and that are to arrive, and wake-ups sent to them
 * @param processed signals and wake-ups that they received and relaxed upon
 * @param signals signals that they sent, also those that were lost
 * @param relaxations how often they relaxed
 */
public record Counts(long sent, long processed, long signals, long relaxations) {}
