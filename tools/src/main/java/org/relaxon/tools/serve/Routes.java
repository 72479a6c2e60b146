package org.relaxon.tools.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.relaxon.tools.serve.PageFiles.PageFile;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** What is served at which path; all else is 404. Only guarded requests come here. */
final class Routes implements HttpHandler {
    private static final String API = "/api/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Desk desk;
    private final Streams streams;
    private final PageFiles files;
    private final Limits limits;

    Routes(Desk desk, Streams streams, PageFiles files, Limits limits) {
        this.desk = desk;
        this.streams = streams;
        this.files = files;
        this.limits = limits;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        boolean post = exchange.getRequestMethod().equals(Methods.POST);
        if (post) {
            change(exchange, path);
        } else if (path.equals(API + "events")) {
            streams.handleRequest(exchange);
        } else if (path.equals(API + "state")) {
            exchange.dispatch(() -> send(exchange, "application/json", desk.state()));
        } else if (path.equals(API + "frames")) {
            exchange.dispatch(() -> send(exchange, "application/json", desk.frames()));
        } else {
            PageFile file = files.at(path);
            if (file == null) {
                Guard.refuse(exchange, 404, "there is nothing at this address");
            } else {
                send(exchange, file.type(), file.text());
            }
        }
    }

    private void change(HttpServerExchange exchange, String path) {
        String action = path.startsWith(API) ? path.substring(API.length()) : "";
        if (!desk.actions().contains(action)) {
            Guard.refuse(exchange, 404, "there is nothing at this address");
            return;
        }
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            Guard.refuse(exchange, 415, "the body of a change is application/json");
            return;
        }
        // The limit of the library covers the head of a request; a body can be slow as well.
        XnioExecutor.Key slow =
                exchange.getIoThread()
                        .executeAfter(
                                () -> IoUtils.safeClose(exchange.getConnection()),
                                limits.slowMillis(),
                                TimeUnit.MILLISECONDS);
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (whole, body) -> {
                            slow.remove();
                            whole.dispatch(() -> act(whole, action, body));
                        },
                        (broken, e) -> {
                            slow.remove();
                            Guard.refuse(broken, 413, "the body is too long or was not received");
                        });
    }

    private void act(HttpServerExchange exchange, String action, byte[] body) {
        try {
            JsonNode request = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (!request.isObject()) {
                throw new IllegalArgumentException("the body of a change is a JSON object");
            }
            desk.act(action, request);
            exchange.setStatusCode(204);
            exchange.endExchange();
        } catch (JsonProcessingException e) {
            Guard.refuse(exchange, 400, "the body of a change is JSON");
        } catch (IllegalArgumentException e) {
            Guard.refuse(exchange, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Guard.refuse(exchange, 500, "this is a defect of relaxon, please report it: " + e);
        }
    }

    private static void send(HttpServerExchange exchange, String type, String text) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type + "; charset=utf-8");
        exchange.getResponseSender().send(text);
    }
}
