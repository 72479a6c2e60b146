package org.relaxon.tools.serve;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The server of the live page, at 127.0.0.1 alone. A page reads by GET; a change is a POST that
 * shows the token which only the page has. It is no public server: a few pages of one user.
 */
public final class LiveServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String NAME = "127.0.0.1";
    private static final int HEADER_BYTES = 8 << 10;
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int TOKEN_BYTES = 32;

    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> channel;
    private final HttpOpenListener http;
    private final Streams streams;
    private final int port;

    private LiveServer(
            XnioWorker worker,
            AcceptingChannel<StreamConnection> channel,
            HttpOpenListener http,
            Streams streams) {
        this.worker = worker;
        this.channel = channel;
        this.http = http;
        this.streams = streams;
        port = channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /**
     * Serves from now on.
     *
     * @param port to listen at; 0 for any that is free
     * @param desk what the page shows and changes
     * @param broadcast events for the pages that are open
     * @param limits of clients
     * @return the server, to be closed
     * @throws IllegalArgumentException if the port is out of range or taken
     * @throws IOException if no server can be opened
     */
    public static LiveServer open(int port, Desk desk, Broadcast broadcast, Limits limits)
            throws IOException {
        return open(LivePage.SETTLING, port, desk, broadcast, limits);
    }

    /**
     * Serves a page from now on.
     *
     * @param page that is shown
     * @param port to listen at; 0 for any that is free
     * @param desk what the page shows and changes
     * @param broadcast events for the pages that are open
     * @param limits of clients
     * @return the server, to be closed
     * @throws IllegalArgumentException if the port is out of range or taken
     * @throws IOException if no server can be opened
     */
    public static LiveServer open(
            LivePage page, int port, Desk desk, Broadcast broadcast, Limits limits)
            throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d is not in 0..65535".formatted(port));
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        Streams streams = new Streams(broadcast, limits.streams());
        Routes routes = new Routes(desk, streams, new PageFiles(page, token), limits);
        Guard guard = new Guard(routes, token, limits);
        HttpOpenListener http =
                new HttpOpenListener(
                        new DefaultByteBufferPool(true, BUFFER_BYTES), options(limits));
        http.setRootHandler(guard);
        XnioWorker worker = worker(limits.streams() + 4);
        try {
            AcceptingChannel<StreamConnection> channel =
                    worker.createStreamConnectionServer(
                            new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port),
                            ChannelListeners.openListenerAdapter(c -> take(c, http, limits)),
                            OptionMap.create(
                                    Options.REUSE_ADDRESSES,
                                    true,
                                    Options.WRITE_TIMEOUT,
                                    limits.slowMillis()));
            LiveServer server = new LiveServer(worker, channel, http, streams);
            guard.servesAt(server.port());
            channel.resumeAccepts();
            return server;
        } catch (BindException e) {
            worker.shutdownNow();
            throw new IllegalArgumentException(
                    ("port: %d at %s cannot be used (%s); give another with --port, or --port 0 for"
                                    + " any")
                            .formatted(port, NAME, e.getMessage()),
                    e);
        }
    }

    private static OptionMap options(Limits limits) {
        return OptionMap.builder()
                .set(UndertowOptions.ENABLE_STATISTICS, true) // counts connections
                .set(UndertowOptions.MAX_HEADER_SIZE, HEADER_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, (long) limits.bodyBytes())
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.slowMillis())
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, limits.slowMillis())
                .getMap();
    }

    private static XnioWorker worker(int threads) throws IOException {
        return Xnio.getInstance(LiveServer.class.getClassLoader())
                .createWorker(
                        OptionMap.builder()
                                .set(Options.WORKER_IO_THREADS, 1)
                                .set(Options.WORKER_TASK_CORE_THREADS, threads)
                                .set(Options.WORKER_TASK_MAX_THREADS, threads)
                                .set(Options.TCP_NODELAY, true)
                                .set(Options.THREAD_DAEMON, true)
                                .getMap());
    }

    /** All connections come on one thread, so that the count is exact. */
    private static void take(StreamConnection one, HttpOpenListener http, Limits limits) {
        if (http.getConnectorStatistics().getActiveConnections() >= limits.connections()) {
            IoUtils.safeClose(one);
        } else {
            http.handleEvent(one);
        }
    }

    /** {@return the port that it listens at} */
    public int port() {
        return port;
    }

    /** {@return the address of the page} */
    public String address() {
        return "http://%s:%d/".formatted(NAME, port);
    }

    @Override
    public void close() {
        streams.close();
        IoUtils.safeClose(channel);
        http.closeConnections();
        worker.shutdownNow();
    }
}
