package org.relaxon.runtime.cluster;

import akka.actor.setup.ActorSystemSetup;
import akka.remote.artery.tcp.SSLEngineProvider;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import scala.Option;

/**
 * Encrypted connections of a cluster, of which both ends show a certificate. One that the authority
 * of the cluster has signed is what makes a process a member; names in it are not compared with
 * addresses, since every member is trusted with everything (SECURITY.md).
 */
public final class ClusterTls {
    /** The newer is used between members; the older tells a refused process so at once. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final int ANSWER_MILLIS = 10_000;

    private final Path directory;
    private final SSLContext context;

    private ClusterTls(Path directory, SSLContext context) {
        this.directory = directory;
        this.context = context;
    }

    /**
     * Reads the key and the certificates of a process.
     *
     * @param directory as {@link KeyFiles} makes it
     * @return connections with them
     * @throws IllegalArgumentException naming the file that is missing, readable by others, expired
     *     or anything else
     */
    public static ClusterTls of(Path directory) {
        Credentials own = Credentials.read(directory);
        own.requireValid();
        return of(own);
    }

    /** Whatever their dates. */
    static ClusterTls of(Credentials own) {
        try {
            char[] none = {};
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own.keyStore(none), none);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            KeyStore authorities = own.trustStore();
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new ClusterTls(own.directory(), context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "tls: the keys in %s cannot be used: %s"
                            .formatted(own.directory(), e.getMessage()),
                    e);
        }
    }

    /** What both ends of connections are made from. */
    SSLContext context() {
        return context;
    }

    /** What an actor system is made with, and these connections. */
    ActorSystemSetup addTo(ActorSystemSetup setup) {
        return setup.withSetup(SSLEngineProviderSetup.create(system -> new Engines()));
    }

    /**
     * Finds whether two processes accept each other, before one of them joins the other: a refusal
     * that is met later only shows as silence.
     *
     * @param member a member of the cluster; if nothing listens there, it may come yet
     * @throws IllegalArgumentException stating which end refuses what
     */
    void meet(Address member) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(member.host(), member.port()), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            handshake(member, socket);
        } catch (IOException e) {
            // nobody there, or too busy: joining goes on trying
        }
    }

    private void handshake(Address member, SSLSocket socket) throws IOException {
        // In the older protocol it ends after the other end has judged the certificate of this one.
        socket.setEnabledProtocols(new String[] {PROTOCOLS[1]});
        try {
            socket.startHandshake();
        } catch (SSLException | SocketException e) { // a refusal, or an end of the connection
            throw new IllegalArgumentException("tls: " + why(member, e), e);
        }
    }

    private String why(Address member, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertPathValidatorException path
                            && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
                return "the certificate of %s has expired; make new keys for the cluster: relaxon node --make-keys DIR"
                        .formatted(member);
            }
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("fatal alert")) {
            return "%s refuses the certificate in %s: it has expired or is of another cluster (%s)"
                    .formatted(member, directory, e.getMessage());
        }
        if (message.contains("pkix") || message.contains("certificat")) {
            return "the certificate of %s is not signed by the authority in %s: it is of another cluster"
                    .formatted(member, directory.resolve(Credentials.AUTHORITY));
        }
        return "%s does not answer in TLS: start it with --tls too (%s)"
                .formatted(member, e.getMessage());
    }

    /** The ends of connections, as the transport asks for them. */
    private final class Engines implements SSLEngineProvider {
        private SSLEngine engine(String host, int port, boolean client) {
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(client);
            engine.setEnabledProtocols(PROTOCOLS);
            if (!client) {
                engine.setNeedClientAuth(true);
            }
            return engine;
        }

        @Override
        public SSLEngine createServerSSLEngine(String host, int port) {
            return engine(host, port, false);
        }

        @Override
        public SSLEngine createClientSSLEngine(String host, int port) {
            return engine(host, port, true);
        }

        /** The handshake has verified everything. */
        @Override
        public Option<Throwable> verifyClientSession(String host, SSLSession session) {
            return Option.empty();
        }

        @Override
        public Option<Throwable> verifyServerSession(String host, SSLSession session) {
            return Option.empty();
        }
    }
}
