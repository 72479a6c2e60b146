package org.relaxon.tools.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Refuses every request that the page itself does not make: with another host name, as after DNS
 * rebinding; from the page of another origin; with another method than GET, or POST with the token;
 * with a long URI or body. Every response forbids scripts and resources from other places.
 */
final class Guard implements HttpHandler {
    /** The header in which the page shows its token. */
    static final String TOKEN = "X-Relaxon-Token";

    private static final HttpString TOKEN_HEADER = new HttpString(TOKEN);
    private static final HttpString SITE = new HttpString("Sec-Fetch-Site");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpHandler next;
    private final byte[] token;
    private final Limits limits;
    private volatile Set<String> hosts = Set.of(); // none until the port is known

    Guard(HttpHandler next, String token, Limits limits) {
        this.next = next;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        this.limits = limits;
    }

    void servesAt(int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        protect(exchange.getResponseHeaders());
        int uri = exchange.getRequestURI().length() + exchange.getQueryString().length();
        if (uri > limits.uriBytes()) {
            refuse(
                    exchange,
                    414,
                    "the address is longer than %d bytes".formatted(limits.uriBytes()));
        } else if (!isOwnHost(exchange.getRequestHeaders())) {
            refuse(exchange, 421, "this page is served at 127.0.0.1 alone");
        } else if (!isOwnOrigin(exchange)) {
            refuse(exchange, 403, "the request comes from a page of another origin");
        } else if (exchange.getRequestMethod().equals(Methods.GET)) {
            next.handleRequest(exchange);
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, POST");
            refuse(exchange, 405, "GET reads and POST changes; there is no other method");
        } else if (exchange.getRequestContentLength() < 0) {
            refuse(exchange, 411, "the length of the body is not stated");
        } else if (exchange.getRequestContentLength() > limits.bodyBytes()) {
            refuse(exchange, 413, "the body is longer than %d bytes".formatted(limits.bodyBytes()));
        } else if (!hasToken(exchange.getRequestHeaders())) {
            refuse(exchange, 403, "the request shows no token of this page: load the page again");
        } else {
            next.handleRequest(exchange);
        }
    }

    private static void protect(HeaderMap headers) {
        headers.put(new HttpString("Content-Security-Policy"), POLICY);
        headers.put(new HttpString("X-Content-Type-Options"), "nosniff");
        headers.put(new HttpString("X-Frame-Options"), "DENY");
        headers.put(new HttpString("Referrer-Policy"), "no-referrer");
        headers.put(new HttpString("Cross-Origin-Resource-Policy"), "same-origin");
        headers.put(new HttpString("Cross-Origin-Opener-Policy"), "same-origin");
        headers.put(Headers.CACHE_CONTROL, "no-store");
    }

    static void refuse(HttpServerExchange exchange, int status, String why) {
        exchange.setStatusCode(status);
        exchange.setPersistent(false); // what is left of the request is not read
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(why + "\n");
    }

    private boolean isOwnHost(HeaderMap headers) {
        HeaderValues host = headers.get(Headers.HOST);
        return host != null && host.size() == 1 && hosts.contains(host.getFirst());
    }

    /** Every POST names its origin. A GET does so from other pages, and may be without. */
    private boolean isOwnOrigin(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        HeaderValues site = headers.get(SITE);
        boolean page = exchange.getRequestPath().equals("/"); // a link to it may stand anywhere
        if (site != null && !page && !Set.of("same-origin", "none").contains(site.getFirst())) {
            return false;
        }
        HeaderValues origin = headers.get(Headers.ORIGIN);
        if (origin == null) {
            return !exchange.getRequestMethod().equals(Methods.POST);
        }
        String own = "http://" + headers.getFirst(Headers.HOST);
        return origin.size() == 1 && origin.getFirst().equals(own);
    }

    private boolean hasToken(HeaderMap headers) {
        String shown = headers.getFirst(TOKEN_HEADER);
        return shown != null
                && MessageDigest.isEqual(shown.getBytes(StandardCharsets.US_ASCII), token);
    }
}
