package org.relaxon.tools.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;

/** No process of a cluster is reached from another machine unless options state how. */
class ConnectionOptionsTest {
    private static final String HEAD = "settle --layers 3,2 --host cluster ";

    @TempDir private Path directory;

    private static void refuses(String line, String message) {
        String refusal = relaxon(line).refusal();
        assertTrue(refusal.startsWith("relaxon: " + message), refusal);
    }

    @Test
    void anotherAddressNeedsTls() {
        String why =
                ": other machines reach 10.0.0.1: give --tls DIR (relaxon node --make-keys DIR"
                        + " makes the keys), or --insecure on a network that you trust";
        refuses("node --listen 10.0.0.1:0", "listen" + why);
        refuses(HEAD + "--listen 10.0.0.2:0 --join 10.0.0.1:1", "join" + why);
        refuses(HEAD + "--listen 10.0.0.1:0 --join 127.0.0.1:1", "listen" + why);
        refuses(
                "node --join 10.0.0.1:1",
                "listen: 10.0.0.1:1 is on another machine, which must reach this one: give --listen"
                        + " HOST:0 with an address of this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0", "0:0"})
    void anAddressOfAllIsRefused(String all) {
        refuses("node --insecure --listen " + all, "listen: ");
    }

    @Test
    void contradictionsAreRefused() {
        refuses(
                "node --listen 10.0.0.1:0 --insecure --tls keys",
                "insecure: contradicts --tls; give one of them");
        refuses(
                "settle --layers 3,2 --tls keys",
                "tls: applies only to the host cluster, not to virtual");
        refuses(
                "settle --layers 3,2 --host akka --insecure",
                "insecure: applies only to the host cluster, not to akka");
        refuses(
                "settle --layers 3,2 --listen 127.0.0.1:0",
                "listen: applies only to the host cluster, not to virtual");
        refuses("node one", "one: names go with --make-keys DIR");
        refuses("node --make-keys x --threads 1", "make-keys: takes no other option, only names");
    }

    @Test
    void aProcessThatCannotListenEnds() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String where = "127.0.0.1:" + taken.getLocalPort();
            String why =
                    "listen: port %d of 127.0.0.1 is not free: another process listens there"
                            .formatted(taken.getLocalPort());
            refuses("node --listen " + where, why);
            refuses(HEAD + "--join 127.0.0.1:1 --listen " + where, why);
        }
        // documentation addresses (RFC 5737): no machine has them
        refuses(
                "node --listen 192.0.2.1:0 --insecure",
                "listen: this machine does not have the address 192.0.2.1;");
        refuses("node --listen no.invalid:0 --insecure", "listen: no host has the name no.invalid");
    }

    @Test
    void insecureIsPrinted() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            refuses("node --insecure --listen 192.0.2.1:0", "listen: this machine does not have");
        } finally {
            System.setErr(before);
        }
        String line =
                "relaxon: insecure: every process that reaches 192.0.2.1 can read and change"
                        + " everything";
        String all = printed.toString(StandardCharsets.UTF_8);
        assertEquals(1, all.lines().filter(line::equals).count(), all);
    }

    @Test
    void keysAreMadeForAllOrForEach() throws Exception {
        Path one = directory.resolve("one");
        Ran ran = relaxon("node", "--make-keys", one.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("keys in " + one + ", valid for 365 days;"), ran.out());
        assertEquals(List.of("ca.pem", "cert.pem", "key.pem"), names(one));
        refuses("node --make-keys " + one, "make-keys: " + one + " exists, and keys are never");
        Path each = directory.resolve("each");
        assertEquals(0, relaxon("node", "--make-keys", each.toString(), "a", "b").code());
        assertEquals(List.of("a", "b"), names(each));
        assertEquals(List.of("ca.pem", "cert.pem", "key.pem"), names(each.resolve("b")));
    }

    private static List<String> names(Path in) throws Exception {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void missingKeysAreNamed() {
        Path none = directory.resolve("none");
        refuses("node --tls " + none, "tls: there is no directory " + none + "; make one with:");
        refuses(
                HEAD + "--join 127.0.0.1:1 --tls " + none,
                "tls: there is no directory " + none + "; make one with:");
    }

    @Test
    void keysThatCannotBeReadAreNamed() throws Exception {
        Path keys = directory.resolve("keys");
        assertEquals(0, relaxon("node", "--make-keys", keys.toString()).code());
        Path authority = keys.resolve("ca.pem");
        Files.delete(authority);
        refuses("node --tls " + keys, "tls: there is no " + authority);
        Files.createDirectory(authority);
        refuses("node --tls " + keys, "tls: cannot read " + authority);
    }
}
