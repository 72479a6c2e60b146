package org.relaxon.experiments.format;

/**
 * The position of one entry's bytes in a zip archive, checked against the archive.
 *
 * @param name as stored, plain ASCII
 * @param deflated whether the bytes are compressed
 * @param checksum CRC-32 of the expanded bytes, unsigned
 * @param start position of the first byte in the archive
 * @param storedBytes length in the archive
 * @param bytes length when expanded, as the archive states
 */
record ZipMember(
        String name, boolean deflated, long checksum, long start, long storedBytes, long bytes) {}
