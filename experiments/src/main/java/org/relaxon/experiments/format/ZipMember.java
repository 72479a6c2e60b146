package org.relaxon.experiments.format;

/**
 * Where the bytes of one entry of a zip archive lie, checked against the archive.
 *
 * @param name as stored, plain ASCII
 * @param deflated whether the bytes are compressed rather than stored
 * @param checksum CRC-32 of the expanded bytes, unsigned
 * @param start position of the first byte in the archive
 * @param storedBytes length in the archive
 * @param bytes length when expanded, as the archive claims
 */
record ZipMember(
        String name, boolean deflated, long checksum, long start, long storedBytes, long bytes) {}
