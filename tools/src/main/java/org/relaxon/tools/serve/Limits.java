package org.relaxon.tools.serve;

/**
 * What one client, or all of them together, can make the server hold.
 *
 * @param connections open at a time; one more is closed at once
 * @param streams of events at a time; one more is refused with 503
 * @param bodyBytes of a request; a longer one is refused with 413
 * @param uriBytes of a path with its query; a longer one is refused with 414
 * @param slowMillis that a request may take to arrive, or a response to leave, before the
 *     connection is closed
 */
public record Limits(int connections, int streams, int bodyBytes, int uriBytes, int slowMillis) {
    /** Of the command. */
    public static final Limits DEFAULT = new Limits(32, 8, 64 << 10, 4 << 10, 10_000);
}
