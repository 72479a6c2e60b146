package org.relaxon.experiments.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts, numbers and files, each with its length, so that none runs into the next. */
final class ContentHash {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    ContentHash add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        digest.update(bytes);
        return this;
    }

    ContentHash add(double[] numbers) {
        length(numbers.length);
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
        bytes.asDoubleBuffer().put(numbers);
        digest.update(bytes.array());
        return this;
    }

    /** The hexadecimal digits of everything added; ends this hash. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void length(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** SHA-256 of one file, as other programs compute it. */
    static String of(Path file) throws IOException {
        ContentHash hash = new ContentHash();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.digest.update(buffer, 0, n);
            }
        }
        return hash.hex();
    }
}
