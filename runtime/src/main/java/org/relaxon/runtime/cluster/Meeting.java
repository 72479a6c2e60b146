package org.relaxon.runtime.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A first connection to a member, which finds whether two processes accept each other before one of
 * them joins the other: a refusal that is met later only shows as silence.
 */
final class Meeting extends X509ExtendedKeyManager {
    /** Its handshake ends after the other end has judged the certificate of this one. */
    private static final String PROTOCOL = "TLSv1.2";

    private static final int ANSWER_MILLIS = 10_000;

    private final Credentials own;
    private final X509ExtendedKeyManager keys;
    private boolean accepted; // the certificate of the other end, which requires one in turn

    Meeting(Credentials own, X509ExtendedKeyManager keys) {
        this.own = own;
        this.keys = keys;
    }

    /** Refuses a member that this process refuses, or that refuses this process. */
    void with(Address member, TrustManager[] trust) {
        try (SSLSocket socket = socket(trust)) {
            socket.connect(new InetSocketAddress(member.host(), member.port()), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setEnabledProtocols(new String[] {PROTOCOL});
            handshake(member, socket);
        } catch (IOException e) {
            // nothing listens there yet, or it is busy: joining goes on trying
        }
    }

    private SSLSocket socket(TrustManager[] trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, trust, null);
            return (SSLSocket) context.getSocketFactory().createSocket();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("tls: " + e.getMessage(), e);
        }
    }

    private void handshake(Address member, SSLSocket socket) throws IOException {
        try {
            socket.startHandshake();
        } catch (SSLException | SocketException e) { // a refusal, or an end of the connection
            throw new IllegalArgumentException("tls: " + why(member, e), e);
        }
    }

    private String why(Address member, IOException e) {
        if (accepted) {
            return "%s refuses the certificate in %s: it has expired or is of another cluster"
                    .formatted(member, own.directory());
        }
        boolean certificate = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertPathValidatorException path
                            && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
                return "the certificate of %s has expired; make new keys for the cluster: relaxon node --make-keys DIR"
                        .formatted(member);
            }
            certificate |= cause instanceof CertificateException;
        }
        return certificate
                ? "the certificate of %s is not signed by the authority in %s: it is of another cluster"
                        .formatted(member, own.directory().resolve(Credentials.AUTHORITY))
                : "%s does not answer in TLS: start it with --tls too".formatted(member);
    }

    /** The other end has shown a certificate by now. */
    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        accepted = true;
        return keys.chooseClientAlias(types, issuers, socket);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return keys.getClientAliases(type, issuers);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return keys.getServerAliases(type, issuers);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return keys.chooseServerAlias(type, issuers, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }
}
