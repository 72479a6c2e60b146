package org.relaxon.runtime.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The three files of a member of a cluster, in PEM.
 *
 * @param directory where they are
 * @param key private key of the member, PKCS 8
 * @param chain its certificate, and those that it rests on
 * @param authorities whose signature makes a member
 */
record Credentials(
        Path directory,
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> authorities) {
    static final String KEY = "key.pem";
    static final String CERTIFICATE = "cert.pem";
    static final String AUTHORITY = "ca.pem";
    static final String KEY_LABEL = "PRIVATE KEY";

    private static final int BYTES_MAX = 1 << 20;

    static Credentials read(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "tls: there is no directory %s; make one with: relaxon node --make-keys %s"
                            .formatted(directory, directory));
        }
        return new Credentials(
                directory,
                key(directory.resolve(KEY)),
                certificates(directory.resolve(CERTIFICATE)),
                certificates(directory.resolve(AUTHORITY)));
    }

    /** Refuses a certificate that is not valid today. */
    void requireValid() {
        Path file = directory.resolve(CERTIFICATE);
        X509Certificate own = chain.get(0);
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new IllegalArgumentException(
                    "tls: %s expired on %s; make new keys for the cluster: relaxon node --make-keys DIR"
                            .formatted(file, own.getNotAfter().toInstant()),
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new IllegalArgumentException(
                    "tls: %s is valid from %s on; is the clock of this machine right?"
                            .formatted(file, own.getNotBefore().toInstant()),
                    e);
        }
    }

    KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, password, chain.toArray(new Certificate[0]));
        return store;
    }

    KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int k = 0; k < authorities.size(); k++) {
            store.setCertificateEntry("authority-" + k, authorities.get(k));
        }
        return store;
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IllegalArgumentException("tls: %s is too large".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("tls: there is no %s".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "tls: cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<X509Certificate> certificates(Path file) {
        byte[] bytes = bytes(file);
        try {
            List<X509Certificate> read =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!read.isEmpty()) {
                return read;
            }
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "tls: %s is not a certificate in PEM: %s".formatted(file, e.getMessage()), e);
        }
        throw new IllegalArgumentException("tls: %s holds no certificate".formatted(file));
    }

    private static PrivateKey key(Path file) {
        byte[] bytes = bytes(file);
        requirePrivate(file);
        String text = new String(bytes, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN " + KEY_LABEL + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + KEY_LABEL + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "tls: %s is not a private key in PEM (PKCS 8, not encrypted)".formatted(file));
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
            return parsed(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tls: %s is not a private key in PEM: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static PrivateKey parsed(PKCS8EncodedKeySpec form) throws GeneralSecurityException {
        InvalidKeySpecException last = null;
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(form);
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    /** A key that others can read makes members of them. */
    private static void requirePrivate(Path file) {
        try {
            Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
            if (all.stream().anyMatch(p -> !p.name().startsWith("OWNER"))) {
                throw new IllegalArgumentException(
                        "tls: other users can read %s; run: chmod 600 %s".formatted(file, file));
            }
        } catch (UnsupportedOperationException e) {
            // a file system without owners
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "tls: cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
