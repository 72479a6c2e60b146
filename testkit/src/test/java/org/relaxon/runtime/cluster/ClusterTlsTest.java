package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Problem;

/** A certificate of the cluster's authority makes a member; nothing else does. */
class ClusterTlsTest {
    private static final Address ANY = new Address("127.0.0.1", 0);

    @TempDir private static Path directory;
    private static Path keys;
    private static Path foreign;
    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        keys = directory.resolve("keys");
        foreign = directory.resolve("foreign");
        KeyFiles.make(keys, List.of("one", "two"));
        KeyFiles.make(foreign, List.of());
        cluster = new LocalCluster(2, ClusterTls.of(keys.resolve("one")));
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static ClusterHost head(Path own) {
        return new ClusterHost(ANY, cluster.address(), 2, ClusterTls.of(own), line -> {});
    }

    private static String refused(Path own) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> head(own).close());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        return e.getMessage();
    }

    @Test
    void membersSettleAsOneProcess() {
        Method pc = new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05);
        Agreement.of(pc, Problem.tanh(1, 3, 4, 6, 5, 3))
                .withHosts(
                        List.<java.util.function.Supplier<Host>>of(
                                Hosts::virtual, () -> head(keys.resolve("two"))))
                .withGranularities(List.of("layer"))
                .require(1e-11);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        assertEquals(
                "tls: the certificate of %s is not signed by the authority in %s: it is of another cluster"
                        .formatted(cluster.address(), foreign.resolve("ca.pem")),
                refused(foreign));
    }

    /** What the cluster shows is in order for this process, but not the other way round. */
    @Test
    void theClusterRefusesOneAsWell() throws IOException {
        Path half = copy(foreign, "half");
        Files.copy(
                keys.resolve("one/ca.pem"),
                half.resolve("ca.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                "tls: %s refuses the certificate in %s: it has expired or is of another cluster"
                        .formatted(cluster.address(), half),
                refused(half));
    }

    private static Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    @Test
    void anExpiredCertificateIsRefusedAtBothEnds() throws IOException {
        Path old = directory.resolve("old");
        KeyFiles.make(old, List.of("new", "expired"), new KeyFiles.Span("-3d", 1));
        String own = refused(old.resolve("expired"));
        assertTrue(own.startsWith("tls: " + old.resolve("expired/cert.pem") + " expired on "), own);

        ClusterTls late = ClusterTls.of(Credentials.read(old.resolve("expired")));
        try (ServerSocket server = late.context().getServerSocketFactory().createServerSocket(0)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> accept(server));
            Address member = new Address("127.0.0.1", server.getLocalPort());
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> late.meet(member));
            assertEquals(
                    "tls: the certificate of %s has expired; make new keys for the cluster: relaxon node --make-keys DIR"
                            .formatted(member),
                    e.getMessage());
            answered.join();
        }
    }

    private static void accept(ServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            assertThrows(IOException.class, socket::startHandshake);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStrangerWithoutCertificateIsRefused() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Credentials.read(keys.resolve("one")).trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket("127.0.0.1", cluster.address().port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThrows(IOException.class, socket::startHandshake);
        }
        ClusterTls.of(keys.resolve("two")).meet(cluster.address()); // one with it is not
    }

    @Test
    void aStrangerWithoutTlsGetsNothing() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", cluster.address().port())) {
            socket.getOutputStream().write("AKKA\0".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes(); // at most an alert, and the end
            assertTrue(answer.length == 0 || answer[0] == 21, answer.length + " bytes");
        }
    }

    @Test
    void aClusterWithoutTlsIsNamed() {
        try (LocalCluster open = new LocalCluster(1)) {
            ClusterTls own = ClusterTls.of(keys.resolve("one"));
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> ClusterNode.start(ANY, open.address(), 1, own));
            assertEquals(
                    "tls: %s does not answer in TLS: start it with --tls too"
                            .formatted(open.address()),
                    e.getMessage());
        }
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertEquals(
                "tls: there is no directory %s; make one with: relaxon node --make-keys %s"
                        .formatted(directory.resolve("none"), directory.resolve("none")),
                refused(directory.resolve("none")));
        for (String file : List.of("key.pem", "cert.pem", "ca.pem")) {
            Path own = copy(keys.resolve("one"), "without-" + file);
            Files.delete(own.resolve(file));
            assertEquals("tls: there is no " + own.resolve(file), refused(own));
            Files.writeString(own.resolve(file), "something else");
            Files.setPosixFilePermissions(
                    own.resolve(file), PosixFilePermissions.fromString("rw-------"));
            assertTrue(refused(own).startsWith("tls: " + own.resolve(file) + " "));
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path own = copy(keys.resolve("one"), "shown");
        Path key = own.resolve("key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(
                "tls: other users can read %s; run: chmod 600 %s".formatted(key, key),
                refused(own));
    }

    @Test
    void keysAreReadableByTheirOwnerAloneAndNeverOverwritten() throws IOException {
        try (Stream<Path> all = Files.walk(keys)) {
            for (Path one : all.toList()) {
                assertEquals(
                        Files.isDirectory(one) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(one)),
                        one.toString());
            }
        }
        String before = Files.readString(foreign.resolve("key.pem"));
        assertEquals(
                "make-keys: %s exists, and keys are never overwritten; name another directory"
                        .formatted(foreign),
                assertThrows(
                                IllegalArgumentException.class,
                                () -> KeyFiles.make(foreign, List.of()))
                        .getMessage());
        assertEquals(before, Files.readString(foreign.resolve("key.pem")));
        for (String name : List.of("../up", "", "-ext", "a b", "ä")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KeyFiles.make(directory.resolve("bad"), List.of(name)),
                    name);
        }
        assertFalse(Files.exists(directory.resolve("bad")));
        try (Stream<Path> rest = Files.list(directory)) {
            assertTrue(rest.noneMatch(p -> p.getFileName().toString().startsWith(".keys")));
        }
    }
}
