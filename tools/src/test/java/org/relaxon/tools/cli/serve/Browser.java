package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private int last;

    private Browser(Process process, URI page, Path profile) {
        this.process = process;
        this.profile = profile;
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(page, new Messages())
                        .join();
    }

    /** The program; null where there is none. */
    static File program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                        d ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(n -> new File(d, n)))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    /** Opens a page with an empty profile. */
    static Browser open(Path profile) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                program().getPath(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-timer-throttling",
                                "--disable-renderer-backgrounding",
                                "--disable-backgrounding-occluded-windows",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = said.readLine();
        }
        Thread drain = new Thread(() -> said.lines().forEach(l -> {}));
        drain.setDaemon(true);
        drain.start();
        URI whole = URI.create(line.substring(LISTENING.length()));
        HttpRequest fresh =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://" + whole.getAuthority() + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
        String made = HttpClient.newHttpClient().send(fresh, BodyHandlers.ofString()).body();
        Browser browser =
                new Browser(
                        process,
                        URI.create(JSON.readTree(made).get("webSocketDebuggerUrl").asText()),
                        profile);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.send(domain + ".enable", JSON.createObjectNode());
        }
        browser.send("Page.bringToFront", JSON.createObjectNode()); // or nothing is animated
        return browser;
    }

    private JsonNode send(String method, ObjectNode parameters) {
        ObjectNode message = JSON.createObjectNode();
        message.put("id", ++last).put("method", method).set("params", parameters);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(last, answer);
        socket.sendText(message.toString(), true).join();
        JsonNode found = answer.join();
        if (found.has("error")) {
            throw new IllegalStateException(method + ": " + found.get("error"));
        }
        return found.get("result");
    }

    void size(int width, int height) {
        ObjectNode metrics = JSON.createObjectNode();
        metrics.put("width", width).put("height", height).put("deviceScaleFactor", 1);
        send("Emulation.setDeviceMetricsOverride", metrics.put("mobile", width < 500));
    }

    /** A preference of the user, such as prefers-color-scheme. */
    void prefers(String feature, String value) {
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features").addObject().put("name", feature).put("value", value);
        send("Emulation.setEmulatedMedia", media);
    }

    void go(String address) {
        send("Page.navigate", JSON.createObjectNode().put("url", address));
    }

    /** The value of an expression of JavaScript, or of its promise. */
    JsonNode evaluate(String script) {
        ObjectNode call = JSON.createObjectNode();
        call.put("expression", script).put("awaitPromise", true).put("returnByValue", true);
        JsonNode result = send("Runtime.evaluate", call);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Waits until an expression is true; its value. The build ends what never becomes true. */
    JsonNode until(String script) {
        return evaluate(
                "new Promise(r => { const f = () => { let v; try { v = (%s); } catch (e) { v = false; }"
                                .formatted(script)
                        + " if (v) r(v); else setTimeout(f, 50); }; f(); })");
    }

    void click(String id) {
        evaluate("document.getElementById('%s').click()".formatted(id));
    }

    /** What a user's choice does: the value, and both events. */
    void set(String id, String value) {
        evaluate(
                ("(() => { const f = document.getElementById('%s'); f.value = '%s';"
                                + " f.dispatchEvent(new Event('input', {bubbles: true}));"
                                + " f.dispatchEvent(new Event('change', {bubbles: true})); })()")
                        .formatted(id, value));
    }

    String text(String id) {
        return evaluate("document.getElementById('%s').textContent".formatted(id)).asText();
    }

    byte[] picture() {
        ObjectNode how = JSON.createObjectNode().put("format", "png");
        how.put("captureBeyondViewport", true);
        JsonNode size = evaluate("({w: innerWidth, h: document.documentElement.scrollHeight})");
        ObjectNode clip = how.putObject("clip");
        clip.put("x", 0).put("y", 0).put("scale", 1);
        clip.put("width", size.get("w").asInt()).put("height", size.get("h").asInt());
        return Base64.getDecoder().decode(send("Page.captureScreenshot", how).get("data").asText());
    }

    /** The findings of axe-core that hinder people seriously, as identities and elements. */
    List<String> hindrances() throws IOException {
        try (InputStream in = Browser.class.getClassLoader().getResourceAsStream("axe.min.js")) {
            String axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            evaluate("if (!window.axe) { " + axe + " } true");
        }
        JsonNode found =
                evaluate(
                        "axe.run().then(f => f.violations.filter(v => /serious|critical/.test(v.impact))"
                                + ".map(v => v.id + ' ' + v.nodes[0].html))");
        List<String> out = new ArrayList<>();
        found.forEach(one -> out.add(one.asText()));
        return out;
    }

    /** Bytes that scripts hold, after what none of them holds was removed. */
    long heap() {
        send("HeapProfiler.collectGarbage", JSON.createObjectNode());
        return send("Runtime.getHeapUsage", JSON.createObjectNode()).get("usedSize").asLong();
    }

    /** Errors of the console, exceptions, and addresses outside this machine. */
    List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    /** Starts with no complaints. */
    void forget() {
        complaints.clear();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        for (String link : List.of("SingletonSocket", "SingletonLock", "SingletonCookie")) {
            Files.deleteIfExists(profile.resolve(link)); // they lead out of the directory
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            JsonNode node;
            try {
                node = JSON.readTree(message);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            if (node.has("id")) {
                answers.remove(node.get("id").asInt()).complete(node);
                return;
            }
            JsonNode of = node.path("params");
            switch (node.path("method").asText()) {
                case "Runtime.exceptionThrown" -> complaints.add(of.toString());
                case "Runtime.consoleAPICalled" -> {
                    if (of.path("type").asText().matches("error|warning|assert")) {
                        complaints.add(of.path("args").toString());
                    }
                }
                case "Log.entryAdded" -> {
                    if (of.path("entry").path("level").asText().equals("error")) {
                        complaints.add(of.path("entry").toString());
                    }
                }
                case "Network.requestWillBeSent" -> {
                    String url = of.path("request").path("url").asText();
                    if (!url.startsWith("http://127.0.0.1:") && !url.startsWith("data:")) {
                        complaints.add("requests " + url);
                    }
                }
                default -> {}
            }
        }
    }
}
