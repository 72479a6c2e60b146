package org.relaxon.tools.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** Server-sent events: one worker thread for each page that is open, a bounded number of them. */
final class Streams implements HttpHandler, AutoCloseable {
    /** After so long without an event a comment is sent, which finds pages that were closed. */
    private static final long BEAT_MILLIS = 2_000;

    private static final String BEAT = ": beat\n\n";

    private final Broadcast broadcast;
    private final Semaphore free;
    private volatile boolean closed;

    Streams(Broadcast broadcast, int most) {
        this.broadcast = broadcast;
        free = new Semaphore(most);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (closed || !free.tryAcquire()) {
            Guard.refuse(exchange, 503, "too many pages are open: close one");
            return;
        }
        exchange.addExchangeCompleteListener(
                (done, next) -> {
                    free.release();
                    next.proceed();
                });
        exchange.dispatch(this::stream);
    }

    private void stream(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
        exchange.startBlocking();
        try (Broadcast.Subscription page = broadcast.subscribe();
                OutputStream out = exchange.getOutputStream()) {
            send(out, BEAT);
            while (!closed) {
                String event = page.next(BEAT_MILLIS);
                send(out, event == null ? BEAT : event);
            }
        } catch (IOException e) {
            // the page was closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.endExchange();
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
    }
}
