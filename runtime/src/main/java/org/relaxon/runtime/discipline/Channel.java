package org.relaxon.runtime.discipline;

/**
 * One directed way between two cells on which parcels travel.
 *
 * @param from index of the sending cell
 * @param to index of the receiving cell
 * @param slot where the receiver's protocol takes parcels of this channel
 */
public record Channel(int from, int to, int slot) {}
