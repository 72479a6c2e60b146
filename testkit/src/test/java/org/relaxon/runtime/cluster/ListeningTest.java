package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where the processes of a cluster listen, as the operating system lists it. */
@EnabledOnOs(OS.LINUX)
class ListeningTest {
    private static final String LISTENING = "0A";

    /** Addresses of this process's listening sockets, in the hexadecimal form of /proc. */
    private static List<String> listening() throws IOException {
        Set<String> own = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                try {
                    own.add(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    // closed since
                }
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] words = line.trim().split("\\s+");
                    if (words[3].equals(LISTENING) && own.contains("socket:[" + words[9] + "]")) {
                        addresses.add(words[1]);
                    }
                }
            }
        }
        return addresses;
    }

    private static boolean isLoopback(String address) {
        String host = address.substring(0, address.indexOf(':'));
        return host.endsWith("7F") && host.length() == 8 // 127.0.0.1, lowest byte first
                || host.equals("0000000000000000FFFF00000100007F")
                || host.equals("00000000000000000000000001000000");
    }

    private static boolean hasPort(String address, int port) {
        return address.endsWith(":%04X".formatted(port));
    }

    @Test
    void nodesAndHeadsListenOnThisMachineAlone() throws IOException {
        try (LocalCluster cluster = new LocalCluster(1);
                ClusterHost head = cluster.host()) {
            List<String> all = listening();
            for (int port : List.of(cluster.address().port(), head.address().port())) {
                assertEquals(1, all.stream().filter(a -> hasPort(a, port)).count(), all.toString());
            }
            assertTrue(all.stream().allMatch(ListeningTest::isLoopback), all.toString());
        }
    }

    @Test
    void aSocketOnEveryAddressIsSeen() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            List<String> all = listening();
            String seen =
                    all.stream().filter(a -> hasPort(a, open.getLocalPort())).findFirst().get();
            assertTrue(!isLoopback(seen), seen);
        }
    }
}
