package org.relaxon.runtime.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every process of a cluster behind a port of this one, which passes on what arrives, or holds it
 * back by the process that it comes from: partitions without any privilege. The process at the
 * other end of a connection is found in /proc.
 */
final class Relays implements AutoCloseable {
    /** Settings of all actor systems; none by default. */
    private static final String SETTINGS = System.getProperty("relaxon.loss.settings", "");

    /** One direction between two processes, by the ports under which they are known. */
    private record Direction(int from, int to) {}

    /** A connection through a relay. */
    private record Passage(Direction direction, Socket in, Socket out) {
        void cut() {
            close(in);
            close(out);
        }
    }

    private final Map<Integer, ServerSocket> servers = new ConcurrentHashMap<>(); // by known port
    private final Map<Long, Integer> ports = new ConcurrentHashMap<>(); // known port by pid
    private final Set<Direction> held = ConcurrentHashMap.newKeySet();
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();

    /** A process is known under one port and listens at another. */
    record Ports(int known, int bound) {
        Address address() {
            return new Address("127.0.0.1", known);
        }

        /** Settings of its actor system. */
        String settings() {
            return SETTINGS
                    + "\nakka.remote.artery.bind { hostname = 127.0.0.1, port = %d }"
                            .formatted(bound);
        }
    }

    /** A new relay. */
    Ports open() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            int bound;
            try (ServerSocket free = new ServerSocket(0)) {
                bound = free.getLocalPort();
            }
            Ports own = new Ports(server.getLocalPort(), bound);
            servers.put(own.known(), server);
            start(() -> accept(server, own));
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process behind a relay. */
    void belongs(Ports own, long pid) {
        ports.put(pid, own.known());
    }

    /** Holds back what goes from one process to another; {@code cut} ends present connections. */
    void hold(int from, int to, boolean cut) {
        Direction direction = new Direction(from, to);
        held.add(direction);
        if (cut) {
            passages.stream().filter(p -> p.direction().equals(direction)).forEach(Passage::cut);
        }
    }

    /** Passes everything on again. */
    void heal() {
        synchronized (change) {
            held.clear();
            change.notifyAll();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket server, Ports own) {
        while (!server.isClosed()) {
            try {
                Socket in = server.accept();
                start(() -> pass(in, own));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket in, Ports own) {
        Direction direction = new Direction(ownerOf(in.getPort()), own.known());
        try {
            await(direction);
            Socket out = new Socket(InetAddress.getLoopbackAddress(), own.bound());
            Passage passage = new Passage(direction, in, out);
            passages.add(passage);
            start(() -> copy(passage, out, in));
            copy(passage, in, out);
        } catch (IOException e) {
            close(in); // nobody listens
        }
    }

    private void copy(Passage passage, Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                await(passage.direction());
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // ends like the end of a stream
        }
        passages.remove(passage);
        passage.cut();
    }

    private void await(Direction direction) {
        synchronized (change) {
            while (held.contains(direction)) {
                try {
                    change.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** The known port of the process that holds a local port; -1 if it is none of these. */
    private int ownerOf(int port) {
        try {
            String inode = inodeOf(port);
            for (Map.Entry<Long, Integer> one : ports.entrySet()) {
                if (inode != null && holds(one.getKey(), inode)) {
                    return one.getValue();
                }
            }
        } catch (IOException e) {
            // a process that has just ended
        }
        return -1;
    }

    private static String inodeOf(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp6", "/proc/net/tcp")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.trim().split("\\s+");
                if (words.length > 9 && words[1].endsWith(local) && !words[9].equals("0")) {
                    return words[9];
                }
            }
        }
        return null;
    }

    private static boolean holds(long pid, String inode) throws IOException {
        Path files = Path.of("/proc", Long.toString(pid), "fd");
        if (!Files.isDirectory(files)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(files)) {
            for (Path one : all) {
                try {
                    String target = Files.readSymbolicLink(one).toString();
                    if (target.equals("socket:[" + inode + "]")) {
                        return true;
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // is closed
        }
    }

    @Override
    public void close() {
        servers.values()
                .forEach(
                        server -> {
                            try {
                                server.close();
                            } catch (IOException e) {
                                // is closed
                            }
                        });
        passages.forEach(Passage::cut);
        heal();
    }
}
