package org.relaxon.runtime.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the keys of a cluster: an authority of its own, and certificates that it signs. The key of
 * the authority is not kept, so that nothing can sign another member; a cluster that needs one gets
 * new keys. The keytool of the JDK does the work.
 */
public final class KeyFiles {
    /** How long certificates are valid. */
    public static final int DAYS = 365;

    private static final int NAMES_MAX = 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String PASSWORD = "RELAXON_KEYSTORE"; // variable, seen by keytool alone
    private static final String SIGNER = "ca";

    private final Path work;
    private final String password;

    private KeyFiles(Path work) {
        this.work = work;
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        password = Base64.getUrlEncoder().encodeToString(secret);
    }

    /**
     * Makes a directory of keys.
     *
     * @param directory must not exist
     * @param names empty for one certificate in {@code directory} itself; otherwise one is made for
     *     each name, in a directory of that name inside
     * @throws IllegalArgumentException if it exists, or a name cannot be that of a directory
     * @throws IOException if it cannot be written, or there is no keytool
     */
    public static void make(Path directory, List<String> names) throws IOException {
        make(directory, names, Span.USUAL);
    }

    /**
     * When certificates are valid.
     *
     * @param begin offset to now, as keytool reads it
     * @param days how long from then on
     */
    record Span(String begin, int days) {
        /** Clocks differ a little. */
        static final Span USUAL = new Span("-1H", DAYS);
    }

    /** Certificates of members are valid in a span; that of the authority in the usual one. */
    static void make(Path directory, List<String> names, Span members) throws IOException {
        requireNames(names);
        Path whole = directory.toAbsolutePath();
        if (Files.exists(whole)) {
            throw exists(directory);
        }
        Files.createDirectories(whole.getParent());
        Path work = Files.createTempDirectory(whole.getParent(), ".keys", readableByOwner("rwx"));
        try {
            Path result = Files.createDirectory(work.resolve("result"), readableByOwner("rwx"));
            new KeyFiles(work).fill(result, names, members);
            Files.move(result, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw exists(directory);
        } finally {
            delete(work);
        }
    }

    private static IllegalArgumentException exists(Path directory) {
        return new IllegalArgumentException(
                "make-keys: %s exists, and keys are never overwritten; name another directory"
                        .formatted(directory));
    }

    private static void requireNames(List<String> names) {
        if (names.size() > NAMES_MAX) {
            throw new IllegalArgumentException(
                    "make-keys: %d names, at most %d".formatted(names.size(), NAMES_MAX));
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "make-keys: \"%s\" is not a name of a node: use letters, digits, . _ -"
                                .formatted(name));
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("make-keys: %s is given twice".formatted(name));
            }
        }
    }

    private static FileAttribute<?>[] readableByOwner(String owner) {
        return Stream.of(owner + "------")
                .map(PosixFilePermissions::fromString)
                .map(PosixFilePermissions::asFileAttribute)
                .toArray(FileAttribute<?>[]::new);
    }

    private void fill(Path result, List<String> names, Span members) throws IOException {
        keytool(
                SIGNER,
                "Relaxon cluster",
                Span.USUAL,
                List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign"));
        List<String> member =
                List.of(
                        "-ext",
                        "ku:c=digitalSignature",
                        "-ext",
                        "eku=serverAuth,clientAuth",
                        "-signer",
                        SIGNER);
        List<String> all = names.isEmpty() ? List.of("member") : names;
        for (int k = 0; k < all.size(); k++) {
            keytool("member-" + k, all.get(k), members, member);
        }
        try (InputStream in = Files.newInputStream(store())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (int k = 0; k < all.size(); k++) {
                Path own =
                        names.isEmpty()
                                ? result
                                : Files.createDirectory(
                                        result.resolve(all.get(k)), readableByOwner("rwx"));
                write(store, "member-" + k, own);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool: " + e.getMessage(), e);
        }
    }

    private void write(KeyStore store, String member, Path into)
            throws IOException, GeneralSecurityException {
        Key key = store.getKey(member, password.toCharArray());
        Certificate signer = store.getCertificate(SIGNER);
        write(into.resolve(Credentials.KEY), Credentials.KEY_LABEL, key.getEncoded());
        write(
                into.resolve(Credentials.CERTIFICATE),
                "CERTIFICATE",
                store.getCertificate(member).getEncoded());
        write(into.resolve(Credentials.AUTHORITY), "CERTIFICATE", signer.getEncoded());
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
        Files.createFile(file, readableByOwner("rw-"));
        Files.writeString(
                file, text, StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private Path store() {
        return work.resolve("store.p12");
    }

    /** Makes one pair of keys and its certificate. */
    private void keytool(String alias, String name, Span valid, List<String> more)
            throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(program)) {
            throw new IOException(
                    "make-keys: there is no %s; run relaxon with a whole JDK".formatted(program));
        }
        List<String> words = new ArrayList<>(List.of(program.toString(), "-genkeypair"));
        words.addAll(List.of("-alias", alias, "-dname", "CN=" + name, "-keyalg", "EC"));
        words.addAll(List.of("-groupname", "secp256r1", "-startdate", valid.begin()));
        words.addAll(List.of("-validity", Integer.toString(valid.days())));
        words.addAll(List.of("-storetype", "PKCS12", "-keystore", store().toString()));
        words.addAll(List.of("-storepass:env", PASSWORD));
        words.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put(PASSWORD, password);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("make-keys: keytool failed: " + printed.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("make-keys: interrupted", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
