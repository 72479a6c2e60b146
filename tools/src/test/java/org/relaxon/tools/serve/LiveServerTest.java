package org.relaxon.tools.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server of the live page answers, and what it refuses. */
class LiveServerTest {
    private static final Limits TIGHT = new Limits(6, 2, 1 << 10, 256, 1_000);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Changes desk = new Changes();
    private final Broadcast broadcast = new Broadcast();
    private LiveServer server;
    private String token;

    /** Records what it is requested to change. */
    private static final class Changes implements Desk {
        private final List<String> made = new ArrayList<>();

        @Override
        public String state() {
            return "{\"run\":1}";
        }

        @Override
        public String frames() {
            return "[]";
        }

        @Override
        public Set<String> actions() {
            return Set.of("pause", "cut");
        }

        @Override
        public synchronized void act(String action, JsonNode request) {
            if (request.path("from").asText().startsWith("<")) {
                throw new IllegalArgumentException(
                        "no such link: <b>" + request.path("from") + "</b>");
            }
            made.add(action + request);
        }
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        server = LiveServer.open(0, desk, broadcast, Limits.DEFAULT);
        token = token(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String token(LiveServer of) throws IOException, InterruptedException {
        Matcher found =
                Pattern.compile("name=\"relaxon-token\" content=\"([0-9a-f]{64})\"")
                        .matcher(get(of, "/").body());
        assertTrue(found.find());
        return found.group(1);
    }

    private HttpResponse<String> get(LiveServer of, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create(of.address() + path.substring(1));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String action, String body) {
        return HttpRequest.newBuilder(URI.create(server.address() + "api/" + action))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder own(String action, String body) {
        String origin = server.address().replaceFirst("/$", "");
        return post(action, body).header("Origin", origin).header(Guard.TOKEN, token);
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private String raw(String request) throws IOException {
        try (RawHttp connection = new RawHttp(server.port())) {
            return connection.send(request).status();
        }
    }

    @Test
    void servesThePageAndItsFilesWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = get(server, "/");
        assertEquals(200, page.statusCode());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
        assertFalse(
                Pattern.compile("<script(?! type=\"module\" src=)|style=|\\son[a-z]+=")
                        .matcher(page.body())
                        .find());

        Matcher named = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
        int files = 0;
        while (named.find()) {
            assertEquals(200, get(server, "/" + named.group(1)).statusCode(), named.group(1));
            files++;
        }
        assertEquals(3, files);
        HttpResponse<String> script = get(server, "/main.js");
        assertEquals(
                "text/javascript; charset=utf-8",
                script.headers().firstValue("Content-Type").orElseThrow());
        Matcher imported = Pattern.compile("from '\\./([a-z]+\\.js)'").matcher(script.body());
        while (imported.find()) {
            assertEquals(200, get(server, "/" + imported.group(1)).statusCode(), imported.group(1));
            files++;
        }
        assertTrue(files >= 8, files + " files");
        assertEquals("{\"run\":1}", get(server, "/api/state").body());
        assertEquals("[]", get(server, "/api/frames").body());
    }

    @Test
    void everyServerHasATokenOfItsOwn() throws Exception {
        try (LiveServer other = LiveServer.open(0, desk, broadcast, Limits.DEFAULT)) {
            assertNotEquals(token, token(other));
        }
    }

    @Test
    void aChangeNeedsTheTokenTheOriginAndTheType() throws Exception {
        assertEquals(204, status(own("pause", "{}")));
        assertEquals(List.of("pause{}"), desk.made);
        String origin = server.address().replaceFirst("/$", "");
        assertEquals(403, status(post("pause", "{}").header("Origin", origin)));
        assertEquals(
                403,
                status(
                        post("pause", "{}")
                                .header("Origin", origin)
                                .header(Guard.TOKEN, token.replace(token.charAt(0), 'x'))));
        assertEquals(403, status(post("pause", "{}").header(Guard.TOKEN, token)));
        assertEquals(
                403,
                status(
                        post("pause", "{}")
                                .header(Guard.TOKEN, token)
                                .header("Origin", "http://evil.example")));
        assertEquals(403, status(own("pause", "{}").header("Sec-Fetch-Site", "cross-site")));
        assertEquals(415, status(own("pause", "{}").setHeader("Content-Type", "text/plain")));
        assertEquals(404, status(own("stop", "{}")));
        assertEquals(400, status(own("pause", "[]")));
        assertEquals(400, status(own("pause", "{")));
        assertEquals(1, desk.made.size(), "a refused change was made");
    }

    @Test
    void aRefusalIsPlainText() throws Exception {
        HttpResponse<String> refused =
                client.send(own("cut", "{\"from\":\"<i>\"}").build(), BodyHandlers.ofString());
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("no such link"), refused.body());
        assertEquals(
                "text/plain; charset=utf-8",
                refused.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void readingFromAnotherOriginIsRefused() throws Exception {
        HttpRequest.Builder state =
                HttpRequest.newBuilder(URI.create(server.address() + "api/state"));
        assertEquals(200, status(state));
        assertEquals(403, status(state.copy().header("Origin", "http://evil.example")));
        assertEquals(403, status(state.copy().header("Sec-Fetch-Site", "same-site")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.:%d",
                ""
            })
    void anotherHostNameIsRefused(String host) throws IOException {
        String name = host.contains("%d") ? host.formatted(server.port()) : host;
        String line = raw("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(name));
        assertTrue(line.matches("HTTP/1.1 (421|400) .*"), line);
        String local = "GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(server.port());
        assertTrue(raw(local).startsWith("HTTP/1.1 200 "), "or no name is accepted");
    }

    @Test
    void twoHostNamesOrNoneAreRefused() throws IOException {
        String own = "Host: 127.0.0.1:" + server.port() + "\r\n";
        assertTrue(raw("GET / HTTP/1.1\r\n" + own + "\r\n").contains(" 200 "));
        assertFalse(raw("GET / HTTP/1.1\r\n" + own + "Host: evil\r\n\r\n").contains(" 200 "));
        assertFalse(raw("GET / HTTP/1.0\r\n\r\n").contains(" 200 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "GARBAGE"})
    void noOtherMethodIsServed(String method) throws IOException {
        String line =
                raw("%s / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(method, server.port()));
        assertTrue(line.startsWith("HTTP/1.1 405 "), line);
    }

    @ParameterizedTest
    @CsvSource({
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2findex.html",
        "/main.js/../index.html",
        "/main.js%00.css",
        "//etc/passwd",
        "/org/relaxon/tools/serve/page/index.html",
        "/index.html",
        "/api/",
        "/api/state/..",
        "/main.js;a=b/../x"
    })
    void aPathNamesNoFile(String path) throws IOException {
        String line =
                raw("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(path, server.port()));
        assertTrue(line.matches("HTTP/1.1 (404|400) .*"), line);
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        String longest = "/?" + "a".repeat(Limits.DEFAULT.uriBytes() - 10);
        assertEquals(200, get(server, longest).statusCode());
        assertEquals(414, get(server, longest + "a".repeat(100)).statusCode());
        String header = "X: " + "a".repeat(20_000) + "\r\n";
        String own = "Host: 127.0.0.1:" + server.port() + "\r\n";
        assertFalse(raw("GET / HTTP/1.1\r\n" + own + header + "\r\n").contains(" 200 "));

        String space = " ".repeat(Limits.DEFAULT.bodyBytes() - 2);
        assertEquals(204, status(own("pause", "{}" + space)));
        assertEquals(413, status(own("pause", "{}" + space + " ")));
        String chunked =
                "POST /api/pause HTTP/1.1\r\n"
                        + own
                        + "Origin: http://127.0.0.1:"
                        + server.port()
                        + "\r\n"
                        + Guard.TOKEN
                        + ": "
                        + token
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertTrue(
                raw(chunked + "2\r\n{}\r\n0\r\n\r\n").contains(" 411 "),
                "its length is not stated");
        assertEquals(1, desk.made.size());
    }

    @Test
    void aSlowRequestIsClosed() throws Exception {
        try (LiveServer tight = LiveServer.open(0, desk, broadcast, TIGHT)) {
            String own = "Host: 127.0.0.1:" + tight.port() + "\r\n";
            try (RawHttp silent = new RawHttp(tight.port());
                    RawHttp head = new RawHttp(tight.port());
                    RawHttp body = new RawHttp(tight.port())) {
                head.send("GET / HTTP/1.1\r\n" + own);
                body.send(
                        "POST /api/pause HTTP/1.1\r\n"
                                + own
                                + "Origin: http://127.0.0.1:"
                                + tight.port()
                                + "\r\n"
                                + Guard.TOKEN
                                + ": "
                                + token(tight)
                                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{");
                assertEquals("", head.untilClosed());
                assertEquals("", body.untilClosed());
                assertEquals("", silent.untilClosed());
            }
            assertEquals(List.of(), desk.made);
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosed() throws Exception {
        Limits few = new Limits(3, 2, 1 << 10, 256, 60_000);
        try (LiveServer tight = LiveServer.open(0, desk, broadcast, few)) {
            String request =
                    "GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:" + tight.port() + "\r\n\r\n";
            List<RawHttp> open = new ArrayList<>();
            for (int k = 0; k < few.connections(); k++) {
                open.add(new RawHttp(tight.port()).send(request));
                assertTrue(open.get(k).status().contains(" 200 "));
            }
            try (RawHttp more = new RawHttp(tight.port())) {
                assertEquals("", more.untilClosed());
            }
            for (RawHttp one : open) {
                one.close();
            }
            assertTrue(answersAgain(tight.port(), request), "or it never recovers");
        }
    }

    /** Once the server has seen that the others are closed. */
    private static boolean answersAgain(int port, String request) throws IOException {
        for (int k = 0; k < 1_000; k++) {
            try (RawHttp again = new RawHttp(port)) {
                if (again.send(request).status().contains(" 200 ")) {
                    return true;
                }
            } catch (java.net.SocketException e) {
                // closed at once: not yet
            }
        }
        return false;
    }

    @Test
    void eventsArriveAndOneStreamTooManyIsRefused() throws Exception {
        try (LiveServer tight = LiveServer.open(0, desk, broadcast, TIGHT)) {
            HttpRequest events =
                    HttpRequest.newBuilder(URI.create(tight.address() + "api/events")).build();
            HttpResponse<InputStream> first = client.send(events, BodyHandlers.ofInputStream());
            HttpResponse<InputStream> second = client.send(events, BodyHandlers.ofInputStream());
            assertEquals(200, second.statusCode());
            assertEquals(503, client.send(events, BodyHandlers.ofString()).statusCode());
            read(first.body(), ": beat\n\n");
            broadcast.publish("frame", "{\"n\":0}");
            read(first.body(), "event: frame\ndata: {\"n\":0}\n\n");
            first.body().close();
            second.body().close();
        }
    }

    private static void read(InputStream from, String text) throws IOException {
        String found = "";
        while (!found.contains(text)) {
            int c = from.read();
            assertTrue(c >= 0, found);
            found += (char) c;
        }
    }

    @Test
    void aPortThatIsTakenIsOneClearLine() {
        IllegalArgumentException taken =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> LiveServer.open(server.port(), desk, broadcast, Limits.DEFAULT));
        assertTrue(
                taken.getMessage()
                        .matches(
                                "port: "
                                        + server.port()
                                        + " at 127.0.0.1 cannot be used .*--port 0.*"),
                taken.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> LiveServer.open(65_536, desk, broadcast, Limits.DEFAULT));
    }
}
