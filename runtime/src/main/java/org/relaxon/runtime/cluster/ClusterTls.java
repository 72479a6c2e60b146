package org.relaxon.runtime.cluster;

import akka.actor.setup.ActorSystemSetup;
import akka.remote.artery.tcp.SSLEngineProvider;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import scala.Option;

/**
 * Encrypted connections of a cluster, of which both ends show a certificate. One that the authority
 * of the cluster has signed is what makes a process a member; names in it are not compared with
 * addresses, since every member is trusted with everything (SECURITY.md).
 */
public final class ClusterTls {
    /** Members use the newer; {@link Meeting} needs the older. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Credentials own;
    private final X509ExtendedKeyManager keys;
    private final TrustManager[] trust;
    private final SSLContext context;

    private ClusterTls(Credentials own) throws GeneralSecurityException, IOException {
        this.own = own;
        char[] none = {};
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(own.keyStore(none), none);
        keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        TrustManagerFactory authorities = TrustManagerFactory.getInstance("PKIX");
        authorities.init(own.trustStore());
        trust = authorities.getTrustManagers();
        context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), trust, null);
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
            return new ClusterTls(own);
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
     * Finds whether this process and a member accept each other.
     *
     * @param member where it listens; if nothing does, it may come yet
     * @throws IllegalArgumentException stating which end refuses what
     */
    void meet(Address member) {
        new Meeting(own, keys).with(member, trust);
    }

    /** The ends of connections, as the transport needs them. */
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
